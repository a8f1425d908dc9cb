package vn.sotay.platform.http;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.http.Range;
import vn.sotay.api.http.Text;
import vn.sotay.platform.module.Module;

/** JSON schemas of records, by the same annotations that {@link RecordRules} checks. For one description; not thread-safe. */
final class Schemas {

    private static final String SHARED = "vn.sotay.api.";
    private static final String TYPE = "type";

    private final Map<Class<?>, String> names = new HashMap<>();
    private final Map<String, Map<String, Object>> byName = new TreeMap<>();
    private final Set<Class<?>> read = new HashSet<>();

    /** All records that were described, by name. */
    Map<String, Map<String, Object>> all() {
        return byName;
    }

    /** Tells, before anything is described, that a record is read from a body: its limits hold then, and are said. */
    void reads(Class<?> type) {
        if (type.isRecord() && read.add(type)) {
            for (RecordComponent component : type.getRecordComponents()) {
                readsIn(component.getGenericType());
            }
        }
    }

    private void readsIn(Type type) {
        if (type instanceof Class<?> plain) {
            reads(plain);
        } else if (type instanceof ParameterizedType generic) {
            Stream.of(generic.getActualTypeArguments()).forEach(this::readsIn);
        }
    }

    /** Schema of a value; records are described once and referred to. */
    Map<String, Object> of(String module, Type type) {
        if (type instanceof ParameterizedType generic && generic.getRawType() instanceof Class<?> raw) {
            Type[] arguments = generic.getActualTypeArguments();
            if (Collection.class.isAssignableFrom(raw)) {
                return map(TYPE, "array", "items", of(module, arguments[0]));
            }
            if (Map.class.isAssignableFrom(raw)) {
                return map(TYPE, "object", "additionalProperties", of(module, arguments[1]));
            }
            return of(module, raw);
        }
        if (!(type instanceof Class<?> plain)) {
            return map();
        }
        if (plain.isRecord()) {
            return map("$ref", "#/components/schemas/" + name(module, plain));
        }
        if (plain.isEnum()) {
            return map(
                    TYPE,
                    "string",
                    "enum",
                    Stream.of(plain.getEnumConstants())
                            .map(constant -> ((Enum<?>) constant).name())
                            .toList());
        }
        return simple(plain);
    }

    private static Map<String, Object> simple(Class<?> type) {
        if (type == String.class) {
            return map(TYPE, "string");
        }
        if (type == UUID.class) {
            return map(TYPE, "string", "format", "uuid");
        }
        if (type == LocalDate.class) {
            return map(TYPE, "string", "format", "date");
        }
        if (type == Instant.class) {
            return map(TYPE, "string", "format", "date-time");
        }
        if (type == boolean.class || type == Boolean.class) {
            return map(TYPE, "boolean");
        }
        if (type == int.class || type == Integer.class) {
            return map(TYPE, "integer", "format", "int32");
        }
        if (type == long.class || type == Long.class) {
            return map(TYPE, "integer", "format", "int64");
        }
        if (type == double.class || type == Double.class) {
            return map(TYPE, "number");
        }
        return map();
    }

    private String name(String module, Class<?> type) {
        String known = names.get(type);
        if (known != null) {
            return known;
        }
        String simple = type.getSimpleName();
        String owner = type.getName().startsWith(SHARED) ? "" : prefix(module);
        Class<?> outer = type.getEnclosingClass();
        String name = Stream.of(
                        owner + simple, outer == null ? owner + simple : owner + outer.getSimpleName() + '.' + simple)
                .filter(free -> !byName.containsKey(free))
                .findFirst()
                .orElseGet(() -> type.getName().replace('$', '.'));
        names.put(type, name);
        // a place for it before its components are described, which may name it again
        Map<String, Object> schema = new LinkedHashMap<>();
        byName.put(name, schema);
        describe(module, type, schema);
        return name;
    }

    private static String prefix(String module) {
        return module.equals(Module.PLATFORM) ? "" : module + '.';
    }

    private void describe(String module, Class<?> type, Map<String, Object> schema) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            Map<String, Object> property = of(module, component.getGenericType());
            if (read.contains(type)) {
                limit(property, component);
            }
            boolean isRequired = RecordRules.isRequired(component);
            if (isRequired) {
                required.add(component.getName());
            }
            properties.put(component.getName(), isRequired ? property : orNull(property));
        }
        schema.put(TYPE, "object");
        schema.put("properties", properties);
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        if (read.contains(type)) {
            schema.put("additionalProperties", false);
        }
    }

    /** The same, or nothing. */
    static Map<String, Object> orNull(Map<String, Object> schema) {
        if (schema.isEmpty()) {
            return schema;
        }
        if (schema.get(TYPE) instanceof String type && !schema.containsKey("enum")) {
            schema.put(TYPE, List.of(type, "null"));
            return schema;
        }
        return map("anyOf", List.of(schema, map(TYPE, "null")));
    }

    private static void limit(Map<String, Object> schema, AnnotatedElement component) {
        Text text = component.getAnnotation(Text.class);
        Range range = component.getAnnotation(Range.class);
        Object type = schema.get(TYPE);
        if ("array".equals(type)) {
            schema.put("maxItems", range == null ? RecordRules.LIST_MAX : range.max());
            if (range != null && range.min() > 0) {
                schema.put("minItems", range.min());
            }
            if (schema.get("items") instanceof Map<?, ?> items && isText(items)) {
                schema.put("items", limited(map(TYPE, "string"), text));
            }
        } else if (isText(schema)) {
            limited(schema, text);
        } else if ("integer".equals(type) && range != null) {
            schema.put("minimum", range.min());
            schema.put("maximum", range.max());
        }
    }

    private static boolean isText(Map<?, ?> schema) {
        return "string".equals(schema.get(TYPE)) && schema.size() == 1;
    }

    private static Map<String, Object> limited(Map<String, Object> schema, @Nullable Text text) {
        if (text == null) {
            schema.put("maxLength", RecordRules.TEXT_MAX);
            return schema;
        }
        if (text.min() > 0) {
            schema.put("minLength", text.min());
        }
        schema.put("maxLength", text.max());
        if (!text.pattern().isEmpty()) {
            schema.put("pattern", "^(?:" + text.pattern() + ")$");
        }
        return schema;
    }

    /** An object with these names and values, in this order. */
    static Map<String, Object> map(Object... namesAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }
}
