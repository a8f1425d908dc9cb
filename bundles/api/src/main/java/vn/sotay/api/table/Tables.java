package vn.sotay.api.table;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Reads tables as offices and banks save them: CSV with commas, semicolons or tabs in UTF-8, UTF-16 or Windows-1258, and XLSX; which it is, is
 * told by the bytes. Thread-safe.
 */
@ProviderType
public interface Tables {

    /**
     * A row that holds anything.
     *
     * @param line its number in the file, the first is 1
     * @param cells as shown, composed to NFC, without blanks at their ends; of a workbook days as {@code 28/11/2026}, numbers without
     *     separators of thousands
     */
    record Row(int line, List<String> cells) {

        public Row {
            cells = List.copyOf(cells);
        }

        /** What stands in a column, the first is 0; empty beyond the end of the row. */
        public String at(int column) {
            return column < cells.size() ? cells.get(column) : "";
        }
    }

    /**
     * The rows of each sheet that a reader sees; a text file is one sheet.
     *
     * @param content the file
     * @param most rows of a sheet that are read; those that follow are left out
     * @throws vn.sotay.api.http.ProblemException 422 that names the field {@code file}, if it is no table or broken
     */
    List<List<Row>> read(byte[] content, int most);
}
