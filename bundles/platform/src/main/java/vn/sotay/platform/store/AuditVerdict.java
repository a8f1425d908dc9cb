package vn.sotay.platform.store;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of looking the whole audit trail through.
 *
 * @param ok whether nothing is wrong
 * @param rows that were looked at and are sealed
 * @param seals that were looked at
 * @param open rows that are not sealed yet: a second's worth
 * @param faults in the order in which they were found, the first thousand
 */
public record AuditVerdict(boolean ok, long rows, long seals, long open, List<Fault> faults) {

    public AuditVerdict {
        faults = List.copyOf(faults);
    }

    /** What is wrong. */
    public enum Kind {
        /** A row is not what was sealed. */
        CHANGED,
        /** A row is gone. */
        REMOVED,
        /** Two rows stand in each other's place. */
        SWAPPED,
        /** A row stands where there was none. */
        ADDED,
        /** A seal is not what it was. */
        SEAL_CHANGED,
        /** Seals are gone, with all rows from here on, up to the next one that is there. */
        SEALS_REMOVED
    }

    /**
     * A fault.
     *
     * @param seq number of the row, or of the first row of the seal
     * @param other the row that it was swapped with; else null
     * @param at when it was done, as the row says; when it was sealed, if there is no row; null if neither is known
     */
    public record Fault(
            Kind kind,
            long seq,
            @Nullable Long other,
            @Nullable Instant at) {}
}
