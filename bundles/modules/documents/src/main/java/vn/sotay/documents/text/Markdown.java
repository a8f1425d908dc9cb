package vn.sotay.documents.text;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Paragraphs as they come, written down as Markdown: chapters and articles are known by their words, whatever the file calls them. For one
 * thread.
 */
final class Markdown {

    /** Bytes of a text at most: what a phone takes along and shows. */
    static final int MOST = 1_900_000;

    private static final Pattern ARTICLE = Pattern.compile("(?iu)(" + Headings.ARTICLE + ")\\s*(?:[.:]\\s*(.*))?");
    private static final Pattern PART = Pattern.compile("(?iu)" + Headings.PART + "(?:\\s*[.:\\-–].*)?");
    private static final Pattern BARE_PART = Pattern.compile("[^.:\\-–]{1,40}[.:]?");
    private static final Pattern ITEM = Pattern.compile("[-–—•+*·▪●○■]\\s+(.+)");
    private static final int LONGEST_PART = 200;
    private static final int LONGEST_ARTICLE = 180;
    private static final int LONGEST_TITLE = 300;
    private static final Pattern SENTENCE = Pattern.compile("[.:;,!?]$");

    private static final int SHORT_CELL = 3;
    private static final int LONGEST_CELL = 200;
    private static final int LONGEST_CELL_BELOW = 600;

    private final StringBuilder text = new StringBuilder();
    private final List<String> head = new ArrayList<>();
    private @Nullable String part;

    /** Of a table that may begin with it: alone it is a line, as the two columns of a letterhead are. */
    private List<String> firstRow = List.of();

    /** How many the table has that is being written; 0 if none is. */
    private int columns;

    private int bytes;
    private int letters;
    private boolean full;

    /** Whether no more is taken. */
    boolean isFull() {
        return full;
    }

    /** How many letters and digits there are. */
    int letters() {
        return letters;
    }

    /** The first paragraphs as they came. */
    List<String> head() {
        return head;
    }

    /** What was taken so far. */
    String text() {
        endTable();
        flushPart();
        return text.toString();
    }

    /** @param raw a paragraph in one piece; an empty one is left out */
    void paragraph(String raw) {
        String words = clean(raw);
        if (words.isEmpty() || full) {
            return;
        }
        remember(words);
        endTable();
        if (part != null && isTitle(words)) {
            part = part.replaceFirst("[.:]$", "") + ". " + words;
            flushPart();
            return;
        }
        flushPart();
        Matcher article = ARTICLE.matcher(words);
        Matcher item = ITEM.matcher(words);
        if (PART.matcher(words).matches() && words.length() < LONGEST_PART) {
            part = words;
            if (!BARE_PART.matcher(words).matches()) {
                flushPart();
            }
        } else if (article.matches()) {
            article(words, article);
        } else if (item.matches()) {
            add("- " + item.group(1));
        } else {
            add(escape(words));
        }
    }

    /** @param level from 1 */
    void heading(int level, String raw) {
        String words = clean(raw);
        if (ARTICLE.matcher(words).matches() || PART.matcher(words).matches() || words.length() >= LONGEST_PART) {
            paragraph(words);
        } else if (!words.isEmpty() && !full) {
            remember(words);
            endTable();
            flushPart();
            add((level <= 2 ? "## " : "### ") + words);
        }
    }

    /** Of a list that the file numbers or marks itself. */
    void item(String raw) {
        String words = clean(raw);
        paragraph(words.isEmpty() || ITEM.matcher(words).matches() ? words : "- " + words);
    }

    /** What follows is no row of the table before, if there is one. */
    void endTable() {
        if (!firstRow.isEmpty()) {
            String line = String.join(" | ", firstRow);
            firstRow = List.of();
            flushPart();
            add(escape(line));
        }
        columns = 0;
    }

    /**
     * A row of a table; the first one is its head.
     *
     * @param cells with the paragraphs of each
     */
    void row(List<List<String>> cells) {
        List<String> words = cells.stream()
                .map(one -> one.stream()
                        .map(Markdown::clean)
                        .filter(text -> !text.isEmpty())
                        .collect(Collectors.joining(" ")))
                .toList();
        boolean isRow = words.stream().filter(text -> !text.isEmpty()).count() > (begun() ? 0 : 1)
                && cells.stream().allMatch(one -> one.size() <= SHORT_CELL)
                && words.stream()
                        .noneMatch(text -> text.length() > (begun() ? LONGEST_CELL_BELOW : LONGEST_CELL)
                                || ARTICLE.matcher(text).matches()
                                || PART.matcher(text).matches());
        if (!isRow) {
            // what is set as a table to stand where it stands is text
            cells.stream().flatMap(List::stream).forEach(this::paragraph);
        } else if (!full) {
            // a stamp may stand in a cell
            words.forEach(this::remember);
            tableRow(words);
        }
    }

    private boolean begun() {
        return columns > 0 || !firstRow.isEmpty();
    }

    private void tableRow(List<String> words) {
        if (columns > 0 && words.size() <= columns) {
            append(line(words, columns) + "\n");
        } else if (columns == 0 && !firstRow.isEmpty() && words.size() <= firstRow.size()) {
            List<String> head = firstRow;
            firstRow = List.of();
            flushPart();
            add(line(head, head.size()) + "\n|" + " --- |".repeat(head.size()) + '\n' + line(words, head.size()));
            columns = head.size();
        } else {
            endTable();
            firstRow = words;
        }
    }

    /** As Markdown writes a row; one with cells that were joined has empty ones at its end. */
    private static String line(List<String> words, int columns) {
        return "| "
                + words.stream().map(text -> text.replace("|", "\\|")).collect(Collectors.joining(" | "))
                + " |".repeat(columns - words.size() + 1);
    }

    private void article(String words, Matcher article) {
        if (words.length() <= LONGEST_ARTICLE
                || words.length() <= LONGEST_TITLE && !SENTENCE.matcher(words).find()) {
            add("### " + words);
        } else {
            // an article without a title: its number is the heading, and what it says a paragraph
            add("### " + article.group(1));
            add(escape(article.group(2)));
        }
    }

    /** What stands below "Chương II" and is its title. */
    private static boolean isTitle(String words) {
        return words.length() < LONGEST_PART
                && words.equals(words.toUpperCase(Locale.ROOT))
                && !PART.matcher(words).matches()
                && !ARTICLE.matcher(words).matches();
    }

    private void flushPart() {
        if (part != null) {
            String heading = part;
            part = null;
            add("## " + heading);
        }
    }

    private void remember(String words) {
        if (head.size() < 100) {
            head.add(words);
        }
        letters += (int) words.codePoints().filter(Character::isLetterOrDigit).count();
    }

    private void add(String block) {
        append((text.length() > 0 ? "\n" : "") + block + '\n');
    }

    private void append(String lines) {
        int length = lines.getBytes(StandardCharsets.UTF_8).length;
        if (bytes + length > MOST) {
            full = true;
            return;
        }
        bytes += length;
        text.append(lines);
    }

    private static String escape(String words) {
        return words.startsWith("#") || words.startsWith("*") ? "\\" + words : words;
    }

    /** One line of composed letters, without what has no shape: private letters of a font, marks of direction, control characters. */
    static String clean(String raw) {
        String shown = Normalizer.normalize(raw, Normalizer.Form.NFC)
                .replaceAll("[\\p{Cntrl}\\s\\u00a0\\u2028\\u2029]+", " ")
                .replaceAll("[\\p{Cf}\\p{Co}\\p{Cn}\\p{Cs}\\ufffd]", "");
        return shown.replaceAll(" {2,}", " ").strip();
    }
}
