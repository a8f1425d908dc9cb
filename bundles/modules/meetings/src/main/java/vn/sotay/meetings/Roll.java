package vn.sotay.meetings;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Predicate;
import org.jdbi.v3.core.result.RowView;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Caller;
import vn.sotay.api.http.Page;
import vn.sotay.api.http.Problem;
import vn.sotay.api.member.Member;
import vn.sotay.api.member.Members;
import vn.sotay.api.rule.Rules;
import vn.sotay.api.store.Saved;
import vn.sotay.api.store.Seals;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.unit.Unit;

/** The roll of a meeting, and the meeting in figures. One transaction a method, as in {@link Meetings}. */
@Component(service = Roll.class)
public final class Roll {

    private final Store store;
    private final Meetings meetings;
    private final Members members;
    private final Rules rules;
    private final Participants participants;
    private final SealedLine sealed;
    private final LateCallRows late;

    @Activate
    public Roll(
            @Reference Store store,
            @Reference Meetings meetings,
            @Reference Members members,
            @Reference Rules rules,
            @Reference Seals seals) {
        this.store = store;
        this.meetings = meetings;
        this.members = members;
        this.rules = rules;
        this.participants = new Participants(meetings, members);
        this.sealed = new SealedLine(seals);
        this.late = new LateCallRows(sealed);
    }

    public Page<Attendance> list(Caller caller, UUID meeting, int limit, @Nullable List<String> after) {
        return store.read(tx -> {
            Query query =
                    participants.rows(tx, caller, meeting, "select * from meeting_attendance", "member", limit, after);
            List<Attendance> lines = query.map(row -> attendance(row).value()).list();
            return Page.of(lines, limit, one -> List.of(String.valueOf(one.member())));
        });
    }

    /**
     * A leader calls a member's name. It may be done before the meeting was opened: a step left out is no reason to lose the roll. What comes
     * after it was closed is held for who leads the cell.
     */
    public Saved<Attendance> call(Caller caller, UUID id, UUID member, Attendance body, OptionalLong ifMatch) {
        if (body.present() && body.reason() != null) {
            throw Problem.invalid("reason", "only-for-absence");
        }
        return store.write(tx -> {
            Saved<Meeting> meeting = meetings.take(tx, id).orElseThrow(Problem::notFound);
            caller.require(Meetings.RECORD, meetings.cell(meeting));
            participants.requireOfCell(tx, meeting, member);
            Optional<Saved<Attendance>> before = find(tx, id, member);
            if (before.filter(line -> line.value().present() == body.present()
                            && line.value().reason() == body.reason())
                    .isPresent()) {
                if (meeting.value().isClosed()) {
                    takeBack(tx, meeting, member, Meetings.self(caller));
                }
                return before.get();
            }
            Meetings.expect(ifMatch, before.orElse(null));
            return meeting.value().isClosed()
                    ? hold(tx, caller, meeting, member, body)
                    : write(
                            tx,
                            meeting,
                            before,
                            new Attendance(id, member, body.present(), body.reason(), tx.now(), null));
        });
    }

    private Saved<Attendance> write(
            Transaction tx, Saved<Meeting> meeting, Optional<Saved<Attendance>> before, Attendance line) {
        UUID id = Objects.requireNonNull(line.meeting());
        UUID member = Objects.requireNonNull(line.member());
        long version = before.map(Saved::version).orElse(0L) + 1;
        tx.handle()
                .createUpdate(
                        before.isPresent()
                                ? "update meeting_attendance set present = :present, reason = null, reason_sealed = :sealedReason,"
                                        + " recorded_at = :at, version = :version"
                                        + " where meeting = :meeting and member = :member"
                                : "insert into meeting_attendance (meeting, member, present, reason_sealed, recorded_at,"
                                        + " version) values (:meeting, :member, :present, :sealedReason, :at,"
                                        + " :version)")
                .bindMethods(line)
                .bind("sealedReason", sealed.sealed(SealedLine.ATTENDANCE_REASON, id, member, line.reason()))
                .bind("version", version)
                .execute();
        tx.changed(
                Attendance.TYPE,
                Participants.lineId(id, member),
                version,
                Meetings.each(participants.readers(meeting, member), line));
        return new Saved<>(line, version, before.isEmpty());
    }

    private Optional<Saved<Attendance>> find(Transaction tx, UUID meeting, UUID member) {
        return tx.handle()
                .createQuery("select * from meeting_attendance where meeting = :meeting and member = :member")
                .bind("meeting", meeting)
                .bind("member", member)
                .map(this::attendance)
                .findFirst();
    }

    private Saved<Attendance> attendance(RowView row) {
        return new Saved<>(
                new Attendance(
                        row.getColumn("meeting", UUID.class),
                        row.getColumn("member", UUID.class),
                        row.getColumn("present", Boolean.class),
                        sealed.reason(SealedLine.ATTENDANCE_REASON, row),
                        row.getColumn("recorded_at", Instant.class),
                        null),
                row.getColumn("version", Long.class));
    }

    // ---- what came after the meeting was closed

    private Saved<Attendance> hold(
            Transaction tx, Caller caller, Saved<Meeting> meeting, UUID member, Attendance body) {
        UUID id = Objects.requireNonNull(meeting.value().id());
        UUID recorder = Meetings.self(caller);
        UUID callId = LateCallRows.id(id, member, recorder);
        Optional<Saved<LateCall>> before = late.find(tx, id, callId);
        boolean isThere = before.filter(one -> one.value().isOpen()
                        && one.value().present() == body.present()
                        && one.value().reason() == body.reason())
                .isPresent();
        if (!isThere) {
            LateCall call = new LateCall(
                    callId, id, member, recorder, body.present(), body.reason(), tx.now(), null, null, null);
            tell(tx, meeting, new Saved<>(call, before.map(Saved::version).orElse(0L) + 1, before.isEmpty()));
        }
        Instant at = isThere ? before.get().value().at() : tx.now();
        return new Saved<>(new Attendance(id, member, body.present(), body.reason(), at, true), 1);
    }

    /** Who says the same as the roll has nothing to put before anybody any more. */
    private void takeBack(Transaction tx, Saved<Meeting> meeting, UUID member, UUID recorder) {
        UUID id = Objects.requireNonNull(meeting.value().id());
        late.find(tx, id, LateCallRows.id(id, member, recorder))
                .filter(one -> one.value().isOpen())
                .ifPresent(one -> tell(
                        tx, meeting, new Saved<>(one.value().decided(false, tx.now(), recorder), one.version() + 1)));
    }

    private Saved<LateCall> tell(Transaction tx, Saved<Meeting> meeting, Saved<LateCall> call) {
        late.write(tx, call);
        tx.changed(
                LateCall.TYPE,
                call.value().id(),
                call.version(),
                Meetings.each(participants.readers(meeting, call.value().member()), call.value()));
        return call;
    }

    public Page<LateCall> lateCalls(Caller caller, UUID meeting, int limit, @Nullable List<String> after) {
        return store.read(tx -> {
            Query query = participants.rows(tx, caller, meeting, "select * from meeting_late_call", "id", limit, after);
            List<LateCall> calls = query.map(row -> late.call(row).value()).list();
            return Page.of(calls, limit, one -> List.of(one.id().toString()));
        });
    }

    /** Who leads the cell takes a line into the roll, or leaves it; one that was left may be taken later, and not the other way round. */
    public Saved<LateCall> decide(Caller caller, UUID id, UUID callId, LateCall.Decision body) {
        return store.write(tx -> {
            Saved<Meeting> meeting = meetings.take(tx, id).orElseThrow(Problem::notFound);
            caller.require(Meetings.WRITE, meetings.cell(meeting));
            Saved<LateCall> before = late.find(tx, id, callId).orElseThrow(Problem::notFound);
            LateCall call = before.value();
            Boolean taken = call.taken();
            if (taken != null && taken == body.taken()) {
                return before;
            }
            if (Boolean.TRUE.equals(taken)) {
                throw Problem.conflict("late-call.taken");
            }
            if (body.taken()) {
                Attendance line = new Attendance(id, call.member(), call.present(), call.reason(), tx.now(), null);
                write(tx, meeting, find(tx, id, call.member()), line);
            }
            return tell(
                    tx,
                    meeting,
                    new Saved<>(call.decided(body.taken(), tx.now(), Meetings.self(caller)), before.version() + 1));
        });
    }

    /** The meeting in figures, without names. */
    public Summary summary(Caller caller, UUID id) {
        return store.read(tx -> {
            Saved<Meeting> meeting = meetings.readable(tx, caller, id);
            Unit cell = meetings.cell(meeting);
            caller.require(Meetings.COUNT, cell);
            List<Answered> answers = all(tx, "select answer, accepted from meeting_answer where meeting = :id", id)
                    .map(Answered::of)
                    .list();
            List<Called> roll = all(
                            tx,
                            "select member, present, reason, reason_sealed from meeting_attendance where meeting = :id",
                            id)
                    .map(Called::of)
                    .list();
            int opinions = all(tx, "select count(*) from meeting_opinion where meeting = :id and withdrawn = false", id)
                    .mapTo(Integer.class)
                    .one();
            List<Member> all = members.ofCell(tx, cell.id());
            var today = MeetingRules.day(tx.now());
            return new Summary(
                    all.size(),
                    count(answers, one -> one.answer() == Answer.Kind.ATTENDING),
                    count(answers, one -> one.answer() == Answer.Kind.ABSENT && one.accepted() == null),
                    count(answers, one -> Boolean.TRUE.equals(one.accepted())),
                    count(answers, one -> Boolean.FALSE.equals(one.accepted())),
                    opinions,
                    count(roll, Called::present),
                    count(roll, one -> !one.present() && one.hasReason()),
                    count(roll, one -> !one.present() && !one.hasReason()),
                    rules.on(today, cell, MeetingRules.MINUTES).integer(),
                    meeting.value().isClosed() ? null : vote(all, roll, cell, tx.now()),
                    meetings.deadlines(tx, meeting));
        });
    }

    /** What of an answer is counted. */
    private record Answered(Answer.Kind answer, @Nullable Boolean accepted) {

        static Answered of(RowView row) {
            return new Answered(row.getColumn("answer", Answer.Kind.class), row.getColumn("accepted", Boolean.class));
        }
    }

    /** What of a line of the roll is counted: whether there is a reason, not which. */
    private record Called(UUID member, boolean present, boolean hasReason) {

        static Called of(RowView row) {
            return new Called(
                    row.getColumn("member", UUID.class),
                    row.getColumn("present", Boolean.class),
                    row.getColumn("reason_sealed", String.class) != null
                            || row.getColumn("reason", String.class) != null);
        }
    }

    private Summary.Vote vote(List<Member> all, List<Called> roll, Unit cell, Instant now) {
        Map<UUID, Boolean> present = new HashMap<>();
        roll.forEach(line -> present.put(line.member(), line.present()));
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
}
