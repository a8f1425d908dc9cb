package vn.sotay.platform.seals;

import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.store.Store;
import vn.sotay.platform.keys.SealedTable;

/** Goes through all tables with sealed values once, in slices beside everything else. What was done is not done again after a restart. */
final class Resealing {

    private static final int SLICE = 200;

    /** Runs a slice as a unit of work, and knows when to stop. */
    interface Slices {

        /** @param progress in percent, once the slice is done */
        void run(int progress, Store.Task<RuntimeException> task);
    }

    private final Store store;
    private final List<SealedTable> tables;

    Resealing(Store store, List<SealedTable> tables) {
        this.store = store;
        this.tables = List.copyOf(tables);
    }

    void run(Slices slices) {
        long all = store.read(
                tx -> tables.stream().mapToLong(table -> table.rows(tx)).sum());
        long done = 0;
        for (SealedTable table : tables) {
            String next = null;
            do {
                SealedTable.Slice slice =
                        slice(slices, table, next, all == 0 ? 99 : (int) Math.min(99, done * 100 / all));
                done += slice.rows();
                next = slice.next();
            } while (next != null);
        }
    }

    private static SealedTable.Slice slice(Slices slices, SealedTable table, @Nullable String from, int progress) {
        SealedTable.Slice[] slice = {new SealedTable.Slice(null, 0)};
        slices.run(progress, tx -> slice[0] = table.seal(tx, from, SLICE));
        return slice[0];
    }
}
