package vn.sotay.meetings;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.change.ChangeType;
import vn.sotay.api.store.Sensitive;

/**
 * A line of the roll (điểm danh), called by a leader: nobody is located or photographed for it.
 *
 * @param reason of an absence; null for who is present, or absent without reason
 * @param at when the line was last written; the server's
 * @param held whether it came after the meeting was closed and does not stand in the roll, but before the leaders as a {@link LateCall}; null
 *     if it stands there; the server's
 */
public record Attendance(
        @Nullable UUID meeting,
        @Nullable UUID member,
        boolean present,
        @Nullable @Sensitive AbsenceReason reason,
        @Nullable Instant at,
        @Nullable Boolean held) {

    static final ChangeType<Attendance> TYPE = new ChangeType<>("meeting-attendance", Attendance.class);
}
