package vn.sotay.dues.remittance;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import vn.sotay.api.access.Reach;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.unit.Unit;

/** Adds up again what is kept as sums, and compares. */
final class RollUps {

    private static final int MOST_FAULTS = 100;
    private static final int ID = 36;

    private final Transaction tx;
    private final Unit unit;
    private final Reach below;
    private final List<RollUp.Fault> faults = new ArrayList<>();

    private RollUps(Transaction tx, Unit unit) {
        this.tx = tx;
        this.unit = unit;
        this.below = new Reach(List.of(), List.of(unit));
    }

    static RollUp of(Transaction tx, Unit unit) {
        return new RollUps(tx, unit).compared();
    }

    private RollUp compared() {
        Map<String, Long> paid = sums(
                "select unit, substr(booked_on, 1, 7) as period, amount from dues_payment where " + below.sql("unit"));
        Map<String, Long> collected =
                sums("select unit, period, amount from dues_collected where " + below.sql("unit"));
        compare(RollUp.What.COLLECTED, paid, collected);
        compare(
                RollUp.What.PAYMENT,
                paid,
                sums("select unit, substr(booked_on, 1, 7) as period, extra + ahead + coalesce((select sum(l.amount)"
                        + " from dues_payment_line l where l.payment = p.id), 0) as amount from dues_payment p where "
                        + below.sql("unit")));
        Map<String, Long> received = slips("received", "unit", "state <> 'WITHDRAWN'");
        Map<String, Long> kept = slips("kept", "unit", "state <> 'WITHDRAWN'");
        Map<String, Long> passed = slips("amount", "unit", "state <> 'WITHDRAWN'");
        Map<String, Long> parts = new TreeMap<>(kept);
        passed.forEach((id, amount) -> parts.merge(id, amount, Long::sum));
        compare(RollUp.What.REMITTANCE, received, parts);

        months();

        long all = total(collected);
        long went = total(slipsOf("amount", "state <> 'WITHDRAWN'", new Reach(List.of(unit), List.of()).sql("unit")));
        long onWay = total(slips("amount", "superior", "state = 'SENT'"));
        long came = total(slips("amount", "superior", "state = 'ACKNOWLEDGED'"));
        long onHand = all + came - total(received);
        long found = total(kept) + went + onHand + onWay;
        if (found != all) {
            faults.add(new RollUp.Fault(RollUp.What.TOTAL, unit.id(), "", all, found));
        }
        return new RollUp(
                unit.id(),
                all,
                total(kept),
                went,
                onHand,
                onWay,
                faults.subList(0, Math.min(MOST_FAULTS, faults.size())));
    }

    /** What is kept of cells and months beside what was assessed and paid for them, which is read once for all three. */
    private void months() {
        String counted = "select a.cell as unit, a.period, sum(a.amount + a.correction) as due,"
                + " sum(coalesce(p.paid, 0)) as paid,"
                + " sum(case when a.amount + a.correction > coalesce(p.paid, 0) then 1 else 0 end) as unpaid"
                + " from dues_assessment a left join (select member, period, sum(amount) as paid from dues_payment_line"
                + " group by member, period) p on p.member = a.member and p.period = a.period where a.rules <> '' and "
                + below.sql("a.cell") + " group by a.cell, a.period";
        Map<RollUp.What, Map<String, Long>> expected = ofMonths(counted);
        Map<RollUp.What, Map<String, Long>> found = ofMonths(
                "select cell as unit, period, due, paid, unpaid from dues_month_sum where " + below.sql("cell"));
        expected.forEach((what, sums) -> compare(what, sums, found.getOrDefault(what, Map.of())));
    }

    private Map<RollUp.What, Map<String, Long>> ofMonths(String sql) {
        Map<RollUp.What, Map<String, Long>> sums = new EnumMap<>(RollUp.What.class);
        for (RollUp.What what : List.of(RollUp.What.DUE, RollUp.What.PAID, RollUp.What.UNPAID)) {
            sums.put(what, new TreeMap<>());
        }
        tx.handle()
                .createQuery(sql)
                .bindMap(below.binds())
                .map((row, context) -> {
                    String key = row.getString("unit") + row.getString("period");
                    for (Map.Entry<RollUp.What, Map<String, Long>> one : sums.entrySet()) {
                        String column = one.getKey().name().toLowerCase(Locale.ROOT);
                        one.getValue().put(key, row.getLong(column));
                    }
                    return key;
                })
                .forEach(key -> {});
        return sums;
    }

    private void compare(RollUp.What what, Map<String, Long> expected, Map<String, Long> found) {
        Map<String, Long> all = new TreeMap<>(expected);
        found.keySet().forEach(key -> all.putIfAbsent(key, 0L));
        all.forEach((key, sum) -> {
            long other = found.getOrDefault(key, 0L);
            if (sum != other) {
                faults.add(
                        new RollUp.Fault(what, UUID.fromString(key.substring(0, ID)), key.substring(ID), sum, other));
            }
        });
    }

    /** By unit and month. */
    private Map<String, Long> sums(String rows) {
        return read("select unit, period, sum(amount) as amount from (" + rows + ") r group by unit, period");
    }

    /** What goes out of a unit below, or comes to one. */
    private Map<String, Long> slips(String what, String of, String which) {
        return slipsOf(what, which, below.sql(of));
    }

    private Map<String, Long> slipsOf(String what, String which, String where) {
        return read("select unit, '' as period, sum(" + what + ") as amount from dues_remittance where " + which
                + " and " + where + " group by unit");
    }

    private Map<String, Long> read(String sql) {
        Map<String, Long> sums = new TreeMap<>();
        tx.handle()
                .createQuery(sql)
                .bindMap(below.binds())
                .bindMap(new Reach(List.of(unit), List.of()).binds())
                .map((row, context) -> Map.entry(
                        row.getString("unit") + row.getString("period").strip(), row.getLong("amount")))
                .forEach(one -> sums.put(one.getKey(), one.getValue()));
        return sums;
    }

    private static long total(Map<String, Long> sums) {
        return sums.values().stream().mapToLong(Long::longValue).sum();
    }
}
