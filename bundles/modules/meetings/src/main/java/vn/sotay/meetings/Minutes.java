package vn.sotay.meetings;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.change.ChangeType;
import vn.sotay.api.http.Text;

/**
 * The minutes of a meeting (biên bản) as text. Leaders write them until the meeting is closed; from then on its readers have them.
 *
 * @param at when they were last written; the server's
 * @param by the leader who wrote them; the server's
 */
public record Minutes(
        @Nullable UUID meeting,
        @Text(max = 100_000, lines = true) String text,
        @Nullable Instant at,
        @Nullable UUID by) {

    static final ChangeType<Minutes> TYPE = new ChangeType<>("meeting-minutes", Minutes.class);
}
