package vn.sotay.documents.text;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** The text of a DOCX, from its body alone: without what was deleted, field codes, and what is drawn a second time for old programs. */
final class DocxText {

    private static final String WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    private static final Pattern HEADING = Pattern.compile("(?i)heading\\s*(\\d)");

    private final Markdown to;
    private final Numbering numbers;
    private final StringBuilder paragraph = new StringBuilder();
    private boolean inText;
    private boolean isItem;
    private @Nullable String list;
    private @Nullable String level;
    private int heading;
    private int skipping;

    /** Of the row that is being read, if there is one; a table within a table is text of its cell. */
    private @Nullable List<List<String>> cells;

    private int tables;

    private DocxText(Markdown to, Numbering numbers) {
        this.to = to;
        this.numbers = numbers;
    }

    static void read(Path file, Markdown to, Limits limits) throws IOException {
        Numbering numbers = new Numbering();
        Zipped.readIfThere(file, "word/numbering.xml", limits, numbers::event);
        Zipped.read(file, "word/document.xml", "word/vbaProject", limits, new DocxText(to, numbers)::event);
    }

    private void event(XMLStreamReader in) {
        switch (in.getEventType()) {
            case XMLStreamConstants.START_ELEMENT -> begin(in);
            case XMLStreamConstants.END_ELEMENT -> end(in.getLocalName());
            case XMLStreamConstants.CHARACTERS -> {
                if (inText && skipping == 0 && paragraph.length() < Markdown.MOST) {
                    paragraph.append(in.getTextCharacters(), in.getTextStart(), in.getTextLength());
                }
            }
            default -> {}
        }
    }

    private void begin(XMLStreamReader in) {
        if (skipping > 0 || in.getLocalName().equals("Fallback")) {
            skipping++;
            return;
        }
        switch (in.getLocalName()) {
            case "t" -> inText = true;
            case "tab", "br", "cr" -> paragraph.append(' ');
            case "noBreakHyphen" -> paragraph.append('-');
            case "numPr" -> isItem = true;
            case "numId" -> list = isItem ? in.getAttributeValue(WORDS, "val") : list;
            case "ilvl" -> level = isItem ? in.getAttributeValue(WORDS, "val") : level;
            case "pStyle" -> heading = level(in.getAttributeValue(WORDS, "val"));
            case "outlineLvl" -> {
                String level = in.getAttributeValue(WORDS, "val");
                heading = level != null && level.matches("[0-8]") ? Integer.parseInt(level) + 1 : heading;
            }
            // a paragraph may have a box with paragraphs within: what came before it stands before it
            case "p" -> flush();
            case "tbl" -> {
                flush();
                tables++;
            }
            case "tr" -> cells = tables == 1 ? new ArrayList<>() : cells;
            case "tc" -> {
                if (tables == 1 && cells != null) {
                    cells.add(new ArrayList<>());
                }
            }
            default -> {}
        }
    }

    private void end(String name) {
        if (skipping > 0) {
            skipping--;
        } else if (name.equals("t")) {
            inText = false;
        } else if (name.equals("p")) {
            flush();
        } else if (name.equals("tbl")) {
            tables--;
            if (tables == 0) {
                to.endTable();
            }
        } else if (name.equals("tr") && tables == 1 && cells != null) {
            to.row(cells);
            cells = null;
        }
    }

    private static int level(@Nullable String style) {
        Matcher heading = HEADING.matcher(style == null ? "" : style);
        return heading.matches() ? Integer.parseInt(heading.group(1)) : 0;
    }

    private void flush() {
        String words = numbered(paragraph.toString());
        if (cells != null && !cells.isEmpty()) {
            if (!words.isBlank()) {
                cells.get(cells.size() - 1).add(words);
            }
        } else if (heading > 0) {
            to.heading(heading, words);
        } else {
            to.paragraph(words);
        }
        paragraph.setLength(0);
        isItem = false;
        list = null;
        level = null;
        heading = 0;
    }

    /** With its number or mark before it; an empty paragraph has none. */
    private String numbered(String words) {
        if (!isItem || words.isBlank()) {
            return words;
        }
        String number = numbers.next(list, level);
        return number.isEmpty() ? words : number + ' ' + words;
    }
}
