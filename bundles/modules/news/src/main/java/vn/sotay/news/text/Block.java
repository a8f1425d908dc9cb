package vn.sotay.news.text;

import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.http.Range;

/**
 * A part of a text that stands by itself. A page that does not know a kind shows it as a paragraph.
 *
 * @param level of a heading 1 or 2, of an item 1 to 3, how deep it stands; null for others
 * @param number of an item that is counted; null for others
 */
public record Block(
        Kind kind,
        @Nullable Integer level,
        @Nullable Integer number,
        @Range(max = 16_000) List<Span> spans) {

    /** Sorts of blocks. */
    public enum Kind {
        HEADING,
        PARAGRAPH,
        ITEM,
        QUOTE
    }

    /** Its words alone. */
    public String words() {
        StringBuilder words = new StringBuilder();
        spans.forEach(one -> words.append(one.text()));
        return words.toString();
    }
}
