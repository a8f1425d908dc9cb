package vn.sotay.platform.roster;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.ExcelReaderException;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.SheetVisibility;
import org.jspecify.annotations.Nullable;

/** A workbook of a spreadsheet program. */
final class XlsxFile implements RosterFile {

    /** More than any roster unpacks to: a few kilobytes can be made to unpack to gigabytes. */
    private static final long MOST_UNPACKED = 1L << 30;

    private static final int MOST_COLUMNS = 200;

    /** Digits of a number that a spreadsheet keeps; what follows is noise of its arithmetic. */
    private static final MathContext KEPT = new MathContext(15);

    /** Texts and escapes within a format, which may hold letters that mean nothing. */
    private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"|\\\\.|\\[[^\\]]*]|_.");

    private final ReadableWorkbook workbook;

    XlsxFile(Content content) throws IOException {
        byte[] packed;
        try (InputStream in = content.open()) {
            packed = in.readAllBytes();
        }
        try (ZipFile zip = ZipFile.builder()
                .setSeekableByteChannel(new SeekableInMemoryByteChannel(packed))
                .get()) {
            long size = Collections.list(zip.getEntries()).stream()
                    .mapToLong(ZipArchiveEntry::getSize)
                    .sum();
            if (size > MOST_UNPACKED || zip.getEntry("xl/workbook.xml") == null) {
                throw new UnreadableException("roster.broken-xlsx");
            }
            workbook = new ReadableWorkbook(new ByteArrayInputStream(packed), new ReadingOptions(true, true));
        } catch (UnreadableException e) {
            throw e;
        } catch (IOException | ExcelReaderException e) {
            // it is in the memory: what cannot be read is wrong
            throw new UnreadableException("roster.broken-xlsx", e);
        }
    }

    @Override
    public List<Sheet> sheets() {
        return workbook.getSheets()
                .filter(sheet -> sheet.getVisibility() == SheetVisibility.VISIBLE)
                .map(sheet -> new Sheet(sheet.getIndex(), Names.clean(sheet.getName())))
                .toList();
    }

    @Override
    public <X extends Exception> void read(Sheet sheet, Rows<X> rows) throws IOException, X {
        org.dhatim.fastexcel.reader.Sheet found = workbook.getSheet(sheet.number())
                .orElseThrow(() -> new IllegalArgumentException("no sheet " + sheet.number()));
        try (Stream<Row> stream = found.openStream()) {
            Iterator<Row> each = stream.iterator();
            while (each.hasNext()) {
                RawRow row = row(each.next());
                if (!row.isEmpty() && !rows.row(row)) {
                    return;
                }
            }
        } catch (ExcelReaderException e) {
            throw new UnreadableException("roster.broken-xlsx", e);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static RawRow row(Row row) {
        List<Value> values = new ArrayList<>();
        for (int column = 0; column < Math.min(row.getCellCount(), MOST_COLUMNS); column++) {
            values.add(value(row.getCell(column)));
        }
        return new RawRow(row.getRowNum(), values);
    }

    private static Value value(@Nullable Cell cell) {
        if (cell == null) {
            return Value.EMPTY;
        }
        return switch (cell.getType()) {
            case NUMBER -> number(cell);
            case FORMULA -> formula(cell);
            case STRING, BOOLEAN -> Value.text(cell.getText());
            case EMPTY, ERROR -> Value.EMPTY;
        };
    }

    private static Value number(Cell cell) {
        if (isDate(cell)) {
            try {
                return Value.day(cell.asDate().toLocalDate());
            } catch (DateTimeException | ExcelReaderException e) {
                // a number too large for a day: read as the number that it is
                return Value.number(plain(cell.asNumber()));
            }
        }
        return Value.number(plain(cell.asNumber()));
    }

    /** What the formula gave when the file was saved. */
    private static Value formula(Cell cell) {
        Object value = cell.getValue();
        if (value instanceof BigDecimal number) {
            return isDate(cell) ? number(cell) : Value.number(plain(number));
        }
        return value == null ? Value.EMPTY : Value.text(String.valueOf(value));
    }

    private static String plain(BigDecimal number) {
        BigDecimal kept = number.round(KEPT).stripTrailingZeros();
        return kept.scale() < 0 ? kept.setScale(0).toPlainString() : kept.toPlainString();
    }

    private static boolean isDate(Cell cell) {
        Integer id = cell.getDataFormatId();
        if (id == null) {
            return false;
        }
        return isDate(id, cell.getDataFormatString());
    }

    /**
     * Whether a number format shows a day.
     *
     * @param id below 164 the format is the standard's own
     */
    static boolean isDate(int id, @Nullable String format) {
        if (id >= 14 && id <= 17 || id == 22 || id >= 27 && id <= 36 || id >= 50 && id <= 58) {
            return true;
        }
        if (id < 164 || format == null) {
            return false;
        }
        String bare = QUOTED.matcher(format.toLowerCase(Locale.ROOT)).replaceAll("");
        return bare.contains("d") || bare.contains("y");
    }

    @Override
    public void close() throws IOException {
        workbook.close();
    }
}
