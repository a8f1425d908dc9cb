package vn.sotay.meetings;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.change.ChangeType;
import vn.sotay.api.http.Text;
import vn.sotay.api.store.Sensitive;

/**
 * What a member tells the leaders of the cell beside a meeting (lời nhắn), also after it was closed: above all what came too late to be an
 * answer or an opinion. It is sent once and not changed. What the server sets is not looked at when a client sends it.
 *
 * @param text for the leaders, who alone read it besides its writer
 * @param about what it is about, in the writer's words; null if it does not say
 * @param writtenAt when it was written, by the clock of the writer's device: shown, and nothing follows from it; null if it does not say
 * @param at when it arrived; the server's
 * @param seenAt when a leader marked it as read, null if none has; the server's
 */
public record Message(
        @Nullable UUID id,
        @Nullable UUID meeting,
        @Nullable UUID member,
        @Sensitive @Text(max = 5000, lines = true) String text,
        @Nullable @Text(max = 600) String about,
        @Nullable Instant writtenAt,
        @Nullable Instant at,
        @Nullable Instant seenAt) {

    static final ChangeType<Message> TYPE = new ChangeType<>("meeting-message", Message.class);

    Message seen(Instant now) {
        return new Message(id, meeting, member, text, about, writtenAt, at, now);
    }
}
