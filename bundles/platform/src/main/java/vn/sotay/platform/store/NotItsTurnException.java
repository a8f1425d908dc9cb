package vn.sotay.platform.store;

/** A command was settled meanwhile, or those before it are not any more: nothing of it is written. Not tried again. */
public final class NotItsTurnException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotItsTurnException() {
        super("another command of this outbox was the last", null, false, false);
    }
}
