package vn.sotay.platform.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/**
 * Some hundred rows of the audit trail as they were when they were sealed.
 *
 * @param number one more than that of the seal before
 * @param firstAt the earliest of its rows, epoch milliseconds
 * @param before hash of the seal before it
 * @param entries of each row its number, in eight bytes, and the hash of the rest, in 32
 */
record AuditSeal(
        long number,
        int node,
        long first,
        long last,
        long firstAt,
        long sealedAt,
        String before,
        String hash,
        byte[] entries) {

    /** Rows in one seal at most. */
    static final int MOST = 500;

    /** What stands for the seal before the first. */
    static final String NOTHING = "0".repeat(64);

    static final String COLUMNS = "number, node, first_seq, last_seq, first_at, sealed_at, before_hash, hash, entries";

    /** The table by its key, as that of the rows. */
    static final String BY_KEY = "audit_seal --DERBY-PROPERTIES constraint=audit_seal_key\n";

    static final RowMapper<AuditSeal> ROW = (row, context) -> new AuditSeal(
            row.getLong(1),
            row.getInt(2),
            row.getLong(3),
            row.getLong(4),
            row.getLong(5),
            row.getLong(6),
            row.getString(7),
            row.getString(8),
            row.getBytes(9));

    private static final int HASH = 32;
    private static final int ENTRY = Long.BYTES + HASH;

    /** Seals these rows, which are in their order and at least one. */
    static AuditSeal of(long number, String before, List<AuditRows.Row> rows, long now) {
        ByteBuffer entries = ByteBuffer.allocate(rows.size() * ENTRY);
        long firstAt = Long.MAX_VALUE;
        for (AuditRows.Row row : rows) {
            entries.putLong(row.seq()).put(row.hash());
            firstAt = Math.min(firstAt, row.at());
        }
        long first = rows.get(0).seq();
        long last = rows.get(rows.size() - 1).seq();
        AuditSeal open = new AuditSeal(number, AuditRows.NODE, first, last, firstAt, now, before, "", entries.array());
        return new AuditSeal(
                number, AuditRows.NODE, first, last, firstAt, now, before, open.computed(), open.entries());
    }

    /** The hash that it must have. */
    String computed() {
        byte[] head = (before + ' ' + number + ' ' + node + ' ' + first + ' ' + last + ' ' + firstAt + ' ' + sealedAt)
                .getBytes(StandardCharsets.US_ASCII);
        byte[] all = ByteBuffer.allocate(head.length + entries.length)
                .put(head)
                .put(entries)
                .array();
        return HexFormat.of().formatHex(AuditRows.digest(all));
    }

    /** The hash of each row by its number; empty if that cannot be read. */
    TreeMap<Long, String> hashes() {
        TreeMap<Long, String> hashes = new TreeMap<>();
        ByteBuffer buffer = ByteBuffer.wrap(entries);
        while (buffer.remaining() >= ENTRY) {
            long seq = buffer.getLong();
            byte[] hash = new byte[HASH];
            buffer.get(hash);
            hashes.put(seq, HexFormat.of().formatHex(hash));
        }
        return hashes;
    }

    void insert(Handle handle) {
        handle.createUpdate("insert into audit_seal (" + COLUMNS + ") values (:number, :node, :first, :last, :firstAt,"
                        + " :sealedAt, :before, :hash, :entries)")
                .bind("number", number)
                .bind("node", node)
                .bind("first", first)
                .bind("last", last)
                .bind("firstAt", firstAt)
                .bind("sealedAt", sealedAt)
                .bind("before", before)
                .bind("hash", hash)
                .bind("entries", entries)
                .execute();
    }
}
