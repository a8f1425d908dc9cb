package vn.sotay.platform.units;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.http.Range;
import vn.sotay.api.http.Text;

/**
 * Parts of a unit are to become units of the same kind beside it.
 *
 * @param units the new ones
 * @param from the day from which members belong to them; today when left out
 * @param dryRun only says what would happen
 */
record Split(
        @Range(max = 50) List<Part> units,
        @Nullable LocalDate from,
        @Nullable Boolean dryRun) {

    /**
     * A new unit.
     *
     * @param id made by the client
     * @param members of a cell that belong to the new one
     * @param below units directly below a committee that come to stand below the new one
     */
    record Part(
            UUID id,
            @Text(max = 20) String code,
            @Text(max = 200) String name,
            @Nullable @Range(max = 2000) List<UUID> members,
            @Nullable @Range(max = 500) List<UUID> below) {}
}
