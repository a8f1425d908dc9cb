package vn.sotay.documents.text;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;
import org.jspecify.annotations.Nullable;

/** The text of an HTML page, without what leads to other pages; nothing of it is run. */
final class HtmlText implements NodeVisitor {

    private static final String LEFT_OUT =
            "script, style, template, noscript, nav, header, footer, aside, form, iframe, svg, [hidden]";
    private static final Set<String> BLOCKS = Set.of(
            "p",
            "div",
            "li",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "br",
            "tr",
            "td",
            "th",
            "table",
            "ul",
            "ol",
            "section",
            "article",
            "main",
            "body",
            "blockquote",
            "pre",
            "dt",
            "dd",
            "hr",
            "figcaption");

    /** An element more for each few bytes is no page that somebody wrote. */
    private static final long MOST = 8L << 20;

    private final Markdown to;
    private final StringBuilder paragraph = new StringBuilder();
    private int heading;
    private boolean isItem;

    /** Of the row that is being read, if there is one; a table within a table is text of its cell. */
    private @Nullable List<List<String>> cells;

    private int tables;

    private HtmlText(Markdown to) {
        this.to = to;
    }

    static void read(Path file, Markdown to, Limits limits) throws IOException {
        if (Files.size(file) > MOST) {
            throw new UnreadableException(Reading.TOO_LARGE);
        }
        try (InputStream in = limits.bounded(Files.newInputStream(file))) {
            // stored files of type text are UTF-8
            Document page = Jsoup.parse(in, "UTF-8", "");
            page.select(LEFT_OUT).remove();
            HtmlText text = new HtmlText(to);
            page.body().traverse(text);
            text.flush();
        }
    }

    @Override
    public void head(Node node, int depth) {
        if (node instanceof TextNode words) {
            paragraph.append(words.getWholeText());
        } else if (node instanceof Element element && BLOCKS.contains(element.normalName())) {
            flush();
            begin(element.normalName());
        }
    }

    private void begin(String name) {
        if (name.matches("h[1-6]")) {
            heading = name.charAt(1) - '0';
        }
        isItem = name.equals("li");
        switch (name) {
            case "table" -> tables++;
            case "tr" -> cells = tables == 1 ? new ArrayList<>() : cells;
            case "td", "th" -> {
                if (tables == 1 && cells != null) {
                    cells.add(new ArrayList<>());
                }
            }
            default -> {}
        }
    }

    private void end(String name) {
        if (name.equals("table") && --tables == 0) {
            to.endTable();
        } else if (name.equals("tr") && tables == 1 && cells != null) {
            List<List<String>> row = cells;
            cells = null;
            to.row(row);
        }
    }

    @Override
    public void tail(Node node, int depth) {
        if (node instanceof Element element && BLOCKS.contains(element.normalName())) {
            flush();
            end(element.normalName());
        }
    }

    private void flush() {
        String words = paragraph.toString();
        if (!words.isBlank()) {
            if (cells != null && !cells.isEmpty()) {
                cells.get(cells.size() - 1).add(words);
            } else if (heading > 0) {
                to.heading(heading, words);
            } else if (isItem) {
                to.item(words);
            } else {
                to.paragraph(words);
            }
            heading = 0;
            isItem = false;
        }
        paragraph.setLength(0);
    }
}
