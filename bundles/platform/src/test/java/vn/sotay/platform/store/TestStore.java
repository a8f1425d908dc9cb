package vn.sotay.platform.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import vn.sotay.api.access.Audience;
import vn.sotay.api.store.Seals;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;
import vn.sotay.platform.json.Json;
import vn.sotay.platform.keys.FieldKeys;
import vn.sotay.platform.module.ModuleException;
import vn.sotay.platform.seals.ModuleSeals;
import vn.sotay.testkit.PostgresCluster;
import vn.sotay.testkit.Sotay;

/** A real database to throw away, with the platform's tables; for the tests of the platform and of modules. */
public final class TestStore implements AutoCloseable {

    /**
     * A thing in the change feed, as one audience has it.
     *
     * @param data JSON; null for a tombstone
     */
    public record Fed(String type, String id, long version, boolean deleted, String data) {}

    private final Engine engine;
    private final Store store;

    private TestStore(Engine engine) {
        this.engine = engine;
        this.store = new EngineStore(engine);
    }

    /** Makes one, on a clock that tests may move. */
    public static TestStore open(vn.sotay.testkit.Database database, Clock clock) {
        return open(database, clock, Connection::commit);
    }

    /** Makes one that pauses before each commit, in milliseconds at most; for what races. */
    public static TestStore open(vn.sotay.testkit.Database database, int pause) {
        return open(database, Clock.systemUTC(), connection -> {
            try {
                Thread.sleep(ThreadLocalRandom.current().nextInt(pause));
            } catch (InterruptedException e) {
                throw new SQLException("interrupted", e);
            }
            connection.commit();
        });
    }

    /** Makes one that does this before each commit, in the committing thread; for what has to be held there. */
    public static TestStore open(vn.sotay.testkit.Database database, Runnable beforeCommit) {
        return open(database, Clock.systemUTC(), connection -> {
            beforeCommit.run();
            connection.commit();
        });
    }

    private static TestStore open(vn.sotay.testkit.Database database, Clock clock, Interposed.Commit commit) {
        Database target = database == vn.sotay.testkit.Database.DERBY
                ? new DerbyDatabase(Sotay.temporary().resolve("derby"))
                : new PostgresDatabase(PostgresCluster.shared().newDatabase(), "", "");
        try {
            Path db = Path.of(Engine.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            FieldKeys keys = new FieldKeys(Sotay.temporary().resolve("keys/fields"));
            return new TestStore(new Engine(
                    new Interposed(target, commit),
                    8,
                    clock,
                    new CompletableFuture<>(),
                    () -> new Migrations.Release("platform", "0.1.0", platformScripts(db)),
                    keys));
        } catch (Exception e) {
            throw new AssertionError("the database " + database + " did not open", e);
        }
    }

    public static TestStore open(vn.sotay.testkit.Database database) {
        return open(database, Clock.systemUTC());
    }

    /** From the folder or the jar that the platform's classes come from. */
    private static List<Migrations.Script> platformScripts(Path classes) {
        if (Files.isDirectory(classes)) {
            return scripts(classes.resolve("sotay/db"));
        }
        try (var jar = java.nio.file.FileSystems.newFileSystem(classes)) {
            return scripts(jar.getPath("/sotay/db"));
        } catch (IOException e) {
            throw new AssertionError("no migrations in " + classes, e);
        }
    }

    private static List<Migrations.Script> scripts(Path folder) {
        List<Migrations.Script> scripts = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                scripts.add(Migrations.Script.of(file.getFileName().toString(), Files.readAllBytes(file)));
            }
            return scripts;
        } catch (IOException | MigrationException e) {
            throw new AssertionError("no migrations in " + folder, e);
        }
    }

    /** Makes a module's tables from its folder {@code sotay/db}. */
    public TestStore migrate(String module, Path folder) {
        try {
            engine.migrations().migrate(new Migrations.Release(module, "0.1.0", scripts(folder)));
            return this;
        } catch (MigrationException e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    public Store store() {
        return store;
    }

    /** The keys of its sealed fields. */
    public FieldKeys keys() {
        return engine.keys();
    }

    /** What a module seals by what its {@code module.json} declares. */
    public Seals seals(String module, Path descriptor) {
        try {
            JsonNode root = Json.ownFiles().readTree(Files.readAllBytes(descriptor));
            return new ModuleSeals(keys(), module, root.path("sealed"));
        } catch (IOException | ModuleException e) {
            throw new AssertionError(descriptor + " cannot be read", e);
        }
    }

    /** What stands behind the store: the change log, the commit listeners. */
    public Engine engine() {
        return engine;
    }

    /** What the change feed holds for an audience, oldest change first. */
    public List<Fed> feed(Audience audience) {
        return store.read(tx -> feed(tx, audience));
    }

    /** The same within a transaction. */
    public List<Fed> feed(Transaction tx, Audience audience) {
        return tx.handle()
                .createQuery("select type, id, version, deleted, data from change_feed where audience = :audience"
                        + " order by seq")
                .bind("audience", audience.toString())
                .map((row, context) -> {
                    String data = row.getString(5);
                    UUID id = UUID.fromString(row.getString(2));
                    return new Fed(
                            row.getString(1),
                            id.toString(),
                            row.getLong(3),
                            row.getBoolean(4),
                            data == null ? null : engine.payloads().open(row.getString(1), id, data));
                })
                .list();
    }

    @Override
    public void close() {
        engine.close();
    }
}
