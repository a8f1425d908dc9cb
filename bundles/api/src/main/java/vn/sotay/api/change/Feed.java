package vn.sotay.api.change;

import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;
import vn.sotay.api.store.Transaction;

/**
 * What other modules have told the change feed, for a module that has to do something about it. It holds nothing of them: whether they run,
 * or are there at all, does not matter.
 *
 * <p>Thread-safe.
 *
 * @since 1.2
 */
@ProviderType
public interface Feed {

    /** Ends what {@link #listen} began. */
    @FunctionalInterface
    interface Listening extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * What was told last of these things, as clients read it: the members of the JSON object, with texts, numbers, booleans, lists and maps.
     * Where several were told differently, what says most. What was told to single members alone is never given, nor things of which nothing
     * was told, or which were taken away: those are missing.
     *
     * @param type name of the change type
     * @param ids at most 500
     */
    Map<UUID, Map<String, Object>> told(Transaction tx, String type, Collection<UUID> ids);

    /**
     * Calls {@code ring} after things of this type were told, from any thread: it must be quick and not throw. Nothing is kept for who did
     * not listen: look once when you begin.
     *
     * @param type name of the change type
     */
    Listening listen(String type, Runnable ring);
}
