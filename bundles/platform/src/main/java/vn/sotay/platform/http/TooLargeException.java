package vn.sotay.platform.http;

/** A body has more bytes than its route takes. */
final class TooLargeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final long most;

    TooLargeException(long most) {
        super("more than " + most + " bytes", null, false, false);
        this.most = most;
    }

    long most() {
        return most;
    }
}
