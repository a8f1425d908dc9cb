package vn.sotay.platform.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.store.Transaction;

/** The rows of passkeys. */
final class PasskeyRows {

    private static final String READ =
            "select id, account, host, credential, name, transports, synced, sign_count, made_at,"
                    + " used_at from account_passkey where ";

    private static final RowMapper<Row> ROW = (row, context) -> {
        long used = row.getLong(10);
        String transports = row.getString(6);
        return new Row(
                UUID.fromString(row.getString(1)),
                UUID.fromString(row.getString(2)),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                transports.isEmpty() ? List.of() : List.of(transports.split(",")),
                row.getBoolean(7),
                row.getLong(8),
                Instant.ofEpochMilli(row.getLong(9)),
                used == 0 ? null : Instant.ofEpochMilli(used));
    };

    /**
     * A passkey.
     *
     * @param host for which it was made
     * @param credential what {@link WebAuthn} keeps of it
     * @param name of the device, empty if it is not known
     * @param synced whether it may be on further devices
     * @param count how often it has signed, as it tells; zero if it does not count
     */
    record Row(
            UUID id,
            UUID account,
            String host,
            String credential,
            String name,
            List<String> transports,
            boolean synced,
            long count,
            Instant made,
            @Nullable Instant used) {}

    private PasskeyRows() {}

    static boolean has(Handle handle, UUID account) {
        return handle.createQuery("select id from account_passkey where account = :account fetch first 1 rows only")
                .bind("account", account)
                .mapTo(String.class)
                .findFirst()
                .isPresent();
    }

    /** Those of an account, the oldest first. */
    static List<Row> of(Handle handle, UUID account) {
        return handle.createQuery(READ + "account = :account order by made_at, id")
                .bind("account", account)
                .map(ROW)
                .list();
    }

    static Optional<Row> find(Handle handle, String hash) {
        return handle.createQuery(READ + "hash = :hash")
                .bind("hash", hash)
                .map(ROW)
                .findFirst();
    }

    static void insert(Transaction tx, Row row, String hash) {
        tx.handle()
                .execute(
                        "insert into account_passkey (id, account, hash, credential, host, name, transports, synced,"
                                + " sign_count, made_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                        row.id(),
                        row.account(),
                        hash,
                        row.credential(),
                        row.host(),
                        row.name(),
                        String.join(",", row.transports()),
                        row.synced(),
                        row.count(),
                        row.made());
    }

    /** @return whether it still counts as it did when it was read: of two at once that have signed alike the second finds no row */
    static boolean used(Transaction tx, Row row, long count) {
        return tx.handle()
                        .execute(
                                "update account_passkey set sign_count = ?, used_at = ? where id = ? and sign_count = ?",
                                count,
                                tx.now(),
                                row.id(),
                                row.count())
                == 1;
    }

    /** @return whether there was one */
    static boolean remove(Transaction tx, UUID account, UUID passkey) {
        return tx.handle().execute("delete from account_passkey where account = ? and id = ?", account, passkey) == 1;
    }

    /** @return whether there were any */
    static boolean removeAll(Transaction tx, UUID account) {
        return tx.handle().execute("delete from account_passkey where account = ?", account) > 0;
    }
}
