package vn.sotay.platform.keys;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Short values that were opened lately: a list of a cell opens the same forty telephones each time it is read. At most twice as many as
 * {@link #MOST}; those that were not asked for the longest go. Thread-safe.
 */
final class Opened {

    /** Characters of a sealed text that is kept: a telephone, a reason, not what people write. */
    static final int LONGEST = 100;

    /** About 2 MB with those before. */
    static final int MOST = 4_096;

    /** Where a sealed text may stand, and what it says there. */
    private record Value(String field, String id, String plain) {}

    private volatile Map<String, Value> young = new ConcurrentHashMap<>();
    private volatile Map<String, Value> old = Map.of();

    /** What was opened at this very place; null if nothing was, lately. */
    @Nullable String find(String field, String id, String sealed) {
        Value value = young.get(sealed);
        if (value == null) {
            value = old.get(sealed);
            if (value == null) {
                return null;
            }
            put(sealed, value);
        }
        return value.id().equals(id) && value.field().equals(field) ? value.plain() : null;
    }

    void keep(String field, String id, String sealed, String plain) {
        if (sealed.length() <= LONGEST) {
            put(sealed, new Value(field, id, plain));
        }
    }

    private void put(String sealed, Value value) {
        if (young.size() >= MOST) {
            old = young;
            young = new ConcurrentHashMap<>();
        }
        young.put(sealed, value);
    }
}
