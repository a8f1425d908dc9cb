package vn.sotay.platform.units;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a unit was for some time.
 *
 * @param unit itself, or a unit that was merged into it
 * @param since when it became so here
 * @param until when it became something else; left out for what it is
 * @param cause why
 * @param from the day from which that counts; left out where nobody has said
 * @param parent of a unit that was merged: its successor
 * @param origin the unit that it was split from
 * @param by who did it; left out for the system itself, and for readers who may not change the unit
 */
record UnitPast(
        UUID unit,
        Instant since,
        @Nullable Instant until,
        UnitRows.@Nullable Cause cause,
        @Nullable LocalDate from,
        @Nullable UUID parent,
        String code,
        String name,
        @Nullable UUID origin,
        @Nullable String by) {}
