package vn.sotay.platform.seals;

import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.store.Transaction;
import vn.sotay.platform.keys.FieldKeys;
import vn.sotay.platform.keys.SealedTable;

/** Seals what an earlier version of a module has written plainly, and empties the columns where it stood. */
final class PlainColumns extends ColumnSlices implements SealedTable {

    private final List<SealedColumn> columns;

    /** @param columns each with {@code was} */
    PlainColumns(FieldKeys keys, List<SealedColumn> columns) {
        super(keys);
        this.columns = columns;
    }

    @Override
    String from(SealedColumn column) {
        return String.valueOf(column.plainColumn());
    }

    @Override
    String condition(SealedColumn column) {
        return from(column) + " is not null";
    }

    @Override
    String plain(SealedColumn column, Row row) {
        return row.value();
    }

    @Override
    public long rows(Transaction tx) {
        return rows(tx, columns);
    }

    @Override
    public Slice seal(Transaction tx, @Nullable String from, int most) {
        return seal(tx, columns, from, most);
    }
}
