package vn.sotay.questions;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.change.ChangeType;
import vn.sotay.api.http.Range;
import vn.sotay.api.http.Text;

/**
 * What questions may be about, and who answers them.
 *
 * @param unit for the members of this unit and of all below it; null: of the whole province
 * @param kind the kind of unit that answers, such as {@code COMMUNE}: the nearest of this kind above the asker's cell; null: the province
 * @param team the unit that always answers, whatever the kind; null: by the kind
 * @param active whether it can be chosen
 * @param position in lists
 */
public record Topic(
        @Nullable UUID id,
        @Nullable UUID unit,
        @Text(max = 120) String name,
        @Nullable @Text(max = 40, pattern = "[A-Z][A-Z_]*") String kind,
        @Nullable UUID team,
        boolean active,
        @Range(min = 0, max = 999) int position) {

    static final ChangeType<Topic> TYPE = new ChangeType<>("question-topic", Topic.class);
}
