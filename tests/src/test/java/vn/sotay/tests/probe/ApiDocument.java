package vn.sotay.tests.probe;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vn.sotay.testkit.Client;

/** The routes of a running Sotay, as its OpenAPI document describes them. Immutable. */
final class ApiDocument {

    private static final String REFERENCE = "#/components/schemas/";

    /**
     * A route.
     *
     * @param queries schemas of its query parameters, by name
     * @param bodyType media type of its body; null if it takes none
     * @param body schema of the body, as far as the document says it
     */
    record Operation(
            String method,
            String template,
            boolean isOpen,
            Map<String, JsonNode> queries,
            @Nullable String bodyType,
            JsonNode body) {

        boolean writes() {
            return !method.equals("GET");
        }

        @Override
        public String toString() {
            return method + ' ' + template;
        }
    }

    private final JsonNode document;
    private final List<Operation> operations = new ArrayList<>();

    private ApiDocument(JsonNode document) {
        this.document = document;
        document.path("paths").fields().forEachRemaining(path -> path.getValue()
                .fields()
                .forEachRemaining(operation ->
                        operations.add(operation(operation.getKey(), path.getKey(), operation.getValue()))));
    }

    /** Asks for the document. */
    static ApiDocument of(Client anybody) {
        return new ApiDocument(anybody.get("/api/openapi.json").expect(200).json());
    }

    List<Operation> operations() {
        return operations;
    }

    private static Operation operation(String method, String template, JsonNode described) {
        Map<String, JsonNode> queries = new LinkedHashMap<>();
        for (JsonNode parameter : described.path("parameters")) {
            if (parameter.path("in").asText().equals("query")) {
                queries.put(parameter.path("name").asText(), parameter.path("schema"));
            }
        }
        var bodies = described.path("requestBody").path("content").fields();
        Map.Entry<String, JsonNode> body = bodies.hasNext() ? bodies.next() : null;
        return new Operation(
                method.toUpperCase(Locale.ROOT),
                template,
                described.path("security").isEmpty(),
                queries,
                body == null ? null : body.getKey(),
                body == null ? described.path("requestBody") : body.getValue().path("schema"));
    }

    /** The schema itself: a reference is followed, and of alternatives the first is taken. */
    JsonNode resolve(JsonNode schema) {
        if (schema.has("$ref")) {
            String name = schema.path("$ref").asText().substring(REFERENCE.length());
            return resolve(document.path("components").path("schemas").path(name));
        }
        return schema.has("anyOf") ? resolve(schema.path("anyOf").get(0)) : schema;
    }

    /** What a resolved schema is of, besides null. */
    static String type(JsonNode schema) {
        JsonNode type = schema.path("type");
        return type.isArray() ? type.get(0).asText() : type.asText();
    }
}
