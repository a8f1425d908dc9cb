package vn.sotay.questions;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.change.ChangeType;
import vn.sotay.api.http.Text;
import vn.sotay.api.store.Sensitive;

/**
 * What asker and team say to one another beside a question: sent once, never changed.
 *
 * @param reopens whether the asker is not content with the answer and asks again, this being the reason; null for no
 * @param question set by the server
 * @param byTeam whether the team wrote it; set by the server
 * @param at when it arrived; set by the server
 */
public record Message(
        @Nullable UUID id,
        @Nullable UUID question,
        @Sensitive @Text(max = 2000, lines = true) String text,
        @Nullable Boolean reopens,
        @Nullable Boolean byTeam,
        @Nullable Instant at) {

    static final ChangeType<Message> TYPE = new ChangeType<>("question-message", Message.class);

    boolean asksAgain() {
        return Boolean.TRUE.equals(reopens);
    }
}
