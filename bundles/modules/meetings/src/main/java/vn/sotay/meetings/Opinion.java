package vn.sotay.meetings;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.change.ChangeType;
import vn.sotay.api.http.Text;

/**
 * What a member thinks of an item. Its author and the leaders of the cell read it, nobody else, also after the meeting. Beside whose it is,
 * what the server sets is not looked at when a client sends it.
 *
 * @param member whose opinion it is; may be left out for an own one
 * @param text may be left out by who agrees
 * @param at when it was last written; the server's
 * @param memberName the author's name at that time; the server's
 * @param recordedBy the leader who wrote it down for the member, null if the member did; the server's
 * @param recordedByName the leader's name today; null in the change feed, and if there is nobody of that id any more; the server's
 */
public record Opinion(
        @Nullable UUID id,
        @Nullable UUID meeting,
        @Nullable UUID item,
        @Nullable UUID member,
        @Nullable @Text(max = 200) String memberName,
        Stance stance,
        @Nullable @Text(max = 4000, min = 0, lines = true) String text,
        @Nullable Instant at,
        @Nullable UUID recordedBy,
        @Nullable @Text(max = 200) String recordedByName) {

    static final ChangeType<Opinion> TYPE = new ChangeType<>("meeting-opinion", Opinion.class);

    Opinion recordedBy(@Nullable String name) {
        return new Opinion(id, meeting, item, member, memberName, stance, text, at, recordedBy, name);
    }

    /** How it stands to the item. */
    public enum Stance {
        AGREE,
        OTHER,
        ASK
    }
}
