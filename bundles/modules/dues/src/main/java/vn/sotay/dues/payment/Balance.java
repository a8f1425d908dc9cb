package vn.sotay.dues.payment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a member owes and has paid, by month. Computed each time from what was assessed and what was paid, and kept nowhere: an exemption
 * or a declaration that comes late changes what is due, and then this is right by itself. Pure.
 *
 * @param months in their order
 * @param ahead đồng that were paid and settle nothing yet: they go to the months that come
 */
record Balance(List<Month> months, long ahead) {

    /**
     * A month.
     *
     * @param period {@code 2026-11}
     * @param due đồng after exemptions
     * @param paid đồng of it that are paid, never more than due
     */
    record Month(String period, long due, long paid) {

        long open() {
            return due - paid;
        }
    }

    /** What was assessed for a month. */
    record Assessed(String period, long amount) {}

    Balance {
        months = List.copyOf(months);
    }

    /**
     * Puts money beside what is due. What was paid for a month counts there first; what is more than it is due today, and what was
     * paid ahead, goes to the months that are open, the oldest first.
     *
     * @param assessed in the order of months, once each
     * @param paidFor đồng by month, as payments say; also of months of which nothing is assessed
     * @param paidAhead đồng that payments name no month for
     */
    static Balance of(List<Assessed> assessed, Map<String, Long> paidFor, long paidAhead) {
        long free =
                paidAhead + paidFor.values().stream().mapToLong(Long::longValue).sum();
        List<Month> pinned = new ArrayList<>();
        for (Assessed one : assessed) {
            long paid = Math.min(one.amount(), Math.max(0, paidFor.getOrDefault(one.period(), 0L)));
            pinned.add(new Month(one.period(), one.amount(), paid));
            free -= paid;
        }
        List<Month> months = new ArrayList<>();
        for (Month one : pinned) {
            long more = Math.min(one.open(), Math.max(0, free));
            months.add(new Month(one.period(), one.due(), one.paid() + more));
            free -= more;
        }
        return new Balance(months, free);
    }

    long open() {
        return months.stream().mapToLong(Month::open).sum();
    }
}
