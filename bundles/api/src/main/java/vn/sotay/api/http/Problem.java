package vn.sotay.api.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.store.Saved;

/**
 * What went wrong, for people: a code that becomes a title and a sentence in the caller's language. The texts
 * are {@code problem.<code>} and {@code problem.<code>.detail} of the module's languages, or of the platform's; names in braces are
 * taken from {@code values}.
 *
 * @param status HTTP status, 400 to 599
 * @param code such as {@code meeting.closed}
 * @param values what the texts name in braces
 * @param errors the fields at fault; empty if it is not about a field
 * @param current the thing as it stands now, for 412; else null
 */
public record Problem(
        int status,
        String code,
        Map<String, Object> values,
        List<FieldError> errors,
        @Nullable Saved<?> current) {

    public Problem {
        values = Map.copyOf(values);
        errors = List.copyOf(errors);
    }

    private static ProblemException of(int status, String code) {
        return new ProblemException(new Problem(status, code, Map.of(), List.of(), null));
    }

    /** 404: there is no such thing, or none that the caller may know of. */
    public static ProblemException notFound() {
        return of(404, "not-found");
    }

    /** 403: the caller may know of it, but not do this. */
    public static ProblemException forbidden() {
        return of(403, "forbidden");
    }

    /** 409: not in this state. */
    public static ProblemException conflict(String code) {
        return of(409, code);
    }

    /** 422: these fields are understood, and wrong. */
    public static ProblemException invalid(List<FieldError> errors) {
        return new ProblemException(new Problem(422, "invalid", Map.of(), errors, null));
    }

    /** 422: this field is understood, and wrong. */
    public static ProblemException invalid(String field, String rule) {
        return invalid(List.of(new FieldError(field, rule)));
    }

    /** 412: it has changed since the caller read it; the reply bears it as it stands now. */
    public static ProblemException changedMeanwhile(Saved<?> current) {
        return new ProblemException(new Problem(412, "changed-meanwhile", Map.of(), List.of(), current));
    }

    /** Any other status. */
    public static ProblemException other(int status, String code) {
        return of(status, code);
    }

    /** The same with a value that its texts name. */
    public Problem with(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(values);
        more.put(name, value);
        return new Problem(status, code, more, errors, current);
    }
}
