package vn.sotay.api.job;

import java.util.Map;

/**
 * Something that a job has to tell of a line of its input. It is kept as a rule and put into words when it is read, in the reader's
 * language.
 *
 * @param line of the file, the first is 1; 0 if it is about the whole
 * @param field the API's name of the field; empty if it is about the line
 * @param rule the text is {@code rule.<rule>} of the languages of the kind's module, or of the platform's
 * @param values what the text names in braces
 */
public record Finding(int line, String field, String rule, Map<String, Object> values) {

    public Finding {
        values = Map.copyOf(values);
    }

    public Finding(int line, String field, String rule) {
        this(line, field, rule, Map.of());
    }
}
