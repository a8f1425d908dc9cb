package vn.sotay.bench;

/** Something that must be put right before anything can be measured; the message is one line for who called {@code ./bench}. */
final class BenchException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BenchException(String line) {
        super(line);
    }

    BenchException(String line, Throwable cause) {
        super(line, cause);
    }
}
