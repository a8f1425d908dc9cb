package vn.sotay.dues;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import vn.sotay.api.store.Transaction;

/** The months that were assessed for the whole province. */
final class DuesMonthRows {

    private DuesMonthRows() {}

    /** Those that have begun, from a month on. */
    static List<String> assessed(Transaction tx, String from) {
        return tx.handle()
                .createQuery("select period from dues_month where period >= :from order by period")
                .bind("from", from)
                .mapTo(String.class)
                .list();
    }

    static boolean isThere(Transaction tx, String period) {
        return tx.handle()
                .createQuery("select period from dues_month where period = :period")
                .bind("period", period)
                .mapTo(String.class)
                .findFirst()
                .isPresent();
    }

    static void begin(Transaction tx, String period, UUID job) {
        int changed = tx.handle()
                .createUpdate(
                        "update dues_month set job = :job, begun_at = :now, ended_at = null where period = :period")
                .bind("job", job)
                .bind("now", tx.now())
                .bind("period", period)
                .execute();
        if (changed == 0) {
            tx.handle()
                    .createUpdate("insert into dues_month (period, job, begun_at, members, missing, total) values"
                            + " (:period, :job, :now, 0, 0, 0)")
                    .bind("period", period)
                    .bind("job", job)
                    .bind("now", tx.now())
                    .execute();
        }
    }

    static void end(Transaction tx, String period, UUID job, int members, int missing) {
        long total = Optional.ofNullable(tx.handle()
                        .createQuery("select sum(amount + correction) from dues_assessment where period = :period")
                        .bind("period", period)
                        .mapTo(Long.class)
                        .one())
                .orElse(0L);
        tx.handle()
                .createUpdate("update dues_month set ended_at = :now, members = :members, missing = :missing,"
                        + " total = :total where period = :period and job = :job")
                .bind("now", tx.now())
                .bind("members", members)
                .bind("missing", missing)
                .bind("total", total)
                .bind("period", period)
                .bind("job", job)
                .execute();
    }
}
