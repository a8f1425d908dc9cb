package vn.sotay.documents.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes paragraphs of the lines of pages, without page numbers, headers and footers: pure functions over places and words. */
final class Reflow {

    private static final Pattern PAGE_NUMBER =
            Pattern.compile("(?i)[^\\p{L}\\p{N}]*(?:Trang\\s+)?\\d{1,4}(?:\\s*/\\s*\\d{1,4})?[^\\p{L}\\p{N}]*");
    private static final Pattern BEGINS = Pattern.compile(
            "(?i)(?:(?:Phần|Chương|Mục|Tiểu mục)\\s+(?:thứ\\s+\\p{L}+|[IVXLC]+|\\d+)(?:\\s*[.:\\-–].*)?|Điều\\s+\\d+[a-zđ]?(?:\\s*[.:].*)?"
                    + "|\\d+[a-zđ]?[.)]\\s.*|\\d+(?:\\.\\d+)+\\.?\\s.*|[a-zđ]\\)\\s.*|[-–—•+*·▪●○■]\\s.*|[IVX]+\\.\\s.*)");

    /** Below this part of the width a line has ended because its paragraph has. */
    private static final float FULL = 0.88f;

    private static final Pattern HEADING = Pattern.compile(
            "(?i)(?:Điều\\s+\\d+[a-zđ]?\\s*[.:]|(?:Chương|Mục|Tiểu mục)\\s+(?:[IVXLC]+|\\d+)[.:]?)\\s+\\S");

    /** An article, whatever stands before it; one that is named at the end of a sentence has words before it that go on. */
    private static final Pattern ARTICLE = Pattern.compile("Điều\\s+\\d+[a-zđ]?\\.\\s+\\p{Lu}.*");

    private static final Pattern GOES_ON = Pattern.compile(
            "(?i).*(?:,|\\b(?:khoản|điểm|Điều)\\s+\\S{1,4}|(?<!\\p{L})(?:tại|và|theo|hoặc|của|các|với|đến|từ|khoản))");
    private static final int LONGEST_HEADING = 300;

    /** How much wider than the letters of its line those of one word may be. */
    private static final float WIDE_LETTERS = 1.4f;

    private static final float WIDE_GAP = 1.45f;
    private static final float INDENT = 10;
    private static final int EDGE = 2;
    private static final int OFTEN = 3;

    private Reflow() {}

    /** @param pages the lines of each page, from top to bottom */
    static List<String> paragraphs(List<List<Line>> pages) {
        List<String> paragraphs = new ArrayList<>();
        StringBuilder open = new StringBuilder();
        Page before = null;
        Line last = null;
        for (List<Line> lines : withoutFurniture(pages)) {
            Page page = Page.of(lines);
            for (Line line : lines) {
                if (last != null && before != null && begins(before, last, page, line, isHeading(open))) {
                    paragraphs.add(open.toString());
                    open.setLength(0);
                }
                open.append(open.length() == 0 ? "" : " ").append(line.text());
                last = line;
                before = page;
            }
        }
        if (open.length() > 0) {
            paragraphs.add(open.toString());
        }
        return paragraphs;
    }

    /** Whether a line begins a paragraph. */
    private static boolean begins(Page before, Line last, Page page, Line line, boolean afterHeading) {
        boolean full = last.right() >= before.left + (before.right - before.left) * FULL
                && last.right() + firstWord(line) > before.right;
        boolean ended = last.text().isEmpty()
                || ".:;!?”\"".indexOf(last.text().charAt(last.text().length() - 1)) >= 0;
        if (!full || (ended || afterHeading) && BEGINS.matcher(line.text()).matches()) {
            return true;
        }
        if (ARTICLE.matcher(line.text()).matches()
                && !GOES_ON.matcher(last.text()).matches()) {
            return true;
        }
        if (isCapitals(last.text()) != isCapitals(line.text())) {
            return true;
        }
        if (before != page) {
            return ended;
        }
        boolean indented = line.left() > page.left + INDENT && last.left() < line.left() - INDENT;
        return line.bottom() - last.bottom() > page.gap * WIDE_GAP || ended && indented;
    }

    /** Whether what has been gathered is the number and title of an article, which ends without a full stop. */
    private static boolean isHeading(CharSequence open) {
        return open.length() < LONGEST_HEADING && HEADING.matcher(open).lookingAt();
    }

    /** About how wide the first word of a line is, with the space before it: what would not have found room on the line before. */
    private static float firstWord(Line line) {
        int end = line.text().indexOf(' ');
        int letters = end < 0 ? line.text().length() : end;
        return (line.right() - line.left()) / Math.max(1, line.text().length()) * (letters + 1) * WIDE_LETTERS;
    }

    private static boolean isCapitals(String words) {
        return words.equals(words.toUpperCase(Locale.ROOT)) && words.chars().anyMatch(Character::isLetter);
    }

    /** Where the letters of a page stand, and how far apart its lines are. */
    private static final class Page {

        private final float left;
        private final float right;
        private final float gap;

        private Page(float left, float right, float gap) {
            this.left = left;
            this.right = right;
            this.gap = gap;
        }

        private static Page of(List<Line> lines) {
            List<Float> gaps = new ArrayList<>();
            for (int i = 1; i < lines.size(); i++) {
                float gap = lines.get(i).bottom() - lines.get(i - 1).bottom();
                if (gap > 0) {
                    gaps.add(gap);
                }
            }
            float left = (float) lines.stream().mapToDouble(Line::left).min().orElse(0);
            float right = (float) lines.stream().mapToDouble(Line::right).max().orElse(0);
            // lines within a paragraph are the nearest ones: paragraphs of one line each would hide them in a median
            List<Float> sorted = gaps.stream().sorted().toList();
            return new Page(left, right, sorted.isEmpty() ? Float.MAX_VALUE : sorted.get(sorted.size() / 4));
        }
    }

    // ---- what stands on every page

    private static List<List<Line>> withoutFurniture(List<List<Line>> pages) {
        Map<String, Integer> counts = new HashMap<>();
        for (List<Line> lines : pages) {
            Set<String> edges = new HashSet<>();
            for (int i = 0; i < lines.size(); i++) {
                String key = key(lines, i);
                if (key != null && edges.add(key)) {
                    counts.merge(key, 1, Integer::sum);
                }
            }
        }
        int often = Math.max(OFTEN, pages.size() / 2);
        List<List<Line>> kept = new ArrayList<>();
        for (List<Line> lines : pages) {
            List<Line> rest = new ArrayList<>();
            for (int i = 0; i < lines.size(); i++) {
                String key = key(lines, i);
                boolean outer = i == 0 || i == lines.size() - 1;
                if (!(key != null && counts.getOrDefault(key, 0) >= often)
                        && !(outer && PAGE_NUMBER.matcher(lines.get(i).text()).matches())) {
                    rest.add(lines.get(i));
                }
            }
            kept.add(rest);
        }
        return kept;
    }

    /** By what lines at the edge of pages are the same, whatever the number in them; null for others. */
    private static @Nullable String key(List<Line> lines, int i) {
        boolean top = i < EDGE;
        boolean bottom = i >= lines.size() - EDGE;
        return top || bottom ? (top ? "top " : "bottom ") + lines.get(i).text().replaceAll("\\d+", "#") : null;
    }
}
