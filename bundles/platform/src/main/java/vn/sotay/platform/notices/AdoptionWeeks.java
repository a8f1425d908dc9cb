package vn.sotay.platform.notices;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import vn.sotay.api.access.Caller;
import vn.sotay.api.job.Timetable;
import vn.sotay.api.member.Born;
import vn.sotay.api.member.Members;
import vn.sotay.api.notice.Readings;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.unit.Unit;
import vn.sotay.platform.units.UnitBook;

/**
 * How the use of the handbook goes up and down: who has signed in, and how much is read of what modules ask members to read. Counted once
 * a week for each unit above the cells, since what is there now does not tell how it was; of a cell it is counted when somebody asks.
 * Counts alone are kept. Thread-safe.
 */
@Component(service = AdoptionWeeks.class, immediate = true)
public final class AdoptionWeeks {

    static final String SIGNED_IN = "signed-in";
    static final String LATELY = "lately";

    /** So long a thing counts after members were asked to read it. */
    private static final Duration READ_WITHIN = Duration.ofDays(30);

    private static final int KEPT_WEEKS = 104;
    private static final ZoneId ZONE = ZoneId.of("Asia/Ho_Chi_Minh");
    private static final Duration FIRST = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofHours(1);

    /**
     * What was counted on a day.
     *
     * @param part of members: how many have; of what is read: how often it was
     * @param whole of how many; how often members were asked
     */
    record Point(LocalDate day, int part, int whole) {}

    /**
     * One thing that is counted.
     *
     * @param of {@code lately}, {@code signed-in}, or the name of {@link Readings}
     * @param points the oldest first
     */
    record Rate(String of, List<Point> points) {}

    private static final class Tally {

        private int part;
        private int whole;

        void add(int more, int of) {
            part += more;
            whole += of;
        }
    }

    private final Store store;
    private final UnitBook units;
    private final Members members;
    private final Timetable.Entry entry;
    private final Map<String, Readings> readings = new ConcurrentHashMap<>();

    @Activate
    public AdoptionWeeks(
            @Reference Store store,
            @Reference UnitBook units,
            @Reference Members members,
            @Reference Timetable timetable) {
        this.store = store;
        this.units = units;
        this.members = members;
        this.entry = timetable.every("adoption", FIRST, PAUSE, () -> {
            count();
            return null;
        });
    }

    @Deactivate
    void stop() {
        entry.close();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindReadings(Readings more) {
        readings.put(more.name(), more);
    }

    void unbindReadings(Readings gone) {
        readings.remove(gone.name(), gone);
    }

    /** Of a unit: week by week; of a cell what it reads, as it is now. */
    List<Rate> of(Caller caller, UUID id) {
        Unit unit = units.get(id);
        caller.require(Calls.COUNT, unit);
        return units.isCell(unit) ? now(unit) : kept(unit);
    }

    private List<Rate> now(Unit cell) {
        return store.read(tx -> {
            LocalDate today = LocalDate.ofInstant(tx.now(), ZONE);
            List<Rate> rates = new ArrayList<>();
            new Reading(tx, cell).rates(true).forEach((name, byCell) -> byCell.values()
                    .forEach(one -> rates.add(new Rate(name, List.of(new Point(today, one.part, one.whole))))));
            return rates;
        });
    }

    private List<Rate> kept(Unit unit) {
        Map<String, List<Point>> rates = new LinkedHashMap<>();
        rates.put(LATELY, new ArrayList<>());
        rates.put(SIGNED_IN, new ArrayList<>());
        new TreeMap<>(readings).forEach((name, of) -> rates.put(name, new ArrayList<>()));
        store.read(tx -> tx.handle()
                .createQuery("select rate, counted_on, part, whole from adoption_week where unit = :unit"
                        + " order by counted_on")
                .bind("unit", unit.id())
                .map((row, context) -> rates.getOrDefault(row.getString(1), new ArrayList<>())
                        .add(new Point(LocalDate.parse(row.getString(2)), row.getInt(3), row.getInt(4))))
                .list());
        return rates.entrySet().stream()
                .filter(one -> !one.getValue().isEmpty())
                .map(one -> new Rate(one.getKey(), one.getValue()))
                .toList();
    }

    // ---- once a week

    /** Counts all units above the cells, unless that was done in this week. */
    void count() {
        LocalDate today = store.read(tx -> LocalDate.ofInstant(tx.now(), ZONE));
        LocalDate monday = today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        Unit root = units.root().orElse(null);
        if (root == null || store.read(tx -> isCounted(tx, monday))) {
            return;
        }
        Map<UUID, Map<String, Tally>> all = store.read(tx -> count(tx, root));
        store.change(tx -> {
            // another node may have been faster
            if (!isCounted(tx, monday)) {
                write(tx, today, all);
            }
        });
    }

    private static boolean isCounted(Transaction tx, LocalDate monday) {
        return tx.handle()
                .createQuery("select unit from adoption_week where counted_on >= :monday fetch first 1 rows only")
                .bind("monday", monday)
                .mapTo(String.class)
                .findFirst()
                .isPresent();
    }

    private Map<UUID, Map<String, Tally>> count(Transaction tx, Unit root) {
        Map<UUID, Map<String, Tally>> all = new HashMap<>();
        Adoption.cells(tx, root).forEach((cell, counted) -> {
            add(all, cell, SIGNED_IN, counted.signedIn(), counted.people());
            add(all, cell, LATELY, counted.lately(), counted.people());
        });
        new Reading(tx, root)
                .rates(false)
                .forEach((name, byCell) ->
                        byCell.forEach((cell, tally) -> add(all, cell, name, tally.part, tally.whole)));
        return all;
    }

    /** Adds what was counted of a cell to all units above it. */
    private void add(Map<UUID, Map<String, Tally>> all, UUID cell, String rate, int part, int whole) {
        List<Unit> path = units.path(units.current(cell).id());
        path.subList(0, path.size() - 1).forEach(unit -> all.computeIfAbsent(unit.id(), none -> new HashMap<>())
                .computeIfAbsent(rate, none -> new Tally())
                .add(part, whole));
    }

    private static void write(Transaction tx, LocalDate today, Map<UUID, Map<String, Tally>> all) {
        PreparedBatch rows = tx.handle()
                .prepareBatch("insert into adoption_week (unit, rate, counted_on, part, whole) values (?, ?, ?, ?, ?)");
        all.forEach(
                (unit, rates) -> rates.forEach((rate, tally) -> rows.add(unit, rate, today, tally.part, tally.whole)));
        if (rows.size() > 0) {
            rows.execute();
        }
        tx.handle().execute("delete from adoption_week where counted_on < ?", today.minusWeeks(KEPT_WEEKS));
    }

    // ---- what is read

    /** Counts by cell what is read in a unit, in one transaction. */
    private final class Reading {

        private final Transaction tx;
        private final Unit unit;
        private final Instant since;
        private final Map<UUID, UUID> cells = new HashMap<>();
        private final Map<UUID, Integer> sizes = new HashMap<>();

        Reading(Transaction tx, Unit unit) {
            this.tx = tx;
            this.unit = unit;
            this.since = tx.now().minus(READ_WITHIN);
            members.forEachBelow(tx, unit, (member, cell) -> {
                cells.put(member, cell);
                sizes.merge(cell, 1, Integer::sum);
            });
        }

        /** @param isFew whether the members are so few that they can be named in a question */
        Map<String, Map<UUID, Tally>> rates(boolean isFew) {
            Collection<UUID> of = isFew ? cells.keySet() : null;
            Map<String, Map<UUID, Tally>> rates = new TreeMap<>();
            readings.forEach((name, one) -> {
                Counter counter = new Counter();
                if (!cells.isEmpty()) {
                    one.forEach(tx, since, of, counter);
                }
                rates.put(name, counter.byCell);
            });
            return rates;
        }

        private final class Counter implements Readings.Visitor {

            private final Map<UUID, Tally> byCell = new HashMap<>();
            /** Of the thing that is gone through now. Null: all members of it. */
            private @Nullable Set<UUID> asked;

            private @Nullable Unit of;

            @Override
            public void asked(UUID whose, @Nullable Born born) {
                Unit audience = units.current(whose);
                of = audience.isWithin(unit) ? audience : unit.isWithin(audience) ? unit : null;
                asked = null;
                if (of == null) {
                    return;
                }
                if (born != null) {
                    Set<UUID> those = new HashSet<>();
                    members.forEachBelow(tx, of, born, (member, cell) -> {
                        those.add(member);
                        tally(cell).add(0, 1);
                    });
                    asked = those;
                } else if (units.isCell(of)) {
                    tally(of.id()).add(0, sizes.getOrDefault(of.id(), 0));
                } else {
                    Unit all = of;
                    sizes.forEach((cell, size) -> {
                        if (units.current(cell).isWithin(all)) {
                            tally(cell).add(0, size);
                        }
                    });
                }
            }

            @Override
            public void read(UUID member) {
                UUID cell = cells.get(member);
                if (of != null
                        && cell != null
                        && (asked == null ? units.current(cell).isWithin(of) : asked.contains(member))) {
                    tally(cell).add(1, 0);
                }
            }

            private Tally tally(UUID cell) {
                return byCell.computeIfAbsent(cell, none -> new Tally());
            }
        }
    }
}
