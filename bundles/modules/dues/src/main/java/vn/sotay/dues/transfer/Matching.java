package vn.sotay.dues.transfer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts a transfer beside the requests that its memo names. Pure. */
final class Matching {

    /**
     * A request that a memo names.
     *
     * @param amount đồng that it asks for
     * @param settled whether it was paid before
     */
    record Asked(String code, long amount, boolean settled) {}

    private Matching() {}

    static Outcome outcome(long amount, List<Asked> asked) {
        if (asked.isEmpty()) {
            return Outcome.UNKNOWN;
        }
        List<Asked> open = open(asked);
        if (open.isEmpty()) {
            return Outcome.DUPLICATE;
        }
        long expected = open.stream().mapToLong(Asked::amount).sum();
        return amount == expected ? Outcome.MATCHED : amount < expected ? Outcome.UNDER : Outcome.OVER;
    }

    /**
     * How much of a transfer goes to each request that is still open, in the order of the memo: all that each asks for as long as there is
     * some, and what is left over to the last. A request that gets nothing is left out.
     *
     * @return đồng by code; empty if none is open
     */
    static Map<String, Long> shares(long amount, List<Asked> asked) {
        List<Asked> open = open(asked);
        Map<String, Long> shares = new LinkedHashMap<>();
        long left = amount;
        for (int i = 0; i < open.size() && left > 0; i++) {
            long share =
                    i == open.size() - 1 ? left : Math.min(left, open.get(i).amount());
            shares.put(open.get(i).code(), share);
            left -= share;
        }
        return shares;
    }

    private static List<Asked> open(List<Asked> asked) {
        List<Asked> open = new ArrayList<>(asked);
        open.removeIf(Asked::settled);
        return open;
    }
}
