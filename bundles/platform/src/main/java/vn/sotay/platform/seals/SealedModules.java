package vn.sotay.platform.seals;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.store.Transaction;
import vn.sotay.platform.keys.FieldKeys;
import vn.sotay.platform.keys.SealedTable;

/** Seals the modules' columns anew, whether the modules run or not. */
@Component(
        service = {SealedTable.class, SealedModules.class},
        property = "sealed=modules")
public final class SealedModules extends ColumnSlices implements SealedTable {

    private final FieldKeys keys;

    @Activate
    public SealedModules(@Reference FieldKeys keys) {
        super(keys);
        this.keys = keys;
    }

    @Override
    String from(SealedColumn column) {
        return column.column();
    }

    @Override
    String condition(SealedColumn column) {
        return column.column() + " like 'k%' and " + column.column() + " not like '" + keys.newestMark() + "%'";
    }

    @Override
    @Nullable String plain(SealedColumn column, Row row) {
        return FieldKeys.isSealed(row.value()) ? keys.open(column.context(), row.key(), row.value()) : null;
    }

    @Override
    public long rows(Transaction tx) {
        return rows(tx, SealedColumnRows.all(tx));
    }

    @Override
    public Slice seal(Transaction tx, @Nullable String from, int most) {
        return seal(tx, SealedColumnRows.all(tx), from, most);
    }

    /**
     * Puts the same text, sealed, in the place of each value that some rows have in a column.
     *
     * @param condition on the table's rows, with a question mark for each of {@code values}
     * @return false if no module seals this column, and nothing was done
     */
    public boolean replace(
            Transaction tx, String table, String column, String text, String condition, Object... values) {
        Optional<SealedColumn> sealed = SealedColumnRows.find(tx, table, column);
        sealed.ifPresent(one -> replace(tx, one, text, condition, values));
        return sealed.isPresent();
    }
}
