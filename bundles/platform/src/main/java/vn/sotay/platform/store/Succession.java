package vn.sotay.platform.store;

import java.util.List;
import java.util.UUID;
import vn.sotay.api.store.Transaction;

/**
 * What becomes of the audiences of a unit that is closed, or that stands below other units than before.
 *
 * @param unit the unit; it has a line of its own for each unit below it
 * @param successor who has its audiences from now on: itself unless it is closed
 * @param left units that were above it and no longer are, those that are closed left out
 * @param joined units that are above it, or its successor, and were not, nor those that they have taken over
 * @param sources units that were above it whose officers have what those of {@code joined} are to get
 */
public record Succession(UUID unit, UUID successor, List<UUID> left, List<UUID> joined, List<UUID> sources) {

    public Succession {
        left = List.copyOf(left);
        joined = List.copyOf(joined);
        sources = List.copyOf(sources);
    }

    /** Whether the unit is closed. */
    public boolean isClosing() {
        return !unit.equals(successor);
    }

    /**
     * Says how units change in this transaction. When it commits, what the feed holds for their audiences is addressed anew, and no
     * other transaction writes to the feed meanwhile: one that began before and addresses one of these units runs again.
     *
     * @param rows writes rows that many others read, after the feed was written: on the embedded database they wait for them from
     *     here to the commit. Must only touch what the transaction has locked, and not tell the feed
     * @param published makes the new units known in memory; called after the commit, before any other transaction is let in, so
     *     that who runs again meets them. Must be quick, and not touch the database
     */
    public static void announce(Transaction tx, List<Succession> all, Runnable rows, Runnable published) {
        ((StoreTransaction) tx).announce(all, rows, published);
    }
}
