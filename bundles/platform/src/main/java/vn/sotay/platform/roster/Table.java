package vn.sotay.platform.roster;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where in a file the members stand.
 *
 * @param sheet number of the sheet
 * @param heads the row with the heads; the members follow it
 * @param otherSheets names of further sheets that look like rosters, and are not read
 */
record Table(int sheet, Heads.Row heads, List<String> otherSheets) {

    Table {
        otherSheets = List.copyOf(otherSheets);
    }

    /**
     * Finds the sheet with the most heads.
     *
     * @throws RosterFile.UnreadableException if no sheet has any
     */
    static Table find(RosterFile file, Heads heads) throws IOException {
        RosterFile.@Nullable Sheet best = null;
        Heads.@Nullable Row bestRow = null;
        List<String> others = new ArrayList<>();
        for (RosterFile.Sheet sheet : file.sheets()) {
            List<RawRow> begin = new ArrayList<>();
            file.read(sheet, row -> {
                begin.add(row);
                return begin.size() < Heads.SEARCHED_ROWS;
            });
            Heads.Row found = heads.find(begin).orElse(null);
            if (found == null) {
                continue;
            }
            if (best == null || bestRow == null) {
                best = sheet;
                bestRow = found;
            } else if (found.fields() > bestRow.fields()) {
                others.add(best.name());
                best = sheet;
                bestRow = found;
            } else {
                others.add(sheet.name());
            }
        }
        if (best == null || bestRow == null) {
            throw new RosterFile.UnreadableException("roster.no-heads");
        }
        return new Table(best.number(), bestRow, others);
    }

    /** The same with columns as somebody confirmed them. */
    Table with(List<Heads.Column> columns) {
        return new Table(sheet, new Heads.Row(heads.line(), columns), otherSheets);
    }

    /** In which column each field stands. */
    Map<Field, Integer> columns() {
        Map<Field, Integer> columns = new EnumMap<>(Field.class);
        for (Heads.Column column : heads.columns()) {
            if (column.field() != null) {
                Field.of(column.field()).ifPresent(field -> columns.put(field, column.column()));
            }
        }
        return columns;
    }

    /** Reads the rows below the heads; heads that are repeated on each page are left out. */
    <X extends Exception> void read(RosterFile file, RosterFile.Rows<X> rows) throws IOException, X {
        file.read(new RosterFile.Sheet(sheet, ""), row -> row.line() <= heads.line() || isHeads(row) || rows.row(row));
    }

    private boolean isHeads(RawRow row) {
        return heads.columns().stream()
                .allMatch(column -> row.at(column.column()).text().equals(column.head()));
    }
}
