package vn.sotay.platform.module;

/** A module that cannot be used. The message is one line for the operator: what is wrong, and what to do. */
public final class ModuleException extends Exception {

    private static final long serialVersionUID = 1L;

    public ModuleException(String line) {
        super(line);
    }

    public ModuleException(String line, Throwable cause) {
        super(line, cause);
    }
}
