package vn.sotay.platform.http;

import static vn.sotay.platform.http.Schemas.map;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import vn.sotay.platform.module.Module;

/** Describes a table of routes as OpenAPI 3.1. For one description; not thread-safe. */
final class OpenApi {

    private static final String JSON = "application/json";
    private static final String DESCRIPTION = "description";
    private static final String SCHEMA = "schema";
    private static final String CONTENT = "content";

    private static final Map<Integer, String> PROBLEMS = new TreeMap<>(Map.of(
            400, "the request cannot be read: malformed JSON, a parameter that is unknown or wrong",
            401, "nobody is signed in",
            403, "the caller may not do this",
            404, "there is no such thing, or none that the caller may know of",
            412, "it has changed since the caller read it; current is how it stands now",
            413, "the body is too large",
            415, "the body is of another media type",
            422, "fields are wrong: errors names them",
            503, "the module is stopped or being replaced: try again after Retry-After"));

    private final Schemas schemas = new Schemas();
    private final TreeSet<String> tags = new TreeSet<>();

    /** The description; {@code version} is the product's. */
    Map<String, Object> describe(RouteTable table, String version) {
        for (RouteSpec route : table.routes()) {
            if (route.bodyType != null) {
                schemas.reads(route.bodyType);
            }
        }
        Map<String, Map<String, Object>> paths = new LinkedHashMap<>();
        for (RouteSpec route : table.routes()) {
            paths.computeIfAbsent(route.template, template -> new LinkedHashMap<>())
                    .put(route.method.toLowerCase(Locale.ROOT), operation(route));
        }
        return map(
                "openapi",
                "3.1.0",
                "info",
                map(
                        "title",
                        "Sotay",
                        "version",
                        version,
                        DESCRIPTION,
                        "The modules that run now. Days are 2026-11-24, instants 2026-11-24T05:00:00Z; what is null is left out.",
                        "license",
                        map("name", "Apache-2.0", "identifier", "Apache-2.0")),
                "servers",
                List.of(map("url", "/")),
                "tags",
                tags.stream().map(tag -> map("name", tag)).toList(),
                "paths",
                paths,
                "components",
                components());
    }

    private Map<String, Object> components() {
        Map<String, Object> all = new TreeMap<>(schemas.all());
        all.put("Problem", problemSchema());
        Map<String, Object> responses = new LinkedHashMap<>();
        PROBLEMS.forEach((status, says) -> responses.put("Problem" + status, problem(says)));
        responses.put("Problem", problem("any other problem"));
        return map(
                "schemas",
                all,
                "responses",
                responses,
                "parameters",
                map(
                        "IfMatch",
                        header(
                                "If-Match",
                                "the ETag of what is to be replaced: 412 if it is another by now",
                                map("type", "string")),
                        "Device",
                        header(
                                Commands.DEVICE,
                                "of what a phone sends from its outbox: the outbox's own id. With "
                                        + Commands.SEQUENCE
                                        + " it is carried out once and in order, and answered again as the first time when it"
                                        + " is sent again, with " + Commands.REPEATED + ": true",
                                map("type", "string", "format", "uuid")),
                        "Sequence",
                        header(
                                Commands.SEQUENCE,
                                "its number in that outbox: 1, 2, 3 and so on. Settled by each answer but 401, 408, 425, 429"
                                        + " and 5xx; 409 command-early if those before it do not come",
                                map("type", "integer", "format", "int64", "minimum", 1))),
                "securitySchemes",
                map(
                        "bearer",
                        map("type", "http", "scheme", "bearer", DESCRIPTION, "the token of POST /api/session"),
                        "cookie",
                        map(
                                "type",
                                "apiKey",
                                "in",
                                "cookie",
                                "name",
                                "sotay",
                                DESCRIPTION,
                                "as POST /api/session sets it; writes must come from a page of the same origin")));
    }

    private static Map<String, Object> header(String name, String says, Map<String, Object> schema) {
        return map("name", name, "in", "header", DESCRIPTION, says, SCHEMA, schema);
    }

    private static Map<String, Object> problem(String says) {
        return map(
                DESCRIPTION,
                says,
                CONTENT,
                map("application/problem+json", map(SCHEMA, map("$ref", "#/components/schemas/Problem"))));
    }

    private static Map<String, Object> problemSchema() {
        Map<String, Object> text = map("type", "string");
        Map<String, Object> field = map(
                "type",
                "object",
                "properties",
                map("field", text, "rule", text, "message", text),
                "required",
                List.of("field", "rule", "message"));
        return map(
                "type",
                "object",
                DESCRIPTION,
                "RFC 9457, in the language of Accept-Language: vi, en or ko",
                "properties",
                map(
                        "type",
                        map("type", "string", DESCRIPTION, "urn:sotay:problem: and the code"),
                        "title",
                        text,
                        "status",
                        map("type", "integer"),
                        "detail",
                        text,
                        "errors",
                        map("type", "array", "items", field),
                        "current",
                        map(DESCRIPTION, "with 412: how it stands now"),
                        "expected",
                        map(
                                "type",
                                "integer",
                                DESCRIPTION,
                                "with 409 command-early: the Sotay-Sequence that would be next")),
                "required",
                List.of("type", "title", "status"));
    }

    private Map<String, Object> operation(RouteSpec route) {
        String tag = tag(route);
        tags.add(tag);
        Map<String, Object> operation = map("operationId", id(route), "tags", List.of(tag));
        if (!route.summary.isEmpty()) {
            operation.put("summary", route.summary);
        }
        operation.put("security", security(route));
        if (route.permission != null) {
            operation.put(
                    DESCRIPTION,
                    "Needs the permission `" + route.permission.name()
                            + "`, and sees or changes only what lies within its reach.");
        }
        List<Map<String, Object>> parameters = parameters(route);
        if (!parameters.isEmpty()) {
            operation.put("parameters", parameters);
        }
        if (route.body != RouteSpec.Body.NONE) {
            operation.put("requestBody", map("required", true, CONTENT, taken(route)));
        }
        operation.put("responses", responses(route));
        return operation;
    }

    /** The module, or what the platform's path begins with. */
    private static String tag(RouteSpec route) {
        if (!route.module.equals(Module.PLATFORM)) {
            return route.module;
        }
        return route.segments.size() > 1 ? route.segments.get(1) : route.segments.get(0);
    }

    private static String id(RouteSpec route) {
        StringBuilder id = new StringBuilder(route.method.toLowerCase(Locale.ROOT));
        for (String segment : route.segments) {
            if (!segment.equals("api")) {
                for (String word : segment.split("[^a-zA-Z0-9]+")) {
                    if (!word.isEmpty()) {
                        id.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
                    }
                }
            }
        }
        return id.toString();
    }

    private static List<Map<String, Object>> security(RouteSpec route) {
        return route.access == RouteSpec.Access.OPEN
                ? List.of()
                : List.of(map("bearer", List.of()), map("cookie", List.of()));
    }

    private List<Map<String, Object>> parameters(RouteSpec route) {
        List<Map<String, Object>> parameters = new ArrayList<>();
        for (String segment : route.segments) {
            if (RouteSpec.isVariable(segment)) {
                parameters.add(map(
                        "name",
                        segment.substring(1, segment.length() - 1),
                        "in",
                        "path",
                        "required",
                        true,
                        SCHEMA,
                        map("type", "string")));
            }
        }
        route.queries.forEach((name, query) -> parameters.add(map(
                "name",
                name,
                "in",
                "query",
                DESCRIPTION,
                query.says(),
                SCHEMA,
                route.givesPage && name.equals("limit")
                        ? map(
                                "type",
                                "integer",
                                "minimum",
                                1,
                                "maximum",
                                ApiRequest.LIMIT_MAX,
                                "default",
                                ApiRequest.LIMIT)
                        : schemas.of(route.module, query.type()))));
        if (isGuarded(route)) {
            parameters.add(map("$ref", "#/components/parameters/IfMatch"));
        }
        if (route.access != RouteSpec.Access.OPEN && !route.method.equals("GET")) {
            parameters.add(map("$ref", "#/components/parameters/Device"));
            parameters.add(map("$ref", "#/components/parameters/Sequence"));
        }
        return parameters;
    }

    private static boolean isGuarded(RouteSpec route) {
        return route.method.equals("PUT") && route.body == RouteSpec.Body.JSON || route.method.equals("DELETE");
    }

    private Map<String, Object> taken(RouteSpec route) {
        return switch (route.body) {
            case JSON -> json(schemas.of(route.module, Objects.requireNonNull(route.bodyType)));
            case FORM -> map("multipart/form-data", map(SCHEMA, map("type", "object")));
            default -> map("application/octet-stream", map());
        };
    }

    private static Map<String, Object> json(Map<String, Object> schema) {
        return map(JSON, map(SCHEMA, schema));
    }

    private Map<String, Object> responses(RouteSpec route) {
        Map<String, Object> responses = new LinkedHashMap<>();
        if (route.gives != null) {
            Map<String, Object> item = schemas.of(route.module, route.gives);
            Map<String, Object> content = new LinkedHashMap<>(json(route.givesPage ? page(item) : item));
            if (route.givesBytes) {
                content.put("*/*", map());
            }
            switch (route.method) {
                case "GET" -> responses.put("200", map(DESCRIPTION, "it, or a page of them", CONTENT, content));
                case "PUT" -> {
                    responses.put("200", map(DESCRIPTION, "as it stands now", CONTENT, content));
                    responses.put("201", map(DESCRIPTION, "it was made", CONTENT, content));
                }
                default -> responses.put("2XX", map(DESCRIPTION, "done, or begun", CONTENT, content));
            }
        } else if (route.givesBytes) {
            responses.put("200", map(DESCRIPTION, "bytes", CONTENT, map("*/*", map())));
        } else {
            responses.put("2XX", map(DESCRIPTION, "done"));
        }
        for (int status : problems(route)) {
            responses.put(Integer.toString(status), map("$ref", "#/components/responses/Problem" + status));
        }
        responses.put("default", map("$ref", "#/components/responses/Problem"));
        return responses;
    }

    private static Map<String, Object> page(Map<String, Object> item) {
        return map(
                "type",
                "object",
                "properties",
                map(
                        "items",
                        map("type", "array", "items", item),
                        "next",
                        map("type", List.of("string", "null"), DESCRIPTION, "after= for the page that follows")),
                "required",
                List.of("items", "next"));
    }

    private static TreeSet<Integer> problems(RouteSpec route) {
        TreeSet<Integer> problems = new TreeSet<>(List.of(400));
        if (route.access != RouteSpec.Access.OPEN) {
            problems.add(401);
            problems.add(403);
        }
        if (route.template.contains("{")) {
            problems.add(404);
        }
        if (isGuarded(route)) {
            problems.add(412);
        }
        if (route.body != RouteSpec.Body.NONE) {
            problems.add(413);
        }
        if (route.body == RouteSpec.Body.JSON || route.body == RouteSpec.Body.FORM) {
            problems.add(415);
            problems.add(422);
        }
        if (!route.module.equals(Module.PLATFORM)) {
            problems.add(503);
        }
        return problems;
    }
}
