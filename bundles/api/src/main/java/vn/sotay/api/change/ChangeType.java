package vn.sotay.api.change;

import java.util.regex.Pattern;

/**
 * A type of thing that travels by the change feed. Keep one as a constant for each; clients see the name, so it is never
 * changed.
 *
 * @param name such as {@code meeting} or {@code meeting-answer}
 * @param payload the record whose JSON is the data
 */
public record ChangeType<T>(String name, Class<T> payload) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,39}");

    /** @throws IllegalArgumentException if the name has other than lower-case letters, digits and hyphens */
    public ChangeType {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not a name of a change type: " + name);
        }
    }
}
