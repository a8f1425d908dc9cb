package vn.sotay.platform.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A statement that each write needs, prepared once for each connection of the pool: of the time that Derby takes for one row, a tenth to a
 * fifth is to prepare and close it. Thread-safe, since a connection is one thread's at a time.
 */
final class KeptStatement {

    /** What is done with it. */
    interface Use {
        void use(PreparedStatement statement) throws SQLException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(KeptStatement.class);

    /** Beyond, those whose connection is closed are let go. */
    private static final int MANY = 64;

    private final String sql;
    private final Map<Connection, PreparedStatement> kept = new ConcurrentHashMap<>();

    KeptStatement(String sql) {
        this.sql = sql;
    }

    /** Runs this with it; a statement that fails is not used again. */
    void use(Connection connection, Use use) throws SQLException {
        // the pool closes its own statements with each unit of work
        Connection real = connection.unwrap(Connection.class);
        PreparedStatement statement = kept.get(real);
        if (statement == null) {
            letGo();
            statement = real.prepareStatement(sql);
            kept.put(real, statement);
        }
        boolean done = false;
        try {
            use.use(statement);
            done = true;
        } finally {
            if (!done) {
                kept.remove(real);
                closeQuietly(statement);
            }
        }
    }

    private void letGo() throws SQLException {
        if (kept.size() >= MANY) {
            for (Connection each : kept.keySet()) {
                if (each.isClosed()) {
                    kept.remove(each);
                }
            }
        }
    }

    private static void closeQuietly(PreparedStatement statement) {
        try {
            statement.close();
        } catch (SQLException e) {
            LOG.debug("what counts is why it failed", e);
        }
    }
}
