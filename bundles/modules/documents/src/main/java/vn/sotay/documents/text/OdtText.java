package vn.sotay.documents.text;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** The text of an ODT, from its content alone: without notes, comments and what was deleted. */
final class OdtText {

    private static final String TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0";
    private static final String TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0";

    private final Markdown to;
    private final StringBuilder paragraph = new StringBuilder();
    private int items;
    private int heading;
    private boolean inParagraph;
    private int skipping;

    /** Of the row that is being read, if there is one; a table within a table is text of its cell. */
    private @Nullable List<List<String>> cells;

    private int tables;

    private OdtText(Markdown to) {
        this.to = to;
    }

    static void read(Path file, Markdown to, Limits limits) throws IOException {
        boolean[] locked = new boolean[1];
        Zipped.read(
                file,
                "META-INF/manifest.xml",
                "Basic/",
                limits,
                in -> locked[0] |= in.isStartElement() && in.getLocalName().equals("encryption-data"));
        if (locked[0]) {
            throw new UnreadableException(Reading.LOCKED);
        }
        Zipped.read(file, "content.xml", "Basic/", limits, new OdtText(to)::event);
    }

    private void event(XMLStreamReader in) {
        switch (in.getEventType()) {
            case XMLStreamConstants.START_ELEMENT -> begin(in);
            case XMLStreamConstants.END_ELEMENT -> end(in);
            case XMLStreamConstants.CHARACTERS -> {
                if (inParagraph && skipping == 0 && paragraph.length() < Markdown.MOST) {
                    paragraph.append(in.getTextCharacters(), in.getTextStart(), in.getTextLength());
                }
            }
            default -> {}
        }
    }

    private void begin(XMLStreamReader in) {
        String name = in.getLocalName();
        if (skipping > 0 || name.equals("tracked-changes") || name.equals("annotation") || name.equals("note")) {
            skipping++;
            return;
        }
        if (TABLE.equals(in.getNamespaceURI())) {
            beginTable(name);
        }
        if (!TEXT.equals(in.getNamespaceURI())) {
            return;
        }
        switch (name) {
            case "h", "p" -> {
                flush();
                inParagraph = true;
                heading = name.equals("h") ? level(in.getAttributeValue(TEXT, "outline-level")) : 0;
            }
            case "list-item" -> items++;
            case "s", "tab", "line-break" -> paragraph.append(' ');
            default -> {}
        }
    }

    private void end(XMLStreamReader in) {
        if (skipping > 0) {
            skipping--;
            return;
        }
        if (TABLE.equals(in.getNamespaceURI())) {
            endTable(in.getLocalName());
        }
        if (!TEXT.equals(in.getNamespaceURI())) {
            return;
        }
        switch (in.getLocalName()) {
            case "h", "p" -> flush();
            case "list-item" -> items--;
            default -> {}
        }
    }

    private void beginTable(String name) {
        switch (name) {
            case "table" -> tables++;
            case "table-row" -> cells = tables == 1 ? new ArrayList<>() : cells;
            case "table-cell" -> {
                if (tables == 1 && cells != null) {
                    cells.add(new ArrayList<>());
                }
            }
            default -> {}
        }
    }

    private void endTable(String name) {
        if (name.equals("table") && --tables == 0) {
            to.endTable();
        } else if (name.equals("table-row") && tables == 1 && cells != null) {
            to.row(cells);
            cells = null;
        }
    }

    private static int level(@Nullable String outline) {
        return outline != null && outline.matches("\\d") ? Math.max(1, Integer.parseInt(outline)) : 1;
    }

    private void flush() {
        String words = paragraph.toString();
        if (cells != null && !cells.isEmpty()) {
            if (!words.isBlank()) {
                cells.get(cells.size() - 1).add(words);
            }
        } else if (heading > 0) {
            to.heading(heading, words);
        } else if (items > 0) {
            to.item(words);
        } else {
            to.paragraph(words);
        }
        paragraph.setLength(0);
        heading = 0;
        inParagraph = false;
    }
}
