package vn.sotay.platform.seals;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.store.Seals;
import vn.sotay.api.store.Transaction;
import vn.sotay.platform.keys.FieldKeys;
import vn.sotay.platform.keys.SealedTable.Slice;

/** Goes through columns of modules' tables by their keys, in slices of one column each. Thread-safe. */
abstract class ColumnSlices {

    /** A row with a value to seal. */
    record Row(List<String> keys, String value) {

        String key() {
            return Seals.key(keys.toArray());
        }
    }

    private final FieldKeys keys;

    ColumnSlices(FieldKeys keys) {
        this.keys = keys;
    }

    /** Where the value stands that is to be sealed. */
    abstract String from(SealedColumn column);

    /** Which rows have one. */
    abstract String condition(SealedColumn column);

    /** What such a value says; null if it is to stay as it is. */
    abstract @Nullable String plain(SealedColumn column, Row row);

    long rows(Transaction tx, List<SealedColumn> columns) {
        return columns.stream()
                .mapToLong(column -> tx.handle()
                        .createQuery("select count(*) from " + column.table() + " where " + condition(column))
                        .mapTo(Long.class)
                        .one())
                .sum();
    }

    /** @param from table and column, and the key of the row before */
    Slice seal(Transaction tx, List<SealedColumn> columns, @Nullable String from, int most) {
        String[] place = from == null ? new String[] {"", "", ""} : from.split(" ", 3);
        String begun = place[0] + ' ' + place[1];
        List<SealedColumn> left = columns.stream()
                .filter(column -> column.place().compareTo(begun) >= 0)
                .sorted(Comparator.comparing(SealedColumn::place))
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
        List<String> names = column.keys();
        List<String> values = new ArrayList<>(List.of(after.split("/", names.size())));
        while (values.size() < names.size()) {
            values.add("");
        }
        var query = tx.handle()
                .createQuery("select " + String.join(", ", names) + ", " + from(column) + " from " + column.table()
                        + " where " + condition(column) + " and " + after(names) + " order by "
                        + String.join(", ", names) + " fetch first " + most + " rows only");
        for (int i = 0; i < values.size(); i++) {
            query.bind("key" + i, values.get(i));
        }
        return query.map((row, context) -> {
                    List<String> key = new ArrayList<>();
                    for (int i = 1; i <= names.size(); i++) {
                        key.add(row.getString(i));
                    }
                    return new Row(key, row.getString(names.size() + 1));
                })
                .list();
    }

    /** The rows behind a key, in a form for which both databases use the index. */
    private static String after(List<String> names) {
        int last = names.size() - 1;
        String after = names.get(last) + " > :key" + last;
        for (int i = last - 1; i >= 0; i--) {
            after = names.get(i) + " >= :key" + i + " and (" + names.get(i) + " > :key" + i + " or " + after + ")";
        }
        return after;
    }

    private void seal(Transaction tx, SealedColumn column, List<Row> rows) {
        boolean isMoved = !from(column).equals(column.column());
        // whoever has changed a value meanwhile has sealed it
        PreparedBatch batch = tx.handle()
                .prepareBatch("update " + column.table() + " set " + column.column() + " = ?"
                        + (column.hash() == null ? "" : ", " + column.hash() + " = ?")
                        + (isMoved ? ", " + from(column) + " = null" : "")
                        + " where " + whose(column) + " and " + from(column) + " = ?");
        for (Row row : rows) {
            String plain = plain(column, row);
            if (plain != null) {
                batch.add(Stream.of(sealed(column, row.key(), plain), row.keys().stream(), Stream.of(row.value()))
                        .flatMap(each -> each)
                        .toArray());
            }
        }
        if (batch.size() > 0) {
            batch.execute();
        }
    }

    /** Puts the same text into all rows of a condition that have a value. */
    void replace(Transaction tx, SealedColumn column, String text, String condition, Object... values) {
        List<List<String>> there = tx.handle()
                .select(
                        "select " + String.join(", ", column.keys()) + " from " + column.table() + " where " + condition
                                + " and " + column.column() + " is not null",
                        values)
                .map((row, context) -> {
                    List<String> key = new ArrayList<>();
                    for (int i = 1; i <= column.keys().size(); i++) {
                        key.add(row.getString(i));
                    }
                    return key;
                })
                .list();
        PreparedBatch batch = tx.handle()
                .prepareBatch("update " + column.table() + " set " + column.column() + " = ?"
                        + (column.hash() == null ? "" : ", " + column.hash() + " = ?") + " where " + whose(column));
        for (List<String> key : there) {
            batch.add(Stream.concat(sealed(column, Seals.key(key.toArray()), text), key.stream())
                    .toArray());
        }
        if (batch.size() > 0) {
            batch.execute();
        }
    }

    /** The sealed value, and its hash if there is one. */
    private Stream<String> sealed(SealedColumn column, String key, String plain) {
        String sealed = keys.seal(column.context(), key, plain);
        return column.hash() == null ? Stream.of(sealed) : Stream.of(sealed, keys.find(column.context(), plain));
    }

    private static String whose(SealedColumn column) {
        return column.keys().stream().map(name -> name + " = ?").collect(Collectors.joining(" and "));
    }
}
