package vn.sotay.platform.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.sotay.platform.outbox.Turns.Found;

/** Whose turn it is, by a clock that the test moves. */
class TurnsTest {

    private static final UUID ACCOUNT = UUID.randomUUID();
    private static final UUID DEVICE = UUID.randomUUID();

    private record Set(long at, Runnable ring) {}

    private final List<Set> alarms = new ArrayList<>();
    private long now = 1_000;
    private final Turns turns = new Turns(this::set, () -> now);
    /** What has come again, in that order. */
    private final List<Turn> again = new ArrayList<>();

    private Runnable set(long nanos, Runnable ring) {
        Set set = new Set(now + nanos, ring);
        alarms.add(set);
        return () -> alarms.remove(set);
    }

    private void pass(Duration time) {
        now += time.toNanos();
        List<Set> due = alarms.stream().filter(set -> set.at() <= now).toList();
        alarms.removeAll(due);
        due.forEach(set -> set.ring().run());
    }

    private static Turn turn(long sequence) {
        return new Turn(ACCOUNT, DEVICE, sequence);
    }

    private Found take(Turn turn) {
        return turns.take(turn, () -> again.add(turn));
    }

    private Found await(Turn turn, long done) {
        return turns.await(turn, done, () -> again.add(turn));
    }

    /** Lets one that comes again, and whose turn it is, be carried out. */
    private void carryOut(Turn turn) {
        assertThat(take(turn)).isEqualTo(Found.FREE);
        turns.leave(turn, turn.sequence());
    }

    @AfterEach
    void nothingIsLeftBehind() {
        assertThat(turns.waiting()).isZero();
        assertThat(turns.outboxes()).isZero();
        assertThat(alarms).isEmpty();
    }

    @Test
    void oneOfAnOutboxIsCarriedOutAtATime() {
        Turn first = turn(1);
        Turn same = turn(1);
        assertThat(take(first)).isEqualTo(Found.FREE);
        assertThat(first.isOn()).isTrue();
        assertThat(turns.done(first)).isEqualTo(Turns.UNKNOWN);
        assertThat(take(same)).isEqualTo(Found.WAITS);
        assertThat(again).isEmpty();

        turns.leave(first, 1);

        assertThat(first.isOn()).isFalse();
        assertThat(again).containsExactly(same);
        carryOut(same);
    }

    @Test
    void othersAreNotHeldUp() {
        Turn mine = turn(1);
        Turn onAnotherPhone = new Turn(ACCOUNT, UUID.randomUUID(), 1);
        Turn ofAnother = new Turn(UUID.randomUUID(), DEVICE, 1);
        for (Turn each : List.of(mine, onAnotherPhone, ofAnother)) {
            assertThat(take(each)).isEqualTo(Found.FREE);
        }
        List.of(mine, onAnotherPhone, ofAnother).forEach(each -> turns.leave(each, 1));
    }

    @Test
    void whatComesInAnyOrderIsCarriedOutInItsOwn() {
        Turn one = turn(1);
        Turn two = turn(2);
        Turn three = turn(3);
        for (Turn early : List.of(three, two)) {
            assertThat(take(early)).isEqualTo(Found.FREE);
            assertThat(await(early, 0)).isEqualTo(Found.WAITS);
            assertThat(early.isOn()).isFalse();
        }
        assertThat(take(one)).isEqualTo(Found.FREE);
        assertThat(turns.done(one)).as("as it was left").isZero();
        turns.leave(one, 1);
        assertThat(again).containsExactly(two);
        carryOut(two);
        assertThat(again).containsExactly(two, three);
        carryOut(three);
    }

    @Test
    void whoWaitsForAnotherIsNotWokenByOneBefore() {
        Turn one = turn(1);
        Turn three = turn(3);
        assertThat(take(three)).isEqualTo(Found.FREE);
        assertThat(await(three, 0)).isEqualTo(Found.WAITS);
        carryOut(one);
        assertThat(again).isEmpty();
        carryOut(turn(2));
        assertThat(again).containsExactly(three);
        carryOut(three);
    }

    @Test
    void whatWasNotSettledLetsTheNextLookAgain() {
        Turn one = turn(1);
        Turn two = turn(2);
        assertThat(take(one)).isEqualTo(Found.FREE);
        assertThat(take(two)).isEqualTo(Found.WAITS);
        turns.leave(one, Turns.UNKNOWN);
        assertThat(again).containsExactly(two);
        assertThat(take(two)).isEqualTo(Found.FREE);
        assertThat(await(two, 0)).isEqualTo(Found.WAITS);
        turns.leave(one, Turns.UNKNOWN);
        assertThat(again).as("it has left before").containsExactly(two);
        carryOut(one);
        carryOut(two);
    }

    @Test
    void afterTenSecondsItComesAgainAndWaitsNoMore() {
        Turn two = turn(2);
        assertThat(take(two)).isEqualTo(Found.FREE);
        assertThat(await(two, 0)).isEqualTo(Found.WAITS);
        pass(Duration.ofMillis(9_999));
        assertThat(again).isEmpty();
        pass(Duration.ofMillis(1));
        assertThat(again).containsExactly(two);
        assertThat(take(two)).isEqualTo(Found.FREE);
        assertThat(await(two, 0)).isEqualTo(Found.TOO_LATE);
    }

    @Test
    void theTimeCountsFromItsFirstArrival() {
        Turn one = turn(1);
        Turn two = turn(2);
        assertThat(take(one)).isEqualTo(Found.FREE);
        assertThat(take(two)).isEqualTo(Found.WAITS);
        pass(Duration.ofSeconds(7));
        turns.leave(one, Turns.UNKNOWN);
        assertThat(take(two)).isEqualTo(Found.FREE);
        assertThat(await(two, 0)).isEqualTo(Found.WAITS);
        pass(Duration.ofSeconds(3));
        assertThat(again).containsExactly(two, two);
        Turn again1 = turn(1);
        assertThat(take(again1)).isEqualTo(Found.FREE);
        assertThat(take(two)).as("also while another is carried out").isEqualTo(Found.TOO_LATE);
        turns.leave(again1, 1);
    }

    @Test
    void onlySomeOfAnOutboxWait() {
        Turn one = turn(1);
        assertThat(take(one)).isEqualTo(Found.FREE);
        List<Turn> waiting = new ArrayList<>();
        for (int i = 0; i < Turns.MOST_OF_ONE; i++) {
            Turn next = turn(2 + i);
            waiting.add(next);
            assertThat(take(next)).isEqualTo(Found.WAITS);
        }
        assertThat(take(turn(2 + Turns.MOST_OF_ONE))).isEqualTo(Found.TOO_LATE);
        turns.leave(one, 1);
        waiting.forEach(this::carryOut);
        assertThat(again).containsExactlyElementsOf(waiting);
    }

    @Test
    void onlySomeWaitInAll() {
        List<Turn> all = new ArrayList<>();
        for (int i = 0; i < Turns.MOST; i++) {
            Turn early = new Turn(ACCOUNT, UUID.randomUUID(), 2);
            all.add(early);
            assertThat(take(early)).isEqualTo(Found.FREE);
            assertThat(await(early, 0)).isEqualTo(Found.WAITS);
        }
        Turn one = new Turn(ACCOUNT, UUID.randomUUID(), 2);
        assertThat(take(one)).isEqualTo(Found.FREE);
        assertThat(await(one, 0)).isEqualTo(Found.TOO_LATE);
        all.forEach(each -> turns.leave(each, Turns.UNKNOWN));
        assertThat(again).isEmpty();
    }

    @Test
    void whenTheServerStopsAllComeAgainAndNobodyWaits() {
        Turn one = turn(1);
        Turn two = turn(2);
        assertThat(take(one)).isEqualTo(Found.FREE);
        assertThat(take(two)).isEqualTo(Found.WAITS);
        turns.close();
        assertThat(again).containsExactly(two);
        assertThat(take(two)).isEqualTo(Found.TOO_LATE);
        assertThat(turns.isClosed()).isTrue();
        turns.leave(one, 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204, 206, 302, 400, 403, 404, 405, 409, 410, 412, 413, 415, 416, 422})
    void isSettledBy(int status) {
        assertThat(KeptReply.settles(status)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 408, 425, 429, 500, 502, 503, 504, 507})
    void mayPass(int status) {
        assertThat(KeptReply.settles(status)).isFalse();
    }
}
