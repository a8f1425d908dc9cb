package vn.sotay.meetings;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.access.Audience;
import vn.sotay.api.access.Caller;
import vn.sotay.api.http.Problem;
import vn.sotay.api.member.Member;
import vn.sotay.api.member.Members;
import vn.sotay.api.store.Saved;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.unit.Unit;

/**
 * Who may do and read what of {@link Answers}, {@link Opinions}, {@link Messages}, {@link Reads} and the {@link Roll}: the member whom it is about, and the leaders of the
 * cell; nobody else.
 */
final class Participants {

    private final Meetings meetings;
    private final Members members;

    Participants(Meetings meetings, Members members) {
        this.meetings = meetings;
        this.members = members;
    }

    /** Rows of a meeting by page: all for a leader of the cell, else the caller's own. */
    Query rows(
            Transaction tx,
            Caller caller,
            UUID meeting,
            String sql,
            String order,
            int limit,
            @Nullable List<String> after) {
        Saved<Meeting> held = meetings.readable(tx, caller, meeting);
        boolean leads = caller.may(Meetings.RECORD, meetings.cell(held));
        Query query = tx.handle()
                .createQuery(sql + " where meeting = :meeting and " + order + " > :after"
                        + (leads ? "" : " and member = :self") + " order by " + order
                        + " fetch first :rows rows only")
                .bind("meeting", meeting)
                .bind("after", after == null ? "" : after.get(0))
                .bind("rows", limit + 1);
        return leads
                ? query
                : query.bind("self", caller.member().map(UUID::toString).orElse(""));
    }

    void requireOwnOrLeader(Caller caller, Saved<Meeting> meeting, UUID member) {
        boolean own = caller.member().filter(member::equals).isPresent();
        if (!own && !caller.may(Meetings.RECORD, meetings.cell(meeting))) {
            throw Problem.notFound();
        }
    }

    /** Passes for the member itself (true) and for leaders of the cell (false). */
    boolean requireAnswering(Caller caller, Saved<Meeting> meeting, UUID member) {
        Unit cell = meetings.cell(meeting);
        caller.require(Meetings.READ, cell);
        if (caller.member().filter(member::equals).isPresent() && caller.mayForSelf(Meetings.ANSWER, member)) {
            return true;
        }
        caller.require(Meetings.RECORD, cell);
        return false;
    }

    /** Passes for an active member of the cell whose meeting it is. */
    Member requireOfCell(Transaction tx, Saved<Meeting> meeting, UUID member) {
        return members.find(tx, member)
                .filter(one -> one.status().isActive())
                .filter(one -> one.cell().equals(meetings.cell(meeting).id()))
                .orElseThrow(Problem::notFound);
    }

    Set<Audience> readers(Saved<Meeting> meeting, UUID member) {
        return Set.of(
                Audience.member(member), Audience.leaders(meetings.cell(meeting).id()));
    }

    /** What was written down for members, with the names of who did it: a member cannot look them up. */
    <T> List<T> named(
            Transaction tx,
            List<T> all,
            Function<T, @Nullable UUID> recordedBy,
            BiFunction<T, @Nullable String, T> with) {
        Map<UUID, Optional<String>> names = new HashMap<>();
        return all.stream()
                .map(one -> {
                    UUID leader = recordedBy.apply(one);
                    return leader == null
                            ? one
                            : with.apply(
                                    one,
                                    names.computeIfAbsent(leader, id -> name(tx, id))
                                            .orElse(null));
                })
                .toList();
    }

    <T> Saved<T> named(
            Transaction tx,
            Saved<T> one,
            Function<T, @Nullable UUID> recordedBy,
            BiFunction<T, @Nullable String, T> with) {
        T named = named(tx, List.of(one.value()), recordedBy, with).get(0);
        return new Saved<>(named, one.version(), one.made());
    }

    private Optional<String> name(Transaction tx, UUID member) {
        return members.find(tx, member).map(Member::name);
    }

    /** The id in the change feed of what a member has in a meeting once, of its type: the same on each node. */
    static UUID lineId(UUID meeting, UUID member) {
        return UUID.nameUUIDFromBytes((meeting + "/" + member).getBytes(StandardCharsets.UTF_8));
    }

    static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }
}
