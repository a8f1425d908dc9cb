package vn.sotay.meetings;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.change.ChangeType;
import vn.sotay.api.store.Sensitive;

/**
 * A line of the roll that came after the meeting was closed, such as from a phone that had no network there. It changes nothing until who
 * leads the cell takes it into the roll.
 *
 * @param recordedBy who called the member's name; one line a member from each
 * @param reason of an absence; null for who was present, or absent without reason
 * @param at when it came
 * @param taken whether it was taken into the roll; null while nobody has decided
 * @param decidedAt when; null while nobody has
 * @param decidedBy who; null while nobody has
 */
public record LateCall(
        UUID id,
        UUID meeting,
        UUID member,
        UUID recordedBy,
        boolean present,
        @Nullable @Sensitive AbsenceReason reason,
        Instant at,
        @Nullable Boolean taken,
        @Nullable Instant decidedAt,
        @Nullable UUID decidedBy) {

    static final ChangeType<LateCall> TYPE = new ChangeType<>("meeting-late-call", LateCall.class);

    /** What the leader of the cell says to it. */
    public record Decision(boolean taken) {}

    LateCall decided(boolean isTaken, Instant now, UUID by) {
        return new LateCall(id, meeting, member, recordedBy, present, reason, at, isTaken, now, by);
    }

    boolean isOpen() {
        return taken == null;
    }
}
