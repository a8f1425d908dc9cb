package vn.sotay.platform.http;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.http.FieldError;
import vn.sotay.api.http.Range;
import vn.sotay.api.http.Text;

/**
 * Checks a record that was read against what its components say: those without {@code @Nullable} are required, texts and
 * numbers have limits.
 */
final class RecordRules {

    static final int TEXT_MAX = 200;
    static final int LIST_MAX = 500;
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\n\t]]");

    private RecordRules() {}

    /** All fields that break a rule; empty if none does. */
    static List<FieldError> check(Record body) {
        List<FieldError> errors = new ArrayList<>();
        check("", body, errors);
        return errors;
    }

    private static void check(String prefix, Record body, List<FieldError> errors) {
        for (RecordComponent component : body.getClass().getRecordComponents()) {
            checkValue(prefix + component.getName(), component, value(component, body), errors);
        }
    }

    private static void checkValue(
            String field, RecordComponent component, @Nullable Object value, List<FieldError> errors) {
        if (value == null) {
            if (isRequired(component)) {
                errors.add(new FieldError(field, "required"));
            }
        } else if (value instanceof String text) {
            checkText(field, text, component.getAnnotation(Text.class), errors);
        } else if (value instanceof Number number) {
            checkNumber(field, number.longValue(), component.getAnnotation(Range.class), errors);
        } else if (value instanceof Record inner) {
            check(field + '.', inner, errors);
        } else if (value instanceof Collection<?> items) {
            checkItems(field, items, component, errors);
        }
    }

    private static void checkText(String field, String text, @Nullable Text limits, List<FieldError> errors) {
        int max = limits == null ? TEXT_MAX : limits.max();
        int min = limits == null ? 0 : limits.min();
        int length = text.codePointCount(0, text.length());
        if (text.strip().length() < min) {
            errors.add(new FieldError(field, min == 1 ? "blank" : "too-short", Map.of("min", min)));
        } else if (length > max) {
            errors.add(new FieldError(field, "too-long", Map.of("max", max, "length", length)));
        } else if (CONTROL.matcher(text).find() || (text.indexOf('\n') >= 0 && (limits == null || !limits.lines()))) {
            errors.add(new FieldError(field, "control-characters"));
        } else if (limits != null && !limits.pattern().isEmpty() && !Pattern.matches(limits.pattern(), text)) {
            errors.add(new FieldError(field, "form", Map.of("pattern", limits.pattern())));
        }
    }

    private static void checkNumber(String field, long number, @Nullable Range limits, List<FieldError> errors) {
        if (limits != null && (number < limits.min() || number > limits.max())) {
            errors.add(new FieldError(field, "out-of-range", Map.of("min", limits.min(), "max", limits.max())));
        }
    }

    private static void checkItems(
            String field, Collection<?> items, AnnotatedElement component, List<FieldError> errors) {
        Range limits = component.getAnnotation(Range.class);
        long max = limits == null ? LIST_MAX : limits.max();
        if (items.size() > max) {
            errors.add(new FieldError(field, "too-many", Map.of("max", max)));
            return;
        }
        int index = 0;
        for (Object item : items) {
            String name = field + '[' + index++ + ']';
            if (item == null) {
                errors.add(new FieldError(name, "required"));
            } else if (item instanceof Record inner) {
                check(name + '.', inner, errors);
            } else if (item instanceof String text) {
                checkText(name, text, component.getAnnotation(Text.class), errors);
            }
        }
    }

    static boolean isRequired(RecordComponent component) {
        return !component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private static @Nullable Object value(RecordComponent component, Record body) {
        try {
            var accessor = component.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(body);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a record's component is always readable", e);
        }
    }

    /** The constants of an enum, as a problem lists them. */
    static Map<String, Object> constants(Class<?> type) {
        List<String> names = new ArrayList<>();
        for (Object constant : type.getEnumConstants()) {
            names.add(((Enum<?>) constant).name());
        }
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("values", String.join(", ", names));
        return values;
    }
}
