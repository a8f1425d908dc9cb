package vn.sotay.documents.text;

import java.util.List;

/** The text of pages in whose pictures a program has recognised lines, as that of any PDF. Pure functions. */
public final class Recognised {

    private Recognised() {}

    /** @param pages the lines of each page */
    public static Extract text(List<List<Line>> pages) {
        Markdown text = new Markdown();
        Reflow.paragraphs(pages).forEach(text::paragraph);
        return Stamps.isStamped(text.head())
                ? Extract.without(Reading.SECRET)
                : new Extract(Reading.PICTURES, text.text());
    }

    /** Whether a text that somebody has written bears a stamp of secrecy. */
    public static boolean isStamped(String text) {
        return Stamps.isStamped(text.lines().filter(line -> !line.isBlank()).toList());
    }
}
