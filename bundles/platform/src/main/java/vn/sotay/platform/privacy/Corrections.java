package vn.sotay.platform.privacy;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Caller;
import vn.sotay.api.access.Permission;
import vn.sotay.api.access.Reach;
import vn.sotay.api.http.Problem;
import vn.sotay.api.http.ProblemException;
import vn.sotay.api.member.Member;
import vn.sotay.api.rule.Rules;
import vn.sotay.api.rule.WorkingDays;
import vn.sotay.api.store.AuditKind;
import vn.sotay.api.store.Saved;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.unit.Unit;
import vn.sotay.api.unit.Units;
import vn.sotay.platform.access.Mandates;
import vn.sotay.platform.access.Mandates.Held;
import vn.sotay.platform.keys.FieldKeys;
import vn.sotay.platform.members.MemberBook;
import vn.sotay.platform.members.RecordField;
import vn.sotay.platform.privacy.CorrectionRows.Content;
import vn.sotay.platform.privacy.CorrectionRows.Row;

/**
 * Members say what is wrong in their record; who leads the cell, or an officer, tells them that it has arrived and then puts it right or
 * says why not, within the days of the law (rules {@code privacy.*}). What is late comes before the officers. For a member without a phone a
 * leader of the cell writes the request down: the member asks, and whoever wrote it down does not answer it. Thread-safe.
 */
@Component(service = Corrections.class)
public final class Corrections {

    static final Permission ANSWER = new Permission("privacy.corrections");

    /** To write a request down for a member. */
    static final Permission ASSIST = new Permission("privacy.assist");

    private static final String TYPE = "correction";
    private static final String SECRETARY = "SECRETARY";
    private static final ZoneId ZONE = ZoneId.of("Asia/Ho_Chi_Minh");

    /** More at once are no help to anybody. */
    private static final int MOST_OPEN = 20;

    private static final long SHOWN_DAYS = 366;

    /** What is wrong. */
    enum Subject {
        NAME(RecordField.NAME),
        BIRTH(RecordField.BIRTH),
        GENDER(RecordField.GENDER),
        CARD(RecordField.CARD),
        ADMITTED(RecordField.ADMITTED),
        OFFICIAL(RecordField.OFFICIAL),
        PHONE(RecordField.PHONE),
        /** Something that no field of the record holds: who answers puts it right by hand. */
        OTHER(null);

        private final @Nullable RecordField field;

        Subject(@Nullable RecordField field) {
            this.field = field;
        }
    }

    /**
     * A request, as a list shows it: without what is written in it.
     *
     * @param name of the member
     * @param acknowledgeBy the last day to tell the member that it has arrived
     * @param answerBy the last day to decide
     * @param passedUp whether it is for the officers
     * @param late whether one of the days has passed
     */
    record Listed(
            UUID id,
            UUID member,
            String name,
            UUID cell,
            Subject field,
            CorrectionState state,
            Instant askedAt,
            LocalDate acknowledgeBy,
            LocalDate answerBy,
            boolean passedUp,
            boolean late) {}

    /**
     * A request.
     *
     * @param now what the record says today; null if it says nothing, or another field is meant than the record has
     * @param wanted what it is to say
     * @param answer of who decided; null while nobody has, or if nothing was said
     * @param recordedBy the leader who wrote it down for the member; null if the member did
     * @param recordedByName of the leader; null also if there is nobody of that id any more
     */
    record Correction(
            UUID id,
            UUID member,
            String name,
            UUID cell,
            Subject field,
            @Nullable String now,
            String wanted,
            String reason,
            CorrectionState state,
            Instant askedAt,
            LocalDate acknowledgeBy,
            LocalDate answerBy,
            @Nullable Instant acknowledgedAt,
            @Nullable Instant decidedAt,
            @Nullable String answer,
            boolean passedUp,
            @Nullable UUID recordedBy,
            @Nullable String recordedByName) {}

    private final Store store;
    private final Units units;
    private final MemberBook members;
    private final Rules rules;
    private final WorkingDays days;
    private final CorrectionRows rows;
    private final Clock clock;

    @Activate
    public Corrections(
            @Reference Store store,
            @Reference Units units,
            @Reference MemberBook members,
            @Reference Rules rules,
            @Reference WorkingDays days,
            @Reference FieldKeys keys) {
        this.store = store;
        this.units = units;
        this.members = members;
        this.rules = rules;
        this.days = days;
        this.rows = new CorrectionRows(keys);
        this.clock = Clock.systemUTC();
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZONE);
    }

    private static UUID self(Caller caller) {
        return caller.member().orElseThrow(Problem::notFound);
    }

    // ---- the member

    /**
     * Asks for a correction of the caller's own record. The same again changes nothing.
     *
     * @throws ProblemException 404 for who is no member, 409 if the id is another's or too many wait, 422 if it cannot be so
     */
    Saved<Correction> ask(Caller caller, UUID id, Subject field, String wanted, String reason) {
        UUID self = self(caller);
        return store.write(tx -> put(tx, caller, self, null, id, field, wanted, reason));
    }

    private Saved<Correction> put(
            Transaction tx,
            Caller caller,
            UUID asker,
            @Nullable UUID recordedBy,
            UUID id,
            Subject field,
            String wanted,
            String reason) {
        Row there = rows.find(tx.handle(), id).orElse(null);
        if (there != null) {
            boolean same = there.member().equals(asker)
                    && Objects.equals(there.recordedBy(), recordedBy)
                    && there.field().equals(field.name())
                    && there.content().wanted().equals(wanted)
                    && there.content().reason().equals(reason);
            if (!same) {
                throw Problem.conflict("correction.another");
            }
            return new Saved<>(shown(tx, there), 1);
        }
        // of two at once each waits for the other here
        Member member = members.lock(tx, asker).map(Saved::value).orElseThrow(Problem::notFound);
        if (rows.open(tx.handle(), asker) >= MOST_OPEN) {
            throw Problem.conflict("correction.too-many");
        }
        if (field.field != null) {
            requireOther(member, members.corrected(tx, member, field.field, wanted));
        }
        LocalDate today = LocalDate.ofInstant(tx.now(), ZONE);
        Unit cell = units.current(member.cell());
        Row row = new Row(
                id,
                asker,
                caller.account(),
                recordedBy,
                field.name(),
                new Content(wanted, reason, null),
                CorrectionState.ASKED,
                isForOfficers(tx, cell, asker, recordedBy, today),
                tx.now(),
                days.after(
                        today,
                        rules.on(today, cell, "privacy.acknowledge.working-days")
                                .integer()),
                today.plusDays(rules.on(today, cell, "privacy.correction.days").integer()),
                null,
                null,
                null);
        rows.insert(tx, row);
        tx.audited(
                AuditKind.WRITE,
                TYPE,
                id,
                asker,
                (recordedBy == null ? "asked for " : "wrote down that the member asks for ") + field);
        return new Saved<>(shown(tx, row), 1, true);
    }

    private static void requireOther(Member before, Member after) {
        if (before.equals(after)) {
            throw Problem.invalid("value", "correction.same");
        }
    }

    /** Whether nobody but the one who asks, and the one who wrote it down, leads the cell, so that an officer is asked at once. */
    private static boolean isForOfficers(
            Transaction tx, Unit cell, UUID asker, @Nullable UUID recordedBy, LocalDate today) {
        List<Held> held = Mandates.at(tx.handle(), List.of(cell.id()), today).stream()
                .filter(one -> one.mandate().isHeldOn(today))
                .toList();
        boolean asksAsSecretary = held.stream()
                .anyMatch(one ->
                        asker.equals(one.member()) && one.mandate().role().equals(SECRETARY));
        return held.stream()
                .filter(one -> !asker.equals(one.member()))
                .filter(one -> recordedBy == null || !recordedBy.equals(one.member()))
                .map(one -> one.mandate().role())
                .noneMatch(role -> role.equals(SECRETARY) || role.equals("DEPUTY") && !asksAsSecretary);
    }

    /** Those of the caller, the newest first. */
    List<Correction> own(Caller caller) {
        UUID self = self(caller);
        return store.read(tx ->
                rows.of(tx.handle(), self).stream().map(row -> shown(tx, row)).toList());
    }

    /**
     * Takes a request back.
     *
     * @throws ProblemException 404, 409 if it is decided
     */
    void withdraw(Caller caller, UUID id) {
        UUID self = self(caller);
        store.change(tx -> {
            Row row = rows.find(tx.handle(), id)
                    .filter(found -> found.member().equals(self))
                    .orElseThrow(Problem::notFound);
            if (row.state() == CorrectionState.WITHDRAWN) {
                return;
            }
            end(tx, row, CorrectionState.WITHDRAWN, caller, null);
        });
    }

    // ---- who writes it down for a member

    /**
     * Writes down what a member without a phone asks for. The same again changes nothing.
     *
     * @throws ProblemException 404 for who is not of the caller's cell, 403 for oneself, else as {@link #ask}
     */
    Saved<Correction> writeDown(Caller caller, UUID member, UUID id, Subject field, String wanted, String reason) {
        return store.write(tx -> {
            UUID leader = assisting(tx, caller, member);
            return put(tx, caller, member, leader, id, field, wanted, reason);
        });
    }

    /**
     * What the caller has written down for a member, the newest first.
     *
     * @throws ProblemException 404, 403
     */
    List<Correction> writtenDown(Caller caller, UUID member) {
        return store.read(tx -> {
            UUID leader = assisting(tx, caller, member);
            return rows.recorded(tx.handle(), member, leader).stream()
                    .map(row -> shown(tx, row))
                    .toList();
        });
    }

    /**
     * What the caller has written down, on paper.
     *
     * @return a PDF
     * @throws ProblemException 404, 403
     */
    byte[] slip(Caller caller, UUID member, UUID id) {
        Correction one = store.read(tx -> shown(tx, written(tx, caller, member, id)));
        return CorrectionSlip.of(one, units.current(one.cell()).name());
    }

    /**
     * Takes back what the caller has written down: by mistake, or because the member wants it so.
     *
     * @throws ProblemException 404, 403, 409 if it is decided
     */
    void withdraw(Caller caller, UUID member, UUID id) {
        store.change(tx -> {
            Row row = written(tx, caller, member, id);
            if (row.state() != CorrectionState.WITHDRAWN) {
                end(tx, row, CorrectionState.WITHDRAWN, caller, null);
            }
        });
    }

    private Row written(Transaction tx, Caller caller, UUID member, UUID id) {
        UUID leader = assisting(tx, caller, member);
        return rows.find(tx.handle(), id)
                .filter(found -> found.member().equals(member))
                .filter(found -> leader.equals(found.recordedBy()))
                .orElseThrow(Problem::notFound);
    }

    /** The caller as a leader of the member's cell; nobody is that for oneself. */
    private UUID assisting(Transaction tx, Caller caller, UUID member) {
        Member assisted = members.find(tx, member).orElseThrow(Problem::notFound);
        if (!caller.may(ASSIST, units.current(assisted.cell()))) {
            throw Problem.notFound();
        }
        return caller.member().filter(self -> !self.equals(member)).orElseThrow(Problem::forbidden);
    }

    // ---- who answers

    /**
     * Those that wait for the caller: of the cell that it leads, and of all below what it watches those for officers and those late. What
     * concerns itself, and what it has written down, is not among them.
     *
     * @param decided those of the last year that are decided, instead
     */
    List<Listed> list(Caller caller, boolean decided) {
        Reach reach = caller.reach(ANSWER);
        LocalDate today = today();
        String condition = reach.sql("m.cell");
        if (decided) {
            condition += " and c.state in ('DONE', 'REFUSED', 'WITHDRAWN') and c.asked_at > :since"
                    + " order by c.asked_at desc, c.id";
        } else {
            condition += " and c.state in ('ASKED', 'ACKNOWLEDGED')"
                    + (reach.units().isEmpty()
                            ? " and (c.passed_up = true or c.answer_by < :today"
                                    + " or c.acknowledge_by < :today and c.state = 'ASKED')"
                            : "")
                    + " order by c.acknowledge_by, c.id";
        }
        String where = condition;
        return store.read(tx -> {
            Query query = rows.query(tx.handle(), where).bindMap(reach.binds());
            if (decided) {
                query.bind("since", tx.now().minus(java.time.Duration.ofDays(SHOWN_DAYS)));
            } else if (reach.units().isEmpty()) {
                query.bind("today", today);
            }
            return query.map(rows.mapper()).stream()
                    .filter(row -> !isPartOf(caller, row))
                    .map(row -> listed(tx, row, today))
                    .filter(one -> decided || waitsFor(reach, one))
                    .toList();
        });
    }

    /** Whether the caller asks, or has written down that somebody does: then somebody else answers. */
    private static boolean isPartOf(Caller caller, Row row) {
        return caller.member()
                .filter(self -> self.equals(row.member()) || self.equals(row.recordedBy()))
                .isPresent();
    }

    private boolean waitsFor(Reach reach, Listed one) {
        Unit cell = units.current(one.cell());
        boolean isNear = reach.units().stream().anyMatch(unit -> unit.id().equals(cell.id()));
        return isNear && !one.passedUp() || one.passedUp() && isAbove(reach, cell) || one.late();
    }

    private static boolean isAbove(Reach reach, Unit cell) {
        return reach.trees().stream().anyMatch(cell::isWithin);
    }

    private Listed listed(Transaction tx, Row row, LocalDate today) {
        Member member = member(tx, row);
        return new Listed(
                row.id(),
                row.member(),
                member.name(),
                member.cell(),
                Subject.valueOf(row.field()),
                row.state(),
                row.askedAt(),
                row.acknowledgeBy(),
                row.answerBy(),
                row.passedUp(),
                row.state().isOpen()
                        && (row.answerBy().isBefore(today)
                                || row.state() == CorrectionState.ASKED
                                        && row.acknowledgeBy().isBefore(today)));
    }

    private Member member(Transaction tx, Row row) {
        return members.find(tx, row.member()).orElseThrow(Problem::notFound);
    }

    /**
     * One that the caller may answer.
     *
     * @throws ProblemException 404
     */
    Correction get(Caller caller, UUID member, UUID id) {
        return store.read(tx -> shown(tx, toAnswer(tx, caller, member, id)));
    }

    /** @throws ProblemException 404: nobody answers what concerns itself, or what it has written down */
    private Row toAnswer(Transaction tx, Caller caller, UUID member, UUID id) {
        Row row = rows.find(tx.handle(), id)
                .filter(found -> found.member().equals(member))
                .filter(found -> !isPartOf(caller, found))
                .orElseThrow(Problem::notFound);
        if (!caller.may(ANSWER, units.current(member(tx, row).cell()))) {
            throw Problem.notFound();
        }
        return row;
    }

    /**
     * Tells the member that it has arrived; once is enough.
     *
     * @throws ProblemException 404
     */
    void acknowledge(Caller caller, UUID member, UUID id) {
        store.change(tx -> {
            Row row = toAnswer(tx, caller, member, id);
            if (rows.acknowledge(tx, row.id(), caller.account())) {
                tx.audited(AuditKind.WRITE, TYPE, id, member, "acknowledged");
            }
        });
    }

    /**
     * Hands it to the officers.
     *
     * @throws ProblemException 404, 409 if it is decided
     */
    void passUp(Caller caller, UUID member, UUID id) {
        store.change(tx -> {
            Row row = toAnswer(tx, caller, member, id);
            requireOpen(row);
            rows.acknowledge(tx, row.id(), caller.account());
            rows.passUp(tx, id);
            tx.audited(AuditKind.WRITE, TYPE, id, member, "passed up");
        });
    }

    private static void requireOpen(Row row) {
        if (!row.state().isOpen()) {
            throw Problem.conflict("correction.decided");
        }
    }

    /**
     * Puts the record right, or says why not. The same again changes nothing.
     *
     * @param answer to the member; must be there for a refusal
     * @throws ProblemException 404, 403 if the caller may not change the record, 409 if it is decided, 422
     */
    void decide(Caller caller, UUID member, UUID id, boolean done, @Nullable String answer) {
        CorrectionState wanted = done ? CorrectionState.DONE : CorrectionState.REFUSED;
        if (!done && (answer == null || answer.isBlank())) {
            throw Problem.invalid("answer", "correction.no-reason");
        }
        store.change(tx -> {
            Row row = toAnswer(tx, caller, member, id);
            if (row.state() == wanted && caller.account().equals(row.decidedBy())) {
                return;
            }
            requireOpen(row);
            Subject subject = Subject.valueOf(row.field());
            if (done && subject.field != null) {
                Member before = members.lock(tx, member).map(Saved::value).orElseThrow(Problem::notFound);
                caller.require(MemberBook.WRITE, units.current(before.cell()));
                members.save(
                        tx,
                        members.corrected(
                                tx, before, subject.field, row.content().wanted()),
                        LocalDate.ofInstant(tx.now(), ZONE));
            }
            end(tx, row, wanted, caller, answer);
        });
    }

    private void end(Transaction tx, Row row, CorrectionState state, Caller caller, @Nullable String answer) {
        if (!rows.decide(tx, row, state, caller.account(), answer)) {
            throw Problem.conflict("correction.decided");
        }
        tx.audited(AuditKind.WRITE, TYPE, row.id(), row.member(), state.name());
    }

    private Correction shown(Transaction tx, Row row) {
        Member member = member(tx, row);
        Subject subject = Subject.valueOf(row.field());
        return new Correction(
                row.id(),
                row.member(),
                member.name(),
                member.cell(),
                subject,
                subject.field == null ? null : subject.field.of(member),
                row.content().wanted(),
                row.content().reason(),
                row.state(),
                row.askedAt(),
                row.acknowledgeBy(),
                row.answerBy(),
                row.acknowledgedAt(),
                row.decidedAt(),
                row.content().answer(),
                row.passedUp(),
                row.recordedBy(),
                row.recordedBy() == null
                        ? null
                        : members.find(tx, row.recordedBy()).map(Member::name).orElse(null));
    }
}
