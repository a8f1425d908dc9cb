package vn.sotay.api.job;

import java.util.List;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;
import vn.sotay.api.store.Transaction;

/**
 * The jobs of the province: one after the other, in the order in which they came. How far one is, and what came out of it, is asked
 * for at {@code /api/jobs/{id}}. Thread-safe.
 */
@ProviderType
public interface JobQueue {

    /**
     * Puts a job on the list; call {@link #ring} when the transaction has ended.
     *
     * @param kind name of its {@link JobKind}
     * @param unit what it works on
     * @param account who starts it
     * @param data for the kind itself; it is kept sealed
     */
    void add(Transaction tx, UUID id, String kind, UUID unit, UUID account, String data);

    /**
     * The jobs of a kind that are on the list or at work, in the order in which they came.
     *
     * @since 1.1
     */
    List<Job> working(Transaction tx, String kind);

    /** Makes the worker look for work. */
    void ring();
}
