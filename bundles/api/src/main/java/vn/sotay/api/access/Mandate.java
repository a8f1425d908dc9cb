package vn.sotay.api.access;

import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A role at a unit, from a day to a day (chức vụ, phân quyền).
 *
 * @param role a role's name, such as {@code SECRETARY}; every member holds {@code MEMBER} at its cell
 * @param unit the unit where it is held
 * @param from first day
 * @param to last day, null while it is open
 */
public record Mandate(
        String role, UUID unit, LocalDate from, @Nullable LocalDate to) {

    /** Whether it is held on that day. */
    public boolean isHeldOn(LocalDate day) {
        return !day.isBefore(from) && (to == null || !day.isAfter(to));
    }
}
