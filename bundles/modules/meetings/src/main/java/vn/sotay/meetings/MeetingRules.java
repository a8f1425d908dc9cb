package vn.sotay.meetings;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.change.Merged;
import vn.sotay.api.member.MemberStatus;
import vn.sotay.api.rule.Rule;
import vn.sotay.api.rule.Threshold;
import vn.sotay.meetings.Answer.Words;
import vn.sotay.meetings.Meeting.State;
import vn.sotay.meetings.Meeting.Step;
import vn.sotay.meetings.Summary.Deadline;

/**
 * The rules of meetings, as pure functions: no database, no clock. Numbers come from rule packs, see {@code sotay/rules}. Tested by the
 * tables in {@code MeetingRulesTest}, which is to be read next.
 */
final class MeetingRules {

    /** Days are those of Viet Nam. */
    static final ZoneId ZONE = ZoneId.of("Asia/Ho_Chi_Minh");

    static final String DOCUMENTS_DAYS = "meetings.documents.days-before";
    static final String NOTICE_DAYS = "meetings.notice.days-before";
    /** Days before a meeting on which members are told again that it is near; 0 for never. */
    static final String REMIND_DAYS = "meetings.remind.days-before";

    static final String PUBLISH_DAYS = "meetings.publish.days-after";
    static final String REPORT_DAYS = "meetings.report.days-after";
    static final String MINUTES = "meetings.duration.minutes";
    static final String LEAST_OFFICIAL = "meetings.official-members.least";
    static final String RESOLUTION = "meetings.vote.resolution";
    static final String ADMISSION = "meetings.vote.admission";

    /** Between these days meetings are. */
    static final LocalDate FIRST_DAY = LocalDate.of(2000, 1, 1);

    static final LocalDate LAST_DAY = LocalDate.of(2099, 12, 31);

    private MeetingRules() {}

    /** A member of the cell in a vote: what the roll says, and what the member is. */
    record Voter(MemberStatus status, boolean present) {}

    /**
     * How far a meeting has come. Steps that a leader does (told, opened, closed, published, reported) are kept; the others follow from
     * what the meeting has. A step may be left out: a meeting that is closed is closed, even if nobody had opened it.
     */
    static State state(boolean hasItems, boolean hasDocuments, Set<State> done) {
        for (State step : new State[] {State.REPORTED, State.PUBLISHED, State.CLOSED, State.OPEN}) {
            if (done.contains(step)) {
                return step;
            }
        }
        if (done.contains(State.NOTIFIED)) {
            return hasDocuments ? State.DOCUMENTS_POSTED : State.NOTIFIED;
        }
        return hasItems ? State.PREPARED : State.PLANNED;
    }

    /** The code of the problem that stands against a step; null if it may be done. */
    static @Nullable String obstacle(State step, Set<State> done, boolean hasMinutes) {
        boolean closed = done.contains(State.CLOSED);
        return switch (step) {
            case NOTIFIED, OPEN, CLOSED -> closed ? "meeting.closed" : null;
            case PUBLISHED -> closed ? (hasMinutes ? null : "meeting.no-minutes") : "meeting.not-closed";
            case REPORTED -> closed ? null : "meeting.not-closed";
            case PLANNED, PREPARED, DOCUMENTS_POSTED -> throw new IllegalArgumentException(step + " follows by itself");
        };
    }

    /** Whether a beginning is one that people mean; a typing error in the year is not. */
    static boolean isSensible(Instant startsAt) {
        // compared as instants: the day of the farthest instants cannot be told
        return !startsAt.isBefore(FIRST_DAY.atStartOfDay(ZONE).toInstant())
                && startsAt.isBefore(LAST_DAY.plusDays(1).atStartOfDay(ZONE).toInstant());
    }

    /** The last day on which what is to be done so many days before the meeting is in time, to its end. */
    static LocalDate lastDayBefore(Instant startsAt, int days) {
        return day(startsAt).minusDays(days);
    }

    /** Whether what was to be done so many days before the meeting came later. */
    static boolean isLateBefore(Instant done, Instant startsAt, int days) {
        return day(done).isAfter(lastDayBefore(startsAt, days));
    }

    /** Whether what was to be done within so many days after something came later. */
    static boolean isLateAfter(Instant done, Instant after, int days) {
        return day(done).isAfter(day(after).plusDays(days));
    }

    /**
     * What is still to be done and until when, in the order of the steps. A meeting that was told is closed on its day: no rule says so,
     * it is what the rest waits for.
     *
     * @param hasMinutes whether there is something to publish
     * @param rules the rule in force by its key
     */
    static List<Deadline> deadlines(Meeting meeting, boolean hasMinutes, Function<String, Rule> rules) {
        Set<State> done = meeting.done();
        List<Deadline> open = new ArrayList<>();
        if (done.contains(State.CLOSED)) {
            Instant closed = closedAt(meeting);
            if (!done.contains(State.PUBLISHED) && hasMinutes) {
                open.add(within(State.PUBLISHED, closed, rules.apply(PUBLISH_DAYS)));
            }
            if (!done.contains(State.REPORTED)) {
                open.add(within(State.REPORTED, closed, rules.apply(REPORT_DAYS)));
            }
            return open;
        }
        if (!done.contains(State.NOTIFIED)) {
            Rule rule = rules.apply(NOTICE_DAYS);
            open.add(new Deadline(State.NOTIFIED, lastDayBefore(meeting.startsAt(), rule.integer()), rule.citation()));
        }
        if (meeting.documents().isEmpty() && meeting.documentsDue() != null) {
            open.add(new Deadline(
                    State.DOCUMENTS_POSTED,
                    meeting.documentsDue(),
                    rules.apply(DOCUMENTS_DAYS).citation()));
        }
        if (done.contains(State.NOTIFIED)) {
            open.add(new Deadline(State.CLOSED, day(meeting.startsAt()), null));
        }
        return open;
    }

    /** When a meeting was closed that is. */
    static Instant closedAt(Meeting meeting) {
        return meeting.stepsDone().stream()
                .filter(step -> step.state() == State.CLOSED)
                .map(Step::at)
                .findFirst()
                .orElseThrow();
    }

    private static Deadline within(State step, Instant after, Rule rule) {
        return new Deadline(step, day(after).plusDays(rule.integer()), rule.citation());
    }

    /**
     * What an answer says that was written on two phones. Reason and message of an absence are fields of their own; whether the member comes is
     * nothing without them, so where the two differ in that, one of them counts as a whole.
     *
     * @param base what the later one's writer saw
     * @param there what it says
     * @param sent what comes
     */
    static Merged<Words> answer(Words base, Words there, Words sent) {
        if (there.answer() != sent.answer()) {
            return Merged.of(base, there, sent);
        }
        Merged<AbsenceReason> reason = Merged.of(base.reason(), there.reason(), sent.reason());
        Merged<String> message = Merged.of(base.message(), there.message(), sent.message());
        boolean gaveWay = reason.gaveWay() || message.gaveWay();
        return new Merged<>(new Words(sent.answer(), reason.value(), message.value()), gaveWay, gaveWay ? there : null);
    }

    /** The day in Viet Nam. */
    static LocalDate day(Instant instant) {
        return LocalDate.ofInstant(instant, ZONE);
    }

    /**
     * The number of which a vote needs its share: all official members of the cell, not those present alone; without those who are
     * temporarily transferred out, and without exempt members who are absent. Probationary and suspended members do not vote.
     */
    static int voteBase(Collection<Voter> members) {
        return (int) members.stream()
                .filter(voter -> voter.status() == MemberStatus.OFFICIAL
                        || (voter.status() == MemberStatus.EXEMPT && voter.present()))
                .count();
    }

    /** Whether so many votes of this base carry. */
    static boolean carries(int votes, int base, Threshold threshold) {
        return votes >= threshold.needed(base);
    }

    /** Whether the cell has official members enough to act; if not, the committee above it must. */
    static boolean canDecide(Collection<MemberStatus> members, int least) {
        return members.stream().filter(MemberStatus::isOfficial).count() >= least;
    }
}
