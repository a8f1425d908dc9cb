package vn.sotay.platform.units;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.unit.Unit;

/**
 * What a move, a merge or a split has done, or would do.
 *
 * @param dryRun whether nothing was done
 * @param from the day from which it counts
 * @param unit what was moved, took over or was split, as it is afterwards
 * @param made new units
 * @param closed units that were closed
 * @param moved units that stand below another one, or have another code, than before
 * @param members how many belong to another cell
 * @param mandates those that end
 */
record Outcome(
        boolean dryRun,
        LocalDate from,
        Unit unit,
        List<Unit> made,
        List<Unit> closed,
        List<Unit> moved,
        int members,
        List<Ended> mandates) {

    /**
     * A mandate that ends at a unit that is closed.
     *
     * @param holder the name of who holds it
     * @param carried whether it goes on at the successor
     */
    record Ended(UUID id, UUID unit, String role, @Nullable String holder, boolean carried) {}
}
