package vn.sotay.dues.payment;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/** Many ids in one statement ({@code docs/sql.md}). */
public final class Ids {

    private static final int MOST = 512;

    private Ids() {}

    /**
     * Gives the ids out in lists for {@code in (<ids>)}, each filled up to a power of two so that few statements are compiled.
     *
     * @param each called with none, once or several times
     */
    public static void forEach(Collection<UUID> ids, Consumer<List<String>> each) {
        List<String> all = ids.stream().map(UUID::toString).toList();
        for (int from = 0; from < all.size(); from += MOST) {
            each.accept(filledUp(all.subList(from, Math.min(all.size(), from + MOST))));
        }
    }

    private static List<String> filledUp(List<String> ids) {
        List<String> full = new ArrayList<>(ids);
        while (Integer.bitCount(full.size()) > 1) {
            full.add(ids.get(0));
        }
        return full;
    }
}
