package vn.sotay.platform.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds a PostgreSQL database for this process by an advisory lock, on a connection of its own, and watches that. While it is lost
 * another Sotay may take the database, so that nothing is read or written until it is held again; and not even then if another one has
 * had it meanwhile, since what this one remembers may be wrong.
 *
 * <p>Who takes it ends the sessions of whoever had it before, and no session begins that does not find the lock of its own process:
 * what one process has begun can never commit after another has read.
 *
 * <p>Thread-safe.
 */
final class PostgresHold implements AutoCloseable {

    /** The name under which all connections of Sotay are known to the server. */
    static final String NAME = "sotay";

    static final String TAKEN = "55006";
    static final String NOT_HELD = "57P03";

    private static final Logger LOG = LoggerFactory.getLogger(PostgresHold.class);

    /** Key of the lock that one Sotay holds: "sotay" in ASCII. */
    private static final long OURS = 0x736f746179L;

    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final int ANSWER_SECONDS = 3;
    /** So long the sessions of a process that was killed may take to end. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Not a moment longer than it is true that nobody else has the database. */
    private enum State {
        HELD,
        LOST,
        /** Another one has had it: for good. */
        OTHERS
    }

    private final DataSource dataSource;
    private final String place;
    /** Whose the lock is; its bits are the key of a second lock, by which sessions know their own process. */
    private final UUID owner = UUID.randomUUID();

    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "sotay-hold");
        thread.setDaemon(true);
        return thread;
    });
    private volatile State state = State.LOST;
    private volatile long lostAt;
    private @Nullable Connection connection;

    /** @param place how the operator knows the database */
    PostgresHold(DataSource dataSource, String place) {
        this.dataSource = dataSource;
        this.place = place;
    }

    /**
     * Takes the database and begins to watch.
     *
     * @throws SQLException with state {@link #TAKEN} if another Sotay has it
     */
    void take() throws SQLException {
        Connection made = dataSource.getConnection();
        try {
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (!lock(made, OURS) || !endOthers(made)) {
                if (System.nanoTime() > end) {
                    throw new SQLException("in use", TAKEN);
                }
                sleep();
            }
            lock(made, owner.getLeastSignificantBits());
            own(made);
            connection = made;
            state = State.HELD;
        } finally {
            if (connection == null) {
                made.close();
            }
        }
        watch.scheduleWithFixedDelay(this::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void sleep() throws SQLException {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted", TAKEN, e);
        }
    }

    private static boolean lock(Connection connection, long key) throws SQLException {
        return is(connection, "select pg_try_advisory_lock(?)", key);
    }

    /** Whether no session of another process is left; asks those that are to end. */
    private static boolean endOthers(Connection connection) throws SQLException {
        return is(
                connection,
                "select count(pg_terminate_backend(pid)) = 0 from pg_stat_activity where datname = current_database()"
                        + " and application_name = '" + NAME + "' and pid <> pg_backend_pid() and ? <> 0",
                OURS);
    }

    private static boolean is(Connection connection, String query, long value) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setLong(1, value);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    /** Writes down whose the database is. Before the first migration there is no place for it, and nobody who could have lost it. */
    void own(Connection connection) throws SQLException {
        if (is(connection, "select to_regclass('feed_owner') is not null and ? <> 0", OURS)) {
            try (PreparedStatement statement = connection.prepareStatement("update feed_owner set owner = ?")) {
                statement.setString(1, owner.toString());
                statement.executeUpdate();
            }
        }
    }

    private boolean isStillOwn(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select owner from feed_owner where owner = ?")) {
            statement.setString(1, owner.toString());
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }

    /** Looks at once, in the thread that watches. */
    void suspect() {
        if (state == State.HELD) {
            watch.execute(this::look);
        }
    }

    private void look() {
        Connection held = connection;
        if (state == State.HELD && held != null && !answers(held)) {
            state = State.LOST;
            lostAt = System.nanoTime();
            connection = null;
            close(held);
            LOG.error("The database at {} does not answer any more: requests get 503 until it does", place);
        }
        if (state == State.LOST) {
            takeAgain();
        }
    }

    private static boolean answers(Connection connection) {
        try {
            return connection.isValid(ANSWER_SECONDS);
        } catch (SQLException e) {
            return false;
        }
    }

    private void takeAgain() {
        Connection made = null;
        try {
            made = dataSource.getConnection();
            if (!lock(made, OURS)) {
                // the server may not have noticed the end of our own session
                endOwn(made);
                return;
            }
            if (!isStillOwn(made)) {
                state = State.OTHERS;
                LOG.error("Another Sotay has had the database at {} meanwhile: restart this one", place);
                return;
            }
            lock(made, owner.getLeastSignificantBits());
            connection = made;
            state = State.HELD;
            LOG.warn("The database at {} answers again, after {} s", place, lostSeconds());
        } catch (SQLException e) {
            LOG.debug("the database does not answer yet", e);
        } finally {
            if (made != null && connection != made) {
                close(made);
            }
        }
    }

    private void endOwn(Connection made) throws SQLException {
        is(
                made,
                "select count(pg_terminate_backend(pid)) > 0 from pg_locks where " + HOLDS,
                owner.getLeastSignificantBits());
    }

    /** Of {@code pg_locks}: the session that has this advisory lock, given as one number of 64 bits. */
    private static final String HOLDS = "locktype = 'advisory' and granted and objsubid = 1"
            + " and database = (select oid from pg_database where datname = current_database())"
            + " and (classid::bigint << 32) | objid::bigint = ?";

    /**
     * Passes if a session that has just begun is of the process that holds the database.
     *
     * @throws SQLException with state {@link #NOT_HELD} otherwise
     */
    void admit(Connection made) throws SQLException {
        if (!is(made, "select count(*) > 0 from pg_locks where " + HOLDS, owner.getLeastSignificantBits())) {
            throw new SQLException("the database is not held by this process", NOT_HELD);
        }
    }

    /** Why the database cannot be used now; empty if it can. */
    Optional<String> trouble() {
        return switch (state) {
            case HELD -> Optional.empty();
            case LOST ->
                Optional.of("has not answered for " + lostSeconds()
                        + " s: look whether PostgreSQL runs and can be reached; requests get 503 until then");
            case OTHERS ->
                Optional.of(
                        "another Sotay has had the database meanwhile: see to it that one alone runs, and restart it");
        };
    }

    private long lostSeconds() {
        return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - lostAt);
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.debug("the connection that held the database was gone already", e);
        }
    }

    @Override
    public void close() {
        watch.shutdownNow();
        try {
            watch.awaitTermination(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (connection != null) {
            close(connection);
        }
    }
}
