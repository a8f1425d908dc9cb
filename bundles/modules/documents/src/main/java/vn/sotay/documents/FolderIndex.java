package vn.sotay.documents;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.job.Finding;
import vn.sotay.api.job.JobException;
import vn.sotay.api.text.Folding;
import vn.sotay.documents.Document.Relation;

/**
 * The {@code index.tsv} of a folder of documents: a line for each, fields parted by tabs, heads in English or Vietnamese. Pure functions;
 * {@code FolderIndexTest} has tables of what is read and refused.
 *
 * @param rows in the order of the lines; empty lines are left out
 * @param warnings of heads that are not known
 */
record FolderIndex(List<IndexRow> rows, List<Finding> warnings) {

    static final int MOST_ROWS = 2_000;

    private static final String BETWEEN_NUMBERS = "[;,]";

    /** The columns, with the heads under which they are known, folded. */
    private enum Column {
        FILE("file", "tep", "ten tep"),
        NUMBER("number", "so", "so, ky hieu", "so ky hieu", "so hieu"),
        TITLE("title", "ten", "ten tai lieu", "ten van ban", "trich yeu"),
        KIND("kind", "loai", "loai van ban"),
        ISSUER("issuer", "co quan ban hanh", "noi ban hanh"),
        LEVEL("level", "cap", "cap ban hanh"),
        SIGNED("signed", "ngay ky", "ngay ban hanh"),
        EFFECTIVE("effective", "co hieu luc tu", "ngay hieu luc", "ngay co hieu luc"),
        EXPIRES("expires", "het hieu luc tu", "ngay het hieu luc"),
        TOPICS("topics", "chu de", "linh vuc"),
        AUDIENCE("audience", "doi tuong", "pham vi", "don vi"),
        REPLACES("replaces", "thay the", "thay the van ban"),
        GUIDES("guides", "huong dan", "quy dinh chi tiet", "huong dan van ban"),
        AMENDED_BY("amended_by", "duoc sua doi boi", "duoc sua doi, bo sung boi"),
        REPLACED_BY("replaced_by", "duoc thay the boi");

        private final List<String> heads;

        Column(String... heads) {
            this.heads = List.of(heads);
        }

        String field() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final Map<String, Document.Kind> KINDS = kinds();
    private static final Map<String, Document.Level> LEVELS = levels();

    private static final Pattern ISO = Pattern.compile("(\\d{4})-(\\d{1,2})-(\\d{1,2})");
    private static final Pattern DAY_FIRST = Pattern.compile("(\\d{1,2})\\s*[/.-]\\s*(\\d{1,2})\\s*[/.-]\\s*(\\d{4})");

    private static Map<String, Document.Kind> kinds() {
        Map<String, Document.Kind> kinds = new HashMap<>();
        Stream.of(Document.Kind.values()).forEach(one -> kinds.put(one.name().toLowerCase(Locale.ROOT), one));
        kinds.putAll(Map.of(
                "nghi quyet", Document.Kind.RESOLUTION,
                "chi thi", Document.Kind.DIRECTIVE,
                "quy dinh", Document.Kind.REGULATION,
                "ket luan", Document.Kind.CONCLUSION,
                "quyet dinh", Document.Kind.DECISION,
                "huong dan", Document.Kind.GUIDANCE,
                "ke hoach", Document.Kind.PLAN,
                "chuong trinh", Document.Kind.PROGRAMME,
                "bao cao", Document.Kind.REPORT,
                "thong bao", Document.Kind.NOTICE));
        kinds.putAll(Map.of(
                "luat", Document.Kind.LAW,
                "bo luat", Document.Kind.LAW,
                "phap lenh", Document.Kind.LAW,
                "nghi dinh", Document.Kind.DECREE,
                "thong tu", Document.Kind.CIRCULAR,
                "thong tu lien tich", Document.Kind.CIRCULAR,
                "nghi quyet lien tich", Document.Kind.RESOLUTION,
                "khac", Document.Kind.OTHER,
                "van ban khac", Document.Kind.OTHER));
        return kinds;
    }

    private static Map<String, Document.Level> levels() {
        Map<String, Document.Level> levels = new HashMap<>();
        Stream.of(Document.Level.values()).forEach(one -> levels.put(one.name().toLowerCase(Locale.ROOT), one));
        levels.putAll(Map.of(
                "trung uong", Document.Level.CENTRAL,
                "tinh", Document.Level.PROVINCE,
                "xa", Document.Level.COMMUNE,
                "phuong", Document.Level.COMMUNE,
                "xa, phuong", Document.Level.COMMUNE,
                "chi bo", Document.Level.CELL,
                "nganh", Document.Level.SECTOR));
        return levels;
    }

    /** @throws JobException if there is nothing that can be read line by line */
    static FolderIndex read(String text) throws JobException {
        List<String> lines = text.startsWith("\ufeff")
                ? text.substring(1).lines().toList()
                : text.lines().toList();
        int head = 0;
        while (head < lines.size() && lines.get(head).isBlank()) {
            head++;
        }
        if (head == lines.size()) {
            throw new JobException("import.empty", Map.of());
        }
        List<Finding> warnings = new ArrayList<>();
        Map<Column, Integer> columns = heads(head + 1, cells(lines.get(head)), warnings);
        List<IndexRow> rows = new ArrayList<>();
        for (int i = head + 1; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                rows.add(new Line(i + 1, cells(lines.get(i)), columns).row());
            }
        }
        if (rows.isEmpty()) {
            throw new JobException("import.empty", Map.of());
        }
        if (rows.size() > MOST_ROWS) {
            throw new JobException("import.too-long", Map.of("most", MOST_ROWS));
        }
        return new FolderIndex(rows, warnings);
    }

    private static Map<Column, Integer> heads(int line, List<String> heads, List<Finding> warnings)
            throws JobException {
        Map<Column, Integer> columns = new EnumMap<>(Column.class);
        for (int i = 0; i < heads.size(); i++) {
            String head = Folding.fold(heads.get(i)).strip();
            Column column = Stream.of(Column.values())
                    .filter(one -> one.heads.contains(head))
                    .findFirst()
                    .orElse(null);
            if (column == null ? !head.isEmpty() : columns.putIfAbsent(column, i) != null) {
                warnings.add(new Finding(line, "", "import.head-unknown", Map.of("text", heads.get(i))));
            }
        }
        for (Column needed : List.of(Column.FILE, Column.TITLE, Column.KIND, Column.ISSUER, Column.LEVEL)) {
            if (!columns.containsKey(needed)) {
                throw new JobException("import.no-column", Map.of("column", needed.field()));
            }
        }
        return columns;
    }

    /** Cells as spreadsheets write them: one that has a quotation mark stands in quotation marks. */
    private static List<String> cells(String line) {
        return Arrays.stream(line.split("\t", -1))
                .map(String::strip)
                .map(cell -> cell.length() > 1 && cell.startsWith("\"") && cell.endsWith("\"")
                        ? cell.substring(1, cell.length() - 1)
                                .replace("\"\"", "\"")
                                .strip()
                        : cell)
                .toList();
    }

    /** The day that a text says, day before month; null if it says none. */
    static @Nullable LocalDate day(String text) {
        Matcher iso = ISO.matcher(text);
        Matcher dayFirst = DAY_FIRST.matcher(text);
        try {
            if (iso.matches()) {
                return LocalDate.of(number(iso, 1), number(iso, 2), number(iso, 3));
            }
            return dayFirst.matches()
                    ? LocalDate.of(number(dayFirst, 3), number(dayFirst, 2), number(dayFirst, 1))
                    : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static int number(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }

    /** One line that is being read. */
    private static final class Line {

        private final int number;
        private final List<String> cells;
        private final Map<Column, Integer> columns;
        private final List<Finding> refused = new ArrayList<>();

        Line(int number, List<String> cells, Map<Column, Integer> columns) {
            this.number = number;
            this.cells = cells;
            this.columns = columns;
        }

        IndexRow row() {
            List<String> files = list(Column.FILE, ";", 20, 500);
            if (files.isEmpty()) {
                refuse(Column.FILE, "import.missing", Map.of());
            }
            String title = required(Column.TITLE, 500);
            if (DocumentRules.bearsSecretStamp(title)) {
                refuse(Column.TITLE, "secret", Map.of());
            }
            if (files.stream().anyMatch(DocumentRules::bearsSecretStamp)) {
                refuse(Column.FILE, "secret", Map.of());
            }
            String issuer = required(Column.ISSUER, 200);
            Document.Kind kind = word(Column.KIND, KINDS, "import.kind-unknown");
            Document.Level level = word(Column.LEVEL, LEVELS, "import.level-unknown");
            LocalDate signed = day(Column.SIGNED);
            LocalDate effective = day(Column.EFFECTIVE);
            LocalDate expires = day(Column.EXPIRES);
            LocalDate begins = effective == null ? signed : effective;
            if (begins != null && expires != null && !expires.isAfter(begins)) {
                refuse(Column.EXPIRES, "before-begin", Map.of());
            }
            List<Relation> others = others();
            if (expires == null && others.stream().anyMatch(one -> one.kind() == Relation.Kind.REPLACED_BY)) {
                refuse(Column.EXPIRES, "import.missing", Map.of());
            }
            return new IndexRow(
                    number,
                    files,
                    optional(Column.NUMBER, 100),
                    title,
                    kind,
                    issuer,
                    level,
                    signed,
                    effective,
                    expires,
                    topics(),
                    optional(Column.AUDIENCE, 100),
                    list(Column.REPLACES, BETWEEN_NUMBERS, 50, 100),
                    others,
                    List.copyOf(refused));
        }

        /** What it has to do with documents that need not be in the library. */
        private List<Relation> others() {
            List<Relation> others = new ArrayList<>();
            Map.of(
                            Column.GUIDES, Relation.Kind.GUIDES,
                            Column.AMENDED_BY, Relation.Kind.AMENDED_BY,
                            Column.REPLACED_BY, Relation.Kind.REPLACED_BY)
                    .entrySet()
                    .stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(one -> list(one.getKey(), BETWEEN_NUMBERS, 10, 100)
                            .forEach(number -> others.add(new Relation(one.getValue(), null, number))));
            return others;
        }

        private String cell(Column column) {
            Integer at = columns.get(column);
            return at == null || at >= cells.size() ? "" : cells.get(at);
        }

        private void refuse(Column column, String rule, Map<String, Object> values) {
            refused.add(new Finding(number, column.field(), rule, values));
        }

        private String required(Column column, int most) {
            String cell = cell(column);
            if (cell.isEmpty()) {
                refuse(column, "import.missing", Map.of());
            }
            return atMost(column, cell, most);
        }

        private @Nullable String optional(Column column, int most) {
            String cell = atMost(column, cell(column), most);
            return cell.isEmpty() ? null : cell;
        }

        private String atMost(Column column, String text, int most) {
            if (text.codePointCount(0, text.length()) > most) {
                refuse(column, "import.too-many-characters", Map.of("most", most));
            }
            return text;
        }

        private <T> @Nullable T word(Column column, Map<String, T> words, String rule) {
            String cell = required(column, 100);
            T found = words.get(Folding.fold(cell).strip());
            if (found == null && !cell.isEmpty()) {
                refuse(column, rule, Map.of("text", cell));
            }
            return found;
        }

        private @Nullable LocalDate day(Column column) {
            String cell = cell(column);
            LocalDate day = cell.isEmpty() ? null : FolderIndex.day(cell);
            if (day == null && !cell.isEmpty()) {
                refuse(column, "import.no-day", Map.of("text", cell));
            }
            return day;
        }

        private List<String> list(Column column, String between, int most, int longest) {
            List<String> parts = Arrays.stream(cell(column).split(between))
                    .map(String::strip)
                    .filter(one -> !one.isEmpty())
                    .map(one -> atMost(column, one, longest))
                    .toList();
            if (parts.size() > most) {
                refuse(column, "import.too-many", Map.of("most", most));
            }
            return parts;
        }

        /** A topic that stands there twice counts once. */
        private List<String> topics() {
            Map<String, String> topics = new LinkedHashMap<>();
            list(Column.TOPICS, "[;,]", 20, 60).forEach(one -> topics.putIfAbsent(Folding.fold(one), one));
            return List.copyOf(topics.values());
        }
    }
}
