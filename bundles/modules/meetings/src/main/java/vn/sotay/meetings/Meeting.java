package vn.sotay.meetings;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.change.ChangeType;
import vn.sotay.api.http.Range;
import vn.sotay.api.http.Text;

/**
 * A meeting of a cell. What bears {@code @Nullable} is set by the server: a client may leave it out or send back what it got, it is not
 * looked at.
 *
 * @param cell the cell that meets; never changes, also when that cell is merged into another one
 * @param startsAt when it begins, UTC
 * @param items the agenda, in order
 * @param documentsDue the last day on which documents are in time, by the rule in force when the meeting was last planned
 * @param state how far it has come, see {@link MeetingRules#state}
 * @param steps the steps that were done, in order of time
 * @param base the plan as it was when this one was written, as its writer saw it: what somebody else has changed since is then not written
 *     over by what this one has left as it was. Null: whatever it was. Never told
 */
public record Meeting(
        @Nullable UUID id,
        UUID cell,
        Kind kind,
        Instant startsAt,
        @Text(max = 200) String place,
        @Text(max = 200) String title,
        @Range(max = 30) List<AgendaItem> items,
        @Nullable LocalDate documentsDue,
        @Nullable State state,
        @Nullable List<Step> steps,
        @Nullable Plan base) {

    static final ChangeType<Meeting> TYPE = new ChangeType<>("meeting", Meeting.class);

    /** What of a meeting its leaders plan. */
    public record Plan(
            Kind kind,
            Instant startsAt,
            @Text(max = 200) String place,
            @Text(max = 200) String title,
            @Range(max = 30) List<AgendaItem> items) {

        Meeting of(UUID cell) {
            return new Meeting(null, cell, kind, startsAt, place, title, items, null, null, null, null).plan();
        }
    }

    /** Monthly, or on one theme; a thematic meeting never stands in for the monthly one. */
    public enum Kind {
        ORDINARY,
        THEMATIC
    }

    /** How far a meeting has come. */
    public enum State {
        PLANNED,
        PREPARED,
        NOTIFIED,
        DOCUMENTS_POSTED,
        OPEN,
        CLOSED,
        PUBLISHED,
        REPORTED
    }

    /**
     * A step that was done.
     *
     * @param late whether it came later than the rule in force wanted; it is kept, not refused
     * @param rule where that rule stands; null for a step without one
     */
    public record Step(
            State state, Instant at, boolean late, @Nullable String rule) {}

    /** The documents of all items. */
    List<Document> documents() {
        return items.stream().flatMap(item -> item.papers().stream()).toList();
    }

    List<Step> stepsDone() {
        return steps == null ? List.of() : steps;
    }

    Set<State> done() {
        return stepsDone().stream().map(Step::state).collect(Collectors.toSet());
    }

    boolean isClosed() {
        return done().contains(State.CLOSED);
    }

    /** What its leaders planned, without what the server adds: two that plan the same are equal. */
    Meeting plan() {
        List<AgendaItem> planned = items.stream().map(AgendaItem::plan).toList();
        return planned(cell, kind, startsAt.truncatedTo(ChronoUnit.MILLIS), place, title, planned);
    }

    /** As a client sends it. */
    static Meeting planned(UUID cell, Kind kind, Instant startsAt, String place, String title, List<AgendaItem> items) {
        return new Meeting(null, cell, kind, startsAt, place, title, items, null, null, null, null);
    }
}
