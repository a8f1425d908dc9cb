package vn.sotay.platform.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.sotay.api.access.Audience;
import vn.sotay.api.change.ChangeType;
import vn.sotay.api.http.ProblemException;

/** Derby meets an error after which it does not go on. */
class DerbyStopsTest {

    private record Note(String text) {}

    private static final ChangeType<Note> NOTE = new ChangeType<>("note", Note.class);
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"XSLA4", "XSDG1", "XBCA0"})
    void isStartedAnewByItself(String state) throws Exception {
        AtomicReference<String> next = new AtomicReference<>("");
        Database database = new Interposed(new DerbyDatabase(directory.resolve("derby")), connection -> {
            String met = next.getAndSet("");
            if (!met.isEmpty()) {
                throw new SQLException("Derby does not go on", met);
            }
            connection.commit();
        });
        try (Engine engine = new Engine(
                database,
                4,
                Clock.systemUTC(),
                new CompletableFuture<>(),
                () -> new Migrations.Release(
                        "platform",
                        "0.1.0",
                        List.of(
                                DoubtsTest.script("0001-feed.sql"),
                                DoubtsTest.script("0016-audit.sql"),
                                DoubtsTest.script("0020-jobs.sql"),
                                DoubtsTest.script("0026-audit-sessions.sql"))))) {
            EngineStore store = new EngineStore(engine);
            write(store, "before");

            next.set(state);
            assertThatThrownBy(() -> write(store, "not written"))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            e -> assertThat(e.problem().status()).isEqualTo(503));
            assertThat(engine.trouble())
                    .hasValueSatisfying(line -> assertThat(line).contains("is started anew"));

            long end = System.nanoTime() + SOON.toNanos();
            while (engine.trouble().isPresent()
                    || engine.changes().underWay() > engine.changes().watermark()) {
                assertThat(System.nanoTime()).isLessThan(end);
                Thread.sleep(20);
            }
            write(store, "after");
            assertThat(store.<List<String>, RuntimeException>read(tx -> tx.handle()
                            .createQuery("select data from change_feed order by seq")
                            .mapTo(String.class)
                            .list()))
                    .containsExactly("{\"text\":\"before\"}", "{\"text\":\"after\"}");
        }
    }

    private static void write(EngineStore store, String text) {
        store.change(tx -> tx.changed(NOTE, UUID.randomUUID(), 1, Map.of(Audience.EVERYONE, new Note(text))));
    }
}
