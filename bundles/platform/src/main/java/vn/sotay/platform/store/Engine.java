package vn.sotay.platform.store;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.argument.AbstractArgumentFactory;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.argument.Arguments;
import org.jdbi.v3.core.argument.NullArgument;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.sotay.api.store.Store;

/** The open database: its pool, its change log, and a store for each bundle. Thread-safe. */
public final class Engine implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

    private final Database database;
    private final HikariDataSource pool;
    private final Clock clock;
    private final List<CommitListener> listeners = new CopyOnWriteArrayList<>();
    private final Migrations migrations;
    private final ChangeLog changes;

    private Engine(
            Database database, HikariDataSource pool, Clock clock, List<Migrations.Script> scripts, String version)
            throws MigrationException {
        this.database = database;
        this.pool = pool;
        this.clock = clock;
        this.migrations = new Migrations(jdbi(), database.name(), clock);
        migrations.migrate(vn.sotay.platform.module.Module.PLATFORM, version, scripts);
        this.changes = jdbi().inTransaction(ChangeLog::open);
    }

    /**
     * Opens the database and brings the platform's own tables up to date.
     *
     * @param scripts the platform's migrations
     * @throws StoreException with the operator's line, if that cannot be done
     */
    static Engine open(Database database, int poolSize, Clock clock, List<Migrations.Script> scripts, String version)
            throws StoreException {
        try {
            database.dataSource().getConnection().close();
        } catch (SQLException e) {
            throw new StoreException(database.explain(e), e);
        }
        HikariConfig config = new HikariConfig();
        config.setDataSource(database.dataSource());
        config.setPoolName("sotay");
        config.setMaximumPoolSize(poolSize);
        config.setMinimumIdle(Math.min(2, poolSize));
        config.setAutoCommit(true);
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        config.setConnectionTimeout(20_000);
        HikariDataSource pool = new HikariDataSource(config);
        try {
            return new Engine(database, pool, clock, scripts, version);
        } catch (MigrationException e) {
            pool.close();
            database.close();
            throw new StoreException(String.valueOf(e.getMessage()), e);
        }
    }

    /** A store whose caches go with it. */
    Store store(ObjectMapper json) {
        return new EngineStore(this, jdbi(), json);
    }

    Migrations migrations() {
        return migrations;
    }

    /** The change log of this database. */
    public ChangeLog changes() {
        return changes;
    }

    void listen(CommitListener listener) {
        listeners.add(listener);
    }

    void unlisten(CommitListener listener) {
        listeners.remove(listener);
    }

    /** Ends a unit of work that passed: writes the feed, commits, tells who waits. */
    void commit(Handle handle, StoreTransaction tx) {
        ChangeLog.Flushed flushed =
                changes.flush(handle, tx.pending().values(), tx.now().toEpochMilli());
        if (flushed == null) {
            handle.commit();
            return;
        }
        try {
            handle.commit();
        } catch (RuntimeException e) {
            // whether it committed is not known: its rows, if they are there, are found by the heads read anew
            changes.ended(flushed);
            throw e;
        }
        changes.committed(flushed);
        for (CommitListener listener : listeners) {
            listener.committed(flushed.types());
        }
    }

    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    @Override
    public void close() {
        pool.close();
        database.close();
    }

    /** A new Jdbi that binds and reads the types of the API's dialect. */
    private Jdbi jdbi() {
        Jdbi jdbi = Jdbi.create(pool);
        jdbi.getConfig(Arguments.class).setUntypedNullArgument(new NullArgument(Types.VARCHAR));
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
        LOG.debug("a store on {}", database.name());
        return jdbi;
    }

    private static <T> @Nullable T read(@Nullable String text, java.util.function.Function<String, T> reader) {
        return text == null ? null : reader.apply(Objects.requireNonNull(text));
    }

    private abstract static class As<T> extends AbstractArgumentFactory<T> {
        As(int sqlType) {
            super(sqlType);
        }
    }
}
