package vn.sotay.platform.store;

import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import vn.sotay.api.store.Transaction;
import vn.sotay.platform.keys.FieldKeys;
import vn.sotay.platform.keys.KeyException;

/** Which keys this database was sealed with: whether the key file is the right one is known before anything is read. */
public final class KeyRows {

    private KeyRows() {}

    /** Opens the key file, if it is that of this database, and remembers its keys. */
    static void open(Jdbi jdbi, FieldKeys keys, Clock clock) throws KeyException {
        Map<Integer, String> known = jdbi.withHandle(KeyRows::read);
        Map<Integer, String> all = keys.open(known);
        if (!known.keySet().containsAll(all.keySet())) {
            jdbi.useTransaction(handle -> remember(handle, all, clock.millis()));
        }
    }

    private static Map<Integer, String> read(Handle handle) {
        Map<Integer, String> known = new TreeMap<>();
        handle.createQuery("select key_number, fingerprint from field_key")
                .map((row, context) -> Map.entry(row.getInt(1), row.getString(2)))
                .forEach(key -> known.put(key.getKey(), key.getValue()));
        return known;
    }

    /** Remembers these keys besides those that are known. */
    public static void remember(Transaction tx, Map<Integer, String> keys) {
        remember(tx.handle(), keys, tx.now().toEpochMilli());
    }

    private static void remember(Handle handle, Map<Integer, String> keys, long at) {
        Map<Integer, String> known = read(handle);
        keys.forEach((number, fingerprint) -> {
            if (!known.containsKey(number)) {
                handle.execute(
                        "insert into field_key (key_number, fingerprint, known_at) values (?, ?, ?)",
                        number,
                        fingerprint,
                        at);
            }
        });
    }

    /** Whether nothing is left that an older key than this one has sealed, or none. */
    public static boolean isFinished(Transaction tx, int number) {
        return tx.handle()
                .createQuery("select key_number from field_key where key_number = ? and finished_at is not null")
                .bind(0, number)
                .mapTo(Integer.class)
                .findFirst()
                .isPresent();
    }

    /** Remembers that nothing is left that an older key than this one has sealed, or none. */
    public static void finished(Transaction tx, int number) {
        tx.handle().execute("update field_key set finished_at = ? where key_number = ?", tx.now(), number);
    }

    /** Forgets all keys before this one: nothing is sealed by them any more. */
    public static void forgetBefore(Transaction tx, int number) {
        tx.handle().execute("delete from field_key where key_number < ?", number);
    }
}
