package vn.sotay.platform.store;

/** A module's tables cannot be brought up to date. The message is one line for the operator. */
final class MigrationException extends Exception {

    private static final long serialVersionUID = 1L;

    MigrationException(String line, Throwable cause) {
        super(line, cause);
    }

    MigrationException(String line) {
        super(line);
    }
}
