package vn.sotay.platform.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.access.Audience;
import vn.sotay.api.store.AuditKind;

/** The rows of the audit trail: written by JDBC itself, as those of the feed are, since each write pays for it. */
final class AuditRows {

    /** A database serves one Sotay at a time. */
    static final int NODE = 1;

    /** The columns of {@link #ROW}. */
    static final String COLUMNS =
            "seq, node, done_at, account, kind, type, thing, for_member, before_digest, after_digest, detail, session_id,"
                    + " unit";

    /** The table by its key: else Derby reads all of it, as it did best when there was little. */
    static final String BY_KEY = "audit --DERBY-PROPERTIES constraint=audit_key\n";

    static final String INSERT =
            "insert into audit (" + COLUMNS + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?," + " ?)";
    private static final String INSERT_READ = "insert into audit_read (member, seq) values (?, ?)";

    private static final ThreadLocal<MessageDigest> DIGEST = ThreadLocal.withInitial(AuditRows::sha256);

    /** A row as it stands. */
    record Row(
            long seq,
            int node,
            long at,
            @Nullable String account,
            String kind,
            String type,
            @Nullable String thing,
            @Nullable String member,
            @Nullable String before,
            @Nullable String after,
            @Nullable String detail,
            @Nullable String session,
            @Nullable String unit) {

        /** As it is written. */
        static Row of(AuditEntry entry, long seq, long at) {
            return new Row(
                    seq,
                    NODE,
                    at,
                    text(entry.account()),
                    entry.kind().name(),
                    entry.type(),
                    entry.thing(),
                    text(entry.member()),
                    entry.before(),
                    entry.after(),
                    entry.detail(),
                    text(entry.session()),
                    text(entry.unit()));
        }

        private static @Nullable String text(@Nullable Object value) {
            return value == null ? null : value.toString();
        }

        /** SHA-256 of all but its place. */
        byte[] hash() {
            StringBuilder text = new StringBuilder(400);
            append(text, node, at, account, kind, type, thing, member, before, after, detail);
            if (session != null || unit != null) {
                // a row without either is hashed as those were that were sealed before there were any
                append(text, session, unit);
            }
            return digest(text.toString().getBytes(StandardCharsets.UTF_8));
        }

        private static void append(StringBuilder text, @Nullable Object... values) {
            for (Object value : values) {
                // with its length, so that nothing moves from one field to the next unseen
                String part = value == null ? "" : value.toString();
                text.append(value == null ? -1 : part.length()).append(':').append(part);
            }
        }
    }

    static final RowMapper<Row> ROW = (row, context) -> row(row);

    private AuditRows() {}

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getLong(1),
                row.getInt(2),
                row.getLong(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                row.getString(9),
                row.getString(10),
                row.getString(11),
                row.getString(12),
                row.getString(13));
    }

    /**
     * Writes rows in their order.
     *
     * @param insert by {@link #INSERT}
     * @param first the number of the first; each next one has the next number
     * @param at epoch milliseconds
     */
    static void write(Handle handle, KeptStatement insert, List<AuditEntry> entries, long first, long at) {
        try {
            Connection connection = handle.getConnection();
            if (entries.size() == 1) {
                insert.use(connection, statement -> {
                    bind(statement, entries.get(0), first, at);
                    statement.executeUpdate();
                });
            } else {
                writeMany(connection, entries, first, at);
            }
            if (entries.stream().anyMatch(AuditRows::isReadOfMember)) {
                writeReads(handle, entries, first);
            }
        } catch (SQLException e) {
            throw new UnableToExecuteStatementException(e, null);
        }
    }

    private static void writeMany(Connection connection, List<AuditEntry> entries, long first, long at)
            throws SQLException {
        try (PreparedStatement batch = connection.prepareStatement(INSERT)) {
            long seq = first;
            for (AuditEntry entry : entries) {
                bind(batch, entry, seq++, at);
                batch.addBatch();
            }
            batch.executeBatch();
        }
    }

    private static void bind(PreparedStatement statement, AuditEntry entry, long seq, long at) throws SQLException {
        statement.setLong(1, seq);
        statement.setInt(2, NODE);
        statement.setLong(3, at);
        text(statement, 4, entry.account());
        statement.setString(5, entry.kind().name());
        statement.setString(6, entry.type());
        text(statement, 7, entry.thing());
        text(statement, 8, entry.member());
        text(statement, 9, entry.before());
        text(statement, 10, entry.after());
        text(statement, 11, entry.detail());
        text(statement, 12, entry.session());
        text(statement, 13, entry.unit());
    }

    private static void text(PreparedStatement statement, int position, @Nullable Object value) throws SQLException {
        if (value == null) {
            statement.setNull(position, Types.VARCHAR);
        } else {
            statement.setString(position, value.toString());
        }
    }

    private static boolean isReadOfMember(AuditEntry entry) {
        return entry.member() != null && (entry.kind() == AuditKind.READ || entry.kind() == AuditKind.EXPORT);
    }

    private static void writeReads(Handle handle, List<AuditEntry> entries, long first) throws SQLException {
        try (PreparedStatement batch = handle.getConnection().prepareStatement(INSERT_READ)) {
            long seq = first;
            for (AuditEntry entry : entries) {
                if (isReadOfMember(entry)) {
                    batch.setString(1, String.valueOf(entry.member()));
                    batch.setLong(2, seq);
                    batch.addBatch();
                }
                seq++;
            }
            batch.executeBatch();
        }
    }

    /**
     * What the trail tells of a thing that the feed is told of.
     *
     * @param there what the feed had of it
     * @param writes what of it is written now: of the rest the feed keeps what it has, which may be sealed otherwise
     */
    static AuditEntry of(ChangeLog.Pending thing, List<FeedRows.Row> there, List<FeedRows.Write> writes) {
        Map<String, String> before = new TreeMap<>();
        for (FeedRows.Row row : there) {
            if (row.data() != null) {
                before.put(row.audience().toString(), row.data());
            }
        }
        Map<String, String> after = new TreeMap<>(before);
        for (FeedRows.Write write : writes) {
            if (write.data() == null) {
                after.remove(write.audience().toString());
            } else {
                after.put(write.audience().toString(), write.data());
            }
        }
        return new AuditEntry(
                Acting.account(),
                AuditKind.WRITE,
                thing.type(),
                thing.id().toString(),
                member(thing, there),
                digest(before),
                digest(after),
                null,
                Acting.session(),
                unit(thing, there));
    }

    /** Whom it concerns: itself if it is a member, else the one member that is told of it by itself. */
    private static @Nullable UUID member(ChangeLog.Pending thing, List<FeedRows.Row> there) {
        if (thing.type().equals("member")) {
            return thing.id();
        }
        UUID member = null;
        int found = 0;
        for (Audience audience : thing.payloads().keySet()) {
            if (audience.kind() == Audience.Kind.MEMBER) {
                member = audience.id();
                found++;
            }
        }
        if (thing.payloads().isEmpty()) {
            for (FeedRows.Row row : there) {
                if (row.audience().kind() == Audience.Kind.MEMBER && !row.deleted()) {
                    member = row.audience().id();
                    found++;
                }
            }
        }
        return found == 1 ? member : null;
    }

    private static @Nullable UUID unit(ChangeLog.Pending thing, List<FeedRows.Row> there) {
        return thing.payloads().isEmpty()
                ? AuditPlaces.of(thing.type(), thing.id(), told(there))
                : AuditPlaces.of(thing.type(), thing.id(), thing.payloads().keySet());
    }

    private static List<Audience> told(List<FeedRows.Row> there) {
        return there.stream()
                .filter(row -> !row.deleted())
                .map(FeedRows.Row::audience)
                .toList();
    }

    /** Of the payloads in the order of their audiences; what several have alike counts once. Null if there are none. */
    private static @Nullable String digest(Map<String, String> payloads) {
        if (payloads.isEmpty()) {
            return null;
        }
        MessageDigest digest = DIGEST.get();
        digest.reset();
        String last = "";
        for (Map.Entry<String, String> payload : payloads.entrySet()) {
            digest.update(payload.getKey().getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            if (!payload.getValue().equals(last)) {
                last = payload.getValue();
                digest.update(last.getBytes(StandardCharsets.UTF_8));
            }
            digest.update((byte) 0);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    static byte[] digest(byte[] bytes) {
        MessageDigest digest = DIGEST.get();
        digest.reset();
        return digest.digest(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java knows SHA-256", e);
        }
    }
}
