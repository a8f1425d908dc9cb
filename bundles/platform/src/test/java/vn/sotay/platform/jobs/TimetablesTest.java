package vn.sotay.platform.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import vn.sotay.api.http.Problem;
import vn.sotay.api.job.Timetable;

@Timeout(60)
class TimetablesTest {

    private static final Duration SOON = Duration.ofMillis(1);
    private static final Duration NEVER = Duration.ofDays(1);

    private final LinkedBlockingQueue<Integer> runs = new LinkedBlockingQueue<>();
    private final AtomicInteger count = new AtomicInteger();

    private int run() {
        int now = count.incrementAndGet();
        runs.add(now);
        return now;
    }

    @Test
    void isDoneAgainAfterThePause() throws InterruptedException {
        try (Timetable.Entry entry = new Timetables().every("test", SOON, SOON, () -> {
            run();
            return null;
        })) {
            assertThat(runs.take()).isEqualTo(1);
            assertThat(runs.take()).isEqualTo(2);
        }
    }

    @Test
    void isDoneWhenSomethingIsDueAndWhenItIsWoken() throws InterruptedException {
        try (Timetable.Entry entry = new Timetables()
                .every("test", SOON, NEVER, () -> run() == 1 ? Instant.now().plusMillis(200) : null)) {
            assertThat(runs.take()).isEqualTo(1);
            assertThat(runs.take()).isEqualTo(2);
            assertThat(runs.poll(300, TimeUnit.MILLISECONDS)).isNull();
            entry.wake();
            assertThat(runs.take()).isEqualTo(3);
        }
    }

    @Test
    void aFailureEndsNothing() throws InterruptedException {
        try (Timetable.Entry entry = new Timetables().every("test", SOON, SOON, () -> {
            if (run() == 1) {
                throw new IllegalStateException("to be tried again");
            }
            return null;
        })) {
            assertThat(runs.take()).isEqualTo(1);
            assertThat(runs.take()).isEqualTo(2);
        }
    }

    @Test
    void whileTheDatabaseIsAwayItIsTriedSooner() throws InterruptedException {
        try (Timetable.Entry entry = new Timetables().every("test", SOON, NEVER, () -> {
            if (run() == 1) {
                throw Problem.other(503, "database.away");
            }
            return null;
        })) {
            assertThat(runs.take()).isEqualTo(1);
            assertThat(runs.take()).isEqualTo(2);
        }
    }

    /** A refusal is a fault of the work like any other: tried again soon it would be hidden, and keep the database busy. */
    @Test
    void aRefusalIsNotTakenForADatabaseThatIsAway() throws InterruptedException {
        try (Timetable.Entry entry = new Timetables().every("test", SOON, NEVER, () -> {
            run();
            throw Problem.notFound();
        })) {
            assertThat(runs.take()).isEqualTo(1);
            assertThat(runs.poll(Timetables.COME_AGAIN.toMillis() + 1_000, TimeUnit.MILLISECONDS))
                    .isNull();
        }
    }

    @Test
    void whatRunsIsWaitedForAndNothingComesAfter() throws InterruptedException {
        CountDownLatch mayEnd = new CountDownLatch(1);
        AtomicBoolean wasInterrupted = new AtomicBoolean();
        AtomicBoolean ended = new AtomicBoolean();
        Timetable.Entry entry = new Timetables().every("test", SOON, SOON, () -> {
            run();
            try {
                mayEnd.await();
            } catch (InterruptedException e) {
                wasInterrupted.set(true);
            }
            ended.set(true);
            return null;
        });
        runs.take();
        Thread closing = new Thread(() -> {
            entry.close();
            runs.add(ended.get() ? 100 : -1);
        });
        closing.start();
        while (closing.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        assertThat(runs).isEmpty();
        mayEnd.countDown();
        assertThat(runs.take()).isEqualTo(100);
        closing.join();
        entry.wake();
        assertThat(runs.poll(200, TimeUnit.MILLISECONDS)).isNull();
        assertThat(wasInterrupted).isFalse();
    }
}
