package vn.sotay.platform.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.access.Audience;

/** The rows of the change feed as each write reads and writes them: by JDBC itself, since Jdbi would be a fifth of a write's time. */
final class FeedRows {

    /** What an audience was told of a thing. */
    record Row(Audience audience, boolean deleted, @Nullable String data) {}

    /** What an audience is told of a thing now; a tombstone if there is no data. */
    record Write(
            ChangeLog.Pending thing,
            Audience audience,
            @Nullable String data,
            boolean isNew) {}

    private static final String READ =
            "select id, audience, deleted, data from change_feed where type = ? and id in (?";
    private static final String AUDIENCES =
            "select id, audience from change_feed where type = ? and deleted = false and id in (?";
    private static final String INSERT = "insert into change_feed (seq, version, changed_at, deleted, data, type, id,"
            + " audience) values (?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String UPDATE = "update change_feed set seq = ?, version = ?, changed_at = ?, deleted = ?,"
            + " data = ? where type = ? and id = ? and audience = ?";

    private FeedRows() {}

    /** What is there of these things of one type, by thing. */
    static Map<UUID, List<Row>> read(Handle handle, String type, List<UUID> ids) {
        // the last one repeated to the next power of two: a statement of each length would have to be compiled
        int size = Integer.highestOneBit(2 * ids.size() - 1);
        try (PreparedStatement query = handle.getConnection().prepareStatement(READ + ", ?".repeat(size - 1) + ')')) {
            query.setString(1, type);
            for (int i = 0; i < size; i++) {
                query.setString(2 + i, ids.get(Math.min(i, ids.size() - 1)).toString());
            }
            Map<UUID, List<Row>> rows = new HashMap<>();
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    rows.computeIfAbsent(UUID.fromString(row.getString(1)), id -> new ArrayList<>())
                            .add(new Row(Audience.parse(row.getString(2)), row.getBoolean(3), row.getString(4)));
                }
            }
            return rows;
        } catch (SQLException e) {
            throw new UnableToExecuteStatementException(e, null);
        }
    }

    /** Who is told of these things of one type, by thing. */
    static Map<UUID, List<Audience>> audiences(Handle handle, String type, List<UUID> ids) {
        int size = Integer.highestOneBit(2 * ids.size() - 1);
        try (PreparedStatement query =
                handle.getConnection().prepareStatement(AUDIENCES + ", ?".repeat(size - 1) + ')')) {
            query.setString(1, type);
            for (int i = 0; i < size; i++) {
                query.setString(2 + i, ids.get(Math.min(i, ids.size() - 1)).toString());
            }
            Map<UUID, List<Audience>> told = new HashMap<>();
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    told.computeIfAbsent(UUID.fromString(row.getString(1)), id -> new ArrayList<>())
                            .add(Audience.parse(row.getString(2)));
                }
            }
            return told;
        } catch (SQLException e) {
            throw new UnableToExecuteStatementException(e, null);
        }
    }

    /**
     * Writes rows, in their order.
     *
     * @param first the number of the first; each next one has the next number
     * @param at epoch milliseconds
     */
    static void write(Handle handle, List<Write> writes, long first, long at) {
        try {
            Connection connection = handle.getConnection();
            write(connection, INSERT, true, writes, first, at);
            write(connection, UPDATE, false, writes, first, at);
        } catch (SQLException e) {
            throw new UnableToExecuteStatementException(e, null);
        }
    }

    private static void write(
            Connection connection, String sql, boolean areNew, List<Write> writes, long first, long at)
            throws SQLException {
        if (writes.stream().noneMatch(write -> write.isNew() == areNew)) {
            return;
        }
        try (PreparedStatement batch = connection.prepareStatement(sql)) {
            long seq = first;
            for (Write write : writes) {
                if (write.isNew() == areNew) {
                    bind(batch, write, seq, at);
                    batch.addBatch();
                }
                seq++;
            }
            batch.executeBatch();
        }
    }

    private static void bind(PreparedStatement statement, Write write, long seq, long at) throws SQLException {
        statement.setLong(1, seq);
        statement.setLong(2, write.thing().version());
        statement.setLong(3, at);
        statement.setBoolean(4, write.data() == null);
        statement.setString(5, write.data());
        statement.setString(6, write.thing().type());
        statement.setString(7, write.thing().id().toString());
        statement.setString(8, write.audience().toString());
    }
}
