package vn.sotay.dues.remittance;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.result.RowView;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.access.Reach;
import vn.sotay.api.store.Saved;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.unit.Unit;

/** Remittances in the database, and the sums that they are made of. */
final class RemittanceRows {

    private RemittanceRows() {}

    /**
     * Sums of a unit and of those that were merged into it, ever.
     *
     * @param received what was counted as come in by the remittances so far
     */
    record Sums(long collected, long acknowledged, long awaited, long received, long kept, long passed) {}

    static Sums sums(Transaction tx, Unit unit) {
        Reach reach = new Reach(List.of(unit), List.of());
        long collected = sum(tx, reach, "select sum(amount) from dues_collected where " + reach.sql("unit"));
        long acknowledged = in(tx, reach, Remittance.State.ACKNOWLEDGED);
        long awaited = in(tx, reach, Remittance.State.SENT);
        return tx.handle()
                .createQuery("select coalesce(sum(received), 0) as received, coalesce(sum(kept), 0) as kept,"
                        + " coalesce(sum(amount), 0) as passed from dues_remittance where state <> 'WITHDRAWN' and "
                        + reach.sql("unit"))
                .bindMap(reach.binds())
                .map((row, context) -> new Sums(
                        collected,
                        acknowledged,
                        awaited,
                        row.getLong("received"),
                        row.getLong("kept"),
                        row.getLong("passed")))
                .one();
    }

    private static long in(Transaction tx, Reach reach, Remittance.State state) {
        return sum(
                tx,
                reach,
                "select sum(amount) from dues_remittance where state = '" + state + "' and " + reach.sql("superior"));
    }

    private static long sum(Transaction tx, Reach reach, String sql) {
        // Derby and PostgreSQL add up to different types
        Long sum = tx.handle()
                .createQuery(sql)
                .bindMap(reach.binds())
                .map((row, context) -> row.getLong(1))
                .one();
        return sum == null ? 0 : sum;
    }

    static void insert(Transaction tx, Remittance one, Share.Level level) {
        tx.handle()
                .createUpdate("insert into dues_remittance (id, unit, superior, level, day, received, kept, amount,"
                        + " kept_percent, citation, reference, state, made_by, made_at, version) values (:id, :unit,"
                        + " :superior, :level, :day, :received, :kept, :amount, :percent, :citation, :reference, :state,"
                        + " :madeBy, :madeAt, 1)")
                .bindMethods(one)
                .bind("level", level)
                .execute();
    }

    static void acknowledge(Transaction tx, UUID id, @Nullable UUID by) {
        tx.handle()
                .execute(
                        "update dues_remittance set state = 'ACKNOWLEDGED', acknowledged_by = ?, acknowledged_at = ?,"
                                + " version = version + 1 where id = ?",
                        by,
                        tx.now(),
                        id);
    }

    static void withdraw(Transaction tx, UUID id) {
        tx.handle().execute("update dues_remittance set state = 'WITHDRAWN', version = version + 1 where id = ?", id);
    }

    static Optional<Saved<Remittance>> find(Transaction tx, UUID id) {
        return tx.handle()
                .createQuery("select * from dues_remittance where id = :id")
                .bind("id", id)
                .map(RemittanceRows::row)
                .findFirst();
    }

    static Saved<Remittance> row(RowView row) {
        return new Saved<>(
                new Remittance(
                        row.getColumn("id", UUID.class),
                        row.getColumn("unit", UUID.class),
                        row.getColumn("superior", UUID.class),
                        row.getColumn("day", LocalDate.class),
                        row.getColumn("amount", Long.class),
                        row.getColumn("received", Long.class),
                        row.getColumn("kept", Long.class),
                        row.getColumn("kept_percent", String.class),
                        row.getColumn("citation", String.class),
                        row.getColumn("reference", String.class),
                        row.getColumn("state", Remittance.State.class),
                        row.getColumn("made_by", UUID.class),
                        row.getColumn("made_at", Instant.class),
                        row.getColumn("acknowledged_by", UUID.class),
                        row.getColumn("acknowledged_at", Instant.class)),
                row.getColumn("version", Long.class));
    }
}
