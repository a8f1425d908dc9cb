package vn.sotay.dues.payment;

import java.time.LocalDate;
import java.util.UUID;
import vn.sotay.api.store.Transaction;

/** What each unit took in a month: kept beside the payments, so that the sums of a province need not read all of them. */
final class Collected {

    private static final int PERIOD = 7;

    private Collected() {}

    /** Adds a payment, in its own transaction. */
    static void add(Transaction tx, UUID unit, LocalDate booked, long amount) {
        String period = booked.toString().substring(0, PERIOD);
        int changed = tx.handle()
                .execute(
                        "update dues_collected set amount = amount + ? where unit = ? and period = ?",
                        amount,
                        unit,
                        period);
        if (changed == 0) {
            tx.handle()
                    .execute(
                            "insert into dues_collected (unit, period, amount) values (?, ?, ?)", unit, period, amount);
        }
    }
}
