package vn.sotay.news;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import vn.sotay.news.text.Block;
import vn.sotay.news.text.Span;

/**
 * News as an Atom feed (RFC 4287), with their texts as XHTML. Pictures stay in Sotay: whoever has the address of a feed does not get files
 * by it. Pure.
 */
final class AtomFeed {

    private static final String ATOM = "http://www.w3.org/2005/Atom";
    private static final String XHTML = "http://www.w3.org/1999/xhtml";

    private final String site;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final XMLStreamWriter xml;

    private AtomFeed(String site) throws XMLStreamException {
        this.site = site;
        this.xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(bytes, StandardCharsets.UTF_8.name());
    }

    /**
     * Writes a feed.
     *
     * @param site where Sotay stands, such as {@code https://sotay.example}
     * @param self address of the feed
     * @param id what the feed is called by, the same for all its readers
     * @param news published, the newest first
     * @param empty when it was changed last, of a feed without news
     */
    static byte[] write(String site, String self, UUID id, String title, List<News> news, Instant empty) {
        try {
            AtomFeed feed = new AtomFeed(site);
            feed.feed(self, id, title, news, empty);
            return feed.bytes.toByteArray();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("memory can be written", e);
        }
    }

    private void feed(String self, UUID id, String title, List<News> news, Instant empty) throws XMLStreamException {
        xml.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
        xml.writeStartElement("feed");
        xml.writeDefaultNamespace(ATOM);
        xml.writeAttribute("xml:lang", "vi");
        text("id", "urn:uuid:" + id);
        text("title", title);
        text(
                "updated",
                news.stream()
                        .map(AtomFeed::time)
                        .max(Instant::compareTo)
                        .orElse(empty)
                        .toString());
        link("self", self, "application/atom+xml");
        link("alternate", site + "/news", "text/html");
        author(title);
        for (News one : news) {
            entry(one);
        }
        xml.writeEndElement();
        xml.writeEndDocument();
        xml.flush();
    }

    private void entry(News news) throws XMLStreamException {
        xml.writeStartElement("entry");
        text("id", "urn:uuid:" + news.id());
        text("title", news.title());
        text("published", time(news).toString());
        text("updated", time(news).toString());
        link("alternate", site + "/news/" + news.id(), "text/html");
        if (news.origin() != null) {
            author(news.origin());
        }
        text("summary", news.lead());
        content(Objects.requireNonNull(news.blocks()));
        xml.writeEndElement();
    }

    private static Instant time(News news) {
        return Objects.requireNonNull(news.publishedAt());
    }

    private void author(String name) throws XMLStreamException {
        xml.writeStartElement("author");
        text("name", name);
        xml.writeEndElement();
    }

    private void content(List<Block> blocks) throws XMLStreamException {
        xml.writeStartElement("content");
        xml.writeAttribute("type", "xhtml");
        xml.writeStartElement("div");
        xml.writeDefaultNamespace(XHTML);
        for (Block block : blocks) {
            xml.writeStartElement(element(block));
            if (block.kind() == Block.Kind.ITEM) {
                characters(block.number() == null ? "– " : block.number() + ". ");
            }
            for (Span span : block.spans()) {
                span(span);
            }
            xml.writeEndElement();
        }
        xml.writeEndElement();
        xml.writeEndElement();
    }

    private static String element(Block block) {
        return switch (block.kind()) {
            case HEADING -> Integer.valueOf(1).equals(block.level()) ? "h2" : "h3";
            case QUOTE -> "blockquote";
            case PARAGRAPH, ITEM -> "p";
        };
    }

    private void span(Span span) throws XMLStreamException {
        int open = 0;
        if (span.link() != null) {
            xml.writeStartElement("a");
            xml.writeAttribute("href", span.link().startsWith("/") ? site + span.link() : span.link());
            open++;
        }
        if (span.strong() != null) {
            xml.writeStartElement("strong");
            open++;
        }
        if (span.emphasis() != null) {
            xml.writeStartElement("em");
            open++;
        }
        lines(span.text());
        for (; open > 0; open--) {
            xml.writeEndElement();
        }
    }

    private void lines(String text) throws XMLStreamException {
        String[] lines = text.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            if (i > 0) {
                xml.writeEmptyElement("br");
            }
            characters(lines[i]);
        }
    }

    private void link(String rel, String address, String type) throws XMLStreamException {
        xml.writeEmptyElement("link");
        xml.writeAttribute("rel", rel);
        xml.writeAttribute("href", address);
        xml.writeAttribute("type", type);
    }

    private void text(String name, String words) throws XMLStreamException {
        xml.writeStartElement(name);
        characters(words);
        xml.writeEndElement();
    }

    /** What XML has no way to write is left out. */
    private void characters(String words) throws XMLStreamException {
        StringBuilder plain = new StringBuilder(words.length());
        words.codePoints().filter(AtomFeed::isXml).forEach(plain::appendCodePoint);
        xml.writeCharacters(plain.toString());
    }

    private static boolean isXml(int c) {
        return c == '\t' || c == '\n' || c >= 0x20 && c <= 0xd7ff || c >= 0xe000 && c <= 0xfffd || c >= 0x10000;
    }
}
