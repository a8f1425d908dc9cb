package vn.sotay.news.text;

import java.util.List;
import org.commonmark.parser.Parser;

/**
 * Reads Markdown into blocks. There is no HTML on any way: what looks like HTML in a text is shown as it was written, a picture of
 * elsewhere is its words, and a link that may do harm is none. Pure, thread-safe.
 */
public final class NewsText {

    /** What an attacker writes is nested by the thousand; what people write, by three. */
    static final int DEEPEST = 20;

    private static final Parser PARSER =
            Parser.builder().maxOpenBlockParsers(DEEPEST + 1).build();

    private NewsText() {}

    /**
     * What came of reading.
     *
     * @param blocks in order; empty if the text is nested too deeply
     * @param faults rules that the text breaks: {@code too-deep}, {@code link-unsafe}; empty if it may be published
     */
    public record Reading(List<Block> blocks, List<String> faults) {}

    /** Reads a text. */
    public static Reading read(String markdown) {
        try {
            return new BlockWalk().walk(PARSER.parse(markdown));
        } catch (StackOverflowError e) {
            // the library merges words by recursion: emphasis within emphasis, by the thousand
            return new Reading(List.of(), List.of("too-deep"));
        }
    }
}
