package vn.sotay.platform.access;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Caller;
import vn.sotay.api.access.Mandate;
import vn.sotay.api.access.Permission;
import vn.sotay.api.http.Problem;
import vn.sotay.api.http.ProblemException;
import vn.sotay.api.store.AuditKind;
import vn.sotay.api.store.Saved;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.unit.Unit;
import vn.sotay.api.unit.Units;
import vn.sotay.platform.store.AuditEntry;

/**
 * Emergency access: who runs the system reads members' content of a unit until midnight, with a reason, on the audit trail, before the
 * eyes of the officers. It reads alone. Thread-safe.
 */
@Component(service = Emergencies.class)
public final class Emergencies {

    static final Permission TAKE = new Permission("access.emergency");
    static final Permission READ = new Permission("access.emergencies");
    static final Permission SEE = new Permission("access.emergency-seen");

    /** Older ones are on the audit trail alone. */
    private static final Duration SHOWN = Duration.ofDays(92);

    /**
     * Somebody who had to look.
     *
     * @param name who it is
     * @param until the last day, which ends at midnight in Viet Nam
     * @param seenBy the officer who has taken note of it; null while nobody has
     */
    record Emergency(
            UUID id,
            UUID unit,
            String unitName,
            String name,
            String reason,
            Instant at,
            LocalDate until,
            @Nullable String seenBy,
            @Nullable Instant seenAt) {}

    private record Row(
            UUID id,
            UUID account,
            UUID unit,
            String reason,
            Instant at,
            LocalDate until,
            @Nullable UUID seenBy,
            @Nullable Instant seenAt) {}

    private static final String SELECT =
            "select id, account, unit, reason, taken_at, last_day, seen_by, seen_at from emergency ";

    private static final RowMapper<Row> ROW = (row, context) -> {
        String seenBy = row.getString(7);
        long seenAt = row.getLong(8);
        return new Row(
                UUID.fromString(row.getString(1)),
                UUID.fromString(row.getString(2)),
                UUID.fromString(row.getString(3)),
                row.getString(4),
                Instant.ofEpochMilli(row.getLong(5)),
                LocalDate.parse(row.getString(6)),
                seenBy == null ? null : UUID.fromString(seenBy),
                seenAt == 0 ? null : Instant.ofEpochMilli(seenAt));
    };

    private final Store store;
    private final Accounts accounts;
    private final Units units;

    @Activate
    public Emergencies(@Reference Store store, @Reference Accounts accounts, @Reference Units units) {
        this.store = store;
        this.accounts = accounts;
        this.units = units;
    }

    /**
     * Lets the caller read a unit and all below it until midnight.
     *
     * @throws ProblemException 404 or 403, 409 if there is one with this id that is another's
     */
    Saved<Emergency> take(Caller caller, UUID id, UUID unitId, String reason) {
        Unit unit = units.get(unitId);
        caller.require(TAKE, unit);
        LocalDate today = accounts.today();
        Saved<Emergency> taken = store.write(tx -> {
            Optional<Row> there = find(tx, id);
            if (there.isPresent()) {
                Row row = there.get();
                if (!row.account().equals(caller.account())
                        || !row.unit().equals(unit.id())
                        || !row.reason().equals(reason)) {
                    throw Problem.conflict("emergency.another");
                }
                return new Saved<>(shown(tx, List.of(row)).get(0), 1);
            }
            if (!Mandates.find(tx.handle(), List.of(id)).isEmpty()) {
                throw Problem.conflict("emergency.another");
            }
            AccountRows.insert(tx, id, caller.account(), new Mandate(Role.INSPECTOR.name(), unit.id(), today, today));
            Row row = new Row(id, caller.account(), unit.id(), reason, tx.now(), today, null, null);
            tx.handle()
                    .execute(
                            "insert into emergency (id, account, unit, reason, taken_at, last_day) values (?, ?, ?, ?, ?, ?)",
                            id,
                            row.account(),
                            row.unit(),
                            reason,
                            row.at(),
                            today);
            audit(tx, AuditKind.MANDATE, id, unit.id(), "taken at " + unit.id() + " until " + today);
            return new Saved<>(shown(tx, List.of(row)).get(0), 1, true);
        });
        accounts.forget();
        return taken;
    }

    /** Those of the last three months at units that the caller may know of, the newest first. */
    List<Emergency> list(Caller caller) {
        return store.read(tx -> {
            List<Row> rows = tx
                    .handle()
                    .createQuery(SELECT + "where taken_at > :since order by taken_at desc, id")
                    .bind("since", tx.now().minus(SHOWN))
                    .map(ROW)
                    .stream()
                    .filter(row -> caller.sees(units.current(row.unit())))
                    .toList();
            return shown(tx, rows);
        });
    }

    /**
     * An officer takes note of it; who was first stands there.
     *
     * @throws ProblemException 404 or 403
     */
    void seen(Caller caller, UUID id) {
        store.change(tx -> {
            Row row = find(tx, id).orElseThrow(Problem::notFound);
            caller.require(SEE, units.current(row.unit()));
            tx.handle()
                    .execute(
                            "update emergency set seen_by = ?, seen_at = ? where id = ? and seen_by is null",
                            caller.account(),
                            tx.now(),
                            id);
            audit(tx, AuditKind.WRITE, id, row.unit(), "seen");
        });
    }

    private static void audit(Transaction tx, AuditKind kind, UUID id, UUID unit, String detail) {
        AuditEntry.add(
                tx, AuditEntry.ofActing(kind, "emergency", id, null, detail).at(unit));
    }

    private static Optional<Row> find(Transaction tx, UUID id) {
        return tx.handle()
                .createQuery(SELECT + "where id = :id")
                .bind("id", id)
                .map(ROW)
                .findFirst();
    }

    private List<Emergency> shown(Transaction tx, List<Row> rows) {
        Map<UUID, String> names = rows.stream()
                .flatMap(row -> Optional.ofNullable(row.seenBy())
                        .map(by -> List.of(row.account(), by))
                        .orElseGet(() -> List.of(row.account()))
                        .stream())
                .distinct()
                .collect(Collectors.toMap(Function.identity(), account -> AccountRows.identity(tx.handle(), account)
                        .map(identity -> identity.person() == null
                                ? identity.login()
                                : identity.person().name())
                        .orElse("")));
        return rows.stream()
                .map(row -> new Emergency(
                        row.id(),
                        row.unit(),
                        units.current(row.unit()).name(),
                        names.getOrDefault(row.account(), ""),
                        row.reason(),
                        row.at(),
                        row.until(),
                        row.seenBy() == null ? null : names.get(row.seenBy()),
                        row.seenAt()))
                .toList();
    }
}
