package vn.sotay.launcher;

/** Something the operator must put right. The message is the one line that is printed: what is wrong, and what to do. */
final class OperatorException extends Exception {

    private static final long serialVersionUID = 1L;

    OperatorException(String line) {
        super(line);
    }
}
