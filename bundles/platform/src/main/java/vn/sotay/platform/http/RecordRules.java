package vn.sotay.platform.http;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
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

    /** A component with what it says of its value: to ask the class of it takes as long as to read the whole record. */
    private record Rule(
            String name,
            Method accessor,
            boolean required,
            @Nullable Text text,
            @Nullable Pattern form,
            @Nullable Range range) {

        static Rule of(RecordComponent component) {
            Method accessor = component.getAccessor();
            accessor.setAccessible(true);
            Text text = component.getAnnotation(Text.class);
            return new Rule(
                    component.getName(),
                    accessor,
                    isRequired(component),
                    text,
                    text == null || text.pattern().isEmpty() ? null : Pattern.compile(text.pattern()),
                    component.getAnnotation(Range.class));
        }

        @Nullable Object value(Record body) {
            try {
                return accessor.invoke(body);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("a record's component is always readable", e);
            }
        }
    }

    /** Goes with the class, as a module's classes go with it. */
    private static final ClassValue<List<Rule>> RULES = new ClassValue<>() {
        @Override
        protected List<Rule> computeValue(Class<?> type) {
            return Arrays.stream(type.getRecordComponents()).map(Rule::of).toList();
        }
    };

    private RecordRules() {}

    /** All fields that break a rule; empty if none does. */
    static List<FieldError> check(Record body) {
        List<FieldError> errors = new ArrayList<>();
        check("", body, errors);
        return errors;
    }

    private static void check(String prefix, Record body, List<FieldError> errors) {
        for (Rule rule : RULES.get(body.getClass())) {
            checkValue(prefix + rule.name(), rule, rule.value(body), errors);
        }
    }

    private static void checkValue(String field, Rule rule, @Nullable Object value, List<FieldError> errors) {
        if (value == null) {
            if (rule.required()) {
                errors.add(new FieldError(field, "required"));
            }
        } else if (value instanceof String text) {
            checkText(field, text, rule, errors);
        } else if (value instanceof Number number) {
            checkNumber(field, number.longValue(), rule.range(), errors);
        } else if (value instanceof Record inner) {
            check(field + '.', inner, errors);
        } else if (value instanceof Collection<?> items) {
            checkItems(field, items, rule, errors);
        }
    }

    private static void checkText(String field, String text, Rule rule, List<FieldError> errors) {
        Text limits = rule.text();
        int max = limits == null ? TEXT_MAX : limits.max();
        int min = limits == null ? 0 : limits.min();
        int length = text.codePointCount(0, text.length());
        if (text.strip().length() < min) {
            errors.add(new FieldError(field, min == 1 ? "blank" : "too-short", Map.of("min", min)));
        } else if (length > max) {
            errors.add(new FieldError(field, "too-long", Map.of("max", max, "length", length)));
        } else if (CONTROL.matcher(text).find() || (text.indexOf('\n') >= 0 && (limits == null || !limits.lines()))) {
            errors.add(new FieldError(field, "control-characters"));
        } else if (rule.form() != null && !rule.form().matcher(text).matches()) {
            errors.add(
                    new FieldError(field, "form", Map.of("pattern", rule.form().pattern())));
        }
    }

    private static void checkNumber(String field, long number, @Nullable Range limits, List<FieldError> errors) {
        if (limits != null && (number < limits.min() || number > limits.max())) {
            errors.add(new FieldError(field, "out-of-range", Map.of("min", limits.min(), "max", limits.max())));
        }
    }

    private static void checkItems(String field, Collection<?> items, Rule rule, List<FieldError> errors) {
        Range limits = rule.range();
        long max = limits == null ? LIST_MAX : limits.max();
        if (items.size() > max) {
            errors.add(new FieldError(field, "too-many", Map.of("max", max)));
            return;
        }
        if (limits != null && items.size() < limits.min()) {
            errors.add(new FieldError(field, "too-few", Map.of("min", limits.min())));
        }
        int index = 0;
        for (Object item : items) {
            String name = field + '[' + index++ + ']';
            if (item == null) {
                errors.add(new FieldError(name, "required"));
            } else if (item instanceof Record inner) {
                check(name + '.', inner, errors);
            } else if (item instanceof String text) {
                checkText(name, text, rule, errors);
            }
        }
    }

    static boolean isRequired(RecordComponent component) {
        return !component.getAnnotatedType().isAnnotationPresent(Nullable.class);
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
