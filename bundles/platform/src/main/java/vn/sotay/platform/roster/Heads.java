package vn.sotay.platform.roster;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.sotay.api.text.Folding;
import vn.sotay.platform.json.Json;

/**
 * Knows the heads of columns: those of Sotay's own rosters, and what offices write instead. Both are data, in {@code heads.json}; a
 * province adds its own words in {@code roster-heads.json} of its configuration. Immutable.
 */
final class Heads {

    private static final Logger LOG = LoggerFactory.getLogger(Heads.class);

    /** Rows in which the heads are looked for: covers are shorter. */
    static final int SEARCHED_ROWS = 50;

    private static final Pattern ASIDE = Pattern.compile("\\([^)]*\\)");
    private static final Pattern NO_LETTERS = Pattern.compile("[^\\p{L}\\p{N}]+");

    /**
     * The words for one field.
     *
     * @param heads taken as they are; the first one stands in what Sotay writes
     * @param synonyms taken when somebody has confirmed them
     */
    record Words(List<String> heads, List<String> synonyms) {
        Words {
            heads = heads == null ? List.of() : List.copyOf(heads);
            synonyms = synonyms == null ? List.of() : List.copyOf(synonyms);
        }
    }

    /**
     * A column with a head.
     *
     * @param column its number, the first is 1
     * @param head as written
     * @param field word of the {@link Field} that it seems to hold; null if it is not known: left out
     * @param certain whether nobody needs to confirm it
     */
    record Column(int column, String head, @Nullable String field, boolean certain) {}

    /**
     * The row with the heads.
     *
     * @param line of the file
     */
    record Row(int line, List<Column> columns) {

        Row {
            columns = List.copyOf(columns);
        }

        boolean isCertain() {
            return columns.stream().allMatch(Column::certain);
        }

        /** How many fields were found. */
        int fields() {
            return (int)
                    columns.stream().filter(column -> column.field() != null).count();
        }

        boolean has(Field field) {
            return columns.stream().anyMatch(column -> field.word().equals(column.field()));
        }
    }

    private final Map<String, Field> certain = new HashMap<>();
    private final Map<String, Field> likely = new HashMap<>();
    private final Map<Field, String> own = new HashMap<>();

    private Heads() {}

    /**
     * The words of Sotay and those of the province, if its file can be used.
     *
     * @param configuration folder with the province's configuration; null if there is none
     */
    static Heads ofProvince(@Nullable String configuration) {
        try {
            return load(configuration == null ? null : Path.of(configuration, "roster-heads.json"));
        } catch (IOException e) {
            LOG.error("{}; rosters are read without it", e.getMessage());
            return ofSotay();
        }
    }

    private static Heads ofSotay() {
        try {
            return load(null);
        } catch (IOException e) {
            throw new IllegalStateException("this bundle is broken", e);
        }
    }

    /**
     * Reads the words of Sotay and those of the province.
     *
     * @param more the province's file; it may be missing
     * @throws IOException if a file is there and is wrong; the message says where
     */
    static Heads load(@Nullable Path more) throws IOException {
        ObjectMapper mapper = Json.ownFiles();
        Heads heads = new Heads();
        try (InputStream in = Objects.requireNonNull(Heads.class.getResourceAsStream("heads.json"))) {
            heads.add(mapper.readValue(in, new TypeReference<Map<String, Words>>() {}));
        }
        if (more != null && Files.exists(more)) {
            try (InputStream in = Files.newInputStream(more)) {
                heads.add(mapper.readValue(in, new TypeReference<Map<String, Words>>() {}));
            } catch (IOException | IllegalArgumentException e) {
                throw new IOException(more + " cannot be used: " + e.getMessage(), e);
            }
        }
        return heads;
    }

    private void add(Map<String, Words> words) {
        words.forEach((word, each) -> {
            Field field = Field.of(word).orElseThrow(() -> new IllegalArgumentException("no such field: " + word));
            each.heads().forEach(head -> {
                certain.put(key(head), field);
                own.putIfAbsent(field, head);
            });
            each.synonyms().forEach(head -> likely.put(key(head), field));
        });
    }

    /** What Sotay itself writes above such a column. */
    String own(Field field) {
        return Objects.requireNonNull(own.get(field));
    }

    /** The row with the heads among these, if one names the members and something about them. */
    Optional<Row> find(List<RawRow> rows) {
        Row best = null;
        for (RawRow row : rows) {
            Row read = read(row);
            if (read.has(Field.NAME) && read.fields() >= 2 && (best == null || read.fields() > best.fields())) {
                best = read;
            }
        }
        return Optional.ofNullable(best);
    }

    /** The row read as heads; a second column for the same field is one that is not known. */
    Row read(RawRow row) {
        Set<Field> certainOnes = EnumSet.noneOf(Field.class);
        for (Value value : row.values()) {
            Field field = certain.get(key(value.text()));
            if (field != null) {
                certainOnes.add(field);
            }
        }
        Set<Field> taken = EnumSet.noneOf(Field.class);
        List<Column> columns = new ArrayList<>();
        for (int column = 1; column <= row.values().size(); column++) {
            String head = row.at(column).text();
            if (head.isEmpty()) {
                continue;
            }
            Field field = certain.get(key(head));
            boolean isCertain = field != null;
            if (field == null) {
                field = likely.get(key(head));
                if (field != null && certainOnes.contains(field)) {
                    field = null;
                }
            }
            if (field != null && !taken.add(field)) {
                field = null;
            }
            columns.add(new Column(column, head, field == null ? null : field.word(), isCertain && field != null));
        }
        return new Row(row.line(), columns);
    }

    private static String key(String head) {
        String bare = ASIDE.matcher(Folding.fold(head)).replaceAll(" ");
        return NO_LETTERS.matcher(bare).replaceAll(" ").strip();
    }
}
