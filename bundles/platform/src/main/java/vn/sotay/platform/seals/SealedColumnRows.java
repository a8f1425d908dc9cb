package vn.sotay.platform.seals;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import vn.sotay.api.store.Transaction;

/** The columns that modules have declared as sealed. */
final class SealedColumnRows {

    private static final String COLUMNS =
            "module, table_name, key_column, field, column_name, hash_column, plain_column, plain_payload";

    /**
     * A column that an earlier version has written plainly, in rows that may still have that.
     *
     * @param since milliseconds; changes when that version comes back
     */
    record Plain(SealedColumn column, long since) {}

    private SealedColumnRows() {}

    /** Those that are there, by table and column. */
    static List<SealedColumn> all(Transaction tx) {
        List<SealedColumn> all = tx.handle()
                .createQuery("select " + COLUMNS + " from sealed_column order by table_name, column_name")
                .map((row, context) -> column(row))
                .list();
        return all.stream()
                .filter(one -> missing(tx, one, sealed(one)).isEmpty())
                .toList();
    }

    private static SealedColumn column(ResultSet row) throws SQLException {
        return new SealedColumn(
                row.getString(1),
                row.getString(2),
                List.of(row.getString(3).split(",")),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getString(8));
    }

    static Optional<SealedColumn> find(Transaction tx, String table, String column) {
        return tx.handle()
                .createQuery("select " + COLUMNS + " from sealed_column where table_name = ? and column_name = ?")
                .bind(0, table)
                .bind(1, column)
                .map((row, context) -> column(row))
                .findFirst();
    }

    /** Those of a module that may have plain values still. */
    static List<Plain> plain(Transaction tx, String module) {
        return tx.handle()
                .createQuery("select " + COLUMNS
                        + ", plain_since from sealed_column where module = ? and plain_since is not null")
                .bind(0, module)
                .map((row, context) -> new Plain(column(row), row.getLong(9)))
                .list();
    }

    /** Nothing plain is left, if no version has come meanwhile that writes it. */
    static void sealed(Transaction tx, Plain plain) {
        tx.handle()
                .execute(
                        "update sealed_column set plain_since = null"
                                + " where table_name = ? and column_name = ? and plain_since = ?",
                        plain.column().table(),
                        plain.column().column(),
                        plain.since());
    }

    /** This version of a module may write plainly what it does not declare, and a later one seals. */
    static void mayBePlain(Transaction tx, String module, List<SealedColumn> declared) {
        Set<String> sealed = declared.stream().map(SealedColumn::place).collect(Collectors.toSet());
        tx
                .handle()
                .createQuery("select " + COLUMNS + " from sealed_column where module = ? and plain_column is not null")
                .bind(0, module)
                .map((row, context) -> column(row))
                .list()
                .stream()
                .filter(one -> !sealed.contains(one.place()))
                .forEach(one -> tx.handle()
                        .execute(
                                "update sealed_column set plain_since = ? where table_name = ? and column_name = ?",
                                tx.now(),
                                one.table(),
                                one.column()));
    }

    /**
     * Remembers a column. One of a version that is no longer here stays: it may have been written to.
     *
     * <p>A hash column is forgotten as little, since the version before may come back and search by it.
     */
    static void remember(Transaction tx, SealedColumn column) {
        Optional<SealedColumn> before = find(tx, column.table(), column.column());
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
                            "insert into sealed_column (module, table_name, key_column, field, column_name, hash_column)"
                                    + " values (?, ?, ?, ?, ?, ?)",
                            column.module(),
                            column.table(),
                            String.join(",", column.keys()),
                            column.field(),
                            column.column(),
                            column.hash());
        }
        if (!Objects.equals(before.map(SealedColumn::plainColumn).orElse(null), column.plainColumn())
                || !Objects.equals(before.map(SealedColumn::plainPayload).orElse(null), column.plainPayload())) {
            tx.handle()
                    .execute(
                            "update sealed_column set plain_column = ?, plain_payload = ?, plain_since = ?"
                                    + " where table_name = ? and column_name = ?",
                            column.plainColumn(),
                            column.plainPayload(),
                            hasPlain(tx, column) ? tx.now() : null,
                            column.table(),
                            column.column());
        }
    }

    private static boolean hasPlain(Transaction tx, SealedColumn column) {
        String plain = column.plainColumn();
        return plain != null
                && tx.handle()
                        .createQuery("select " + plain + " from " + column.table() + " where " + plain
                                + " is not null fetch first 1 rows only")
                        .mapTo(String.class)
                        .findFirst()
                        .isPresent();
    }

    /** What of it is not in the database as a text column; empty if all is. */
    static Optional<String> missing(Transaction tx, SealedColumn column) {
        return missing(tx, column, Stream.concat(sealed(column), Stream.ofNullable(column.plainColumn())));
    }

    /** The columns without which nothing that was sealed can be read. */
    private static Stream<String> sealed(SealedColumn column) {
        return Stream.of(column.keys().stream(), Stream.of(column.column()), Stream.ofNullable(column.hash()))
                .flatMap(each -> each);
    }

    private static Optional<String> missing(Transaction tx, SealedColumn column, Stream<String> names) {
        try {
            for (String name : names.toList()) {
                if (!isText(tx.handle().getConnection(), column.table(), name)) {
                    return Optional.of(column.table() + '.' + name);
                }
            }
            return Optional.empty();
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
