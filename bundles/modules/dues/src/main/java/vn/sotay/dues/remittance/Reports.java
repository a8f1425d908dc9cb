package vn.sotay.dues.remittance;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.ToLongFunction;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Caller;
import vn.sotay.api.access.Reach;
import vn.sotay.api.http.Problem;
import vn.sotay.api.member.Member;
import vn.sotay.api.member.Members;
import vn.sotay.api.rule.Rule;
import vn.sotay.api.rule.Rules;
import vn.sotay.api.store.Saved;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.unit.Unit;
import vn.sotay.api.unit.Units;
import vn.sotay.dues.payment.Rights;

/** The reports of what was collected, kept and passed on: read from the books, so that no figure is entered twice. */
@Component(service = Reports.class)
public final class Reports {

    private static final int MONTHS = 12;
    private static final int FIRST_YEAR = 2010;
    private static final int LAST_YEAR = 2099;

    private final Store store;
    private final Units units;
    private final Members members;
    private final Rules rules;

    @Activate
    public Reports(@Reference Store store, @Reference Units units, @Reference Members members, @Reference Rules rules) {
        this.store = store;
        this.units = units;
        this.members = members;
        this.rules = rules;
    }

    // ---- the quarter

    /** A sum of the quarter, and of the year up to its end. */
    private record Sum(long quarter, long year) {

        static final Sum NONE = new Sum(0, 0);

        Sum plus(Sum other) {
            return new Sum(quarter + other.quarter, year + other.year);
        }
    }

    /** Sums by the columns of the form. */
    private static final class Columns {

        private final Map<B01.Column, Sum> sums = new EnumMap<>(B01.Column.class);

        void add(B01.Column column, Sum sum) {
            sums.merge(column, sum, Sum::plus);
        }

        static Columns of(Iterable<Columns> all) {
            Columns made = new Columns();
            all.forEach(each -> each.sums.forEach(made::add));
            return made;
        }

        Sum total() {
            return sums.values().stream().reduce(Sum.NONE, Sum::plus);
        }

        B01.Line line(String code, ToLongFunction<Sum> which) {
            return new B01.Line(
                    code,
                    which.applyAsLong(total()),
                    which.applyAsLong(sums.getOrDefault(B01.Column.COMMUNE, Sum.NONE)),
                    which.applyAsLong(sums.getOrDefault(B01.Column.ENTERPRISE, Sum.NONE)),
                    which.applyAsLong(sums.getOrDefault(B01.Column.OTHER, Sum.NONE)));
        }
    }

    /** What was kept, by the level that kept it. */
    private static final class Kept {

        private final Columns cell = new Columns();
        private final Columns grassroots = new Columns();
        private final Columns upper = new Columns();

        Columns of(Share.Level level) {
            return switch (level) {
                case CELL -> cell;
                case GRASSROOTS -> grassroots;
                case UPPER -> upper;
            };
        }

        Columns all() {
            return Columns.of(List.of(cell, grassroots, upper));
        }
    }

    /**
     * The report of a unit and all below it, for who may count there.
     *
     * @param text a quarter, {@code 2026-Q4}
     */
    public B01 b01(Caller caller, UUID id, String text) {
        Unit unit = units.get(id);
        caller.require(Rights.COUNT, unit);
        Quarter quarter = Quarter.of(text);
        return store.read(tx -> b01(tx, unit, quarter));
    }

    private B01 b01(Transaction tx, Unit unit, Quarter quarter) {
        Map<UUID, B01.Column> known = new HashMap<>();
        Columns people = people(tx, unit, quarter, known);
        Columns collected = collected(tx, unit, quarter, known);
        Kept kept = kept(tx, unit, quarter, known);
        Sum passed = passed(tx, unit, quarter);
        Columns all = kept.all();
        List<B01.Line> lines = new ArrayList<>();
        lines.add(people.line("01", Sum::quarter));
        lines.add(collected.line("02", Sum::quarter));
        lines.add(collected.line("03", Sum::year));
        lines.add(all.line("04", Sum::quarter));
        lines.add(kept.cell.line("05", Sum::quarter));
        lines.add(kept.grassroots.line("06", Sum::quarter));
        lines.add(kept.upper.line("07", Sum::quarter));
        lines.add(all.line("08", Sum::year));
        lines.add(kept.cell.line("09", Sum::year));
        lines.add(kept.grassroots.line("10", Sum::year));
        lines.add(kept.upper.line("11", Sum::year));
        lines.add(new B01.Line("12", passed.quarter(), null, null, null));
        lines.add(new B01.Line("13", passed.year(), null, null, null));
        return new B01(unit.id(), unit.name(), quarter.toString(), lines, onHand(tx, unit, quarter.to()));
    }

    /** At the end of the quarter; of one that has ended long ago those who were assessed for its last month. */
    private Columns people(Transaction tx, Unit unit, Quarter quarter, Map<UUID, B01.Column> known) {
        Columns people = new Columns();
        if (!quarter.to().isBefore(Remittances.today(tx))) {
            members.countBelow(tx, unit)
                    .forEach((cell, count) -> people.add(column(known, cell, quarter.to()), new Sum(count, count)));
            return people;
        }
        tx.handle()
                .createQuery("select cell, count(*) as people from dues_assessment where period = :period and "
                        + below(unit).sql("cell") + " group by cell")
                .bindMap(below(unit).binds())
                .bind("period", quarter.to().toString().substring(0, 7))
                .map((row, context) -> Map.entry(UUID.fromString(row.getString("cell")), row.getLong("people")))
                .forEach(one ->
                        people.add(column(known, one.getKey(), quarter.to()), new Sum(one.getValue(), one.getValue())));
        return people;
    }

    private Kept kept(Transaction tx, Unit unit, Quarter quarter, Map<UUID, B01.Column> known) {
        Kept kept = new Kept();
        tx.handle()
                .createQuery("select unit, level, sum(case when day >= :from then kept else 0 end) as quarter,"
                        + " sum(kept) as whole from dues_remittance where state <> 'WITHDRAWN' and day >= :january"
                        + " and day <= :to and " + below(unit).sql("unit") + " group by unit, level")
                .bindMap(below(unit).binds())
                .bind("from", quarter.from().toString())
                .bind("january", quarter.january().toString())
                .bind("to", quarter.to().toString())
                .map((row, context) -> Map.entry(
                        Map.entry(UUID.fromString(row.getString("unit")), Share.Level.valueOf(row.getString("level"))),
                        new Sum(row.getLong("quarter"), row.getLong("whole"))))
                .forEach(one -> kept.of(one.getKey().getValue())
                        .add(column(known, one.getKey().getKey(), quarter.to()), one.getValue()));
        return kept;
    }

    private Columns collected(Transaction tx, Unit unit, Quarter quarter, Map<UUID, B01.Column> known) {
        Columns collected = new Columns();
        tx.handle()
                .createQuery("select unit, sum(case when period >= :from then amount else 0 end) as quarter,"
                        + " sum(amount) as whole from dues_collected where period >= :january and period <= :to and "
                        + below(unit).sql("unit") + " group by unit")
                .bindMap(below(unit).binds())
                .bind("from", month(quarter.from()))
                .bind("january", month(quarter.january()))
                .bind("to", month(quarter.to()))
                .map((row, context) -> Map.entry(
                        UUID.fromString(row.getString("unit")), new Sum(row.getLong("quarter"), row.getLong("whole"))))
                .forEach(one -> collected.add(column(known, one.getKey(), quarter.to()), one.getValue()));
        return collected;
    }

    private Sum passed(Transaction tx, Unit unit, Quarter quarter) {
        Reach itself = new Reach(List.of(unit), List.of());
        return tx.handle()
                .createQuery("select coalesce(sum(case when day >= :from then amount else 0 end), 0) as quarter,"
                        + " coalesce(sum(amount), 0) as whole from dues_remittance where state <> 'WITHDRAWN'"
                        + " and day >= :january and day <= :to and " + itself.sql("unit"))
                .bindMap(itself.binds())
                .bind("from", quarter.from().toString())
                .bind("january", quarter.january().toString())
                .bind("to", quarter.to().toString())
                .map((row, context) -> new Sum(row.getLong("quarter"), row.getLong("whole")))
                .one();
    }

    /** What was collected up to that day, less what was kept below and passed on by the unit itself. */
    private long onHand(Transaction tx, Unit unit, LocalDate to) {
        Reach below = below(unit);
        Reach itself = new Reach(List.of(unit), List.of());
        long collected = sum(
                tx,
                "select sum(amount) from dues_collected where period <= :to and " + below.sql("unit"),
                below,
                month(to));
        long kept = sum(
                tx,
                "select sum(kept) from dues_remittance where state <> 'WITHDRAWN' and day <= :to and "
                        + below.sql("unit"),
                below,
                to.toString());
        long passed = sum(
                tx,
                "select sum(amount) from dues_remittance where state <> 'WITHDRAWN' and day <= :to and "
                        + itself.sql("unit"),
                itself,
                to.toString());
        return collected - kept - passed;
    }

    private static long sum(Transaction tx, String sql, Reach reach, String to) {
        return tx.handle()
                .createQuery(sql)
                .bindMap(reach.binds())
                .bind("to", to)
                .map((row, context) -> row.getLong(1))
                .one();
    }

    private B01.Column column(Map<UUID, B01.Column> known, UUID id, LocalDate day) {
        return known.computeIfAbsent(id, unit -> rules.find(day, units.current(unit), "dues.b01.column")
                .map(Rule::value)
                .map(B01.Column::valueOf)
                .orElse(B01.Column.COMMUNE));
    }

    private static Reach below(Unit unit) {
        return new Reach(List.of(), List.of(unit));
    }

    private static String month(LocalDate day) {
        return day.toString().substring(0, 7);
    }

    // ---- the year of a unit

    /** What a unit took of its members in a year, for who collects there. */
    public Ledger ledger(Caller caller, UUID id, int year) {
        Unit unit = units.get(id);
        caller.require(Rights.COLLECT, unit);
        if (year < FIRST_YEAR || year > LAST_YEAR) {
            throw Problem.invalid("year", "year");
        }
        return store.read(tx -> ledger(tx, unit, year));
    }

    /** What a committee got in a year, kept and passed up, for who may count there. */
    public CommitteeLedger committee(Caller caller, UUID id, int year) {
        Unit unit = units.get(id);
        caller.require(Rights.COUNT, unit);
        if (year < FIRST_YEAR || year > LAST_YEAR) {
            throw Problem.invalid("year", "year");
        }
        return store.read(tx -> new CommitteeYear(tx, units, unit, year).ledger());
    }

    private Ledger ledger(Transaction tx, Unit unit, int year) {
        Reach reach = new Reach(List.of(unit), List.of());
        Map<UUID, List<Long>> months = new HashMap<>();
        tx.handle()
                .createQuery("select l.member, l.period, sum(l.amount) as amount from dues_payment_line l"
                        + " join dues_payment p on p.id = l.payment where p.booked_on >= :from and p.booked_on <= :to"
                        + " and l.period >= :first and l.period <= :last and " + reach.sql("p.unit")
                        + " group by l.member, l.period")
                .bindMap(reach.binds())
                .bind("from", year + "-01-01")
                .bind("to", year + "-12-31")
                .bind("first", year + "-01")
                .bind("last", year + "-12")
                .map((row, context) -> Map.entry(
                        UUID.fromString(row.getString("member")),
                        Map.entry(Integer.parseInt(row.getString("period").substring(5)) - 1, row.getLong("amount"))))
                .forEach(one -> months.computeIfAbsent(
                                one.getKey(), member -> new ArrayList<>(Collections.nCopies(MONTHS, 0L)))
                        .set(one.getValue().getKey(), one.getValue().getValue()));
        Map<UUID, Long> totals = new HashMap<>();
        members.ofCell(tx, unit.id()).forEach(member -> totals.put(member.id(), 0L));
        tx.handle()
                .createQuery("select member, sum(amount) as amount from dues_payment where booked_on >= :from"
                        + " and booked_on <= :to and " + reach.sql("unit") + " group by member")
                .bindMap(reach.binds())
                .bind("from", year + "-01-01")
                .bind("to", year + "-12-31")
                .map((row, context) -> Map.entry(UUID.fromString(row.getString("member")), row.getLong("amount")))
                .forEach(one -> totals.put(one.getKey(), one.getValue()));
        Map<String, Ledger.Row> rows = new TreeMap<>();
        totals.forEach((member, total) -> {
            String name = members.find(tx, member).map(Member::name).orElse("");
            List<Long> paid = months.getOrDefault(member, Collections.nCopies(MONTHS, 0L));
            long within = paid.stream().mapToLong(Long::longValue).sum();
            rows.put(sortKey(name) + member, new Ledger.Row(member, name, paid, total - within, total));
        });
        List<Remittance> passed = tx
                .handle()
                .createQuery("select * from dues_remittance where state <> 'WITHDRAWN' and day >= :from and day <= :to"
                        + " and " + reach.sql("unit") + " order by day, id")
                .bindMap(reach.binds())
                .bind("from", year + "-01-01")
                .bind("to", year + "-12-31")
                .map(RemittanceRows::row)
                .list()
                .stream()
                .map(Saved::value)
                .toList();
        return new Ledger(
                unit.id(),
                unit.name(),
                year,
                List.copyOf(rows.values()),
                rows.values().stream().mapToLong(Ledger.Row::total).sum(),
                passed);
    }

    /** By the given name, which comes last. */
    private static String sortKey(String name) {
        return name.substring(name.lastIndexOf(' ') + 1) + ' ' + name + ' ';
    }

    // ---- whether it agrees

    /** Whether the sums of a unit and all below it agree, for who may count there. */
    public RollUp rollUp(Caller caller, UUID id) {
        Unit unit = units.get(id);
        caller.require(Rights.COUNT, unit);
        return rollUp(unit);
    }

    /** The unit above all others; empty where there is none yet. */
    Optional<UUID> root() {
        return store.read(tx -> tx.handle()
                .createQuery("select id from unit order by length(path) fetch first 1 rows only")
                .mapTo(UUID.class)
                .findFirst());
    }

    /** The same for the system itself. */
    RollUp rollUp(Unit unit) {
        return store.read(tx -> RollUps.of(tx, unit));
    }
}
