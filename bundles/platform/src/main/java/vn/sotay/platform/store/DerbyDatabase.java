package vn.sotay.platform.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.apache.derby.jdbc.EmbeddedDataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Apache Derby inside this process, in the data directory. When it cannot write its log it stops for good: then nothing is read or
 * written until it has been started anew, which mends it from its log.
 */
final class DerbyDatabase implements Database {

    private static final Logger LOG = LoggerFactory.getLogger(DerbyDatabase.class);

    /** How Derby says that a database was shut down, had not been booted, or was never made. */
    private static final Set<String> ENDED = Set.of("08006", "08003", "XJ004");

    /** With less than this nothing more is written: a transaction that meets the end of the disk stops the database. */
    private static final long ROOM = 16 * 1024 * 1024;

    private static final Duration ROOM_LASTS = Duration.ofMillis(50);

    private static final long LOOK_MS = 1_000;

    /** Bytes after which Derby begins another file of its log. */
    private static final int LOG_FILE = 1024 * 1024;

    private final Path directory;
    private final EmbeddedDataSource dataSource = new EmbeddedDataSource();
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "sotay-derby");
        thread.setDaemon(true);
        return thread;
    });
    private final AtomicBoolean stopped = new AtomicBoolean();
    private volatile boolean room;
    private volatile long roomSeen = System.nanoTime() - ROOM_LASTS.toNanos() - 1;

    DerbyDatabase(Path directory) {
        this.directory = directory;
        // Derby reads these when it boots, for the whole JVM. Its readers wait for writers: a minute, the default,
        // would
        // be longer than anybody waits for a page.
        System.setProperty(
                "derby.stream.error.file", directory.resolveSibling("derby.log").toString());
        System.setProperty("derby.locks.waitTimeout", "10");
        System.setProperty("derby.locks.deadlockTimeout", "2");
        // rows, not the whole table, also where some ten thousand are addressed anew: its other readers go on
        System.setProperty("derby.locks.escalationThreshold", "1000000");
        System.setProperty("derby.storage.pageCacheSize", "10000");
        dataSource.setDatabaseName(directory.toString());
        dataSource.setCreateDatabase("create");
    }

    @Override
    public String name() {
        return "derby";
    }

    @Override
    public void open() throws SQLException {
        // Derby itself refuses a second process
        dataSource.getConnection().close();
        watch.scheduleWithFixedDelay(this::startAgain, LOOK_MS, LOOK_MS, TimeUnit.MILLISECONDS);
    }

    /** Whether it was made before. */
    boolean isThere() {
        return Files.exists(directory.resolve("service.properties"));
    }

    /** Looked up once in a while: what many write in that time takes less than the room that is kept. */
    @Override
    public boolean hasRoom() {
        long now = System.nanoTime();
        if (now - roomSeen > ROOM_LASTS.toNanos()) {
            room = directory.toFile().getUsableSpace() >= ROOM;
            roomSeen = now;
        }
        return room;
    }

    @Override
    public Optional<String> trouble() {
        return stopped.get()
                ? Optional.of("has stopped, and is started anew as soon as there is room in " + directory
                        + "; requests get 503 until then")
                : Optional.empty();
    }

    @Override
    public void suspect(@Nullable String state) {
        boolean certain = SqlState.stopsDerby(state);
        if (!stopped.get() && (certain || !isWell()) && stopped.compareAndSet(false, true)) {
            LOG.error(
                    "The database {} cannot go on ({}) and is started anew; requests get 503 until then, or until there is"
                            + " room on the disk",
                    directory,
                    state);
        }
    }

    /** One connection may break by itself, as when its thread is interrupted. */
    private boolean isWell() {
        String trial = hasRoom() ? "update feed_state set high = high" : "select high from feed_state";
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(trial);
            return true;
        } catch (SQLException e) {
            LOG.debug("the database is not well", e);
            return false;
        }
    }

    private void startAgain() {
        if (!stopped.get() || !hasRoom()) {
            return;
        }
        shutDown();
        try {
            dataSource.getConnection().close();
            stopped.set(false);
            LOG.warn("The database {} goes on", directory);
        } catch (SQLException e) {
            LOG.debug("the database does not start yet", e);
        }
    }

    @Override
    public DataSource dataSource() {
        return dataSource;
    }

    /**
     * Its log has what was there before each change, and is thrown away file by file. Fills the one that is written to, so that the next
     * one begins; a checkpoint then needs nothing of those before.
     */
    @Override
    public void forgetTraces(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("create table trace (filling varchar(32000))");
            try (PreparedStatement filling = connection.prepareStatement("insert into trace values (?)")) {
                filling.setString(1, "x".repeat(32_000));
                for (int i = 0; i < 2 * LOG_FILE / 32_000; i++) {
                    filling.executeUpdate();
                }
            }
            statement.execute("drop table trace");
            statement.execute("call syscs_util.syscs_checkpoint_database()");
        }
    }

    @Override
    public String explain(SQLException problem) {
        SQLException last = problem;
        for (SQLException e = problem; e != null; e = e.getNextException()) {
            if ("XSDB6".equals(e.getSQLState())) {
                return "the database " + directory + " is open in another process: stop that one first";
            }
            last = e;
        }
        // the first one only says that there is a next one
        return "the database " + directory + " cannot be opened (" + last.getMessage() + "); "
                + directory.resolveSibling("derby.log") + " tells more";
    }

    @Override
    public void close() {
        watch.shutdown();
        try {
            watch.awaitTermination(LOOK_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        shutDown();
    }

    private void shutDown() {
        EmbeddedDataSource end = new EmbeddedDataSource();
        end.setDatabaseName(directory.toString());
        end.setShutdownDatabase("shutdown");
        try {
            end.getConnection().close();
        } catch (SQLException e) {
            if (!ENDED.contains(e.getSQLState())) {
                LOG.warn("The database did not shut down in order: {}", e.getMessage());
            }
        }
    }
}
