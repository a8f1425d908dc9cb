package vn.sotay.documents;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import vn.sotay.testkit.SamplePdf;
import vn.sotay.testkit.SampleZip;

/**
 * Fifty-six official documents, as a folder with its index: Markdown whose front says how many articles there are. See {@code NOTICE} of
 * the repository for where they come from.
 */
final class Laws {

    private static final Path FOLDER = Path.of("src/test/resources/laws");
    private static final Pattern ARTICLES = Pattern.compile("(?m)^articles: (\\d+)$");
    private static final String WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

    private Laws() {}

    static List<Path> all() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String index() {
        return read(FOLDER.resolve("index.tsv"));
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(String name) {
        return read(FOLDER.resolve(name));
    }

    /** How many articles a law says that it has. */
    static int articles(String law) {
        Matcher found = ARTICLES.matcher(law);
        if (!found.find()) {
            throw new IllegalArgumentException("a law without its number of articles");
        }
        return Integer.parseInt(found.group(1));
    }

    private static Stream<String> paragraphs(String law) {
        return Articles.withoutFront(law).lines().filter(line -> !line.isBlank());
    }

    /** As a word processor writes it, with its styles of headings. */
    static byte[] docx(String law) {
        StringBuilder body = new StringBuilder();
        paragraphs(law).forEach(line -> {
            int level = line.startsWith("#") ? line.indexOf(' ') : 0;
            body.append("<w:p>")
                    .append(level > 0 ? "<w:pPr><w:pStyle w:val='Heading" + level + "'/></w:pPr>" : "")
                    .append("<w:r><w:t>")
                    .append(line.substring(level).strip().replace("&", "&amp;").replace("<", "&lt;"))
                    .append("</w:t></w:r></w:p>");
        });
        try {
            return SampleZip.of(
                    "[Content_Types].xml",
                    "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>",
                    "word/document.xml",
                    "<w:document xmlns:w='" + WORDS + "'><w:body>" + body + "</w:body></w:document>");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As it is printed. */
    static byte[] pdf(String law) {
        return SamplePdf.written(
                paragraphs(law).map(line -> line.replaceFirst("^#+ ", "")).toArray(String[]::new));
    }
}
