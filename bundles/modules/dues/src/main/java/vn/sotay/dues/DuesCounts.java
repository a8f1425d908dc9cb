package vn.sotay.dues;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Caller;
import vn.sotay.api.access.Reach;
import vn.sotay.api.http.Page;
import vn.sotay.api.member.Members;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.unit.Unit;
import vn.sotay.api.unit.Units;
import vn.sotay.dues.payment.Ids;

/** Dues of units as counts and totals: of people it tells nothing. Reads alone. */
@Component(service = DuesCounts.class)
public final class DuesCounts {

    private static final int PERIOD = 7;

    private final Store store;
    private final Members members;
    private final Units units;

    @Activate
    public DuesCounts(@Reference Store store, @Reference Members members, @Reference Units units) {
        this.store = store;
        this.members = members;
        this.units = units;
    }

    /** What of one cell and month is summed up. */
    private static final class Sum {

        private int assessed;
        private int exempt;
        private int reduced;
        private long due;
        private long paid;
        private int open;
        private long collected;
        private long passed;

        void add(Sum other) {
            assessed += other.assessed;
            exempt += other.exempt;
            reduced += other.reduced;
            due += other.due;
            paid += other.paid;
            open += other.open;
            collected += other.collected;
            passed += other.passed;
        }
    }

    /** The months of a year, of the unit itself first and then of those directly below it. */
    public Page<MonthCount> list(Caller caller, UUID unit, int year, int limit, @Nullable List<String> after) {
        Unit of = units.get(unit);
        caller.require(DuesRights.COUNT, of);
        return store.read(tx -> {
            List<Unit> shown = new ArrayList<>();
            shown.add(of);
            shown.addAll(units.below(of.id()));
            Map<UUID, Unit> parts = new HashMap<>();
            Map<UUID, Integer> people = new HashMap<>();
            members.countBelow(tx, of).forEach((cell, count) -> {
                people.merge(of.id(), count, Integer::sum);
                Unit part = parts.computeIfAbsent(cell, none -> part(of, shown, cell));
                if (part != of) {
                    people.merge(part.id(), count, Integer::sum);
                }
            });
            Map<String, Map<UUID, Sum>> sums = sums(tx, of, shown, year);
            List<MonthCount> counts = new ArrayList<>();
            for (Unit one : shown) {
                sums.forEach((period, byUnit) -> {
                    Sum sum = byUnit.get(one.id());
                    if (sum != null) {
                        counts.add(new MonthCount(
                                one.id(),
                                one.name(),
                                period,
                                people.getOrDefault(one.id(), 0),
                                sum.assessed,
                                sum.exempt,
                                sum.reduced,
                                sum.due,
                                sum.paid,
                                sum.open,
                                sum.collected,
                                sum.passed));
                    }
                });
            }
            return Cursor.page(counts, limit, after);
        });
    }

    /** The unit directly below in which a cell lies; the unit itself if it is none of them. */
    private Unit part(Unit of, List<Unit> shown, UUID cell) {
        Unit at = units.current(cell);
        return shown.stream()
                .filter(one -> one != of && at.isWithin(one))
                .findFirst()
                .orElse(of);
    }

    private Map<String, Map<UUID, Sum>> sums(Transaction tx, Unit of, List<Unit> shown, int year) {
        Reach reach = new Reach(List.of(), List.of(of));
        Map<String, Map<UUID, Sum>> sums = new TreeMap<>();
        Map<UUID, Unit> parts = new HashMap<>();
        tx.handle()
                .createQuery(
                        "select * from dues_month_sum where period >= :from and period <= :to and assessed > 0 and "
                                + reach.sql("cell"))
                .bindMap(reach.binds())
                .bind("from", year + "-01")
                .bind("to", year + "-12")
                .map(row -> {
                    Sum sum = new Sum();
                    sum.assessed = row.getColumn("assessed", Integer.class);
                    sum.exempt = row.getColumn("exempt", Integer.class);
                    sum.reduced = row.getColumn("reduced", Integer.class);
                    sum.due = row.getColumn("due", Long.class);
                    sum.paid = row.getColumn("paid", Long.class);
                    sum.open = row.getColumn("unpaid", Integer.class);
                    Unit part = parts.computeIfAbsent(row.getColumn("cell", UUID.class), cell -> part(of, shown, cell));
                    add(sums, row.getColumn("period", String.class), of, part, sum);
                    return sum;
                })
                .list();
        tx.handle()
                .createQuery(
                        "select unit, period, amount from dues_collected where period >= :from and period <= :to and "
                                + reach.sql("unit"))
                .bindMap(reach.binds())
                .bind("from", year + "-01")
                .bind("to", year + "-12")
                .map(row -> {
                    Sum sum = new Sum();
                    sum.collected = row.getColumn("amount", Long.class);
                    Unit part = parts.computeIfAbsent(row.getColumn("unit", UUID.class), unit -> part(of, shown, unit));
                    add(sums, row.getColumn("period", String.class), of, part, sum);
                    return sum;
                })
                .list();
        passed(tx, shown, year, sums);
        return sums;
    }

    private static void add(Map<String, Map<UUID, Sum>> sums, String period, Unit of, Unit part, Sum sum) {
        Map<UUID, Sum> byUnit = sums.computeIfAbsent(period, none -> new HashMap<>());
        byUnit.computeIfAbsent(of.id(), none -> new Sum()).add(sum);
        if (part != of) {
            byUnit.computeIfAbsent(part.id(), none -> new Sum()).add(sum);
        }
    }

    /** What each of these units passed up itself: what those below it passed on came to it first. */
    private static void passed(Transaction tx, List<Unit> shown, int year, Map<String, Map<UUID, Sum>> sums) {
        Ids.forEach(shown.stream().map(Unit::id).toList(), ids -> tx.handle()
                .createQuery("select unit, day, amount from dues_remittance --DERBY-PROPERTIES"
                        + " index=dues_remittance_unit\n where unit in (<ids>) and day >= :from and day <= :to"
                        + " and state <> 'WITHDRAWN'")
                .bindList("ids", ids)
                .bind("from", year + "-01-01")
                .bind("to", year + "-12-31")
                .map(row -> {
                    String period = row.getColumn("day", String.class).substring(0, PERIOD);
                    Sum sum = sums.computeIfAbsent(period, none -> new HashMap<>())
                            .computeIfAbsent(row.getColumn("unit", UUID.class), none -> new Sum());
                    sum.passed += row.getColumn("amount", Long.class);
                    return sum;
                })
                .list());
    }
}
