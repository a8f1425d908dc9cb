package vn.sotay.tests.probe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import vn.sotay.tests.probe.ApiDocument.Operation;

/** Makes bodies as somebody would send them who wants something of one cell. */
final class Sample {

    private static final String TEXT = "Chi bộ";
    private static final String BASE64 = "^(?:[A-Za-z0-9_-]+)$";

    /** Fields with a pattern, of which any value does. */
    private static final Map<String, String> OF_PATTERN =
            Map.of("bin", "970418", "number", "9999000000001", "anchor", "all");

    private final ApiDocument api;
    private final Map<String, String> told;

    /** @param told values of fields by their names: ids of the cell above all. A {@code member} is one of the {@code members} */
    Sample(ApiDocument api, Map<String, String> told) {
        this.api = api;
        this.told = new HashMap<>(OF_PATTERN);
        if (told.containsKey("members")) {
            this.told.put("member", told.get("members"));
        }
        this.told.putAll(told);
    }

    /** A body for this route, with all that it requires and all that was told. */
    JsonNode body(Operation operation) {
        return value(operation + ": ", "", operation.body());
    }

    private JsonNode value(String where, String name, JsonNode described) {
        JsonNode schema = api.resolve(described);
        JsonNodeFactory make = JsonNodeFactory.instance;
        if (schema.has("enum")) {
            return schema.path("enum").get(0);
        }
        if (ApiDocument.type(schema).equals("string") && told.containsKey(name)) {
            return make.textNode(told.get(name));
        }
        return switch (ApiDocument.type(schema)) {
            case "object" -> object(where, schema);
            case "array" -> make.arrayNode().add(value(where, name, schema.path("items")));
            case "boolean" -> make.booleanNode(true);
            case "integer", "number" -> make.numberNode(schema.path("minimum").asLong(1));
            case "string" -> make.textNode(text(where, name, schema));
            default -> throw unknown(where, name);
        };
    }

    private ObjectNode object(String where, JsonNode schema) {
        Set<String> required = new HashSet<>();
        schema.path("required").forEach(name -> required.add(name.asText()));
        ObjectNode made = JsonNodeFactory.instance.objectNode();
        schema.path("properties").fields().forEachRemaining(property -> {
            String name = property.getKey();
            if (required.contains(name)) {
                made.set(name, value(where, name, property.getValue()));
            }
        });
        return made;
    }

    private static String text(String where, String name, JsonNode schema) {
        return switch (schema.path("format").asText()) {
            case "date" -> "2026-11-24";
            case "date-time" -> "2026-12-01T12:00:00Z";
            case "" -> {
                if (schema.path("pattern").asText().equals(BASE64)) {
                    yield "AAAA";
                }
                if (schema.has("pattern")) {
                    throw unknown(where, name);
                }
                yield TEXT;
            }
            default -> throw unknown(where, name);
        };
    }

    private static AssertionError unknown(String where, String name) {
        return new AssertionError("nobody said how to fill " + where + name + ": tell its value");
    }
}
