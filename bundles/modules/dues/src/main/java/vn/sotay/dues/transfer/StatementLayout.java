package vn.sotay.dues.transfer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import vn.sotay.api.table.Tables.Row;

/**
 * How a bank heads the columns of its statement. Pure.
 *
 * @param heads what a column may be called, by field
 */
record StatementLayout(String bank, Map<Field, List<String>> heads) {

    /** What is read of a line; of {@code CREDIT} and {@code AMOUNT} one is there. */
    enum Field {
        DAY,
        REFERENCE,
        CREDIT,
        AMOUNT,
        MEMO
    }

    /** In which columns the fields stand, and below which row. */
    record Found(int heads, Map<Field, Integer> columns) {

        int fields() {
            return columns.size();
        }
    }

    private static final Pattern NOISE = Pattern.compile("[^A-Z0-9]+");

    StatementLayout {
        heads = Map.copyOf(heads);
    }

    /** The row with the heads, if one has a day, an amount and a memo. */
    Optional<Found> find(List<Row> rows, int searched) {
        Optional<Found> best = Optional.empty();
        for (int i = 0; i < Math.min(searched, rows.size()); i++) {
            Map<Field, Integer> columns = columns(rows.get(i));
            boolean whole = columns.containsKey(Field.DAY)
                    && columns.containsKey(Field.MEMO)
                    && (columns.containsKey(Field.CREDIT) || columns.containsKey(Field.AMOUNT));
            if (whole && best.map(Found::fields).orElse(0) < columns.size()) {
                best = Optional.of(new Found(i, columns));
            }
        }
        return best;
    }

    private Map<Field, Integer> columns(Row row) {
        List<String> folded = row.cells().stream().map(StatementLayout::folded).toList();
        Map<Field, Integer> columns = new HashMap<>();
        heads.forEach((field, names) -> names.stream()
                .map(name -> folded.indexOf(folded(name)))
                .filter(column -> column >= 0)
                .findFirst()
                .ifPresent(column -> columns.put(field, column)));
        return columns;
    }

    private static String folded(String text) {
        return NOISE.matcher(Memo.fold(text)).replaceAll("");
    }
}
