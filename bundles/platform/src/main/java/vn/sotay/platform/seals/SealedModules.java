package vn.sotay.platform.seals;

import java.util.List;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.store.Transaction;
import vn.sotay.platform.keys.FieldKeys;
import vn.sotay.platform.keys.SealedTable;

/** Seals the modules' columns anew, whether the modules run or not. */
@Component(service = SealedTable.class, property = "sealed=modules")
public final class SealedModules implements SealedTable {

    private record Row(String key, String sealed) {}

    private final FieldKeys keys;

    @Activate
    public SealedModules(@Reference FieldKeys keys) {
        this.keys = keys;
    }

    private static String old(SealedColumn column) {
        return " from " + column.table() + " where " + column.column() + " like 'k%' and " + column.column()
                + " not like :newest";
    }

    @Override
    public long rows(Transaction tx) {
        return SealedColumnRows.all(tx).stream()
                .mapToLong(column -> tx.handle()
                        .createQuery("select count(*)" + old(column))
                        .bind("newest", keys.newestMark() + '%')
                        .mapTo(Long.class)
                        .one())
                .sum();
    }

    /** A slice is of one column; it begins with table and column, and the key of the row before. */
    @Override
    public Slice seal(Transaction tx, @Nullable String from, int most) {
        String[] place = from == null ? new String[] {"", "", ""} : from.split(" ", 3);
        String begun = place[0] + ' ' + place[1];
        List<SealedColumn> left = SealedColumnRows.all(tx).stream()
                .filter(column -> column.place().compareTo(begun) >= 0)
                .sorted((a, b) -> a.place().compareTo(b.place()))
                .toList();
        if (left.isEmpty()) {
            return new Slice(null, 0);
        }
        SealedColumn column = left.get(0);
        List<Row> rows = rows(tx, column, column.place().equals(begun) ? place[2] : "", most);
        seal(tx, column, rows);
        if (rows.size() == most) {
            return new Slice(column.place() + ' ' + rows.get(most - 1).key(), rows.size());
        }
        return new Slice(left.size() == 1 ? null : left.get(1).place() + ' ', rows.size());
    }

    private List<Row> rows(Transaction tx, SealedColumn column, String after, int most) {
        return tx.handle()
                .createQuery("select " + column.key() + ", " + column.column() + old(column) + " and " + column.key()
                        + " > :after order by " + column.key() + " fetch first " + most + " rows only")
                .bind("newest", keys.newestMark() + '%')
                .bind("after", after)
                .map((row, context) -> new Row(row.getString(1), row.getString(2)))
                .list();
    }

    private void seal(Transaction tx, SealedColumn column, List<Row> rows) {
        boolean isFound = column.hash() != null;
        // whoever has changed a value meanwhile has sealed it
        PreparedBatch batch = tx.handle()
                .prepareBatch("update " + column.table() + " set " + column.column() + " = ?"
                        + (isFound ? ", " + column.hash() + " = ?" : "") + " where " + column.key() + " = ? and "
                        + column.column() + " = ?");
        for (Row row : rows) {
            if (!FieldKeys.isSealed(row.sealed())) {
                continue;
            }
            String plain = keys.open(column.context(), row.key(), row.sealed());
            String sealed = keys.seal(column.context(), row.key(), plain);
            if (isFound) {
                batch.add(sealed, keys.find(column.context(), plain), row.key(), row.sealed());
            } else {
                batch.add(sealed, row.key(), row.sealed());
            }
        }
        if (batch.size() > 0) {
            batch.execute();
        }
    }
}
