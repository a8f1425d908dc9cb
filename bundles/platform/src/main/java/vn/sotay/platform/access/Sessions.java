package vn.sotay.platform.access;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.access.Caller;
import vn.sotay.api.store.Transaction;

/** Knows who is behind a token. Thread-safe; a token seen before is answered from memory. */
public interface Sessions {

    /** The caller whom this token was given to, as it stands now; empty if it is unknown, has ended or was revoked. */
    Optional<Caller> caller(String token);

    /** The id by which lists and the audit trail know the caller's session; null for a caller of the system's own. */
    default @Nullable UUID session(Caller caller) {
        return null;
    }

    /**
     * Where a caller is signed in, one of both: what belongs there goes when it ends.
     *
     * @param device the phone or computer that stays with its owner
     * @param session the hash of the session's token, on any other
     */
    record Place(@Nullable UUID device, @Nullable String session) {}

    /** Where the caller is signed in; empty for a caller of the system's own. */
    default Optional<Place> place(Transaction tx, Caller caller) {
        return Optional.empty();
    }

    /** Whether the caller must set up a second factor first, and may do nothing else until then. */
    default boolean lacksFactor(Caller caller) {
        return false;
    }
}
