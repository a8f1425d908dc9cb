package vn.sotay.platform.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.sotay.testkit.PostgresCluster;

/** What an operator reads when the database cannot be opened; each is told to the launcher as well. */
class EngineTest {

    private static Engine open(Database database) throws StoreException {
        return open(database, new CompletableFuture<>());
    }

    private static Engine open(Database database, CompletableFuture<String> ready) throws StoreException {
        return new Engine(
                database,
                4,
                Clock.systemUTC(),
                ready,
                () -> new Migrations.Release(
                        "platform",
                        "0.1.0",
                        List.of(
                                DoubtsTest.script("0001-feed.sql"),
                                DoubtsTest.script("0016-audit.sql"),
                                DoubtsTest.script("0020-jobs.sql"),
                                DoubtsTest.script("0026-audit-sessions.sql"))));
    }

    private static void assertRefused(Database database, String line) {
        CompletableFuture<String> ready = new CompletableFuture<>();
        assertThatThrownBy(() -> open(database, ready))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(line);
        assertThat(ready).isCompletedExceptionally();
    }

    private static PostgresDatabase postgres(String url) {
        return new PostgresDatabase(url, "", "");
    }

    @Test
    void takesADatabaseForOneProcess() throws Exception {
        String url = PostgresCluster.shared().newDatabase();
        Engine first = open(postgres(url));
        assertRefused(postgres(url), "is in use by another Sotay: stop that one first");
        first.close();
        open(postgres(url)).close();
    }

    @Test
    void saysWhyPostgreSqlCannotBeUsed() throws Exception {
        String url = PostgresCluster.shared().newDatabase();
        assertRefused(
                postgres(url.replaceAll("/sotay\\d+", "/nowhere")), "/nowhere does not exist: make it with createdb");
        assertRefused(postgres("jdbc:postgresql://localhost:1/sotay"), "localhost:1/sotay cannot be reached");
        assertRefused(
                new PostgresDatabase(url.replace("?user=sotay", ""), "nobody", "secret"), "refuses user and password");
        try (var made = postgres(url).dataSource().getConnection();
                var statement = made.createStatement()) {
            statement.execute("create database latin encoding 'LATIN1' locale 'C' template template0");
            statement.execute("create role clerk login");
        }
        assertRefused(postgres(url.replaceAll("/sotay\\d+", "/latin")), "does not keep Vietnamese letters");
        assertRefused(
                new PostgresDatabase(url.replace("?user=sotay", ""), "clerk", ""),
                "does not let this user make tables");
    }

    @Test
    void saysWhyDerbyCannotBeOpened(@TempDir Path directory) throws Exception {
        Path derby = directory.resolve("derby");
        Files.createDirectory(derby);
        Files.writeString(derby.resolve("service.properties"), "");
        assertRefused(new DerbyDatabase(derby), "cannot be opened");
    }

    @Test
    void givesOutNoNumberTwiceAfterARestart(@TempDir Path directory) throws Exception {
        Path derby = directory.resolve("derby");
        Engine first = open(new DerbyDatabase(derby));
        String generation = first.changes().generation();
        first.jdbi().useHandle(handle -> handle.execute("update feed_state set high = 41"));
        first.close();
        Engine second = open(new DerbyDatabase(derby));
        assertThat(second.changes().watermark()).isEqualTo(41);
        assertThat(second.changes().generation()).isEqualTo(generation);
        second.jdbi().useTransaction(ChangeLog::renew);
        second.close();
        Engine restored = open(new DerbyDatabase(derby));
        assertThat(restored.changes().generation()).isNotEqualTo(generation);
        restored.close();
    }
}
