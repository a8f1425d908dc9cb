package vn.sotay.api.job;

import java.util.Map;

/** A job cannot go on for a reason that can be told: its input is wrong, not the program. */
public final class JobException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Finding why;

    /** @param rule the text is {@code rule.<rule>} */
    public JobException(String rule, Map<String, Object> values) {
        super(rule);
        this.why = new Finding(0, "", rule, values);
    }

    public Finding why() {
        return why;
    }
}
