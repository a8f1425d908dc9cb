package vn.sotay.dues.remittance;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The quarterly report B01/ĐP of a unit and all below it. In đồng, but for the members.
 *
 * @param quarter {@code 2026-Q4}
 * @param lines 01 to 13, in their order
 * @param onHand what the units had at the end of the quarter and had not passed on, or not acknowledged: what was collected is what was
 *     kept, what was passed on by the unit itself, and this
 */
public record B01(UUID unit, String name, String quarter, List<Line> lines, long onHand) {

    public B01 {
        lines = List.copyOf(lines);
    }

    /**
     * A line of the form.
     *
     * @param code 01 to 13
     * @param commune of units that work in communes; null where the form does not part it
     * @param enterprise of units of enterprises
     * @param other of other units
     */
    public record Line(
            String code,
            long total,
            @Nullable Long commune,
            @Nullable Long enterprise,
            @Nullable Long other) {}

    /** For which column of the form a unit counts: rule {@code dues.b01.column} at the unit. */
    enum Column {
        COMMUNE,
        ENTERPRISE,
        OTHER
    }
}
