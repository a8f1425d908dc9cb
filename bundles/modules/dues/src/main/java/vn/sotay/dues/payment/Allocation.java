package vn.sotay.dues.payment;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a payment is for. Pure.
 *
 * @param lines đồng by month, in the order of months; none is nothing
 * @param extra đồng beyond what is due, given of one's own will
 * @param ahead đồng for months that are to come
 */
record Allocation(Map<String, Long> lines, long extra, long ahead) {

    Allocation {
        lines = Collections.unmodifiableMap(new LinkedHashMap<>(lines));
    }

    /**
     * Settles months, the oldest first, as far as the money goes.
     *
     * @param amount đồng, more than nothing
     * @param periods the months that are meant, whatever their order; null for all that are open
     */
    static Allocation of(long amount, Balance balance, @Nullable List<String> periods, Payment.Rest rest) {
        var meant = periods == null ? null : new TreeSet<>(periods);
        Map<String, Long> lines = new LinkedHashMap<>();
        long left = amount;
        for (Balance.Month month : balance.months()) {
            long part = meant == null || meant.contains(month.period()) ? Math.min(left, month.open()) : 0;
            if (part > 0) {
                lines.put(month.period(), part);
                left -= part;
            }
        }
        return new Allocation(lines, rest == Payment.Rest.EXTRA ? left : 0, rest == Payment.Rest.AHEAD ? left : 0);
    }

    long amount() {
        return lines.values().stream().mapToLong(Long::longValue).sum() + extra + ahead;
    }
}
