package vn.sotay.platform.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.sotay.api.store.AuditKind;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;

/** Seals what is new on the audit trail, one seal after the other. For one thread. */
final class AuditSealer {

    private static final Logger LOG = LoggerFactory.getLogger(AuditSealer.class);

    private static final int RETAINED_AT_ONCE = 4;
    private static final Duration SPARE = Duration.ofDays(1);

    private final Store store;
    private final ChangeLog changes;
    private final AuditHead head;
    private long number;
    private String hash = AuditSeal.NOTHING;
    private long sealedTo;

    /** Whether the last seal may be in the database or not: its commit has failed, and may have come to pass all the same. */
    private boolean isInDoubt;

    /**
     * Goes on where the last one ended.
     *
     * @param restored whether the database was put back from a backup, and may end before what was sealed last
     */
    AuditSealer(Store store, ChangeLog changes, AuditHead head, boolean restored) {
        this.store = store;
        this.changes = changes;
        this.head = head;
        if (restored) {
            head.forget();
        }
        Optional<AuditSeal> last = store.read(AuditSealer::last);
        last.ifPresent(this::goOn);
        for (AuditHead.Mark mark : head.marks()) {
            if (mark.number() > number
                    || mark.number() == number && !mark.hash().equals(hash)) {
                LOG.error(
                        "The audit trail is cut off: its seal {} is not in the database. If that was put back from a backup,"
                                + " see docs/audit.md",
                        mark.number());
                head.keepMissing(mark);
            }
        }
    }

    private void goOn(AuditSeal last) {
        number = last.number();
        hash = last.hash();
        sealedTo = last.last();
        changes.unsealed().forget(sealedTo);
    }

    private static Optional<AuditSeal> last(Transaction tx) {
        return tx.handle()
                .createQuery("select " + AuditSeal.COLUMNS + " from " + AuditSeal.BY_KEY
                        + " where number = (select max(number) from audit_seal)")
                .map(AuditSeal.ROW)
                .findFirst();
    }

    /** Seals all that has been committed by now. */
    void seal() {
        Optional<AuditSeal> made = sealSome();
        while (made.isPresent()) {
            head.write(made.get());
            made = sealSome();
        }
    }

    private Optional<AuditSeal> sealSome() {
        if (isInDoubt) {
            store.read(AuditSealer::last).ifPresent(this::goOn);
            isInDoubt = false;
        }
        long to = changes.auditWatermark();
        if (to <= sealedTo) {
            return Optional.empty();
        }
        Optional<List<AuditRows.Row>> written = changes.unsealed().rows(sealedTo, to, AuditSeal.MOST);
        if (written.isPresent() && written.get().isEmpty()) {
            return Optional.empty();
        }
        isInDoubt = true;
        Optional<AuditSeal> made = store.write(tx -> {
            // those of another run, or too many to be kept, are only in the database
            List<AuditRows.Row> rows = written.orElseGet(() -> rows(tx, sealedTo, to, AuditSeal.MOST));
            if (rows.isEmpty()) {
                return Optional.empty();
            }
            AuditSeal seal = AuditSeal.of(number + 1, hash, rows, tx.now().toEpochMilli());
            seal.insert(tx.handle());
            insertUnits(tx, seal.number(), rows);
            return Optional.of(seal);
        });
        isInDoubt = false;
        made.ifPresent(this::goOn);
        return made;
    }

    private static void insertUnits(Transaction tx, long number, List<AuditRows.Row> rows) {
        PreparedBatch inserts = tx.handle().prepareBatch("insert into audit_unit (unit, back) values (?, ?)");
        rows.stream()
                .map(AuditRows.Row::unit)
                .filter(Objects::nonNull)
                .distinct()
                .sorted()
                .forEach(unit -> inserts.add(unit, -number));
        if (inserts.size() > 0) {
            inserts.execute();
        }
    }

    /**
     * Deletes the oldest seals with their rows, a few in each transaction, which also says so on the trail: that row is sealed as all
     * are, and tells where the trail begins from then on.
     */
    long retain(Duration keep) {
        long deleted = 0;
        long some;
        do {
            some = store.write(tx -> retainSome(tx, tx.now().minus(keep)));
            deleted += some;
        } while (some > 0);
        if (deleted > 0) {
            store.change(tx -> {
                tx.handle().execute("delete from audit_unit where back > (select -min(number) from audit_seal)");
                // what it was used for last is gone with a day to spare
                tx.handle()
                        .execute(
                                "delete from audit_session where used_at < ?",
                                tx.now().minus(keep).minus(SPARE));
            });
        }
        return deleted;
    }

    private long retainSome(Transaction tx, Instant before) {
        // the newest seal stays, since the next one is made from it
        List<AuditSeal> old = tx.handle()
                .createQuery("select " + AuditSeal.COLUMNS
                        + " from audit_seal where sealed_at < :before and number < :newest"
                        + " order by number fetch first " + RETAINED_AT_ONCE + " rows only")
                .bind("before", before)
                .bind("newest", number)
                .map(AuditSeal.ROW)
                .list();
        if (old.isEmpty()) {
            return 0;
        }
        AuditSeal last = old.get(old.size() - 1);
        forgetReads(tx, last.last());
        long rows = tx.handle().execute("delete from audit where seq <= ?", last.last());
        tx.handle().execute("delete from audit_seal where number <= ?", last.number());
        AuditEntry.add(
                tx,
                new AuditEntry(
                        null,
                        AuditKind.RETENTION,
                        "audit",
                        Long.toString(last.number()),
                        null,
                        null,
                        last.hash(),
                        "up to row " + last.last(),
                        null,
                        null));
        return rows;
    }

    private static void forgetReads(Transaction tx, long to) {
        PreparedBatch deletes = tx.handle().prepareBatch("delete from audit_read where member = ? and seq = ?");
        tx.handle()
                .createQuery("select for_member, seq from " + AuditRows.BY_KEY
                        + " where seq <= :to and kind in ('READ', 'EXPORT')" + " and for_member is not null")
                .bind("to", to)
                .map((row, context) -> Map.entry(row.getString(1), row.getLong(2)))
                .list()
                .forEach(read -> deletes.add(read.getKey(), read.getValue()));
        if (deletes.size() > 0) {
            deletes.execute();
        }
    }

    /** Rows after a number, up to another one, in their order. */
    static List<AuditRows.Row> rows(Transaction tx, long after, long to, int most) {
        return tx.handle()
                .createQuery("select " + AuditRows.COLUMNS + " from " + AuditRows.BY_KEY
                        + " where seq > :after and seq <= :to order by seq" + " fetch first " + most + " rows only")
                .bind("after", after)
                .bind("to", to)
                .map(AuditRows.ROW)
                .list();
    }
}
