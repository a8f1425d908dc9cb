package vn.sotay.api.store;

import org.osgi.annotation.versioning.ProviderType;

/**
 * The province's database. Each module gets its own, with the bundle, so that nothing of a module outlives it.
 *
 * <p>Thread-safe. Do not nest: a unit of work gets its {@link Transaction} and hands it on. No I/O and no waiting inside a unit
 * of work: the embedded database's readers wait for writers.
 */
@ProviderType
public interface Store {

    /** What is done inside a transaction. */
    @FunctionalInterface
    interface Work<T, X extends Exception> {
        T run(Transaction tx) throws X;
    }

    /** What is done inside a transaction, without a result. */
    @FunctionalInterface
    interface Task<X extends Exception> {
        void run(Transaction tx) throws X;
    }

    /**
     * Reads, and changes nothing: what is written here all the same is not undone when it fails. Each query sees what had been
     * committed when it began. Runs again on a conflict as {@link #write} does: readers may wait for writers.
     */
    <T, X extends Exception> T read(Work<T, X> work) throws X;

    /**
     * Writes in one transaction: all of it or nothing. On a conflict with another writer (deadlock, lock timeout, the same key
     * inserted at once) the whole work runs again, five times at most: it must have no effect besides the transaction. When this
     * returns, it is on the disk.
     *
     * @throws X what the work threw; the transaction is rolled back
     */
    <T, X extends Exception> T write(Work<T, X> work) throws X;

    /** As {@link #write}, without a result. */
    default <X extends Exception> void change(Task<X> task) throws X {
        write(tx -> {
            task.run(tx);
            return Boolean.TRUE;
        });
    }
}
