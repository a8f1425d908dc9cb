package vn.sotay.documents.text;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the text of a file. The libraries are loaded by the first file that needs them. What is in a file is not believed: time and room
 * have bounds, see {@link Limits}.
 */
public final class TextExtractor {

    private static final Logger LOG = LoggerFactory.getLogger(TextExtractor.class);
    private static final long MILLIS = 60_000;

    private TextExtractor() {}

    /** Reads one kind of file. */
    @FunctionalInterface
    private interface Reader {
        void read(Path file, Markdown to, Limits limits) throws IOException;
    }

    /**
     * What a file says; takes at most about a minute.
     *
     * @param name as its reader sees it: it tells HTML and Markdown from plain text
     * @param type media type by its content
     */
    public static Extract of(Path file, String name, String type) {
        try {
            return switch (type) {
                case "application/pdf" -> read(file, PdfText::read);
                case "application/vnd.openxmlformats-officedocument.wordprocessingml.document" ->
                    read(file, DocxText::read);
                case "application/vnd.oasis.opendocument.text" -> read(file, OdtText::read);
                case "text/plain" -> isHtml(name) ? read(file, HtmlText::read) : plain(file);
                default -> Extract.without(Reading.NONE);
            };
        } catch (UnreadableException e) {
            return Extract.without(e.reading());
        } catch (IOException | RuntimeException | StackOverflowError e) {
            LOG.info("No text was found in a file of type {}: {}", type, e.toString());
            return Extract.without(Reading.BROKEN);
        } catch (OutOfMemoryError e) {
            // the bounds are there so that this does not happen; what was asked for is free again by now
            LOG.warn("A file of type {} takes more memory than there is", type);
            return Extract.without(Reading.TOO_LARGE);
        }
    }

    private static Extract read(Path file, Reader reader) throws IOException {
        Markdown text = new Markdown();
        reader.read(file, text, new Limits(MILLIS));
        if (Stamps.isStamped(text.head())) {
            return Extract.without(Reading.SECRET);
        }
        if (text.letters() == 0) {
            return Extract.without(Reading.PICTURES);
        }
        return new Extract(text.isFull() ? Reading.PART : Reading.WHOLE, text.text());
    }

    /** It is shown as it is; only stamps are looked for. */
    private static Extract plain(Path file) throws IOException {
        if (Files.size(file) > Markdown.MOST) {
            return Extract.without(Reading.NONE);
        }
        String text =
                Normalizer.normalize(new String(Files.readAllBytes(file), StandardCharsets.UTF_8), Normalizer.Form.NFC);
        return Stamps.isStamped(text.lines().filter(line -> !line.isBlank()).toList())
                ? Extract.without(Reading.SECRET)
                : new Extract(Reading.WHOLE, text);
    }

    /** Whether a file of plain text is shown as it is, and needs no other file beside it. */
    public static boolean isShownAsItIs(String name, String type) {
        return type.equals("text/plain") && !isHtml(name);
    }

    static boolean isHtml(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".html") || lower.endsWith(".htm") || lower.endsWith(".xhtml");
    }
}
