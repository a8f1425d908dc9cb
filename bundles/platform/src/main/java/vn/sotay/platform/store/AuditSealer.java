package vn.sotay.platform.store;

import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;

/** Seals what is new on the audit trail, one seal after the other. For one thread. */
final class AuditSealer {

    private static final Logger LOG = LoggerFactory.getLogger(AuditSealer.class);

    private final Store store;
    private final ChangeLog changes;
    private final AuditHead head;
    private long number;
    private String hash = AuditSeal.NOTHING;
    private long sealedTo;

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
    }

    private static Optional<AuditSeal> last(Transaction tx) {
        return tx.handle()
                .createQuery("select " + AuditSeal.COLUMNS
                        + " from audit_seal where number = (select max(number) from audit_seal)")
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
        long to = changes.auditWatermark();
        if (to <= sealedTo) {
            return Optional.empty();
        }
        Optional<AuditSeal> made = store.write(tx -> {
            List<AuditRows.Row> rows = rows(tx, sealedTo, to, AuditSeal.MOST);
            if (rows.isEmpty()) {
                return Optional.empty();
            }
            AuditSeal seal = AuditSeal.of(number + 1, hash, rows, tx.now().toEpochMilli());
            seal.insert(tx.handle());
            return Optional.of(seal);
        });
        made.ifPresent(this::goOn);
        return made;
    }

    /** Rows after a number, up to another one, in their order. */
    static List<AuditRows.Row> rows(Transaction tx, long after, long to, int most) {
        return tx.handle()
                .createQuery(
                        "select " + AuditRows.COLUMNS + " from audit where seq > :after and seq <= :to order by seq"
                                + " fetch first " + most + " rows only")
                .bind("after", after)
                .bind("to", to)
                .map(AuditRows.ROW)
                .list();
    }
}
