package vn.sotay.dues;

import java.util.List;
import java.util.UUID;
import vn.sotay.api.change.ChangeType;

/**
 * What a member owes for the months of a year: for the member and the leaders of its cell, on their phones. Of income it has nothing.
 *
 * @param calendarYear such as 2026
 */
public record DuesYear(UUID member, String name, UUID cell, int calendarYear, List<Month> months) {

    static final ChangeType<DuesYear> TYPE = new ChangeType<>("dues-year", DuesYear.class);

    /** A month of it; see {@link Assessment}. */
    public record Month(String period, DuesClass duesClass, long due, long full, int reduction, boolean deferred) {}
}
