package vn.sotay.platform.keys;

/** The key file cannot be used. The message is one line for the operator: what is wrong, and what to do. */
public final class KeyException extends Exception {

    private static final long serialVersionUID = 1L;

    KeyException(String line) {
        super(line);
    }
}
