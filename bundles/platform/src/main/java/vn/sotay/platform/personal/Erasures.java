package vn.sotay.platform.personal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
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
import vn.sotay.api.store.AuditKind;
import vn.sotay.api.store.Saved;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.unit.Unit;
import vn.sotay.api.unit.Units;
import vn.sotay.platform.members.MemberBook;
import vn.sotay.platform.seals.SealedModules;

/**
 * Former members whose personal data are deleted, after some days in which that can be stopped (rules {@code privacy.*}). Totals stay: see
 * {@link PersonalTable.Erased}. Thread-safe.
 */
@Component(service = Erasures.class)
public final class Erasures {

    static final Permission ERASE = new Permission("privacy.erasures");

    static final ZoneId ZONE = ZoneId.of("Asia/Ho_Chi_Minh");

    private static final String TYPE = "erasure";
    private static final int MOST = 200;
    private static final String COLUMNS =
            "e.member, m.name, e.cell, e.reason, e.asked_at, e.due_on, e.stopped_at, e.done_at";
    private static final String SELECT =
            "select " + COLUMNS + " from erasure e left join member m on m.id = e.member where ";

    /** Why. */
    enum Reason {
        /** The person has asked for it, or the family. */
        ASKED,
        /** The record was made by mistake. */
        MISTAKE,
        /** The time for which former members' records are kept is over. */
        KEPT_LONG_ENOUGH
    }

    /** How far it is. */
    enum State {
        WAITING,
        STOPPED,
        DONE
    }

    /**
     * A deletion.
     *
     * @param name of the member; null once it is done
     * @param cell to which the member belonged last
     * @param askedAt when it was asked for, UTC
     * @param dueOn the first day on which it is done
     */
    record Erasure(
            UUID member,
            @Nullable String name,
            UUID cell,
            Reason reason,
            Instant askedAt,
            LocalDate dueOn,
            State state,
            @Nullable Instant doneAt) {}

    /**
     * A deletion, and what it does.
     *
     * @param possible whether the member has left, so that it can be asked for
     * @param erasure null if none was asked for
     * @param rows what becomes of what is kept, by purpose; empty once it is done
     */
    record Preview(boolean possible, @Nullable Erasure erasure, List<Erasing.Rows> rows) {}

    private final Store store;
    private final Units units;
    private final MemberBook members;
    private final Rules rules;
    private final Erasing erasing;

    @Activate
    public Erasures(
            @Reference Store store,
            @Reference Units units,
            @Reference MemberBook members,
            @Reference Rules rules,
            @Reference Register register,
            @Reference SealedModules sealed) {
        this.store = store;
        this.units = units;
        this.members = members;
        this.rules = rules;
        this.erasing = new Erasing(register, sealed);
    }

    private static Erasure erasure(ResultSet row) throws SQLException {
        row.getLong(7);
        boolean isStopped = !row.wasNull();
        long done = row.getLong(8);
        boolean isDone = !row.wasNull();
        return new Erasure(
                UUID.fromString(row.getString(1)),
                row.getString(2),
                UUID.fromString(row.getString(3)),
                Reason.valueOf(row.getString(4)),
                Instant.ofEpochMilli(row.getLong(5)),
                LocalDate.parse(row.getString(6)),
                isDone ? State.DONE : isStopped ? State.STOPPED : State.WAITING,
                isDone ? Instant.ofEpochMilli(done) : null);
    }

    private static Optional<Erasure> find(Transaction tx, UUID member) {
        return tx.handle()
                .createQuery(SELECT + "e.member = :member")
                .bind("member", member)
                .map((row, context) -> erasure(row))
                .findFirst();
    }

    // ---- officers

    /**
     * Those within the caller's reach, at most 200.
     *
     * @param done those that are done or were stopped, the newest first; else those that wait, the next one first
     */
    List<Erasure> list(Caller caller, boolean done) {
        Reach reach = caller.reach(ERASE);
        String condition = reach.sql("e.cell")
                + (done
                        ? " and (e.done_at is not null or e.stopped_at is not null) order by e.asked_at desc, e.member"
                        : " and e.done_at is null and e.stopped_at is null order by e.due_on, e.member");
        return store.read(tx -> tx.handle()
                .createQuery(SELECT + condition + " fetch first " + MOST + " rows only")
                .bindMap(reach.binds())
                .map((row, context) -> erasure(row))
                .list());
    }

    /**
     * What deleting a member does, and how far it is.
     *
     * @throws ProblemException 404
     */
    Preview preview(Caller caller, UUID member) {
        return store.read(tx -> {
            Optional<Erasure> there = find(tx, member);
            Optional<Member> found = members.find(tx, member);
            UUID cell =
                    found.map(Member::cell).or(() -> there.map(Erasure::cell)).orElseThrow(Problem::notFound);
            requireAbove(caller, member, cell);
            return new Preview(
                    found.filter(one -> !one.status().isActive()).isPresent(),
                    there.orElse(null),
                    found.isPresent() ? erasing.preview(tx, member) : List.of());
        });
    }

    /** Nobody deletes the own record. */
    private Unit requireAbove(Caller caller, UUID member, UUID cell) {
        Unit unit = units.current(cell);
        if (!caller.may(ERASE, unit) || caller.member().filter(member::equals).isPresent()) {
            throw Problem.notFound();
        }
        return unit;
    }

    /**
     * Has a former member deleted after the days of the rule. Asked for again, it stays as it is; one that was stopped begins anew.
     *
     * @throws ProblemException 404, 409 for an active member
     */
    Saved<Erasure> ask(Caller caller, UUID member, Reason reason) {
        return store.write(tx -> {
            Member found = members.lock(tx, member).map(Saved::value).orElseThrow(Problem::notFound);
            Unit cell = requireAbove(caller, member, found.cell());
            if (found.status().isActive()) {
                throw Problem.conflict("erasure.active");
            }
            Optional<Erasure> there = find(tx, member);
            if (there.isPresent() && there.get().state() == State.WAITING) {
                return new Saved<>(there.get(), 1);
            }
            begin(tx, member, cell, reason, caller.account());
            return new Saved<>(find(tx, member).orElseThrow(), 1, there.isEmpty());
        });
    }

    private void begin(Transaction tx, UUID member, Unit cell, Reason reason, @Nullable UUID by) {
        LocalDate today = LocalDate.ofInstant(tx.now(), ZONE);
        LocalDate due = today.plusDays(
                rules.on(today, cell, "privacy.erasure.wait.days").integer());
        tx.handle().execute("delete from erasure where member = ?", member);
        tx.handle()
                .execute(
                        "insert into erasure (member, cell, reason, asked_by, asked_at, due_on)"
                                + " values (?, ?, ?, ?, ?, ?)",
                        member,
                        cell.id(),
                        reason,
                        by,
                        tx.now(),
                        due);
        tx.audited(AuditKind.WRITE, TYPE, member, member, "asked for: " + reason + ", due on " + due);
    }

    /**
     * Stops a deletion that waits. One that was stopped is not begun again but by somebody.
     *
     * @throws ProblemException 404, 409 if it is done
     */
    void stop(Caller caller, UUID member) {
        store.change(tx -> {
            Erasure there = find(tx, member).orElseThrow(Problem::notFound);
            requireAbove(caller, member, there.cell());
            if (there.state() == State.DONE) {
                throw Problem.conflict("erasure.done");
            }
            if (stop(tx, member, caller.account())) {
                tx.audited(AuditKind.WRITE, TYPE, member, member, "stopped");
            }
        });
    }

    private static boolean stop(Transaction tx, UUID member, @Nullable UUID by) {
        return tx.handle()
                        .execute(
                                "update erasure set stopped_by = ?, stopped_at = ?"
                                        + " where member = ? and done_at is null and stopped_at is null",
                                by,
                                tx.now(),
                                member)
                == 1;
    }

    // ---- the nightly job

    private static final String FORMER = " from member m join member_status s on s.member = m.id and s.to_day is null"
            + " where m.status in ('LEFT', 'DECEASED') and s.from_day <= :before"
            + " and not exists (select 1 from erasure e where e.member = m.id)";

    /** How many former members were kept for long enough, and nobody has asked for anything yet. */
    long former(Transaction tx, LocalDate before) {
        return tx.handle()
                .createQuery("select count(*)" + FORMER)
                .bind("before", before)
                .mapTo(Long.class)
                .one();
    }

    /**
     * Begins to delete those who have left on this day or before.
     *
     * @return how many; fewer than {@code most} if there are no more
     */
    int propose(Transaction tx, LocalDate before, int most) {
        List<UUID> found = tx.handle()
                .createQuery("select m.id" + FORMER + " fetch first " + most + " rows only")
                .bind("before", before)
                .mapTo(UUID.class)
                .list();
        for (UUID member : found) {
            members.lock(tx, member)
                    .ifPresent(
                            one -> begin(tx, member, units.current(one.value().cell()), Reason.KEPT_LONG_ENOUGH, null));
        }
        return found.size();
    }

    /** Those whose day has come, at most so many. */
    List<UUID> due(Transaction tx, LocalDate today, int most) {
        return tx.handle()
                .createQuery("select member from erasure where done_at is null and stopped_at is null"
                        + " and due_on <= :today order by due_on, member fetch first " + most + " rows only")
                .bind("today", today)
                .mapTo(UUID.class)
                .list();
    }

    /** Deletes those whose day has come; who has come back stays. */
    void erase(Transaction tx, List<UUID> due) {
        List<UUID> gone = new ArrayList<>();
        for (UUID member : due) {
            Optional<Saved<Member>> found = members.lock(tx, member);
            if (found.filter(one -> one.value().status().isActive()).isPresent()) {
                stop(tx, member, null);
                tx.audited(AuditKind.WRITE, TYPE, member, member, "stopped: a member again");
            } else if (done(tx, member)) {
                gone.add(member);
                tx.audited(AuditKind.WRITE, TYPE, member, member, "done");
            }
        }
        if (!gone.isEmpty()) {
            erasing.erase(tx, gone);
        }
    }

    /** Who was stopped meanwhile stays. */
    private static boolean done(Transaction tx, UUID member) {
        return tx.handle()
                        .execute(
                                "update erasure set done_at = ? where member = ? and done_at is null"
                                        + " and stopped_at is null",
                                tx.now(),
                                member)
                == 1;
    }
}
