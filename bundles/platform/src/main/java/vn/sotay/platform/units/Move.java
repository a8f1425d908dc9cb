package vn.sotay.platform.units;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.http.Range;
import vn.sotay.api.http.Text;

/**
 * A unit is to stand below another one, with all that is below it.
 *
 * @param parent what it is to stand directly below
 * @param code its new code; it keeps its own when left out
 * @param codes new codes of units below it
 * @param from the day from which it counts; today when left out
 * @param dryRun only says what would happen
 */
record Move(
        UUID parent,
        @Nullable @Text(max = 20) String code,
        @Nullable @Range(max = 5000) List<NewCode> codes,
        @Nullable LocalDate from,
        @Nullable Boolean dryRun) {

    /** The code that a unit is to have. */
    record NewCode(UUID unit, @Text(max = 20) String code) {}
}
