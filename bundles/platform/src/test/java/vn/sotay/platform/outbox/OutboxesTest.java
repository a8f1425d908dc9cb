package vn.sotay.platform.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import vn.sotay.api.http.ProblemException;
import vn.sotay.platform.keys.SealedTable;
import vn.sotay.platform.outbox.Outboxes.Place;
import vn.sotay.platform.store.Acting;
import vn.sotay.platform.store.Command;
import vn.sotay.platform.store.NotItsTurnException;
import vn.sotay.platform.store.TestStore;
import vn.sotay.testkit.Database;

/** Commands on a real database: marked with what they write, and what they were answered. */
@Timeout(120)
class OutboxesTest {

    private static final String SECRET = "Đau khớp gối";

    private final UUID account = UUID.randomUUID();
    private final UUID device = UUID.randomUUID();
    private final List<Runnable> alarms = new ArrayList<>();
    private long now;

    private static TestStore open(Database database) {
        TestStore opened = TestStore.open(database);
        opened.store().change(tx -> tx.handle().execute("create table thing (id varchar(36), amount integer)"));
        return opened;
    }

    private Outboxes outboxes(TestStore opened) {
        return new Outboxes(
                opened.store(),
                opened.keys(),
                (nanos, ring) -> {
                    alarms.add(ring);
                    return () -> alarms.remove(ring);
                },
                () -> now);
    }

    private Turn turn(long sequence) {
        return new Turn(account, device, sequence);
    }

    private static Place arrive(Outboxes outboxes, Turn turn) {
        return outboxes.arrive(turn, () -> {});
    }

    private static KeptReply reply(int status, String body) {
        return new KeptReply(status, "\"1\"", "application/json", body.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertSame(KeptReply kept, KeptReply given) {
        assertThat(kept).usingRecursiveComparison().isEqualTo(given);
    }

    private static void write(TestStore opened, Command command, String thing) {
        Acting.as(command.account(), null, command, () -> opened.store()
                .write(tx -> tx.handle().execute("insert into thing (id, amount) values (?, 1)", thing)));
    }

    private static long things(TestStore opened) {
        return opened.store().read(tx -> tx.handle()
                .createQuery("select count(*) from thing")
                .mapTo(Long.class)
                .one());
    }

    private long done(TestStore opened) {
        return opened.store().read(tx -> Command.done(tx.handle(), account, device));
    }

    private void settle(Outboxes outboxes, long sequence, KeptReply reply) {
        Turn turn = turn(sequence);
        assertThat(arrive(outboxes, turn)).isEqualTo(Place.ITS_TURN);
        outboxes.answered(turn, reply);
    }

    private ProblemException refused(Outboxes outboxes, Turn turn) {
        List<ProblemException> thrown = new ArrayList<>();
        assertThatThrownBy(() -> arrive(outboxes, turn)).isInstanceOfSatisfying(ProblemException.class, thrown::add);
        return thrown.get(0);
    }

    @ParameterizedTest
    @EnumSource
    void isMarkedByWhatItWritesAndByNothingElse(Database database) {
        try (TestStore opened = open(database)) {
            Command one = turn(1).command();
            assertThatThrownBy(() ->
                            Acting.as(account, null, one, () -> opened.store().write(tx -> {
                                tx.handle().execute("insert into thing (id) values ('a')");
                                throw new IllegalStateException("refused");
                            })))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(one.isMarked()).isFalse();
            assertThat(done(opened)).isZero();

            write(opened, one, "a");
            assertThat(one.isMarked()).isTrue();
            write(opened, one, "a second unit of work of the same");
            assertThat(done(opened)).isEqualTo(1);
            assertThat(things(opened)).isEqualTo(2);
            write(opened, turn(2).command(), "b");
            assertThat(done(opened)).isEqualTo(2);

            // once more, one too early, and the first again
            for (long sequence : new long[] {2, 4, 1}) {
                assertThatThrownBy(() -> write(opened, turn(sequence).command(), "c"))
                        .isInstanceOf(NotItsTurnException.class);
            }
            assertThatThrownBy(() -> write(opened, new Turn(UUID.randomUUID(), device, 3).command(), "c"))
                    .as("of another account")
                    .isInstanceOf(NotItsTurnException.class);
            assertThat(things(opened)).isEqualTo(3);
            assertThat(done(opened)).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void isMarkedWhenItsUnitOfWorkRunsAgain(Database database) {
        try (TestStore opened = open(database)) {
            for (long sequence = 1; sequence <= 2; sequence++) {
                AtomicInteger runs = new AtomicInteger();
                Acting.as(account, null, turn(sequence).command(), () -> opened.store()
                        .write(tx -> {
                            tx.handle().execute("insert into thing (id) values ('a')");
                            if (runs.incrementAndGet() < 3) {
                                throw new UnableToExecuteStatementException(
                                        new SQLException("deadlock", "40001"), null);
                            }
                            return runs;
                        }));
                assertThat(runs).hasValue(3);
                assertThat(done(opened)).isEqualTo(sequence);
                assertThat(things(opened)).isEqualTo(sequence);
            }
        }
    }

    /** As two nodes would. */
    @ParameterizedTest
    @EnumSource
    void ofTwoAtOnceOnePasses(Database database) {
        try (TestStore opened = open(database)) {
            for (int sequence = 1; sequence <= 20; sequence++) {
                int number = sequence;
                CyclicBarrier both = new CyclicBarrier(2);
                List<CompletableFuture<Boolean>> two = new ArrayList<>();
                for (int i = 0; i < 2; i++) {
                    two.add(CompletableFuture.supplyAsync(() -> {
                        try {
                            both.await();
                            write(opened, turn(number).command(), "a");
                            return true;
                        } catch (NotItsTurnException e) {
                            return false;
                        } catch (Exception e) {
                            throw new AssertionError(e);
                        }
                    }));
                }
                assertThat(two.stream().map(CompletableFuture::join)).containsExactlyInAnyOrder(true, false);
                assertThat(things(opened)).isEqualTo(number);
            }
            assertThat(done(opened)).isEqualTo(20);
        }
    }

    @ParameterizedTest
    @EnumSource
    void isAnsweredAgainAsTheFirstTime(Database database) {
        try (TestStore opened = open(database)) {
            Outboxes outboxes = outboxes(opened);
            Turn one = turn(1);
            assertThat(arrive(outboxes, one)).isEqualTo(Place.ITS_TURN);
            write(opened, one.command(), "a");
            outboxes.answered(one, reply(201, "{\"reason\":\"" + SECRET + "\"}"));
            assertThat(one.isOn()).isFalse();
            settle(outboxes, 2, reply(422, "{}"));
            settle(outboxes, 3, new KeptReply(200, "\"7\"", null, null));
            settle(outboxes, 4, reply(200, "x".repeat(ReplyRows.LARGEST + 1)));
            settle(outboxes, 5, new KeptReply(204, null, null, new byte[0]));

            for (Outboxes after : List.of(outboxes, outboxes(opened))) {
                for (long sequence = 1; sequence <= 5; sequence++) {
                    assertThat(arrive(after, turn(sequence))).isEqualTo(Place.SETTLED);
                }
                assertSame(after.repeated(turn(1)), reply(201, "{\"reason\":\"" + SECRET + "\"}"));
                assertSame(after.repeated(turn(2)), reply(422, "{}"));
                assertSame(after.repeated(turn(3)), new KeptReply(200, "\"7\"", null, null));
                assertSame(after.repeated(turn(4)), new KeptReply(200, "\"1\"", null, null));
                assertSame(after.repeated(turn(5)), new KeptReply(204, null, null, null));
            }
            assertThat(things(opened)).isEqualTo(1);
            String kept = opened.store().read(tx -> tx.handle()
                    .createQuery("select body_sealed from command_reply where seq = 1")
                    .mapTo(String.class)
                    .one());
            assertThat(kept).startsWith("k1.").doesNotContain("reason");
        }
    }

    @ParameterizedTest
    @EnumSource
    void theLastAreKept(Database database) {
        try (TestStore opened = open(database)) {
            Outboxes outboxes = outboxes(opened);
            // killed before its reply was kept
            write(opened, turn(1).command(), "a");
            for (long sequence = 2; sequence <= 2 + ReplyRows.KEPT; sequence++) {
                settle(outboxes, sequence, reply(200, "" + sequence));
            }
            assertSame(outboxes.repeated(turn(1)), KeptReply.APPLIED);
            assertSame(outboxes.repeated(turn(2)), KeptReply.APPLIED);
            assertSame(outboxes.repeated(turn(3)), reply(200, "3"));
            assertSame(outboxes.repeated(turn(2 + ReplyRows.KEPT)), reply(200, "" + (2 + ReplyRows.KEPT)));
            long rows = opened.store().read(tx -> tx.handle()
                    .createQuery("select count(*) from command_reply")
                    .mapTo(Long.class)
                    .one());
            assertThat(rows).isEqualTo(ReplyRows.KEPT);
        }
    }

    /** But not that it was refused: a phone would take it for done. */
    @ParameterizedTest
    @EnumSource
    void whatWasSaidIsForgottenAfterAWeek(Database database) {
        Instant[] at = {Instant.parse("2026-11-27T05:00:00Z")};
        try (TestStore opened = TestStore.open(database, new Clock() {
            @Override
            public Instant instant() {
                return at[0];
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        })) {
            Outboxes outboxes = outboxes(opened);
            settle(outboxes, 1, reply(422, SECRET));
            at[0] = at[0].plus(Duration.ofDays(6));
            settle(outboxes, 2, reply(200, SECRET));
            outboxes.forget();
            assertSame(outboxes.repeated(turn(1)), reply(422, SECRET));

            at[0] = at[0].plus(Duration.ofDays(2));
            outboxes.forget();
            assertSame(outboxes.repeated(turn(1)), new KeptReply(422, "\"1\"", null, null));
            assertSame(outboxes.repeated(turn(2)), reply(200, SECRET));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatMayPassIsCarriedOutAgain(Database database) {
        try (TestStore opened = open(database)) {
            Outboxes outboxes = outboxes(opened);
            settle(outboxes, 1, reply(503, "{}"));
            assertThat(done(opened)).isZero();
            // half of it was written before it failed
            Turn half = turn(1);
            assertThat(arrive(outboxes, half)).isEqualTo(Place.ITS_TURN);
            write(opened, half.command(), "a");
            assertThat(done(opened)).isEqualTo(1);
            outboxes.answered(half, reply(500, "{}"));
            assertThat(done(opened)).isZero();
            settle(outboxes, 1, reply(200, "{}"));
            assertThat(arrive(outboxes, turn(1))).isEqualTo(Place.SETTLED);
            assertSame(outboxes.repeated(turn(1)), reply(200, "{}"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatComesTooEarlyIsToldWhatIsExpected(Database database) {
        try (TestStore opened = open(database)) {
            Outboxes outboxes = outboxes(opened);
            settle(outboxes, 1, reply(200, "{}"));
            Turn three = turn(3);
            assertThat(arrive(outboxes, three)).isEqualTo(Place.WAITS);
            now += Duration.ofSeconds(11).toNanos();
            alarms.get(0).run();
            ProblemException early = refused(outboxes, three);
            assertThat(early.problem().status()).isEqualTo(409);
            assertThat(early.problem().code()).isEqualTo("command-early");
            assertThat(early.problem().values()).containsEntry("expected", 2L);

            // of one that is carried out for longer than the same can wait, nothing is known yet
            Turn two = turn(2);
            Turn same = turn(2);
            assertThat(arrive(outboxes, two)).isEqualTo(Place.ITS_TURN);
            assertThat(arrive(outboxes, same)).isEqualTo(Place.WAITS);
            now += Duration.ofSeconds(11).toNanos();
            alarms.get(0).run();
            assertThat(refused(outboxes, same).problem().status()).isEqualTo(503);
            outboxes.answered(two, reply(200, "{}"));

            outboxes.release();
            assertThat(refused(outboxes, turn(4)).problem().code()).isEqualTo("stopping");
        }
    }

    @ParameterizedTest
    @EnumSource
    void anotherKeySealsWhatIsKept(Database database) throws Exception {
        try (TestStore opened = open(database)) {
            Outboxes outboxes = outboxes(opened);
            int all = 130;
            for (int i = 1; i <= all; i++) {
                Turn turn = new Turn(account, new UUID(0, i / 3), i % 3 + 1);
                opened.store().change(tx -> new ReplyRows(opened.keys()).keep(tx, turn.command(), reply(200, SECRET)));
            }
            settle(outboxes, 1, reply(200, SECRET));
            settle(outboxes, 2, new KeptReply(200, null, null, null));
            opened.keys().add();
            SealedReplies table = new SealedReplies(opened.keys());
            assertThat(opened.store().<Long, RuntimeException>read(table::rows)).isEqualTo(all + 1);
            int seen = 0;
            String from = null;
            do {
                String place = from;
                SealedTable.Slice slice = opened.store().write(tx -> table.seal(tx, place, 200));
                seen += slice.rows();
                from = slice.next();
            } while (from != null);
            assertThat(seen).isEqualTo(all + 1);
            assertThat(opened.store().<Long, RuntimeException>read(table::rows)).isZero();
            opened.keys().dropOlder();
            assertSame(outboxes.repeated(turn(1)), reply(200, SECRET));
        }
    }
}
