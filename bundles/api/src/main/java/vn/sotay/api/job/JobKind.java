package vn.sotay.api.job;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.annotation.versioning.ProviderType;
import vn.sotay.api.access.Permission;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;

/**
 * A kind of long work; a Declarative Services component of the piece or module that does it. Its work is done in slices, one
 * transaction each, so that it can be cancelled between two, and goes on with the next one after a restart, or when its module is back.
 * Called by one thread.
 */
@ConsumerType
public interface JobKind {

    /**
     * Its name, such as {@code documents.import}: a module's begins with its id, in whose texts the rules of its findings stand. It is
     * kept with each job, so it is never changed.
     */
    String name();

    /** Who besides the one who started a job may see it and act on it: those with this permission at its unit. */
    Permission permission();

    /** What may be asked of such a job at all. */
    default Set<JobAction> actions() {
        return EnumSet.allOf(JobAction.class);
    }

    /**
     * Does the work of the state that the job is in. It may have been begun before: what the slices did tells how far it is.
     *
     * @return where that leads
     * @throws JobException if the input is wrong
     * @throws Cancelled if the job was cancelled; let it pass
     */
    Next work(Run run) throws Exception;

    /**
     * Clears up after a piece of work, in the transaction that gives the job its new state: what goes before could be missed by a work
     * that is done again.
     */
    default void clearUp(Transaction tx, Job job, Next next) {}

    /** Deletes what the job has staged; it was cancelled, or is forgotten. What it applied stays. */
    void discard(Transaction tx, Job job);

    /** The columns that a job asks to be confirmed; empty unless it waits for that. */
    default List<JobColumn> columns(Job job) {
        return List.of();
    }

    /**
     * The end of a piece of work.
     *
     * @param result null where there is nothing to tell yet
     * @param data for the kind itself; null keeps what there is
     */
    record Next(
            JobState state,
            @Nullable JobResult result,
            @Nullable String data) {}

    /** A job at work. */
    @ProviderType
    interface Run {

        Job job();

        /**
         * Runs one slice of the work in a transaction.
         *
         * @param progress in percent, once the slice is done
         * @throws Cancelled if the job was cancelled: the slice has done nothing
         */
        <X extends Exception> void slice(int progress, Store.Task<X> task) throws X;
    }

    /** Ends the work of a job that was cancelled. */
    final class Cancelled extends RuntimeException {

        private static final long serialVersionUID = 1L;

        /** For who works on the jobs. */
        public Cancelled() {
            super("cancelled", null, false, false);
        }
    }
}
