package vn.sotay.dues.remittance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import vn.sotay.api.access.Reach;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.unit.Unit;
import vn.sotay.api.unit.Units;

/** Reads the year of a committee, with what came to units that were merged into it. */
final class CommitteeYear {

    private static final int MONTHS = 12;

    private final Transaction tx;
    private final Units units;
    private final Unit unit;
    private final int year;
    private final Reach reach;

    CommitteeYear(Transaction tx, Units units, Unit unit, int year) {
        this.tx = tx;
        this.units = units;
        this.unit = unit;
        this.year = year;
        this.reach = new Reach(List.of(unit), List.of());
    }

    CommitteeLedger ledger() {
        Map<UUID, long[]> received = byUnit("amount", "state = 'ACKNOWLEDGED' and " + reach.sql("superior"));
        long[] collected = collected();
        long[] kept = sum(byUnit("kept", "state <> 'WITHDRAWN' and " + reach.sql("unit")));
        long[] passed = sum(byUnit("amount", "state <> 'WITHDRAWN' and " + reach.sql("unit")));
        long[] came = sum(received);
        List<CommitteeLedger.Month> months = new ArrayList<>();
        long receivedToDate = 0;
        long keptToDate = 0;
        long passedToDate = 0;
        for (int i = 0; i < MONTHS; i++) {
            receivedToDate += came[i] + collected[i];
            keptToDate += kept[i];
            passedToDate += passed[i];
            months.add(new CommitteeLedger.Month(
                    String.format("%d-%02d", year, i + 1),
                    came[i],
                    collected[i],
                    kept[i],
                    passed[i],
                    receivedToDate,
                    keptToDate,
                    passedToDate));
        }
        return new CommitteeLedger(unit.id(), unit.name(), year, rows(received), months);
    }

    private List<CommitteeLedger.Row> rows(Map<UUID, long[]> received) {
        Map<String, CommitteeLedger.Row> rows = new TreeMap<>();
        received.forEach((id, amounts) -> {
            String name = units.current(id).name();
            rows.put(
                    name + ' ' + id,
                    new CommitteeLedger.Row(
                            id,
                            name,
                            Arrays.stream(amounts).boxed().toList(),
                            LongStream.of(amounts).sum()));
        });
        return List.copyOf(rows.values());
    }

    /** Remittances of the year, by the unit that made them, or its successor, and by month. */
    private Map<UUID, long[]> byUnit(String what, String where) {
        Map<UUID, long[]> sums = new HashMap<>();
        tx.handle()
                .createQuery("select unit, day, " + what + " as amount from dues_remittance where day >= :from"
                        + " and day <= :to and " + where)
                .bindMap(reach.binds())
                .bind("from", year + "-01-01")
                .bind("to", year + "-12-31")
                .map((row, context) -> {
                    long[] months = sums.computeIfAbsent(
                            units.current(UUID.fromString(row.getString("unit")))
                                    .id(),
                            id -> new long[MONTHS]);
                    months[month(row.getString("day"))] += row.getLong("amount");
                    return months;
                })
                .list();
        return sums;
    }

    private long[] collected() {
        long[] months = new long[MONTHS];
        tx.handle()
                .createQuery("select period, amount from dues_collected where period >= :from and period <= :to and "
                        + reach.sql("unit"))
                .bindMap(reach.binds())
                .bind("from", year + "-01")
                .bind("to", year + "-12")
                .map((row, context) -> months[month(row.getString("period"))] += row.getLong("amount"))
                .list();
        return months;
    }

    private static int month(String day) {
        return Integer.parseInt(day.substring(5, 7)) - 1;
    }

    private static long[] sum(Map<UUID, long[]> all) {
        return IntStream.range(0, MONTHS)
                .mapToLong(i ->
                        all.values().stream().mapToLong(months -> months[i]).sum())
                .toArray();
    }
}
