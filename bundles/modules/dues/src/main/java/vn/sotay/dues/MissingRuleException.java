package vn.sotay.dues;

/** A rule is not in force: no pack has it, or the province has not confirmed the one that does. */
final class MissingRuleException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String key;

    MissingRuleException(String key) {
        super("no rule in force says " + key, null, false, false);
        this.key = key;
    }

    String key() {
        return key;
    }
}
