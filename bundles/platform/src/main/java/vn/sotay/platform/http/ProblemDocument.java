package vn.sotay.platform.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.http.Problem;

/**
 * A problem as it goes over the wire (RFC 9457), in the caller's language.
 *
 * @param expected with {@code command-early}: the number that would be next
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record ProblemDocument(
        String type,
        String title,
        int status,
        @Nullable String detail,
        @Nullable List<Field> errors,
        @Nullable Object current,
        @Nullable Long expected) {

    /** A field at fault. */
    record Field(String field, String rule, String message) {}

    /** Words a problem with the texts of a module, or the platform's where the module has none. */
    static ProblemDocument of(Problem problem, String module, Locale language, Texts texts) {
        String key = "problem." + problem.code();
        String detail = texts.find(module, language, key + ".detail") == null
                ? null
                : texts.say(module, language, key + ".detail", problem.values());
        List<Field> fields = problem.errors().stream()
                .map(error -> new Field(
                        error.field(),
                        error.rule(),
                        texts.say(module, language, "rule." + error.rule(), error.values())))
                .toList();
        return new ProblemDocument(
                "urn:sotay:problem:" + problem.code(),
                texts.say(module, language, key, problem.values()),
                problem.status(),
                detail,
                fields,
                problem.current() == null ? null : problem.current().value(),
                problem.values().get("expected") instanceof Long number ? number : null);
    }
}
