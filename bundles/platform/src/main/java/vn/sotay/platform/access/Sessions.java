package vn.sotay.platform.access;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.access.Caller;

/** Knows who is behind a token. Thread-safe; a token seen before is answered from memory. */
public interface Sessions {

    /** The caller whom this token was given to, as it stands now; empty if it is unknown, has ended or was revoked. */
    Optional<Caller> caller(String token);

    /** The id by which lists and the audit trail know the caller's session; null for a caller of the system's own. */
    default @Nullable UUID session(Caller caller) {
        return null;
    }

    /** Whether the caller must set up a second factor first, and may do nothing else until then. */
    default boolean lacksFactor(Caller caller) {
        return false;
    }
}
