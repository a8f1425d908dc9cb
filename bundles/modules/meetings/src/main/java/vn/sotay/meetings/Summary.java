package vn.sotay.meetings;

import java.time.LocalDate;
import java.util.List;
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
 * @param deadlines what is still to be done, see {@link MeetingRules#deadlines}
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
        @Nullable Vote vote,
        List<Deadline> deadlines) {

    /**
     * What a vote needs.
     *
     * @param base see {@link MeetingRules#voteBase}
     * @param canDecide whether the cell has official members enough to act at all
     * @param resolution votes needed for an ordinary resolution
     * @param admission votes needed to admit a member
     */
    public record Vote(int base, boolean canDecide, int resolution, int admission) {}

    /**
     * A step that was not done yet.
     *
     * @param day the last day on which it is in time, in Viet Nam; it may have passed
     * @param rule where that stands; null for a step without one
     */
    public record Deadline(
            Meeting.State step, LocalDate day, @Nullable String rule) {}
}
