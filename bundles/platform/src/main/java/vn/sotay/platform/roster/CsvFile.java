package vn.sotay.platform.roster;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PushbackReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.List;

/** A text file whose fields are parted by commas, semicolons or tabs, in any encoding that {@link Encodings} knows. */
final class CsvFile implements RosterFile {

    private static final char[] SEPARATORS = {',', ';', '\t'};
    private static final int SAMPLE_ROWS = 50;
    private static final int MOST_CHARACTERS_IN_A_FIELD = 1 << 16;

    private final Content content;
    private final Charset encoding;
    private final char separator;

    CsvFile(Content content) throws IOException {
        this.content = content;
        this.encoding = Encodings.of(content);
        this.separator = separator();
    }

    /** The one that parts most: the cover rows above the heads have few of any. */
    private char separator() throws IOException {
        char best = SEPARATORS[0];
        int most = 0;
        for (char candidate : SEPARATORS) {
            int[] widest = {0, 0};
            try {
                read(candidate, row -> {
                    widest[0] = Math.max(widest[0], row.values().size());
                    return ++widest[1] < SAMPLE_ROWS;
                });
            } catch (UnreadableException e) {
                // with another separator it may be read; if not, reading it says so
                continue;
            }
            if (widest[0] > most) {
                most = widest[0];
                best = candidate;
            }
        }
        return best;
    }

    @Override
    public List<Sheet> sheets() {
        return List.of(new Sheet(0, ""));
    }

    @Override
    public <X extends Exception> void read(Sheet sheet, Rows<X> rows) throws IOException, X {
        read(separator, rows);
    }

    private <X extends Exception> void read(char with, Rows<X> rows) throws IOException, X {
        try (Reader text = withoutMark(new InputStreamReader(content.open(), encoding));
                CsvReader<CsvRecord> records = CsvReader.builder()
                        .fieldSeparator(with)
                        .allowExtraFields(true)
                        .allowMissingFields(true)
                        .allowExtraCharsAfterClosingQuote(true)
                        .allowUnclosedQuote(false)
                        .maxBufferSize(MOST_CHARACTERS_IN_A_FIELD)
                        .ofCsvRecord(text)) {
            for (CsvRecord line : records) {
                RawRow row = new RawRow(
                        Math.toIntExact(line.getStartingLineNumber()),
                        line.getFields().stream().map(Value::text).toList());
                if (!row.isEmpty() && !rows.row(row)) {
                    return;
                }
            }
        } catch (CsvParseException e) {
            throw new UnreadableException("roster.broken-csv", e);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static Reader withoutMark(Reader text) throws IOException {
        PushbackReader pushback = new PushbackReader(text);
        int first = pushback.read();
        if (first >= 0 && first != '\ufeff') {
            pushback.unread(first);
        }
        return pushback;
    }

    @Override
    public void close() {}
}
