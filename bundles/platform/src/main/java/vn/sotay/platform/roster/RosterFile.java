package vn.sotay.platform.roster;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** A file with rows, read as a stream: a text file is never whole in the memory, a workbook packed, as it was sent. */
interface RosterFile extends AutoCloseable {

    /** A file that cannot be read, and why. */
    final class UnreadableException extends IOException {

        private static final long serialVersionUID = 1L;

        private final String rule;

        UnreadableException(String rule, Throwable cause) {
            super(rule, cause);
            this.rule = rule;
        }

        UnreadableException(String rule) {
            super(rule);
            this.rule = rule;
        }

        /** Its text is {@code rule.<rule>}. */
        String rule() {
            return rule;
        }
    }

    /** Takes the rows one by one. */
    @FunctionalInterface
    interface Rows<X extends Exception> {

        /** @return whether to go on */
        boolean row(RawRow row) throws X;
    }

    /** A sheet: its number, from 0, and its name; a text file has one without a name. */
    record Sheet(int number, String name) {}

    /** The bytes of a file, each time from their beginning. */
    @FunctionalInterface
    interface Content {
        InputStream open() throws IOException;
    }

    /** The sheets that a reader sees; hidden ones are left out. */
    List<Sheet> sheets();

    /**
     * Reads the rows of a sheet that hold anything.
     *
     * @throws UnreadableException if the file is broken
     */
    <X extends Exception> void read(Sheet sheet, Rows<X> rows) throws IOException, X;

    @Override
    void close() throws IOException;

    /** Opens a file of either sort, known by its first bytes and not by its name. */
    static RosterFile open(Content content) throws IOException {
        byte[] head;
        try (InputStream in = content.open()) {
            head = in.readNBytes(8);
        }
        if (head.length == 0) {
            throw new UnreadableException("roster.empty");
        }
        if (head.length >= 4 && head[0] == 'P' && head[1] == 'K' && head[2] == 3 && head[3] == 4) {
            return new XlsxFile(content);
        }
        if (head.length >= 4 && (head[0] & 0xff) == 0xd0 && (head[1] & 0xff) == 0xcf && (head[2] & 0xff) == 0x11) {
            throw new UnreadableException("roster.old-excel");
        }
        if (head.length >= 4 && head[0] == '%' && head[1] == 'P' && head[2] == 'D' && head[3] == 'F') {
            throw new UnreadableException("roster.no-table");
        }
        return new CsvFile(content);
    }
}
