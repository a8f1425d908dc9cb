package vn.sotay.platform.access;

import org.jspecify.annotations.Nullable;

/** The identity provider was not reached, or what it says does not hold; the message is for the log, and holds no secret. */
final class OidcException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean away;

    private OidcException(String message, @Nullable Throwable cause, boolean away) {
        super(message, cause);
        this.away = away;
    }

    static OidcException away(String message, @Nullable Throwable cause) {
        return new OidcException(message, cause, true);
    }

    static OidcException refused(String message, @Nullable Throwable cause) {
        return new OidcException(message, cause, false);
    }

    /** Whether the same may work later. */
    boolean isAway() {
        return away;
    }
}
