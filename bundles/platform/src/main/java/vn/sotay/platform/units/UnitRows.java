package vn.sotay.platform.units;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.store.Saved;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.unit.Unit;
import vn.sotay.api.unit.UnitState;

/** The rows of units: what each is, and what it was. */
final class UnitRows {

    private static final RowMapper<Saved<Unit>> ROW = (row, context) -> {
        UUID parent = id(row.getString("parent"));
        row.getLong("closed_at");
        boolean closed = !row.wasNull();
        return new Saved<>(
                new Unit(
                        UUID.fromString(row.getString("id")),
                        parent,
                        row.getString("kind"),
                        row.getString("code"),
                        row.getString("name"),
                        row.getString("path"),
                        closed ? UnitState.CLOSED : UnitState.LIVE,
                        closed ? parent : null),
                row.getLong("version"));
    };

    private static final int SLICE = 200;

    /** Why a unit became what a row of its history says. */
    enum Cause {
        MADE,
        CHANGED,
        MOVED,
        MERGED,
        SPLIT
    }

    /**
     * Who changes units, and from which day it counts.
     *
     * @param account null for the system itself
     * @param origin the unit that new ones are split from; null for none
     */
    record Reason(
            Cause cause,
            @Nullable UUID account,
            LocalDate from,
            @Nullable UUID origin) {

        /** What a merge is to units that are not closed by it: those below move. */
        Reason ofLiving() {
            return cause == Cause.MERGED ? new Reason(Cause.MOVED, account, from, origin) : this;
        }
    }

    private UnitRows() {}

    private static @Nullable UUID id(@Nullable String text) {
        return text == null ? null : UUID.fromString(text);
    }

    /**
     * Lets no other transaction change units until this one ends, and reads them all: whatever changes units begins with this, so
     * that what it works out still holds when it writes.
     */
    static UnitTree take(Handle handle) {
        handle.createQuery("select id from unit where parent is null for update")
                .mapTo(String.class)
                .list();
        return read(handle);
    }

    /** Locks units that are going to be changed. */
    static void lock(Transaction tx, Collection<UUID> units) {
        slices(units, ids -> tx.handle()
                .createQuery("select id from unit where id in (<ids>) for update")
                .bindList("ids", ids)
                .mapTo(String.class)
                .list());
    }

    /**
     * Locks cells that members leave, so that nobody is added to them until this transaction ends: a foreign key's check waits for this
     * lock on PostgreSQL, on the embedded database for a change of the row.
     */
    static void lockAgainstMembers(Transaction tx, Collection<UUID> cells) {
        lock(tx, cells);
        slices(cells, ids -> tx.handle()
                .createUpdate("update unit set changed_at = :now where id in (<ids>)")
                .bind("now", tx.now())
                .bindList("ids", ids)
                .execute());
    }

    /** In one order for everybody. */
    private static void slices(Collection<UUID> units, Consumer<List<String>> work) {
        List<String> ids = units.stream().map(UUID::toString).sorted().toList();
        for (int from = 0; from < ids.size(); from += SLICE) {
            work.accept(ids.subList(from, Math.min(from + SLICE, ids.size())));
        }
    }

    static UnitTree read(Handle handle) {
        return new UnitTree(
                handle.createQuery("select id, parent, kind, code, name, path, version, closed_at from unit")
                        .map(ROW)
                        .list());
    }

    static void insert(Transaction tx, Collection<Unit> units, Reason reason) {
        PreparedBatch rows = tx.handle()
                .prepareBatch("insert into unit (id, parent, kind, code, name, path, version, changed_at)"
                        + " values (?, ?, ?, ?, ?, ?, 1, ?)");
        for (Unit unit : units) {
            rows.add(unit.id(), unit.parent(), unit.kind(), unit.code(), unit.name(), unit.path(), tx.now());
        }
        if (rows.size() > 0) {
            rows.execute();
        }
        PreparedBatch lines = lines(tx);
        units.forEach(unit -> line(lines, tx.now(), new Saved<>(unit, 1), reason));
        if (lines.size() > 0) {
            lines.execute();
        }
    }

    /**
     * Changes units, and keeps what they were.
     *
     * @param changed as they are to be, with their next versions
     */
    static void update(Transaction tx, UnitTree before, Collection<Saved<Unit>> changed, Reason reason) {
        Instant now = tx.now();
        freeCodes(tx, before, changed);
        PreparedBatch rows = tx.handle()
                .prepareBatch("update unit set parent = ?, code = ?, name = ?, path = ?, version = ?, changed_at = ?,"
                        + " closed_at = ? where id = ?");
        PreparedBatch ends =
                tx.handle().prepareBatch("update unit_history set to_at = ? where unit = ? and to_at is null");
        PreparedBatch lines = lines(tx);
        for (Saved<Unit> saved : changed) {
            Unit unit = saved.value();
            Unit was = before.find(unit.id()).orElseThrow().value();
            rows.add(
                    unit.parent(),
                    unit.code(),
                    unit.name(),
                    unit.path(),
                    saved.version(),
                    now,
                    unit.hasClosed() ? now : null,
                    unit.id());
            if (!isSame(was, unit)) {
                ends.add(now, unit.id());
                line(lines, now, saved, unit.hasClosed() ? reason : reason.ofLiving());
            }
        }
        for (PreparedBatch batch : List.of(rows, ends, lines)) {
            if (batch.size() > 0) {
                batch.execute();
            }
        }
    }

    /** Whether only what is above has changed: that is no history of the unit's own. */
    private static boolean isSame(Unit was, Unit unit) {
        return Objects.equals(was.parent(), unit.parent())
                && was.code().equals(unit.code())
                && was.name().equals(unit.name())
                && was.state() == unit.state();
    }

    /** Units that give each other their codes would meet for a moment. */
    private static void freeCodes(Transaction tx, UnitTree before, Collection<Saved<Unit>> changed) {
        Map<String, UUID> wanted = new HashMap<>();
        changed.forEach(saved -> wanted.put(saved.value().code(), saved.value().id()));
        PreparedBatch frees = tx.handle().prepareBatch("update unit set code = ? where id = ?");
        for (Saved<Unit> saved : changed) {
            UUID id = saved.value().id();
            UUID next = wanted.get(before.find(id).orElseThrow().value().code());
            if (next != null && !next.equals(id)) {
                // the end of an id differs where its beginning is the time
                frees.add(id.toString().substring(16), id);
            }
        }
        if (frees.size() > 0) {
            frees.execute();
        }
    }

    private static PreparedBatch lines(Transaction tx) {
        return tx.handle()
                .prepareBatch(
                        "insert into unit_history (unit, version, from_at, parent, kind, code, name, cause, account,"
                                + " counts_from, origin) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    }

    private static void line(PreparedBatch lines, Instant now, Saved<Unit> saved, Reason reason) {
        Unit unit = saved.value();
        lines.add(
                unit.id(),
                saved.version(),
                now,
                unit.parent(),
                unit.kind(),
                unit.code(),
                unit.name(),
                reason.cause(),
                reason.account(),
                reason.from(),
                reason.origin());
    }

    /**
     * What a unit was, and the units that were merged into it, newest first.
     *
     * @param tellsWho whether it says who did it
     */
    static List<UnitPast> history(Handle handle, UUID unit, boolean tellsWho) {
        return handle.createQuery("select h.unit, h.from_at, h.to_at, h.cause, h.counts_from, h.parent, h.code, h.name,"
                        + " h.origin, a.login, m.name as member from unit_history h left join account a on a.id = h.account"
                        + " left join member m on m.id = a.member"
                        + " where h.unit = :unit or (h.parent = :unit and h.cause = :merged)"
                        + " order by h.from_at desc, h.code, h.version desc")
                .bind("unit", unit)
                .bind("merged", Cause.MERGED)
                .map((row, context) -> {
                    String cause = row.getString("cause");
                    String from = row.getString("counts_from");
                    String member = row.getString("member");
                    long until = row.getLong("to_at");
                    boolean endless = row.wasNull();
                    return new UnitPast(
                            UUID.fromString(row.getString("unit")),
                            Instant.ofEpochMilli(row.getLong("from_at")),
                            endless ? null : Instant.ofEpochMilli(until),
                            cause == null ? null : Cause.valueOf(cause),
                            from == null ? null : LocalDate.parse(from),
                            id(row.getString("parent")),
                            row.getString("code"),
                            row.getString("name"),
                            id(row.getString("origin")),
                            tellsWho ? member == null ? row.getString("login") : member : null);
                })
                .list();
    }

    // ---- what was answered

    static Optional<String> answered(Handle handle, UUID unit, String request) {
        return handle.createQuery("select outcome from unit_change where unit = :unit and request = :request"
                        + " order by made_at desc fetch first 1 rows only")
                .bind("unit", unit)
                .bind("request", request)
                .mapTo(String.class)
                .findFirst();
    }

    static void answer(Transaction tx, UUID unit, String request, UUID account, String outcome) {
        tx.handle()
                .execute(
                        "insert into unit_change (id, unit, request, account, made_at, outcome) values (?, ?, ?, ?, ?, ?)",
                        UUID.randomUUID(),
                        unit,
                        request,
                        account,
                        tx.now(),
                        outcome);
    }
}
