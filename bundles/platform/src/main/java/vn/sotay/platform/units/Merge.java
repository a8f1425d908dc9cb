package vn.sotay.platform.units;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.http.Range;

/**
 * Units are to be closed, and another one is to take over what they have. The unit of the address is closed if {@code into} names another
 * one, and else takes over.
 *
 * @param into what takes over; the unit of the address when left out
 * @param units what is closed, besides the unit of the address
 * @param codes new codes of units that come to stand below the successor
 * @param carry mandates at what is closed that go on at the successor, by their ids; all others end
 * @param from the day from which members belong to the successor, and mandates are ended; today when left out
 * @param dryRun only says what would happen
 */
record Merge(
        @Nullable UUID into,
        @Nullable @Range(max = 500) List<UUID> units,
        @Nullable @Range(max = 5000) List<Move.NewCode> codes,
        @Nullable @Range(max = 500) List<UUID> carry,
        @Nullable LocalDate from,
        @Nullable Boolean dryRun) {}
