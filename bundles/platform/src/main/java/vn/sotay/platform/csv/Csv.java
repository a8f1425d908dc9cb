package vn.sotay.platform.csv;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A table as spreadsheet programs read it without a question: UTF-8 with the mark by which they know it, CRLF, and no value that they take
 * for a formula. Not thread-safe.
 */
public final class Csv implements AutoCloseable {

    private final Writer text;
    private final CsvWriter rows;

    /** Begins one. The stream stays open when the table is closed. */
    public Csv(OutputStream out) throws IOException {
        text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        text.write('\ufeff');
        rows = CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(text);
    }

    /** Writes a row; null is an empty cell. */
    public void row(@Nullable Object... values) {
        rows.writeRecord(Arrays.stream(values)
                .map(value -> value == null ? "" : Safe.guarded(value.toString()))
                .toList());
    }

    @Override
    public void close() throws IOException {
        rows.flush();
        text.flush();
    }
}
