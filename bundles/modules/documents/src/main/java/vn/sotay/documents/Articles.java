package vn.sotay.documents;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vn.sotay.documents.text.Headings;

/**
 * The articles of a text, as the page shows them: what {@code sotay/ui/text.js} makes of the same text has the same anchors. Pure
 * functions.
 */
final class Articles {

    private static final Pattern HEADING = Pattern.compile("#{1,6}\\s+(.*)");
    private static final Pattern ARTICLE = Pattern.compile("(?iu)(" + Headings.ARTICLE + ")(?![\\p{L}\\p{N}_]).*");
    private static final Pattern PART = Pattern.compile("(?iu)" + Headings.PART + ".*");
    private static final Pattern FRONT = Pattern.compile("\\A\ufeff?---\\h*\\R(?:[^\n]*\n){0,60}?---\\h*(?:\\R|\\z)");
    /** What parts the head of a table from what stands below it. */
    private static final Pattern RULE = Pattern.compile("\\|(?:\\s*:?-+:?\\s*\\|)+");

    private static final int LONGEST_ARTICLE = 200;
    private static final int LONGEST_PART = 120;

    private Articles() {}

    /**
     * A piece of a text.
     *
     * @param anchor where it is on the page, {@code dieu-12}; null for what stands before the first article or outside of any, and for
     *     articles of another file that have the number of one before
     * @param heading as it is written; empty for what is in no article
     */
    record Article(@Nullable String anchor, String heading, String text) {}

    /** Without what a Markdown file says of itself before its text, between two lines of three dashes. */
    static String withoutFront(String text) {
        return FRONT.matcher(text).replaceFirst("");
    }

    /** What is in no article first, then the articles in their order. */
    static List<Article> of(String text) {
        StringBuilder others = new StringBuilder();
        List<Article> articles = new ArrayList<>();
        Set<String> anchors = new HashSet<>();
        StringBuilder body = others;
        @Nullable String anchor = null;
        String heading = "";
        for (String line : Normalizer.normalize(text, Normalizer.Form.NFC).split("\\R")) {
            String trimmed = line.strip();
            Matcher marked = HEADING.matcher(trimmed);
            String words = plain(marked.matches() ? marked.group(1) : trimmed);
            String head = marked.matches() ? words : trimmed;
            Matcher article = ARTICLE.matcher(head);
            boolean begins = article.matches() && (marked.matches() || trimmed.length() < LONGEST_ARTICLE);
            boolean isPart = marked.matches() || PART.matcher(head).matches() && trimmed.length() < LONGEST_PART;
            if (begins || isPart) {
                if (body != others) {
                    articles.add(new Article(anchor, heading, body.toString().strip()));
                }
                body = begins ? new StringBuilder() : others;
                heading = words;
                String id = begins
                        ? "dieu-"
                                + article.group(1).replaceFirst("\\S+\\s+", "").toLowerCase(Locale.ROOT)
                        : "";
                anchor = begins && anchors.add(id) ? id : null;
            }
            if (!begins && !RULE.matcher(trimmed).matches()) {
                body.append(trimmed.startsWith("|") ? cells(words) : words).append('\n');
            }
        }
        if (body != others) {
            articles.add(new Article(anchor, heading, body.toString().strip()));
        }
        List<Article> all = new ArrayList<>();
        all.add(new Article(null, "", others.toString().strip()));
        all.addAll(articles);
        return all;
    }

    /** The words of a row of a table. */
    private static String cells(String row) {
        return row.replace("\\|", "\u0000")
                .replaceAll("\\s*\\|\\s*", " ")
                .replace('\u0000', '|')
                .strip();
    }

    /** Without what makes Markdown bold, and its escapes. */
    private static String plain(String line) {
        return line.replaceAll("\\*\\*(.+?)\\*\\*", "$1")
                .replaceAll("\\\\([*_#.-])", "$1")
                .strip();
    }
}
