package vn.sotay.platform.store;

import com.fasterxml.jackson.databind.node.MissingNode;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.argument.AbstractArgumentFactory;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.argument.Arguments;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.sotay.platform.keys.FieldKeys;
import vn.sotay.platform.keys.KeyException;
import vn.sotay.platform.module.AfterStart;
import vn.sotay.platform.module.Module;
import vn.sotay.platform.secrets.Secrets;

/** The open database: its pool, its change log, and a store for each bundle. Thread-safe. */
@Component(
        service = Engine.class,
        configurationPid = "vn.sotay.store",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = StoreConfig.class)
public final class Engine implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
    private static final long WAIT_MS = 10_000;
    /** After so many changes at once, as by a roster, PostgreSQL's own look at its tables, once a minute, comes too late. */
    private static final long ANALYZED_AFTER = 50_000;

    private final Database database;
    private final HikariDataSource pool;
    private final Clock clock;
    private final List<CommitListener> listeners = new CopyOnWriteArrayList<>();

    /** Held while the feed is written and committed; alone by who changes units. */
    private final ReadWriteLock units = new ReentrantReadWriteLock();

    private final AtomicLong notAnalyzed = new AtomicLong();
    private final UnderWay underWay = new UnderWay();
    private final SqlLogger logger;
    private final FieldKeys keys;
    private final Migrations migrations;
    private final Payloads payloads;
    private final ChangeLog changes;
    private final Doubts doubts;
    private final boolean restored;

    /**
     * Opens the configured database and brings the platform's own tables up to date.
     *
     * @param ready is told the operator's line, if that cannot be done
     */
    @Activate
    public Engine(
            BundleContext context,
            StoreConfig config,
            @Reference FieldKeys keys,
            @Reference(target = "(sotay=ready)") CompletableFuture<String> ready)
            throws StoreException {
        this(
                database(context, config, ready),
                config.poolSize(),
                Clock.systemUTC(),
                ready,
                () -> {
                    Module platform = new Module(Module.PLATFORM, context.getBundle(), MissingNode.getInstance());
                    return new Migrations.Release(platform.id(), platform.version(), Migrations.scripts(platform));
                },
                restored(context),
                keys,
                true,
                first(context, config, ready));
    }

    private static SqlLogger first(BundleContext context, StoreConfig config, CompletableFuture<String> ready) {
        if (!config.url().isEmpty()) {
            return SqlLogger.NOP_SQL_LOGGER;
        }
        FirstStatements first = new FirstStatements(statements(context));
        // with those of the first requests
        AfterStart.run(ready, first::keep);
        return first;
    }

    /** The operator says by an empty file that the database was put back from a backup; taken away when it was minded. */
    private static Restored restored(BundleContext context) {
        Path file = Path.of(context.getProperty("sotay.data")).resolve("restored");
        return new Restored(Files.exists(file), () -> {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                LOG.warn("{} cannot be deleted: do so, or clients start afresh at each start", file);
            }
        });
    }

    private record Restored(boolean isSo, Runnable minded) {}

    /** Where the platform's own migrations come from. */
    interface Platform {
        Migrations.Release release() throws MigrationException;
    }

    /** One without a place for keys, which can seal nothing; for tests of what has no sensitive fields. */
    Engine(Database database, int poolSize, Clock clock, CompletableFuture<String> ready, Platform platform)
            throws StoreException {
        this(
                database,
                poolSize,
                clock,
                ready,
                platform,
                new Restored(false, () -> {}),
                new FieldKeys(Path.of("none")),
                false,
                SqlLogger.NOP_SQL_LOGGER);
    }

    Engine(
            Database database,
            int poolSize,
            Clock clock,
            CompletableFuture<String> ready,
            Platform platform,
            FieldKeys keys)
            throws StoreException {
        this(
                database,
                poolSize,
                clock,
                ready,
                platform,
                new Restored(false, () -> {}),
                keys,
                true,
                SqlLogger.NOP_SQL_LOGGER);
    }

    private Engine(
            Database database,
            int poolSize,
            Clock clock,
            CompletableFuture<String> ready,
            Platform platform,
            Restored restored,
            FieldKeys keys,
            boolean seals,
            SqlLogger logger)
            throws StoreException {
        this.logger = logger;
        this.database = database;
        this.clock = clock;
        this.keys = keys;
        this.restored = restored.isSo();
        HikariDataSource opened = null;
        try {
            database.open();
            opened = pool(database, poolSize);
            this.pool = opened;
            this.migrations = new Migrations(jdbi(this::unhurried, logger), database.name(), clock);
            migrations.migrate(platform.release());
            jdbi().useHandle(handle -> database.own(handle.getConnection()));
            if (seals) {
                KeyRows.open(jdbi(), keys, clock);
            }
            if (restored.isSo()) {
                jdbi().useTransaction(ChangeLog::renew);
                restored.minded().run();
            }
            this.payloads = new Payloads(keys);
            this.changes = jdbi().inTransaction(handle -> ChangeLog.open(handle, payloads));
            this.doubts = new Doubts(jdbi(), database, changes);
        } catch (SQLException | MigrationException | KeyException | JdbiException e) {
            StoreException failure = new StoreException(explain(e), e);
            if (opened != null) {
                opened.close();
            }
            database.close();
            ready.completeExceptionally(failure);
            throw failure;
        }
    }

    private String explain(Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof MigrationException || cause instanceof KeyException) {
                return String.valueOf(cause.getMessage());
            }
            if (cause instanceof SQLException sql) {
                return database.explain(sql);
            }
        }
        return "the database cannot be used: " + failure.getMessage();
    }

    /** Loads what an engine asks the database with. */
    public static void load() {
        jdbi(
                () -> {
                    throw new SQLException("only loaded");
                },
                SqlLogger.NOP_SQL_LOGGER);
    }

    /**
     * Boots the embedded database if that is there and meant, and prepares what is asked first: takes half of the time that an engine
     * takes to open.
     *
     * @param data the data directory
     * @param url as configured
     * @param context the platform's own
     */
    public static void boot(Path data, String url, BundleContext context) {
        DerbyDatabase derby = derby(data);
        if (url.isEmpty() && derby.isThere()) {
            try (Connection connection = derby.dataSource().getConnection()) {
                FirstStatements.prepare(statements(context), connection);
            } catch (SQLException e) {
                // who opens the database finds the same, and tells
                LOG.debug("the database does not boot", e);
            }
        }
    }

    private static Path statements(BundleContext context) {
        return context.getDataFile("first-statements").toPath();
    }

    private static DerbyDatabase derby(Path data) {
        return new DerbyDatabase(data.resolve("derby"));
    }

    private static Database database(BundleContext context, StoreConfig config, CompletableFuture<String> ready)
            throws StoreException {
        if (config.url().isEmpty()) {
            return derby(Path.of(context.getProperty("sotay.data")));
        }
        try {
            String password = Secrets.find(
                    "store.password",
                    System.getenv("SOTAY_DATABASE_PASSWORD"),
                    config.passwordFile(),
                    config.password());
            return new PostgresDatabase(config.url(), config.user(), password);
        } catch (IOException e) {
            StoreException failure = new StoreException(String.valueOf(e.getMessage()), e);
            ready.completeExceptionally(failure);
            throw failure;
        }
    }

    private static HikariDataSource pool(Database database, int size) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(database.dataSource());
        config.setPoolName("sotay");
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(Math.min(2, size));
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        config.setConnectionTimeout(WAIT_MS);
        config.setValidationTimeout(3_000);
        return new HikariDataSource(config);
    }

    Migrations migrations() {
        return migrations;
    }

    /** The keys of this database's sealed fields. */
    FieldKeys keys() {
        return keys;
    }

    /** How payloads of the feed are kept. */
    public Payloads payloads() {
        return payloads;
    }

    /** The change log of this database. */
    public ChangeLog changes() {
        return changes;
    }

    /** Whether the operator has said that the database was put back from a backup before this start. */
    boolean isRestored() {
        return restored;
    }

    /** Tells this listener of each commit from now on. */
    public void listen(CommitListener listener) {
        listeners.add(listener);
    }

    /** No longer tells it. */
    public void unlisten(CommitListener listener) {
        listeners.remove(listener);
    }

    /**
     * Ends a unit of work that passed: marks the command that it belongs to, writes the feed, commits, makes known what has changed, and
     * then wakes who waits.
     */
    void commit(Handle handle, StoreTransaction tx) {
        Command command = Acting.command();
        if (command != null && !command.isMarked()) {
            command.mark(handle, tx.now());
        }
        if (tx.published() == null && tx.pending().isEmpty()) {
            if (tx.audits().isEmpty()) {
                commit(handle);
            } else {
                commit(handle, tx, changes.flush(handle, tx), session(handle));
            }
            return;
        }
        int session = session(handle);
        Lock turn = tx.published() == null ? units.readLock() : units.writeLock();
        ChangeLog.Flushed flushed;
        turn.lock();
        try {
            flushed = changes.flush(handle, tx);
            commit(handle, tx, flushed, session);
        } finally {
            turn.unlock();
        }
        if (flushed != null && flushed.ticket() != null) {
            told(flushed);
            ChangeNumbers.Ticket ticket = flushed.ticket();
            long changed = notAnalyzed.addAndGet(ticket.last() - ticket.first() + 1);
            if (changed > ANALYZED_AFTER && notAnalyzed.compareAndSet(changed, 0)) {
                Thread thread = new Thread(this::analyze, "sotay-analyze");
                thread.setDaemon(true);
                thread.start();
            }
        }
    }

    private void analyze() {
        try {
            database.analyze();
        } catch (SQLException e) {
            LOG.debug("the tables are not analyzed", e);
        }
    }

    /** The units of work that write. */
    UnderWay underWay() {
        return underWay;
    }

    /** Waits until all units of work have ended that had begun before: none of them seals by the key before any more. */
    public void awaitWriters() throws InterruptedException {
        underWay.await();
    }

    /** Lets go, as far as the database lets it, of files that hold what was replaced: sensitive fields were there in plain text. */
    public void forgetTraces() {
        try (Connection connection = unhurried()) {
            database.forgetTraces(connection);
        } catch (SQLException e) {
            LOG.warn("Traces of fields that were sealed are still in the database's files: {}", e.getMessage());
        }
    }

    private static void commit(Handle handle) {
        handle.commit();
        Command command = Acting.command();
        if (command != null) {
            command.marked();
        }
    }

    private void commit(Handle handle, StoreTransaction tx, ChangeLog.@Nullable Flushed flushed, int session) {
        try {
            commit(handle);
        } catch (RuntimeException e) {
            if (flushed != null && SqlState.isConflict(e)) {
                changes.rolledBack(flushed);
            } else if (flushed != null) {
                doubts.add(flushed, session, () -> madeSure(tx, flushed));
            }
            throw e;
        }
        makeKnown(tx, flushed);
    }

    /** It had committed after all. */
    private void madeSure(StoreTransaction tx, ChangeLog.Flushed flushed) {
        units.writeLock().lock();
        try {
            makeKnown(tx, flushed);
        } finally {
            units.writeLock().unlock();
        }
        if (flushed.ticket() != null) {
            told(flushed);
        }
    }

    /** The feed last: who is woken by it asks at once, and has to be known as what it is now. */
    private void makeKnown(StoreTransaction tx, ChangeLog.@Nullable Flushed flushed) {
        publish(tx);
        if (flushed == null) {
            return;
        }
        if (flushed.ticket() != null) {
            for (CommitListener listener : listeners) {
                listener.committed(flushed.types(), flushed.heads().keySet());
            }
        }
        changes.committed(flushed);
    }

    private void publish(StoreTransaction tx) {
        Runnable published = tx.published();
        if (published != null) {
            published.run();
            changes.rearranged(tx.successions());
        }
    }

    private void told(ChangeLog.Flushed flushed) {
        for (CommitListener listener : listeners) {
            listener.told(flushed.types());
        }
    }

    /** A connection of the pool; fails at once while the database is gone, so that nobody waits for what will not come. */
    private Connection connection() throws SQLException {
        if (database.trouble().isPresent()) {
            throw new SQLException("the database is gone", SqlState.GONE);
        }
        try {
            return pool.getConnection();
        } catch (SQLTransientConnectionException e) {
            database.suspect(e.getSQLState());
            throw e.getSQLState() == null ? new SQLException(e.getMessage(), SqlState.NONE_FREE, e) : e;
        }
    }

    private Connection unhurried() throws SQLException {
        Connection connection = connection();
        database.unhurried(connection);
        return connection;
    }

    /** Why nothing can be read or written now, in one line for the operator. */
    public Optional<String> trouble() {
        return database.trouble();
    }

    /** Whether there is room for what is written. */
    boolean hasRoom() {
        return database.hasRoom();
    }

    /** Somebody has met a sign that the database is gone. */
    void suspect(@Nullable String state) {
        database.suspect(state);
    }

    private int session(Handle handle) {
        try {
            return database.session(handle.getConnection());
        } catch (SQLException e) {
            throw new ConnectionException(e);
        }
    }

    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    @Deactivate
    @Override
    public void close() {
        doubts.close();
        pool.close();
        database.close();
    }

    /** A new Jdbi that binds and reads the types of the API's dialect. */
    Jdbi jdbi() {
        return jdbi(this::connection, logger);
    }

    private static Jdbi jdbi(ConnectionFactory connections, SqlLogger logger) {
        Jdbi jdbi = Jdbi.create(connections);
        jdbi.setSqlLogger(logger);
        // both drivers find out the column's own type; a type named here would fit no column of another
        jdbi.getConfig(Arguments.class)
                .setUntypedNullArgument((position, statement, context) -> statement.setObject(position, null));
        jdbi.registerArgument(new As<UUID>(Types.VARCHAR) {
            @Override
            protected Argument build(UUID value, ConfigRegistry config) {
                return (position, statement, context) -> statement.setString(position, value.toString());
            }
        });
        jdbi.registerArgument(new As<Instant>(Types.BIGINT) {
            @Override
            protected Argument build(Instant value, ConfigRegistry config) {
                return (position, statement, context) -> statement.setLong(position, value.toEpochMilli());
            }
        });
        jdbi.registerArgument(new As<LocalDate>(Types.VARCHAR) {
            @Override
            protected Argument build(LocalDate value, ConfigRegistry config) {
                return (position, statement, context) -> statement.setString(position, value.toString());
            }
        });
        jdbi.registerColumnMapper(UUID.class, (row, column, context) -> read(row.getString(column), UUID::fromString));
        jdbi.registerColumnMapper(
                LocalDate.class, (row, column, context) -> read(row.getString(column), LocalDate::parse));
        jdbi.registerColumnMapper(Instant.class, (row, column, context) -> {
            long millis = row.getLong(column);
            return row.wasNull() ? null : Instant.ofEpochMilli(millis);
        });
        return jdbi;
    }

    private static <T> @Nullable T read(@Nullable String text, Function<String, T> reader) {
        return text == null ? null : reader.apply(Objects.requireNonNull(text));
    }

    private abstract static class As<T> extends AbstractArgumentFactory<T> {
        As(int sqlType) {
            super(sqlType);
        }
    }
}
