package vn.sotay.api.search;

import java.util.List;
import java.util.UUID;
import org.osgi.annotation.versioning.ConsumerType;
import vn.sotay.api.change.ChangeType;

/**
 * Makes what a module tells the change feed findable. A Declarative Services component, one for each type. Who finds a thing is decided
 * by the audience to whom the payload was told; what was told to one member alone is never asked for.
 *
 * <p>The index keeps the texts as they are given, not sealed: give nothing that is sealed elsewhere.
 */
@ConsumerType
public interface SearchSource<T> {

    /** The type of the things, as the module tells them. The page that shows a hit says {@code search.type.<name>} of the module's texts. */
    ChangeType<T> type();

    /** A number to be raised when {@link #documents} gives something else for the same payload: then all of them are asked for anew. */
    default int edition() {
        return 1;
    }

    /**
     * What can be found of a thing: one document, several where parts of it shall be found by themselves, none if nothing of it shall be.
     * Called by one thread at a time, outside any transaction, after the commit; it may read what belongs to the thing.
     *
     * @param payload as it was told to an audience
     */
    List<SearchDocument> documents(UUID id, T payload);
}
