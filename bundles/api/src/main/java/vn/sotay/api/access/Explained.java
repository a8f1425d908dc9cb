package vn.sotay.api.access;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;
import vn.sotay.api.store.Transaction;

/**
 * Tells by what it is decided who may read one kind of thing, so that {@code GET /api/access/explain} can say who that is. A Declarative
 * Services component; called by many threads at once.
 */
@ConsumerType
public interface Explained {

    /**
     * What decides who may read a thing.
     *
     * @param read the permission that is asked for
     * @param unit where it is asked for
     * @param owner the member whose own it is, who reads it by {@link Scope#OWN}; null if it is nobody's
     */
    record Subject(Permission read, UUID unit, @Nullable UUID owner) {}

    /** The thing's kind, as a client names it: {@code meeting}. */
    String resource();

    /** What decides about the thing with this id; empty if there is none. */
    Optional<Subject> find(Transaction tx, UUID id);
}
