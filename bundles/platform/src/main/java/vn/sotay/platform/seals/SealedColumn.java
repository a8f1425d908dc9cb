package vn.sotay.platform.seals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vn.sotay.platform.module.Module;
import vn.sotay.platform.module.ModuleException;

/**
 * A column that a module seals.
 *
 * @param keys the columns that tell its rows apart
 * @param hash the column with what it is found by; null if nobody searches
 * @param plainColumn where an earlier version had it plainly; null if none had
 * @param plainPayload the component of a payload in which an earlier version told it plainly, with the type before it: {@code
 *     meeting-answer.reason}; null if none did
 */
record SealedColumn(
        String module,
        String table,
        List<String> keys,
        String field,
        String column,
        @Nullable String hash,
        @Nullable String plainColumn,
        @Nullable String plainPayload) {

    /** A name that both databases know without quotes; it becomes part of SQL. */
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,59}");

    private static final Pattern FIELD = Pattern.compile("[a-z][a-z0-9-]{0,59}");
    private static final Pattern PAYLOAD = Pattern.compile("[a-z][a-z0-9-]{0,59}\\.[a-z][A-Za-z0-9]{0,58}");
    private static final Set<String> TABLE_KEYS = Set.of("key", "fields");
    private static final Set<String> FIELD_KEYS = Set.of("column", "hash", "was");
    private static final Set<String> WAS_KEYS = Set.of("column", "payload");
    private static final int MOST_KEYS = 3;

    /** What a module declares in {@code sealed} of its {@code module.json}. */
    static List<SealedColumn> of(Module module) throws ModuleException {
        return of(module.id(), module.descriptor().path("sealed"));
    }

    static List<SealedColumn> of(String module, JsonNode sealed) throws ModuleException {
        List<SealedColumn> all = new ArrayList<>();
        Set<String> fields = new HashSet<>();
        for (Map.Entry<String, JsonNode> table : sealed.properties()) {
            known(module, table.getValue(), TABLE_KEYS);
            List<String> keys = keys(module, table.getValue().path("key"));
            for (Map.Entry<String, JsonNode> field :
                    table.getValue().path("fields").properties()) {
                known(module, field.getValue(), FIELD_KEYS);
                JsonNode was = field.getValue().path("was");
                known(module, was, WAS_KEYS);
                if (!fields.add(field.getKey())) {
                    throw new ModuleException(file(module) + ": the sealed field " + field.getKey()
                            + " stands in two tables: name one anew");
                }
                all.add(new SealedColumn(
                        module,
                        name(module, table.getKey(), NAME),
                        keys,
                        name(module, field.getKey(), FIELD),
                        name(module, field.getValue().path("column").asText(), NAME),
                        nameOrNull(module, field.getValue().path("hash"), NAME),
                        was.isMissingNode()
                                ? null
                                : name(module, was.path("column").asText(), NAME),
                        nameOrNull(module, was.path("payload"), PAYLOAD)));
            }
        }
        return all;
    }

    private static List<String> keys(String module, JsonNode key) throws ModuleException {
        List<String> keys = new ArrayList<>();
        for (JsonNode one : key.isArray() ? key : List.of(key)) {
            keys.add(name(module, one.asText(), NAME));
        }
        if (keys.isEmpty() || keys.size() > MOST_KEYS) {
            throw new ModuleException(
                    file(module) + " has a \"key\" of " + keys.size() + " columns: 1 to " + MOST_KEYS);
        }
        return List.copyOf(keys);
    }

    private static @Nullable String nameOrNull(String module, JsonNode name, Pattern form) throws ModuleException {
        return name.isMissingNode() ? null : name(module, name.asText(), form);
    }

    private static String file(String module) {
        return "\"sealed\" in module.json of " + module;
    }

    private static void known(String module, JsonNode node, Set<String> keys) throws ModuleException {
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            if (!keys.contains(entry.getKey())) {
                throw new ModuleException(
                        file(module) + " has \"" + entry.getKey() + "\", which is not known: known are "
                                + String.join(", ", keys.stream().sorted().toList()));
            }
        }
    }

    private static String name(String module, String name, Pattern form) throws ModuleException {
        if (!form.matcher(name).matches()) {
            throw new ModuleException(file(module) + " names \"" + name
                    + "\": a table needs \"key\" and \"fields\", a field its \"column\", all in lower-case letters,"
                    + " a \"payload\" is a type's component: type.component");
        }
        return name;
    }

    /** What its values are bound to, besides the key of their row; no field of the platform has a slash. */
    static String context(String module, String field) {
        return "module/" + module + '.' + field;
    }

    String context() {
        return context(module, field);
    }

    /** Table and column. */
    String place() {
        return table + ' ' + column;
    }
}
