package vn.sotay.platform.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.sotay.api.access.Audience;
import vn.sotay.api.change.ChangeType;
import vn.sotay.api.http.ProblemException;

/** A connection that breaks while it commits: nobody knows at first whether it has. */
class DoubtsTest {

    private record Note(String text) {}

    private static final ChangeType<Note> NOTE = new ChangeType<>("note", Note.class);
    private static final Duration SOON = Duration.ofSeconds(10);

    private enum Break {
        NEVER,
        BEFORE,
        AFTER
    }

    @TempDir
    java.nio.file.Path directory;

    private volatile Break next = Break.NEVER;
    private volatile boolean undecided;

    private void commit(Connection connection) throws SQLException {
        Break now = next;
        next = Break.NEVER;
        if (now == Break.BEFORE) {
            connection.rollback();
        } else {
            connection.commit();
        }
        if (now != Break.NEVER) {
            throw new SQLException("the connection broke", "08006");
        }
    }

    /** Derby, with a server that may still be at it: then it is not known whether it has committed. */
    private Database database() {
        return new Interposed(new DerbyDatabase(directory.resolve("derby")), this::commit) {
            @Override
            public boolean isOver(int session, Connection other) {
                return !undecided;
            }
        };
    }

    private static void await(java.util.function.BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + SOON.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.sleep(20);
        }
    }

    private static void note(EngineStore store, UUID id, String text) {
        store.change(tx -> tx.changed(NOTE, id, 1, Map.of(Audience.EVERYONE, new Note(text))));
    }

    @Test
    void numbersStayOpenUntilItIsKnown() throws Exception {
        try (Engine engine = new Engine(
                database(),
                4,
                java.time.Clock.systemUTC(),
                new CompletableFuture<>(),
                () -> new Migrations.Release(
                        "platform",
                        "0.1.0",
                        List.of(
                                script("0001-feed.sql"),
                                script("0016-audit.sql"),
                                script("0020-jobs.sql"),
                                script("0026-audit-sessions.sql"))))) {
            EngineStore store = new EngineStore(engine);
            List<java.util.Set<String>> told = new java.util.concurrent.CopyOnWriteArrayList<>();
            engine.listen((types, audiences) -> told.add(types));
            note(store, UUID.randomUUID(), "before");
            assertThat(engine.changes().watermark()).isEqualTo(1);

            AuditTrail trail = new AuditTrail(store, engine, directory.resolve("audit"), java.time.Duration.ofDays(30));
            undecided = true;
            next = Break.AFTER;
            assertThatThrownBy(() -> note(store, UUID.randomUUID(), "committed all the same"))
                    .isInstanceOfSatisfying(ProblemException.class, e -> {
                        assertThat(e.problem().status()).isEqualTo(503);
                        assertThat(e.problem().code()).isEqualTo("database.away");
                    });
            note(store, UUID.randomUUID(), "next");
            assertThat(engine.changes().watermark()).isEqualTo(1);
            assertThat(told).hasSize(2);
            trail.seal();
            assertThat(trail.verify().open()).isEqualTo(2);
            undecided = false;
            await(() -> engine.changes().watermark() == 3);
            assertThat(told).hasSize(3);

            next = Break.BEFORE;
            assertThatThrownBy(() -> note(store, UUID.randomUUID(), "lost")).isInstanceOf(ProblemException.class);
            note(store, UUID.randomUUID(), "last");
            await(() -> engine.changes().watermark() == 5);
            assertThat(told).hasSize(4);
            // of what was in doubt, that is sealed which has committed
            trail.seal();
            AuditVerdict verdict = trail.verify();
            assertThat(verdict.faults()).isEmpty();
            assertThat(verdict.rows()).isEqualTo(4);
            assertThat(verdict.open()).isZero();

            for (Break seal : List.of(Break.AFTER, Break.BEFORE)) {
                note(store, UUID.randomUUID(), "sealed by a seal in doubt");
                next = seal;
                assertThatThrownBy(trail::seal).isInstanceOf(ProblemException.class);
                trail.seal();
                note(store, UUID.randomUUID(), "sealed by the next");
                trail.seal();
            }
            verdict = trail.verify();
            assertThat(verdict.faults()).isEmpty();
            assertThat(verdict.rows()).isEqualTo(8);
            assertThat(verdict.open()).isZero();
        }
    }

    /** It may have been applied: sent again, it is not applied a second time, and the next one has its turn. */
    @Test
    void aCommandInDoubtIsAppliedOnce() throws Exception {
        try (Engine engine = new Engine(
                database(),
                4,
                java.time.Clock.systemUTC(),
                new CompletableFuture<>(),
                () -> new Migrations.Release(
                        "platform",
                        "0.1.0",
                        List.of(
                                script("0001-feed.sql"),
                                script("0016-audit.sql"),
                                script("0020-jobs.sql"),
                                script("0026-audit-sessions.sql"),
                                script("0029-commands.sql"))))) {
            EngineStore store = new EngineStore(engine);
            UUID account = UUID.randomUUID();
            UUID device = UUID.randomUUID();
            for (Break how : List.of(Break.BEFORE, Break.AFTER)) {
                Command doubtful = new Command(account, device, 1);
                next = how;
                assertThatThrownBy(() -> Acting.as(account, null, doubtful, () -> {
                            note(store, UUID.randomUUID(), "in doubt");
                            return doubtful;
                        }))
                        .isInstanceOf(ProblemException.class);
                assertThat(doubtful.isMarked()).isFalse();
                long done = store.read(tx -> Command.done(tx.handle(), account, device));
                assertThat(done).isEqualTo(how == Break.AFTER ? 1 : 0);
            }
            Command again = new Command(account, device, 1);
            assertThatThrownBy(() -> Acting.as(account, null, again, () -> {
                        note(store, UUID.randomUUID(), "again");
                        return again;
                    }))
                    .isInstanceOf(NotItsTurnException.class);
        }
    }

    static Migrations.Script script(String name) {
        try (var in = Engine.class.getResourceAsStream("/sotay/db/" + name)) {
            return Migrations.Script.of(name, in.readAllBytes());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
