package vn.sotay.platform.access;

/** What came from a passkey does not hold; the message says which check has failed, for the log. */
final class PasskeyException extends Exception {

    private static final long serialVersionUID = 1L;

    PasskeyException(String message, Throwable cause) {
        super(message, cause);
    }
}
