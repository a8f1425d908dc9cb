package vn.sotay.dues.payment;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.store.Transaction;

/** What is assessed and paid of each cell in a month: kept beside both, so that a province is counted at once. */
public final class MonthSums {

    /** What one member, or many, add to a cell's month. */
    private record Part(UUID cell, int assessed, int exempt, int reduced, long due, long paid, int unpaid) {

        Part minus(Part other) {
            return new Part(
                    cell,
                    assessed - other.assessed,
                    exempt - other.exempt,
                    reduced - other.reduced,
                    due - other.due,
                    paid - other.paid,
                    unpaid - other.unpaid);
        }

        boolean isNothing() {
            return equals(none(cell));
        }

        static Part none(UUID cell) {
            return new Part(cell, 0, 0, 0, 0, 0, 0);
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
        Map<String, Part> before = parts(tx, member, periods);
        change.run();
        Map<String, Part> after = parts(tx, member, periods);
        // in their order, so that two who change several months do not wait for each other
        for (String period : new TreeSet<>(periods)) {
            replace(tx, period, before.get(period), after.get(period));
        }
    }

    private static Map<String, Part> parts(Transaction tx, UUID member, Collection<String> periods) {
        Map<String, Part> parts = new HashMap<>();
        if (periods.isEmpty()) {
            return parts;
        }
        tx.handle()
                .createQuery("select a.period, a.cell, a.amount + a.correction as due, a.reduction,"
                        + " (select coalesce(sum(l.amount), 0) from dues_payment_line l"
                        + " where l.member = a.member and l.period = a.period) as paid"
                        + " from dues_assessment a where a.member = :member and a.period >= :from and a.period <= :to"
                        + " and a.rules <> ''")
                .bind("member", member)
                .bind("from", Collections.min(periods))
                .bind("to", Collections.max(periods))
                .map((row, context) -> Map.entry(
                        row.getString("period"),
                        part(
                                UUID.fromString(row.getString("cell")),
                                row.getLong("due"),
                                row.getInt("reduction"),
                                row.getLong("paid"))))
                .forEach(one -> parts.put(one.getKey(), one.getValue()));
        return parts;
    }

    private static Part part(UUID cell, long due, int reduction, long paid) {
        return new Part(
                cell,
                1,
                due == 0 && reduction == 100 ? 1 : 0,
                reduction > 0 && reduction < 100 ? 1 : 0,
                due,
                paid,
                due > paid ? 1 : 0);
    }

    private static void replace(Transaction tx, String period, @Nullable Part before, @Nullable Part after) {
        if (before != null && after != null && before.cell().equals(after.cell())) {
            add(tx, period, after.minus(before));
            return;
        }
        if (before != null) {
            add(tx, period, Part.none(before.cell()).minus(before));
        }
        if (after != null) {
            add(tx, period, after);
        }
    }

    private static void add(Transaction tx, String period, Part part) {
        if (part.isNothing()) {
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
                    .bind("cell", part.cell())
                    .bind("period", period)
                    .execute();
            if (changed > 0) {
                return;
            }
        }
    }
}
