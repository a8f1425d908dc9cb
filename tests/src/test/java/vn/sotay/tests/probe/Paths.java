package vn.sotay.tests.probe;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import vn.sotay.testkit.Client;
import vn.sotay.testkit.Response;

/**
 * Fills the variables of paths with what there is, found by asking people who may know of it: the page that lists what a variable
 * stands for, or the list of that name in the thing above. Not thread-safe.
 */
final class Paths {

    private static final List<String> ANY = List.of(UUID.randomUUID().toString());

    /** Values where asking does not help, nor matters which: of such things none are made, or who asks for them sees its own alone. */
    private static final Map<String, List<String>> ANYWHERE = Map.ofEntries(
            Map.entry("/api/docs/{file}", List.of("docs.js")),
            Map.entry("/api/access/emergencies/{id}", ANY),
            Map.entry("/api/accounts/{account}", ANY),
            Map.entry("/api/members/{id}/sessions/{session}", ANY),
            Map.entry("/api/me/passkeys/{passkey}", ANY),
            Map.entry("/api/me/corrections/{id}", ANY),
            Map.entry("/api/meetings/{id}/slips/{member}", ANY),
            Map.entry("/api/documents/{id}/acknowledgements/{member}", ANY),
            Map.entry("/api/documents/{id}/opinions/{opinion}", ANY),
            Map.entry("/api/documents/{id}/cells/{cell}/opinions/{anchor}", List.of("all")),
            Map.entry("/api/news/{id}/receipts/{member}", ANY),
            Map.entry("/api/news/feed/{token}", List.of("A".repeat(43))),
            Map.entry("/api/members/{member}", ANY),
            Map.entry("/api/notices/{id}/calls/{member}", ANY),
            Map.entry("/api/members/{member}/corrections/{id}", ANY),
            Map.entry("/api/dues/accounts/{id}", ANY),
            Map.entry("/api/dues/requests/{id}", ANY),
            Map.entry("/api/dues/transfers/{id}", ANY),
            Map.entry("/api/dues/plans/{id}", ANY),
            Map.entry("/api/dues/remittances/{id}", ANY),
            Map.entry("/api/dues/books/{id}/closings/{day}", List.of("2026-11-24")));

    private final List<Client> people;
    private final Map<String, List<String>> told;
    private final Map<String, List<String>> found = new LinkedHashMap<>();

    /**
     * @param people the first of them who sees anything is believed
     * @param told values by the path up to the variable, where asking does not help
     */
    Paths(List<Client> people, Map<String, List<String>> told) {
        this.people = people;
        this.told = new LinkedHashMap<>(ANYWHERE);
        this.told.putAll(told);
    }

    /** The variables of a path that were filled, in their order. */
    record Filled(String path, List<String> values) {

        private Filled and(String segment) {
            return new Filled(path + '/' + segment, values);
        }

        private Filled with(String value) {
            List<String> more = new ArrayList<>(values);
            more.add(value);
            return new Filled(path + '/' + value, more);
        }
    }

    /**
     * All paths of this form that there are; the form itself if it has no variables.
     *
     * @throws AssertionError if there is none: somebody has to tell a value
     */
    List<Filled> of(String template) {
        List<Filled> paths = List.of(new Filled("", List.of()));
        String form = "";
        for (String segment : template.substring(1).split("/")) {
            form += '/' + segment;
            List<Filled> longer = new ArrayList<>();
            for (Filled path : paths) {
                if (segment.startsWith("{")) {
                    String name = segment.substring(1, segment.length() - 1);
                    values(form, path.path(), name).forEach(value -> longer.add(path.with(value)));
                } else {
                    longer.add(path.and(segment));
                }
            }
            paths = longer;
        }
        if (paths.isEmpty()) {
            throw new AssertionError(
                    "nobody said how to fill " + template + ": make the demo show such a thing, or tell its value");
        }
        return paths;
    }

    private List<String> values(String form, String before, String name) {
        return told.containsKey(form)
                ? told.get(form)
                : found.computeIfAbsent(before + ' ' + name, key -> ask(before, name));
    }

    private List<String> ask(String collection, String name) {
        String above = collection.substring(0, collection.lastIndexOf('/'));
        String list = collection.substring(above.length() + 1);
        for (Client person : people) {
            Set<String> values = new LinkedHashSet<>();
            items(person.get(collection), "items").forEach(item -> values.add(value(item, name)));
            if (values.isEmpty()) {
                items(person.get(above), list).forEach(item -> values.add(value(item, name)));
            }
            values.remove("");
            if (!values.isEmpty()) {
                return List.copyOf(values);
            }
        }
        return List.of();
    }

    private static JsonNode items(Response reply, String list) {
        return reply.status() == 200 && reply.header("Content-Type").startsWith("application/json")
                ? reply.json().path(list)
                : com.fasterxml.jackson.databind.node.MissingNode.getInstance();
    }

    private static String value(JsonNode item, String name) {
        return (item.has(name) ? item.path(name) : item.path("id")).asText();
    }
}
