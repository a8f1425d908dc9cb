package vn.sotay.dues.payment;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import vn.sotay.api.store.Transaction;

/** What is assessed and paid of each cell in a month: kept beside both, so that a province is counted at once. */
public final class MonthSums {

    /** A month of a cell. */
    private record Key(String period, UUID cell) implements Comparable<Key> {

        @Override
        public int compareTo(Key other) {
            return period.equals(other.period) ? cell.compareTo(other.cell) : period.compareTo(other.period);
        }
    }

    /** What one member, or many, add to a cell's month. */
    private record Part(int assessed, int exempt, int reduced, long due, long paid, int unpaid) {

        static final Part NONE = new Part(0, 0, 0, 0, 0, 0);

        Part plus(Part other) {
            return new Part(
                    assessed + other.assessed,
                    exempt + other.exempt,
                    reduced + other.reduced,
                    due + other.due,
                    paid + other.paid,
                    unpaid + other.unpaid);
        }

        Part minus(Part other) {
            return plus(
                    new Part(-other.assessed, -other.exempt, -other.reduced, -other.due, -other.paid, -other.unpaid));
        }
    }

    private MonthSums() {}

    /**
     * Changes what a member owes or has paid for some months, and the sums of its cell with it. Whatever writes an assessment or a payment
     * does it here.
     *
     * @param cell of the member today: two who change the same member at once, such as by two books, come one after the other, since
     *     neither would see what the other adds
     */
    public static void keep(Transaction tx, UUID cell, UUID member, Collection<String> periods, Runnable change) {
        Purse.lock(tx, cell);
        keep(tx, List.of(member), periods, change);
    }

    /**
     * The same for many members at once.
     *
     * @param members whose cells' purses the caller has locked
     */
    public static void keep(Transaction tx, Collection<UUID> members, Collection<String> periods, Runnable change) {
        Map<Key, Part> sums = new TreeMap<>();
        parts(tx, members, periods).forEach((key, part) -> sums.put(key, Part.NONE.minus(part)));
        change.run();
        parts(tx, members, periods).forEach((key, part) -> sums.merge(key, part, Part::plus));
        // in their order, so that two who change several months do not wait for each other
        sums.forEach((key, part) -> add(tx, key, part));
    }

    private static Map<Key, Part> parts(Transaction tx, Collection<UUID> members, Collection<String> periods) {
        Map<Key, Part> parts = new HashMap<>();
        if (periods.isEmpty()) {
            return parts;
        }
        Map<UUID, Map<String, Long>> paid = PaymentLines.paid(tx, members);
        Ids.forEach(members, ids -> tx.handle()
                .createQuery("select member, period, cell, amount + correction as due, reduction from dues_assessment"
                        + " --DERBY-PROPERTIES index=dues_assessment_member\n where member in (<ids>)"
                        + " and period >= :from and period <= :to and rules <> ''")
                .bindList("ids", ids)
                .bind("from", Collections.min(periods))
                .bind("to", Collections.max(periods))
                .map((row, context) -> {
                    Key key = new Key(row.getString("period"), UUID.fromString(row.getString("cell")));
                    Map<String, Long> ofMember = paid.getOrDefault(UUID.fromString(row.getString("member")), Map.of());
                    return Map.entry(
                            key,
                            part(row.getLong("due"), row.getInt("reduction"), ofMember.getOrDefault(key.period(), 0L)));
                })
                .forEach(one -> parts.merge(one.getKey(), one.getValue(), Part::plus)));
        return parts;
    }

    private static Part part(long due, int reduction, long paid) {
        return new Part(
                1,
                due == 0 && reduction == 100 ? 1 : 0,
                reduction > 0 && reduction < 100 ? 1 : 0,
                due,
                paid,
                due > paid ? 1 : 0);
    }

    private static void add(Transaction tx, Key key, Part part) {
        if (part.equals(Part.NONE)) {
            return;
        }
        for (String sql : List.of(
                "update dues_month_sum set assessed = assessed + :assessed, exempt = exempt + :exempt,"
                        + " reduced = reduced + :reduced, due = due + :due, paid = paid + :paid,"
                        + " unpaid = unpaid + :unpaid where cell = :cell and period = :period",
                "insert into dues_month_sum (cell, period, assessed, exempt, reduced, due, paid, unpaid)"
                        + " values (:cell, :period, :assessed, :exempt, :reduced, :due, :paid, :unpaid)")) {
            int changed = tx.handle()
                    .createUpdate(sql)
                    .bind("assessed", part.assessed())
                    .bind("exempt", part.exempt())
                    .bind("reduced", part.reduced())
                    .bind("due", part.due())
                    .bind("paid", part.paid())
                    .bind("unpaid", part.unpaid())
                    .bind("cell", key.cell())
                    .bind("period", key.period())
                    .execute();
            if (changed > 0) {
                return;
            }
        }
    }
}
