package vn.sotay.meetings;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jdbi.v3.core.result.RowView;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Audience;
import vn.sotay.api.access.Caller;
import vn.sotay.api.http.Page;
import vn.sotay.api.http.Problem;
import vn.sotay.api.member.Member;
import vn.sotay.api.member.Members;
import vn.sotay.api.rule.Rules;
import vn.sotay.api.store.Saved;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.unit.Unit;
import vn.sotay.meetings.Answer.Decision;

/**
 * What members do in a meeting: answer, give opinions, be on the roll; and the meeting in figures. Each public method is one
 * transaction, as in {@link Meetings}.
 *
 * <p>Answers, opinions and the roll are read by the member whom they are about and by the leaders of the cell, nobody else.
 */
@Component(service = Participation.class)
public final class Participation {

    private final Store store;
    private final Meetings meetings;
    private final Members members;
    private final Rules rules;

    @Activate
    public Participation(
            @Reference Store store, @Reference Meetings meetings, @Reference Members members, @Reference Rules rules) {
        this.store = store;
        this.meetings = meetings;
        this.members = members;
        this.rules = rules;
    }

    // ---- answers

    public Page<Answer> answers(Caller caller, UUID meeting, int limit, @Nullable List<String> after) {
        return store.read(tx -> {
            Query query = mine(tx, caller, meeting, "select * from meeting_answer", "member", limit, after);
            List<Answer> answers = query.map(row -> answer(row).value()).list();
            return Page.of(answers, limit, one -> List.of(String.valueOf(one.member())));
        });
    }

    public Saved<Answer> answer(Caller caller, UUID meeting, UUID member) {
        return store.read(tx -> {
            requireOwnOrLeader(caller, meetings.readable(tx, caller, meeting), member);
            return findAnswer(tx, meeting, member).orElseThrow(Problem::notFound);
        });
    }

    /** A member answers; or a leader writes the answer down, for whoever has no phone. A new answer takes back a decision on the old one. */
    public Saved<Answer> putAnswer(Caller caller, UUID id, UUID member, Answer body, OptionalLong ifMatch) {
        if ((body.answer() == Answer.Kind.ABSENT) != (body.reason() != null)) {
            throw Problem.invalid("reason", body.reason() == null ? "required" : "only-for-absence");
        }
        String message = blankToNull(body.message());
        return store.write(tx -> {
            Saved<Meeting> meeting = meetings.take(tx, id).orElseThrow(Problem::notFound);
            boolean own = requireAnswering(caller, meeting, member);
            requireOfCell(tx, meeting, member);
            Optional<Saved<Answer>> before = findAnswer(tx, id, member);
            if (before.filter(said -> said.value().answer() == body.answer()
                            && said.value().reason() == body.reason()
                            && Objects.equals(said.value().message(), message))
                    .isPresent()) {
                return before.get();
            }
            before.ifPresent(said -> Meetings.expect(ifMatch, said));
            Meetings.requireNotClosed(meeting);
            boolean late = tx.now().isAfter(meeting.value().startsAt());
            UUID recordedBy = own ? null : Meetings.self(caller);
            Answer answer =
                    new Answer(id, member, body.answer(), body.reason(), message, tx.now(), late, recordedBy, null);
            long version = before.map(Saved::version).orElse(0L) + 1;
            tx.handle()
                    .createUpdate(
                            before.isPresent()
                                    ? "update meeting_answer set answer = :answer, reason = :reason, message = :message,"
                                            + " answered_at = :at, late = :late, recorded_by = :recordedBy,"
                                            + " accepted = null, decision_message = null, decided_at = null,"
                                            + " decided_by = null, version = :version"
                                            + " where meeting = :meeting and member = :member"
                                    : "insert into meeting_answer (meeting, member, answer, reason, message, answered_at,"
                                            + " late, recorded_by, version) values (:meeting, :member, :answer, :reason,"
                                            + " :message, :at, :late, :recordedBy, :version)")
                    .bindMethods(answer)
                    .bind("version", version)
                    .execute();
            return tellAnswer(tx, meeting, new Saved<>(answer, version, before.isEmpty()));
        });
    }

    /** A leader accepts or refuses a request for leave, and may decide again until the meeting is closed. */
    public Saved<Answer> decide(Caller caller, UUID id, UUID member, Decision body, OptionalLong ifMatch) {
        String message = blankToNull(body.message());
        return store.write(tx -> {
            Saved<Meeting> meeting = meetings.take(tx, id).orElseThrow(Problem::notFound);
            caller.require(Meetings.WRITE, meetings.cell(meeting));
            Saved<Answer> before = findAnswer(tx, id, member).orElseThrow(Problem::notFound);
            Answer said = before.value();
            if (said.answer() != Answer.Kind.ABSENT) {
                throw Problem.conflict("answer.not-a-request");
            }
            Decision decided = said.decision();
            if (decided != null
                    && decided.accepted() == body.accepted()
                    && Objects.equals(decided.message(), message)) {
                return before;
            }
            Meetings.expect(ifMatch, before);
            Meetings.requireNotClosed(meeting);
            Decision decision = new Decision(body.accepted(), message, tx.now(), Meetings.self(caller));
            long version = before.version() + 1;
            tx.handle()
                    .createUpdate("update meeting_answer set accepted = :accepted, decision_message = :message,"
                            + " decided_at = :at, decided_by = :by, version = :version"
                            + " where meeting = :meeting and member = :member")
                    .bindMethods(decision)
                    .bind("version", version)
                    .bind("meeting", id)
                    .bind("member", member)
                    .execute();
            Answer answer = new Answer(
                    id,
                    member,
                    said.answer(),
                    said.reason(),
                    said.message(),
                    said.at(),
                    said.late(),
                    said.recordedBy(),
                    decision);
            return tellAnswer(tx, meeting, new Saved<>(answer, version, decided == null));
        });
    }

    private static Saved<Answer> tellAnswer(Transaction tx, Saved<Meeting> meeting, Saved<Answer> answer) {
        UUID member = Objects.requireNonNull(answer.value().member());
        UUID id = lineId(Objects.requireNonNull(answer.value().meeting()), member);
        tx.changed(Answer.TYPE, id, answer.version(), Meetings.each(readers(meeting, member), answer.value()));
        return answer;
    }

    private static Optional<Saved<Answer>> findAnswer(Transaction tx, UUID meeting, UUID member) {
        return tx.handle()
                .createQuery("select * from meeting_answer where meeting = :meeting and member = :member")
                .bind("meeting", meeting)
                .bind("member", member)
                .map(Participation::answer)
                .findFirst();
    }

    private static Saved<Answer> answer(RowView row) {
        Boolean accepted = row.getColumn("accepted", Boolean.class);
        Decision decision = accepted == null
                ? null
                : new Decision(
                        accepted,
                        row.getColumn("decision_message", String.class),
                        row.getColumn("decided_at", Instant.class),
                        row.getColumn("decided_by", UUID.class));
        return new Saved<>(
                new Answer(
                        row.getColumn("meeting", UUID.class),
                        row.getColumn("member", UUID.class),
                        row.getColumn("answer", Answer.Kind.class),
                        row.getColumn("reason", AbsenceReason.class),
                        row.getColumn("message", String.class),
                        row.getColumn("answered_at", Instant.class),
                        row.getColumn("late", Boolean.class),
                        row.getColumn("recorded_by", UUID.class),
                        decision),
                row.getColumn("version", Long.class));
    }

    // ---- opinions

    public Page<Opinion> opinions(Caller caller, UUID meeting, UUID item, int limit, @Nullable List<String> after) {
        return store.read(tx -> {
            requireItem(meetings.readable(tx, caller, meeting), item);
            String sql = "select * from (select * from meeting_opinion where item = :item and withdrawn = false) o";
            Query query = mine(tx, caller, meeting, sql, "id", limit, after).bind("item", item);
            List<Opinion> opinions = query.map(row -> opinion(row).value()).list();
            return Page.of(opinions, limit, one -> List.of(String.valueOf(one.id())));
        });
    }

    public Saved<Opinion> opinion(Caller caller, UUID meeting, UUID item, UUID id) {
        return store.read(tx -> {
            Saved<Meeting> held = meetings.readable(tx, caller, meeting);
            Saved<Opinion> opinion = findOpinion(tx, meeting, item, id).orElseThrow(Problem::notFound);
            requireOwnOrLeader(caller, held, author(opinion));
            return opinion;
        });
    }

    /** A member gives an opinion on an item, or writes the own one anew until the meeting is closed. */
    public Saved<Opinion> putOpinion(
            Caller caller, UUID id, UUID item, UUID opinionId, Opinion body, OptionalLong ifMatch) {
        String text = blankToNull(body.text());
        if (text == null && body.stance() != Opinion.Stance.AGREE) {
            throw Problem.invalid("text", "required");
        }
        return store.write(tx -> {
            UUID member = Meetings.self(caller);
            Saved<Meeting> meeting = meetings.take(tx, id).orElseThrow(Problem::notFound);
            caller.require(Meetings.READ, meetings.cell(meeting));
            Member author = requireOfCell(tx, meeting, member);
            requireItem(meeting, item);
            Optional<Saved<Opinion>> before = findOpinion(tx, id, item, opinionId);
            if (before.isPresent()) {
                requireAuthor(before.get(), member);
                if (before.get().value().stance() == body.stance()
                        && Objects.equals(before.get().value().text(), text)) {
                    return before.get();
                }
                Meetings.expect(ifMatch, before.get());
            } else if (isTaken(tx, opinionId)) {
                throw Problem.other(410, "opinion.withdrawn");
            }
            Meetings.requireNotClosed(meeting);
            Opinion opinion = new Opinion(opinionId, id, item, member, author.name(), body.stance(), text, tx.now());
            long version = before.map(Saved::version).orElse(0L) + 1;
            tx.handle()
                    .createUpdate(
                            before.isPresent()
                                    ? "update meeting_opinion set stance = :stance, text = :text, member_name = :memberName,"
                                            + " written_at = :at, version = :version where id = :id"
                                    : "insert into meeting_opinion (id, meeting, item, member, member_name, stance, text,"
                                            + " written_at, withdrawn, version) values (:id, :meeting, :item, :member,"
                                            + " :memberName, :stance, :text, :at, false, :version)")
                    .bindMethods(opinion)
                    .bind("version", version)
                    .execute();
            tx.changed(Opinion.TYPE, opinionId, version, Meetings.each(readers(meeting, member), opinion));
            return new Saved<>(opinion, version, before.isEmpty());
        });
    }

    /** A member takes an own opinion back: its text is gone, its id is not used again. */
    public void withdraw(Caller caller, UUID id, UUID item, UUID opinionId, OptionalLong ifMatch) {
        store.change(tx -> {
            UUID member = Meetings.self(caller);
            Saved<Meeting> meeting = meetings.take(tx, id).orElseThrow(Problem::notFound);
            caller.require(Meetings.READ, meetings.cell(meeting));
            Optional<Saved<Opinion>> opinion = findOpinion(tx, id, item, opinionId);
            if (opinion.isEmpty()) {
                if (isTaken(tx, opinionId)) {
                    return;
                }
                throw Problem.notFound();
            }
            requireAuthor(opinion.get(), member);
            Meetings.expect(ifMatch, opinion.get());
            Meetings.requireNotClosed(meeting);
            long version = opinion.get().version() + 1;
            tx.handle()
                    .execute(
                            "update meeting_opinion set withdrawn = true, text = null, version = ? where id = ?",
                            version,
                            opinionId);
            tx.removed(Opinion.TYPE, opinionId, version);
        });
    }

    /** Leaders know of it, so they are told; others do not even learn that it is there. */
    private static void requireAuthor(Saved<Opinion> opinion, UUID member) {
        if (!author(opinion).equals(member)) {
            throw Problem.forbidden();
        }
    }

    private static UUID author(Saved<Opinion> opinion) {
        return Objects.requireNonNull(opinion.value().member());
    }

    private static void requireItem(Saved<Meeting> meeting, UUID item) {
        if (meeting.value().items().stream().noneMatch(one -> one.id().equals(item))) {
            throw Problem.notFound();
        }
    }

    private static boolean isTaken(Transaction tx, UUID opinion) {
        return tx.handle()
                .createQuery("select id from meeting_opinion where id = :id")
                .bind("id", opinion)
                .mapTo(UUID.class)
                .findFirst()
                .isPresent();
    }

    private static Optional<Saved<Opinion>> findOpinion(Transaction tx, UUID meeting, UUID item, UUID id) {
        return tx.handle()
                .createQuery("select * from meeting_opinion where id = :id and meeting = :meeting and item = :item"
                        + " and withdrawn = false")
                .bind("id", id)
                .bind("meeting", meeting)
                .bind("item", item)
                .map(Participation::opinion)
                .findFirst();
    }

    private static Saved<Opinion> opinion(RowView row) {
        return new Saved<>(
                new Opinion(
                        row.getColumn("id", UUID.class),
                        row.getColumn("meeting", UUID.class),
                        row.getColumn("item", UUID.class),
                        row.getColumn("member", UUID.class),
                        row.getColumn("member_name", String.class),
                        row.getColumn("stance", Opinion.Stance.class),
                        row.getColumn("text", String.class),
                        row.getColumn("written_at", Instant.class)),
                row.getColumn("version", Long.class));
    }

    // ---- the roll

    public Page<Attendance> roll(Caller caller, UUID meeting, int limit, @Nullable List<String> after) {
        return store.read(tx -> {
            Query query = mine(tx, caller, meeting, "select * from meeting_attendance", "member", limit, after);
            List<Attendance> lines = query.map(row -> attendance(row).value()).list();
            return Page.of(lines, limit, one -> List.of(String.valueOf(one.member())));
        });
    }

    /** A leader calls a member's name. It may be done before the meeting was opened: a step left out is no reason to lose the roll. */
    public Saved<Attendance> call(Caller caller, UUID id, UUID member, Attendance body, OptionalLong ifMatch) {
        if (body.present() && body.reason() != null) {
            throw Problem.invalid("reason", "only-for-absence");
        }
        return store.write(tx -> {
            Saved<Meeting> meeting = meetings.take(tx, id).orElseThrow(Problem::notFound);
            caller.require(Meetings.RECORD, meetings.cell(meeting));
            requireOfCell(tx, meeting, member);
            Optional<Saved<Attendance>> before = findAttendance(tx, id, member);
            if (before.filter(line -> line.value().present() == body.present()
                            && line.value().reason() == body.reason())
                    .isPresent()) {
                return before.get();
            }
            before.ifPresent(line -> Meetings.expect(ifMatch, line));
            Meetings.requireNotClosed(meeting);
            Attendance line = new Attendance(id, member, body.present(), body.reason(), tx.now());
            long version = before.map(Saved::version).orElse(0L) + 1;
            tx.handle()
                    .createUpdate(
                            before.isPresent()
                                    ? "update meeting_attendance set present = :present, reason = :reason,"
                                            + " recorded_at = :at, version = :version"
                                            + " where meeting = :meeting and member = :member"
                                    : "insert into meeting_attendance (meeting, member, present, reason, recorded_at,"
                                            + " version) values (:meeting, :member, :present, :reason, :at, :version)")
                    .bindMethods(line)
                    .bind("version", version)
                    .execute();
            tx.changed(Attendance.TYPE, lineId(id, member), version, Meetings.each(readers(meeting, member), line));
            return new Saved<>(line, version, before.isEmpty());
        });
    }

    private static Optional<Saved<Attendance>> findAttendance(Transaction tx, UUID meeting, UUID member) {
        return tx.handle()
                .createQuery("select * from meeting_attendance where meeting = :meeting and member = :member")
                .bind("meeting", meeting)
                .bind("member", member)
                .map(Participation::attendance)
                .findFirst();
    }

    private static Saved<Attendance> attendance(RowView row) {
        return new Saved<>(
                new Attendance(
                        row.getColumn("meeting", UUID.class),
                        row.getColumn("member", UUID.class),
                        row.getColumn("present", Boolean.class),
                        row.getColumn("reason", AbsenceReason.class),
                        row.getColumn("recorded_at", Instant.class)),
                row.getColumn("version", Long.class));
    }

    // ---- figures

    /** The meeting in figures, without names. */
    public Summary summary(Caller caller, UUID id) {
        return store.read(tx -> {
            Saved<Meeting> meeting = meetings.readable(tx, caller, id);
            Unit cell = meetings.cell(meeting);
            caller.require(Meetings.COUNT, cell);
            List<Answer> answers = all(tx, "select * from meeting_answer where meeting = :id", id)
                    .map(row -> answer(row).value())
                    .list();
            List<Attendance> roll = all(tx, "select * from meeting_attendance where meeting = :id", id)
                    .map(row -> attendance(row).value())
                    .list();
            int opinions = all(tx, "select count(*) from meeting_opinion where meeting = :id and withdrawn = false", id)
                    .mapTo(Integer.class)
                    .one();
            List<Member> all = members.ofCell(tx, cell.id());
            var today = MeetingRules.day(tx.now());
            return new Summary(
                    all.size(),
                    count(answers, one -> one.answer() == Answer.Kind.ATTENDING),
                    count(answers, one -> one.answer() == Answer.Kind.ABSENT && one.decision() == null),
                    count(
                            answers,
                            one -> one.decision() != null && one.decision().accepted()),
                    count(
                            answers,
                            one -> one.decision() != null && !one.decision().accepted()),
                    opinions,
                    count(roll, Attendance::present),
                    count(roll, one -> !one.present() && one.reason() != null),
                    count(roll, one -> !one.present() && one.reason() == null),
                    rules.on(today, cell, MeetingRules.MINUTES).integer(),
                    Meetings.isClosed(meeting) ? null : vote(all, roll, cell, tx.now()));
        });
    }

    private Summary.Vote vote(List<Member> all, List<Attendance> roll, Unit cell, Instant now) {
        Map<UUID, Boolean> present = new HashMap<>();
        roll.forEach(line -> present.put(Objects.requireNonNull(line.member()), line.present()));
        int base = MeetingRules.voteBase(all.stream()
                .map(one -> new MeetingRules.Voter(one.status(), present.getOrDefault(one.id(), false)))
                .toList());
        var today = MeetingRules.day(now);
        int least = rules.on(today, cell, MeetingRules.LEAST_OFFICIAL).integer();
        return new Summary.Vote(
                base,
                MeetingRules.canDecide(all.stream().map(Member::status).toList(), least),
                rules.on(today, cell, MeetingRules.RESOLUTION).threshold().needed(base),
                rules.on(today, cell, MeetingRules.ADMISSION).threshold().needed(base));
    }

    private static <T> int count(List<T> all, Predicate<T> which) {
        return (int) all.stream().filter(which).count();
    }

    private static Query all(Transaction tx, String sql, UUID id) {
        return tx.handle().createQuery(sql).bind("id", id);
    }

    // ---- what all of these share

    /** Rows of a meeting by page: all for a leader of the cell, else the caller's own. */
    private Query mine(
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

    private void requireOwnOrLeader(Caller caller, Saved<Meeting> meeting, UUID member) {
        boolean own = caller.member().filter(member::equals).isPresent();
        if (!own && !caller.may(Meetings.RECORD, meetings.cell(meeting))) {
            throw Problem.notFound();
        }
    }

    /** Passes for the member itself (true) and for leaders of the cell (false). */
    private boolean requireAnswering(Caller caller, Saved<Meeting> meeting, UUID member) {
        Unit cell = meetings.cell(meeting);
        caller.require(Meetings.READ, cell);
        if (caller.member().filter(member::equals).isPresent() && caller.mayForSelf(Meetings.ANSWER, member)) {
            return true;
        }
        caller.require(Meetings.RECORD, cell);
        return false;
    }

    /** Passes for an active member of the cell that meets. */
    private Member requireOfCell(Transaction tx, Saved<Meeting> meeting, UUID member) {
        return members.find(tx, member)
                .filter(one -> one.status().isActive())
                .filter(one -> one.cell().equals(meeting.value().cell()))
                .orElseThrow(Problem::notFound);
    }

    private static Set<Audience> readers(Saved<Meeting> meeting, UUID member) {
        return Set.of(Audience.member(member), Audience.leaders(meeting.value().cell()));
    }

    /** The id in the change feed of what a member has in a meeting once: the same on each node. */
    private static UUID lineId(UUID meeting, UUID member) {
        return UUID.nameUUIDFromBytes((meeting + "/" + member).getBytes(StandardCharsets.UTF_8));
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }

    /** Clears what members did in a meeting that was taken back. */
    static void forget(Transaction tx, UUID meeting) {
        for (Saved<Answer> one : all(tx, "select * from meeting_answer where meeting = :id", meeting)
                .map(Participation::answer)
                .list()) {
            tx.removed(
                    Answer.TYPE,
                    lineId(meeting, Objects.requireNonNull(one.value().member())),
                    one.version() + 1);
        }
        for (Saved<Opinion> one : all(
                        tx, "select * from meeting_opinion where meeting = :id and withdrawn = false", meeting)
                .map(Participation::opinion)
                .list()) {
            tx.removed(Opinion.TYPE, Objects.requireNonNull(one.value().id()), one.version() + 1);
        }
        tx.handle().execute("delete from meeting_answer where meeting = ?", meeting);
        tx.handle().execute("update meeting_opinion set withdrawn = true, text = null where meeting = ?", meeting);
    }
}
