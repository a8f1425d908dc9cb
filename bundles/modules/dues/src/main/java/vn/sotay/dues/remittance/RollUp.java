package vn.sotay.dues.remittance;

import java.util.List;
import java.util.UUID;

/**
 * Whether the sums of a unit and all below it agree, to the đồng. What was collected is what was kept, what the unit itself passed on, what is
 * on hand and what is on the way.
 *
 * @param onWay passed on within the unit, and not acknowledged
 * @param faults what does not agree, 100 at most; nobody but a program, or somebody in its database, can have made them
 */
public record RollUp(UUID unit, long collected, long kept, long passed, long onHand, long onWay, List<Fault> faults) {

    public RollUp {
        faults = List.copyOf(faults);
    }

    /**
     * A sum that does not agree.
     *
     * @param what {@code COLLECTED} of a unit and month, {@code PAYMENT} of a unit's payments and their months, {@code REMITTANCE} of a unit's
     *     remittances, {@code DUE}, {@code PAID} and {@code UNPAID} of a cell and month, {@code TOTAL} of all
     * @param period the month; empty where it is none
     */
    public record Fault(What what, UUID unit, String period, long expected, long found) {}

    /** Which sums. */
    public enum What {
        COLLECTED,
        PAYMENT,
        REMITTANCE,
        DUE,
        PAID,
        UNPAID,
        TOTAL
    }
}
