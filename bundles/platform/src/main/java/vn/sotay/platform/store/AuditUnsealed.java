package vn.sotay.platform.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The rows of the audit trail that this process has written and not sealed, so that they need not be read again: what is sealed is what
 * was written, also if somebody has changed it in the database since. Knows only rows whose commit is certain. Thread-safe.
 */
final class AuditUnsealed {

    /** So many rows are kept at most, some 500 bytes each; beyond, they are read from the database. */
    static final int MOST = 20_000;

    /** What one transaction wrote. */
    record Written(long first, long at, List<AuditEntry> entries) {

        long last() {
            return first + entries.size() - 1;
        }

        AuditRows.Row row(long seq) {
            return AuditRows.Row.of(entries.get((int) (seq - first)), seq, at);
        }
    }

    private final TreeMap<Long, Written> kept = new TreeMap<>();
    private long from;
    private int size;

    /** @param last the highest number that the database knows of: this and what is before is not here */
    AuditUnsealed(long last) {
        this.from = last;
    }

    /**
     * To be called when it is certain that its commit has come to pass, and before its numbers are ended.
     *
     * @param highest that was given out by now
     */
    synchronized void keep(Written written, long highest) {
        if (size + written.entries().size() > MOST) {
            // whoever has a higher number ends later, and comes here
            kept.clear();
            size = 0;
            from = highest;
            return;
        }
        kept.put(written.first(), written);
        size += written.entries().size();
    }

    /** Rows after a number, up to another one below which all have ended, in their order; empty if not all of them are here. */
    synchronized Optional<List<AuditRows.Row>> rows(long after, long to, int most) {
        if (after < from) {
            return Optional.empty();
        }
        List<AuditRows.Row> rows = new ArrayList<>();
        Map.Entry<Long, Written> begun = kept.floorEntry(after);
        for (Written written :
                kept.tailMap(begun == null ? after : begun.getKey(), true).values()) {
            for (long seq = Math.max(written.first(), after + 1); seq <= Math.min(written.last(), to); seq++) {
                if (rows.size() == most) {
                    return Optional.of(rows);
                }
                rows.add(written.row(seq));
            }
            if (written.last() >= to) {
                break;
            }
        }
        return Optional.of(rows);
    }

    /** They are sealed up to this one. */
    synchronized void forget(long to) {
        while (!kept.isEmpty() && kept.firstEntry().getValue().last() <= to) {
            size -= kept.pollFirstEntry().getValue().entries().size();
        }
    }
}
