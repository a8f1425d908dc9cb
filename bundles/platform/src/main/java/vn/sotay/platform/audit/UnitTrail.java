package vn.sotay.platform.audit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.http.Page;
import vn.sotay.api.http.Problem;
import vn.sotay.api.store.AuditKind;
import vn.sotay.api.store.Store;
import vn.sotay.api.unit.Unit;
import vn.sotay.api.unit.Units;

/**
 * What the audit trail tells of a unit and those below it, for who answers for them. A row is of the unit of which its thing was when it
 * was done: what was done before a member moved stays where it was done. Thread-safe.
 */
@Component(service = UnitTrail.class)
public final class UnitTrail {

    /** Seals that are looked for together, and for one page at most: a page may be short then though others follow. */
    private static final int SEALS_AT_ONCE = 50;

    private static final int MOST_SEALS = 400;

    /** For more units than these it takes longer to look for each than to look at all. */
    private static final int MOST_UNITS = 256;

    /** After a crash or without a database so many seals were made late at most. */
    private static final int LATE_SEALS = 20;

    /** What was done with things that a module keeps is not an officer's business: who has given an opinion, or asked for leave. */
    private static final Set<String> WRITTEN = Set.of("member", "unit", "emergency");

    private static final String KINDS = " and kind in ('WRITE', 'READ', 'EXPORT', 'ACCOUNT', 'MANDATE')";

    private static final String SEALS = "audit_seal --DERBY-PROPERTIES constraint=audit_seal_key\n";

    private record Seal(long number, long first, long last) {}

    /** A row, and the seal that it is in. */
    private record Found(AuditBook.Row row, long seal) {}

    /** Where a page begins: rows with lower numbers, in seals with lower numbers. */
    private record From(long seq, long seal) {

        private static final From NEWEST = new From(Long.MAX_VALUE, Long.MAX_VALUE);

        static From of(@Nullable List<String> after) {
            if (after == null) {
                return NEWEST;
            }
            try {
                return new From(Long.parseLong(after.get(0)), Long.parseLong(after.get(1)));
            } catch (NumberFormatException | IndexOutOfBoundsException e) {
                throw Problem.invalid("after", "cursor");
            }
        }

        String cursor() {
            return Page.cursor(List.of(Long.toString(seq), Long.toString(seal)));
        }
    }

    private final Store store;
    private final Units units;

    @Activate
    public UnitTrail(@Reference Store store, @Reference Units units) {
        this.store = store;
        this.units = units;
    }

    /**
     * Rows, newest first.
     *
     * @param below whether those of the units below count too
     * @param after where the page before ended; null for the first
     * @return not always full, even if others follow
     */
    Page<UnitLine> page(Unit unit, boolean below, AuditFilter filter, @Nullable List<String> after, int limit) {
        From from = From.of(after);
        Set<String> of = store.read(tx -> within(tx.handle(), unit, below));
        List<Found> found = new ArrayList<>();
        if (from.seal() == Long.MAX_VALUE) {
            found.addAll(store.read(tx -> open(tx.handle(), of, filter, from.seq(), limit + 1)));
        }
        Seal bounds = store.read(tx -> bounds(tx.handle(), filter));
        long top = Math.min(from.seal(), bounds.last() + 1);
        long begin = from.seq();
        int looked = 0;
        while (found.size() <= limit && top > bounds.first() && looked < MOST_SEALS) {
            long before = top;
            List<Seal> seals = store.read(tx -> seals(tx.handle(), of, bounds.first(), before));
            top = seals.isEmpty() ? of.size() > MOST_UNITS ? before - SEALS_AT_ONCE : 0 : top;
            for (Seal seal : seals) {
                long seq = from.seq();
                int more = limit + 1 - found.size();
                found.addAll(store.read(tx -> rows(
                        tx.handle(), of, filter, seal.first(), Math.min(seq, seal.last() + 1), seal.number(), more)));
                looked++;
                top = seal.number();
                begin = Math.min(begin, seal.first());
                if (found.size() > limit) {
                    break;
                }
            }
        }
        if (found.size() > limit) {
            List<Found> shown = found.subList(0, limit);
            Found last = shown.get(limit - 1);
            long seal = last.seal() == Long.MAX_VALUE ? last.seal() : last.seal() + 1;
            return new Page<>(named(shown), new From(last.row().seq(), seal).cursor());
        }
        return new Page<>(named(found), top > bounds.first() ? new From(begin, top).cursor() : null);
    }

    /** Closed units stand below their successor. */
    private Set<String> within(Handle handle, Unit unit, boolean below) {
        String path = unit.path();
        return handle
                .createQuery("select id from unit where path >= :path and path < :end")
                .bind("path", path)
                .bind("end", path.substring(0, path.length() - 1) + '0')
                .mapTo(String.class)
                .list()
                .stream()
                .filter(id -> below || units.current(UUID.fromString(id)).id().equals(unit.id()))
                .collect(Collectors.toSet());
    }

    /** The lowest and the highest number of seals that can hold what is asked for, as {@code first} and {@code last}. */
    private static Seal bounds(Handle handle, AuditFilter filter) {
        long newest = number(handle.createQuery("select max(number) from audit_seal"), 0);
        long low = filter.from() == null
                ? number(handle.createQuery("select min(number) from audit_seal"), 1)
                // nothing is sealed before it was done
                : number(sealedSince(handle).bind("at", filter.from()), newest + 1);
        long high = filter.to() == null
                ? newest
                : Math.min(newest, number(sealedSince(handle).bind("at", filter.to()), newest) + LATE_SEALS);
        return new Seal(0, low, high);
    }

    private static Query sealedSince(Handle handle) {
        return handle.createQuery("select number from audit_seal --DERBY-PROPERTIES index=audit_seal_sealed\n"
                + "where sealed_at >= :at order by sealed_at, first_seq fetch first 1 rows only");
    }

    private static long number(Query query, long none) {
        return query.map((row, context) -> {
                    long number = row.getLong(1);
                    return row.wasNull() ? none : number;
                })
                .findFirst()
                .orElse(none);
    }

    /** The next seals that may have rows of these units, newest first. */
    private static List<Seal> seals(Handle handle, Set<String> of, long low, long before) {
        if (of.size() > MOST_UNITS) {
            return seals(handle.createQuery("select number, first_seq, last_seq from " + SEALS
                            + "where number >= :low and number < :before order by number desc")
                    .bind("low", Math.max(low, before - SEALS_AT_ONCE))
                    .bind("before", before));
        }
        NavigableSet<Long> numbers = new TreeSet<>();
        for (String unit : of) {
            handle.createQuery("select back from audit_unit --DERBY-PROPERTIES constraint=audit_unit_key\n"
                            + "where unit = :unit and back > :before and back <= :low order by back fetch first "
                            + SEALS_AT_ONCE + " rows only")
                    .bind("unit", unit)
                    .bind("before", -before)
                    .bind("low", -low)
                    .mapTo(Long.class)
                    .forEach(back -> numbers.add(-back));
            while (numbers.size() > SEALS_AT_ONCE) {
                numbers.pollFirst();
            }
        }
        return numbers.isEmpty()
                ? List.of()
                : seals(handle.createQuery("select number, first_seq, last_seq from " + SEALS
                                + "where number in (<numbers>) order by number desc")
                        .bindList("numbers", List.copyOf(numbers)));
    }

    private static List<Seal> seals(Query query) {
        return query.map((row, context) -> new Seal(row.getLong(1), row.getLong(2), row.getLong(3)))
                .list();
    }

    /** What is not sealed yet: a second's worth. */
    private static List<Found> open(Handle handle, Set<String> of, AuditFilter filter, long before, int most) {
        long sealed = number(handle.createQuery("select max(last_seq) from audit_seal"), 0);
        return rows(handle, of, filter, sealed + 1, before, Long.MAX_VALUE, most);
    }

    private static List<Found> rows(
            Handle handle, Set<String> of, AuditFilter filter, long first, long before, long seal, int most) {
        if (first >= before) {
            return List.of();
        }
        StringBuilder sql = new StringBuilder("select " + AuditBook.COLUMNS + " from audit " + AuditBook.BY_KEY
                + "where seq >= :begin and seq < :before and unit is not null" + KINDS);
        Map<String, Object> binds = new HashMap<>();
        filter.and(sql, binds);
        return handle
                .createQuery(sql.append(" order by seq desc").toString())
                .bind("begin", first)
                .bind("before", before)
                .bindMap(binds)
                .map(AuditBook.ROW)
                .stream()
                .filter(row -> of.contains(String.valueOf(row.unit()))
                        && (row.kind() != AuditKind.WRITE || WRITTEN.contains(row.type())))
                .limit(most)
                .map(row -> new Found(row, seal))
                .toList();
    }

    private List<UnitLine> named(List<Found> found) {
        List<AuditBook.Row> rows = found.stream().map(Found::row).toList();
        return store.read(tx -> {
            Map<UUID, AuditLine.By> accounts = AuditBook.accounts(tx.handle(), rows);
            Map<UUID, String> members = AuditBook.members(
                    tx.handle(),
                    rows.stream()
                            .map(AuditBook.Row::member)
                            .filter(Objects::nonNull)
                            .toList());
            Map<String, UnitLine.Post> mandates = mandates(tx.handle(), rows);
            return rows.stream()
                    .map(row -> new UnitLine(
                            row.seq(),
                            row.at(),
                            row.kind(),
                            deed(row),
                            by(row.account(), accounts),
                            row.type(),
                            row.member() == null ? null : new AuditLine.Whom(row.member(), members.get(row.member())),
                            of(Objects.requireNonNull(row.unit())),
                            row.thing() == null ? null : mandates.get(row.thing())))
                    .toList();
        });
    }

    private static UnitLine.@Nullable By by(@Nullable UUID account, Map<UUID, AuditLine.By> accounts) {
        if (account == null) {
            return null;
        }
        AuditLine.By known = accounts.get(account);
        return new UnitLine.By(account, known == null ? null : known.name());
    }

    private UnitLine.Of of(UUID unit) {
        return new UnitLine.Of(unit, units.find(unit).map(Unit::name).orElseGet(() -> units.current(unit)
                .name()));
    }

    /** Role and holder by the mandate's id, which is that of an emergency access too. */
    private static Map<String, UnitLine.Post> mandates(Handle handle, List<AuditBook.Row> rows) {
        List<String> ids = rows.stream()
                .filter(row -> row.kind() == AuditKind.MANDATE || row.type().equals("emergency"))
                .map(AuditBook.Row::thing)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        Map<String, UnitLine.Post> mandates = new HashMap<>();
        if (!ids.isEmpty()) {
            handle.createQuery("select d.id, d.role, m.name, a.login from mandate d join account a on a.id = d.account"
                            + " left join member m on m.id = a.member where d.id in (<ids>)")
                    .bindList("ids", ids)
                    .map((row, context) -> Map.entry(
                            row.getString(1),
                            new UnitLine.Post(
                                    row.getString(2), row.getString(3) == null ? row.getString(4) : row.getString(3))))
                    .forEach(one -> mandates.put(one.getKey(), one.getValue()));
        }
        return mandates;
    }

    /** By the digests of a write, else by the words that are kept with it. */
    private static UnitLine.@Nullable Deed deed(AuditBook.Row row) {
        if (row.before() != null || row.after() != null) {
            return row.before() == null
                    ? UnitLine.Deed.MADE
                    : row.after() == null ? UnitLine.Deed.REMOVED : UnitLine.Deed.CHANGED;
        }
        String words = row.detail() == null || row.kind() == AuditKind.READ ? "" : row.detail();
        return switch (words.split(" ", 2)[0]) {
            case "made" -> UnitLine.Deed.MADE;
            case "given" -> UnitLine.Deed.GIVEN;
            case "ended" -> UnitLine.Deed.ENDED;
            case "ends" -> UnitLine.Deed.CHANGED;
            case "issued" -> UnitLine.Deed.ISSUED;
            case "opened" -> UnitLine.Deed.OPENED;
            case "seen" -> UnitLine.Deed.SEEN;
            case "taken" -> words.startsWith("taken back") ? UnitLine.Deed.TAKEN_BACK : UnitLine.Deed.GIVEN;
            default -> null;
        };
    }
}
