package vn.sotay.documents.text;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * The numbers that a word processor gives to paragraphs, such as "Điều 3." and "a)", which stand nowhere in the text. Reads
 * {@code numbering.xml}, then counts. For one thread.
 */
final class Numbering {

    private static final String WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    private static final Pattern PLACE = Pattern.compile("%([1-9])");
    private static final int LEVELS = 9;
    private static final int MOST_LISTS = 5_000;
    private static final int LONGEST_LABEL = 60;
    private static final String[] TENS = {"", "x", "xx", "xxx", "xl", "l", "lx", "lxx", "lxxx", "xc"};
    private static final String[] ONES = {"", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"};

    /** One kind of list, with its nine levels, and how far it has counted. */
    private static final class Kind {

        private final int[] starts = new int[LEVELS];
        private final String[] formats = new String[LEVELS];
        private final String[] texts = new String[LEVELS];
        private final int[] counts = new int[LEVELS];
        private final boolean[] goesOn = new boolean[LEVELS];

        Kind() {
            Arrays.fill(starts, 1);
            Arrays.fill(formats, "decimal");
            Arrays.fill(texts, "");
        }
    }

    private final Map<String, Kind> kinds = new HashMap<>();
    private final Map<String, String> lists = new HashMap<>();
    private @Nullable Kind kind;
    private @Nullable String list;
    private int level;

    void event(XMLStreamReader in) {
        if (in.getEventType() == XMLStreamConstants.START_ELEMENT && kinds.size() + lists.size() < MOST_LISTS) {
            begin(in);
        } else if (in.getEventType() == XMLStreamConstants.END_ELEMENT
                && in.getLocalName().equals("abstractNum")) {
            kind = null;
        }
    }

    private void begin(XMLStreamReader in) {
        String value = in.getAttributeValue(WORDS, "val");
        switch (in.getLocalName()) {
            case "abstractNum" -> {
                kind = new Kind();
                kinds.put(String.valueOf(in.getAttributeValue(WORDS, "abstractNumId")), kind);
            }
            case "num" -> list = in.getAttributeValue(WORDS, "numId");
            case "abstractNumId" -> {
                if (list != null) {
                    lists.put(list, String.valueOf(value));
                }
            }
            case "lvl" -> level = level(in.getAttributeValue(WORDS, "ilvl"));
            default -> {
                if (kind != null && value != null) {
                    ofLevel(kind, in.getLocalName(), value);
                }
            }
        }
    }

    private void ofLevel(Kind of, String name, String value) {
        switch (name) {
            case "start" -> of.starts[level] = value.matches("\\d{1,6}") ? Integer.parseInt(value) : 1;
            // articles are counted through all chapters
            case "lvlRestart" -> of.goesOn[level] = value.equals("0");
            case "numFmt" -> of.formats[level] = value;
            case "lvlText" -> of.texts[level] = value.length() > LONGEST_LABEL ? "" : value;
            default -> {}
        }
    }

    private static int level(@Nullable String value) {
        return value != null && value.matches("[0-8]") ? value.charAt(0) - '0' : 0;
    }

    /**
     * The number of the next paragraph of a list.
     *
     * @return {@code -} for a list that has marks and no numbers; empty for one that has neither
     */
    String next(@Nullable String listId, @Nullable String ofLevel) {
        Kind of = listId == null ? null : kinds.get(lists.getOrDefault(listId, ""));
        if (of == null) {
            return "0".equals(listId) ? "" : "-";
        }
        int at = level(ofLevel);
        for (int i = 0; i < at; i++) {
            of.counts[i] = Math.max(of.counts[i], 1);
        }
        of.counts[at]++;
        for (int i = at + 1; i < LEVELS; i++) {
            of.counts[i] = of.goesOn[i] ? of.counts[i] : 0;
        }
        if (of.formats[at].equals("bullet")) {
            return "-";
        }
        return PLACE.matcher(of.texts[at])
                .replaceAll(
                        one -> Matcher.quoteReplacement(number(of, one.group(1).charAt(0) - '1')));
    }

    private static String number(Kind of, int at) {
        int value = of.starts[at] + Math.max(of.counts[at], 1) - 1;
        return switch (of.formats[at]) {
            case "upperRoman" -> roman(value).toUpperCase(Locale.ROOT);
            case "lowerRoman" -> roman(value);
            case "upperLetter" -> letter(value).toUpperCase(Locale.ROOT);
            case "lowerLetter" -> letter(value);
            case "none" -> "";
            default -> String.valueOf(value);
        };
    }

    private static String roman(int value) {
        return value < 1 || value > 99 ? String.valueOf(value) : TENS[value / 10] + ONES[value % 10];
    }

    /** a to z, then aa, bb. */
    private static String letter(int value) {
        return value < 1 || value > 26 * 9
                ? String.valueOf(value)
                : String.valueOf((char) ('a' + (value - 1) % 26)).repeat((value - 1) / 26 + 1);
    }
}
