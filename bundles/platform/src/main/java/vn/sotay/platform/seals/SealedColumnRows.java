package vn.sotay.platform.seals;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import vn.sotay.api.store.Transaction;

/** The columns that modules have declared as sealed. */
final class SealedColumnRows {

    private static final String COLUMNS = "module, table_name, key_column, field, column_name, hash_column";

    private SealedColumnRows() {}

    /** Those that are there, by table and column. */
    static List<SealedColumn> all(Transaction tx) {
        List<SealedColumn> all = tx.handle()
                .createQuery("select " + COLUMNS + " from sealed_column order by table_name, column_name")
                .map((row, context) -> new SealedColumn(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6)))
                .list();
        return all.stream().filter(one -> missing(tx, one).isEmpty()).toList();
    }

    /**
     * Remembers a column. One of a version that is no longer here stays: it may have been written to.
     *
     * <p>A hash column is forgotten as little, since the version before may come back and search by it.
     */
    static void remember(Transaction tx, SealedColumn column) {
        int known = column.hash() == null
                ? tx.handle()
                        .execute(
                                "update sealed_column set module = ? where table_name = ? and column_name = ?",
                                column.module(),
                                column.table(),
                                column.column())
                : tx.handle()
                        .execute(
                                "update sealed_column set hash_column = ? where table_name = ? and column_name = ?",
                                column.hash(),
                                column.table(),
                                column.column());
        if (known == 0) {
            tx.handle()
                    .execute(
                            "insert into sealed_column (" + COLUMNS + ") values (?, ?, ?, ?, ?, ?)",
                            column.module(),
                            column.table(),
                            column.key(),
                            column.field(),
                            column.column(),
                            column.hash());
        }
    }

    /** What of it is not in the database as a text column; empty if all is. */
    static Optional<String> missing(Transaction tx, SealedColumn column) {
        try {
            for (String name : new String[] {column.key(), column.column()}) {
                if (!isText(tx.handle().getConnection(), column.table(), name)) {
                    return Optional.of(column.table() + '.' + name);
                }
            }
            String hash = column.hash();
            return hash == null || isText(tx.handle().getConnection(), column.table(), hash)
                    ? Optional.empty()
                    : Optional.of(column.table() + '.' + hash);
        } catch (SQLException e) {
            throw new IllegalStateException("the columns of " + column.table() + " cannot be asked for", e);
        }
    }

    private static boolean isText(Connection connection, String table, String column) throws SQLException {
        DatabaseMetaData data = connection.getMetaData();
        try (ResultSet columns =
                data.getColumns(null, connection.getSchema(), pattern(data, table), pattern(data, column))) {
            return columns.next() && columns.getInt("DATA_TYPE") == Types.VARCHAR;
        }
    }

    /** As the database writes names; an underscore is one, and not any letter. */
    private static String pattern(DatabaseMetaData data, String name) throws SQLException {
        String written = data.storesUpperCaseIdentifiers() ? name.toUpperCase(Locale.ROOT) : name;
        return written.replace("_", data.getSearchStringEscape() + '_');
    }
}
