package vn.sotay.documents;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vn.sotay.documents.text.Headings;

/**
 * The paragraphs of a text, as the page shows them, each with the anchor at which an opinion hangs: {@code sotay/ui/text.js} makes the
 * same of the same text. Pure functions.
 *
 * <p>An anchor says what a paragraph is where it is numbered, {@code dieu-5-khoan-2-diem-a}, and else what stands in it, {@code p-1a2b3c4d}:
 * what comes or goes elsewhere in the text does not move it.
 */
final class Paragraphs {

    private static final Pattern HEADING = Pattern.compile("(#{1,6})\\s+(.*)");
    private static final Pattern ARTICLE = Pattern.compile("(?iu)(" + Headings.ARTICLE + ")(?![\\p{L}\\p{N}_]).*");
    private static final Pattern PART = Pattern.compile("(?iu)" + Headings.PART + ".*");
    private static final Pattern CLAUSE = Pattern.compile("(\\d+[a-zđ]?)\\.\\s.*");
    private static final Pattern POINT = Pattern.compile("([a-zđ])\\)\\s.*");
    private static final Pattern ITEM = Pattern.compile("[-*•+]\\s.*");
    private static final Pattern NOTE = Pattern.compile("\\*[^*].*\\*");
    private static final Pattern RULE = Pattern.compile("\\|(?:\\s*:?-+:?\\s*\\|)+");
    private static final Pattern CELLS = Pattern.compile("(?<!\\\\)\\|");

    private static final int LONGEST_ARTICLE = 200;
    private static final int LONGEST_PART = 120;
    private static final int FNV_BASIS = 0x811c9dc5;
    private static final int FNV_PRIME = 16_777_619;

    private final List<Block> blocks = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();
    private @Nullable String article;
    private boolean open;

    private Paragraphs() {}

    /**
     * A paragraph.
     *
     * @param anchor no two of a text have the same
     */
    record Paragraph(String anchor, String text) {}

    private enum Kind {
        PART,
        HEAD,
        TEXT
    }

    /** @param id of an article, or a clause of one; null for another paragraph, and for the second of the same number */
    private record Block(Kind kind, String text, @Nullable String id) {}

    /** @param text Markdown, without what it says of itself in front of it */
    static List<Paragraph> of(String text) {
        Paragraphs made = new Paragraphs();
        made.read(Normalizer.normalize(text, Normalizer.Form.NFC)
                .replaceAll("\\r\\n?", "\n")
                .lines()
                .map(Paragraphs::trim)
                .toList());
        return made.anchored();
    }

    private void read(List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.startsWith("|")
                    && i + 1 < lines.size()
                    && RULE.matcher(lines.get(i + 1)).matches()) {
                i = table(lines, i) - 1;
            } else {
                read(line);
            }
        }
    }

    /** @return the line after it */
    private int table(List<String> lines, int from) {
        List<String> rows = new ArrayList<>();
        int at = from;
        for (; at < lines.size() && lines.get(at).startsWith("|"); at++) {
            if (!RULE.matcher(lines.get(at)).matches()) {
                rows.add(cells(lines.get(at)));
            }
        }
        blocks.add(new Block(Kind.TEXT, String.join("\n", rows), null));
        open = false;
        return at;
    }

    private static String cells(String row) {
        String inner = row.substring(1, row.endsWith("|") && !row.endsWith("\\|") ? row.length() - 1 : row.length());
        return Stream.of(CELLS.split(inner, -1))
                .map(cell -> plain(cell.replace("\\|", "|")))
                .filter(cell -> !cell.isEmpty())
                .collect(Collectors.joining(" · "));
    }

    private void read(String line) {
        Matcher marked = HEADING.matcher(line);
        boolean isPart = PART.matcher(line).matches() && line.length() < LONGEST_PART;
        if (line.isEmpty()) {
            open = false;
        } else if (marked.matches()) {
            heading(marked.group(2), marked.group(1).length());
        } else if (ARTICLE.matcher(line).matches() && line.length() < LONGEST_ARTICLE || isPart) {
            heading(line, PART.matcher(line).matches() ? 2 : 3);
        } else if (ITEM.matcher(line).matches()) {
            add(Kind.TEXT, line.substring(2), null);
            open = true;
        } else if (NOTE.matcher(line).matches()) {
            add(Kind.TEXT, line.substring(1, line.length() - 1), null);
            open = false;
        } else {
            text(line);
        }
    }

    private void heading(String words, int level) {
        Matcher found = ARTICLE.matcher(plain(words));
        boolean isArticle = found.matches();
        article = isArticle
                ? "dieu-" + found.group(1).replaceFirst("\\S+\\s+", "").toLowerCase(Locale.ROOT)
                : null;
        add(isArticle || level > 2 ? Kind.HEAD : Kind.PART, words, article);
        open = false;
    }

    private void text(String line) {
        Matcher clause = CLAUSE.matcher(line);
        boolean isClause = clause.matches();
        if (open && !isClause && !POINT.matcher(line).matches()) {
            // a line that was broken goes on
            Block last = blocks.remove(blocks.size() - 1);
            blocks.add(new Block(last.kind(), last.text() + ' ' + plain(line), last.id()));
        } else {
            String id = article != null && isClause
                    ? article + "-khoan-" + clause.group(1).toLowerCase(Locale.ROOT)
                    : null;
            add(Kind.TEXT, line, id);
        }
        open = true;
    }

    private void add(Kind kind, String words, @Nullable String wanted) {
        blocks.add(new Block(kind, plain(words), wanted != null && ids.add(wanted) ? wanted : null));
    }

    private List<Paragraph> anchored() {
        Map<String, Integer> taken = new HashMap<>();
        List<Paragraph> all = new ArrayList<>();
        String within = null;
        for (Block block : blocks) {
            if (block.id() != null || block.kind() != Kind.TEXT) {
                within = block.id();
            }
            Matcher point = POINT.matcher(block.text());
            String base;
            if (block.id() != null) {
                base = block.id();
            } else if (within != null && block.kind() == Kind.TEXT && point.lookingAt()) {
                base = within + "-diem-" + point.group(1);
            } else {
                base = "p-" + hash(block.text());
            }
            int count = taken.merge(base, 1, Integer::sum);
            all.add(new Paragraph(count == 1 ? base : base + '-' + count, block.text()));
        }
        return all;
    }

    /** FNV-1a of the UTF-16 units: told by every browser, and of no use for anything but telling texts apart. */
    private static String hash(String text) {
        int hash = FNV_BASIS;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * FNV_PRIME;
        }
        return String.format(Locale.ROOT, "%08x", hash);
    }

    /** Without what makes Markdown bold, and its escapes. */
    private static String plain(String line) {
        return trim(line.replaceAll("\\*\\*(.+?)\\*\\*", "$1").replaceAll("\\\\([*_#.-])", "$1"));
    }

    /** As browsers do, blanks that do not break included. */
    private static String trim(String line) {
        int from = 0;
        int to = line.length();
        while (from < to && isBlank(line.charAt(from))) {
            from++;
        }
        while (to > from && isBlank(line.charAt(to - 1))) {
            to--;
        }
        return line.substring(from, to);
    }

    private static boolean isBlank(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\ufeff';
    }
}
