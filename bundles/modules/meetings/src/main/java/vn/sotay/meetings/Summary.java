package vn.sotay.meetings;

import org.jspecify.annotations.Nullable;

/**
 * A meeting in figures, for the leaders of the cell and the officers above it: no name, no text.
 *
 * @param members the cell's active members
 * @param attending answered that they come
 * @param requests ask for leave and wait for a decision
 * @param excused were given leave
 * @param refused were not given leave
 * @param opinions on all items
 * @param present by the roll
 * @param absentWithReason by the roll
 * @param absentWithoutReason by the roll
 * @param minutes how long such a meeting lasts at least; shown, not enforced
 * @param vote what a vote in it would need; null once it is closed, since members' status is as of today
 */
public record Summary(
        int members,
        int attending,
        int requests,
        int excused,
        int refused,
        int opinions,
        int present,
        int absentWithReason,
        int absentWithoutReason,
        int minutes,
        @Nullable Vote vote) {

    /**
     * What a vote needs.
     *
     * @param base see {@link MeetingRules#voteBase}
     * @param canDecide whether the cell has official members enough to act at all
     * @param resolution votes needed for an ordinary resolution
     * @param admission votes needed to admit a member
     */
    public record Vote(int base, boolean canDecide, int resolution, int admission) {}
}
