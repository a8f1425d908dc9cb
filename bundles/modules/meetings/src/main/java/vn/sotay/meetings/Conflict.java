package vn.sotay.meetings;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.change.ChangeType;
import vn.sotay.api.http.Text;

/**
 * A value in the plan of a meeting that gave way to another one, which was written without knowing of it. Its leaders see both until one of
 * them has chosen.
 *
 * @param field the name in {@link Meeting}; {@code items.<id>} for the title of an item
 * @param value that gave way, as text
 * @param by who had planned so; null if that is not known
 * @param at when; null if that is not known
 */
public record Conflict(
        UUID meeting,
        @Text(max = 60) String field,
        @Text(max = 500) String value,
        @Nullable UUID by,
        @Nullable Instant at) {

    static final ChangeType<Conflict> TYPE = new ChangeType<>("meeting-conflict", Conflict.class);
}
