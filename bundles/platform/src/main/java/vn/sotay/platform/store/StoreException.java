package vn.sotay.platform.store;

/** The database cannot be opened. The message is one line for the operator. */
final class StoreException extends Exception {

    private static final long serialVersionUID = 1L;

    StoreException(String line, Throwable cause) {
        super(line, cause);
    }
}
