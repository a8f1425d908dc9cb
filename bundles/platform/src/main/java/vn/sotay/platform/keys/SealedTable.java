package vn.sotay.platform.keys;

import org.jspecify.annotations.Nullable;
import vn.sotay.api.store.Transaction;

/**
 * A table with sealed values; a service of the piece whose it is, with its name as the property {@code sealed}. What another key than the
 * newest has sealed, or none, it seals anew, in slices and beside everything else; nothing is told to the feed, since nothing changes.
 */
public interface SealedTable {

    /**
     * A slice.
     *
     * @param next where the next one begins; null at the end
     * @param rows how many rows it has looked at, of {@link #rows}
     */
    record Slice(@Nullable String next, int rows) {}

    /** How many rows there are to look at, about. */
    long rows(Transaction tx);

    /**
     * Seals a slice anew.
     *
     * @param from as the slice before said; null for the first
     * @param most rows to look at
     */
    Slice seal(Transaction tx, @Nullable String from, int most);
}
