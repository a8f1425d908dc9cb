package vn.sotay.api.http;

import java.util.Map;

/**
 * One field that is wrong.
 *
 * @param field its path in the body, such as {@code items[2].title}, or the name of a parameter
 * @param rule the rule that it breaks; the text is {@code rule.<rule>} of the module's languages, or of the platform's
 * @param values what the text names in braces
 */
public record FieldError(String field, String rule, Map<String, Object> values) {

    public FieldError {
        values = Map.copyOf(values);
    }

    public FieldError(String field, String rule) {
        this(field, rule, Map.of());
    }
}
