package vn.sotay.documents.text;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** A part of a file that is a zip of XML, such as DOCX and ODT; nothing but that part is unpacked. For one thread. */
final class Zipped {

    private static final int MOST_ENTRIES = 10_000;

    /** Reads the events of a part. */
    @FunctionalInterface
    interface Events {
        void read(XMLStreamReader in) throws XMLStreamException, IOException;
    }

    private Zipped() {}

    /**
     * @param part its name within the zip
     * @param programs what the names of parts begin with that are macros
     */
    static void read(Path file, String part, String programs, Limits limits, Events events) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            if (zip.size() > MOST_ENTRIES) {
                throw new UnreadableException(Reading.TOO_LARGE);
            }
            if (zip.stream().anyMatch(entry -> entry.getName().startsWith(programs))) {
                throw new UnreadableException(Reading.SCRIPT);
            }
            ZipEntry entry = zip.getEntry(part);
            if (entry == null) {
                throw new UnreadableException(Reading.BROKEN);
            }
            read(zip, entry, limits, events);
        }
    }

    /** The same for a part that need not be there. */
    static void readIfThere(Path file, String part, Limits limits, Events events) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            ZipEntry entry = zip.size() > MOST_ENTRIES ? null : zip.getEntry(part);
            if (entry != null) {
                read(zip, entry, limits, events);
            }
        }
    }

    private static void read(ZipFile zip, ZipEntry entry, Limits limits, Events events) throws IOException {
        try (InputStream in = limits.bounded(zip.getInputStream(entry))) {
            parse(in, events);
        }
    }

    private static void parse(InputStream in, Events events) throws IOException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        // nothing from outside, and no names that grow
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(in);
            while (reader.hasNext()) {
                reader.next();
                events.read(reader);
            }
            reader.close();
        } catch (XMLStreamException e) {
            // what was counted while it was read comes within it
            for (Throwable cause = e; cause != null; cause = next(cause)) {
                if (cause instanceof UnreadableException unreadable) {
                    throw unreadable;
                }
            }
            throw new UnreadableException(Reading.BROKEN);
        }
    }

    private static @Nullable Throwable next(Throwable cause) {
        return cause instanceof XMLStreamException wrapped && wrapped.getNestedException() != null
                ? wrapped.getNestedException()
                : cause.getCause();
    }
}
