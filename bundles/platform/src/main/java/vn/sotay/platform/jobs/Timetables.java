package vn.sotay.platform.jobs;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.sotay.api.http.ProblemException;
import vn.sotay.api.job.Timetable;

/** A thread for each entry: one that takes long keeps no other waiting. Thread-safe. */
@Component
public final class Timetables implements Timetable {

    private static final Logger LOG = LoggerFactory.getLogger(Timetables.class);
    static final Duration COME_AGAIN = Duration.ofSeconds(5);

    /** A clock that is set back a little, or a commit that is under way, does not make it spin. */
    private static final Duration SHORTEST = Duration.ofMillis(100);

    private static final Duration LONGEST_STOP = Duration.ofSeconds(10);

    @Override
    public Entry every(String name, Duration first, Duration pause, Work work) {
        return new Sleeper(name, first, pause, work);
    }

    private static final class Sleeper implements Entry {

        private final String name;
        private final Duration pause;
        private final Work work;
        private final ScheduledExecutorService clock;
        private @Nullable ScheduledFuture<?> next;

        Sleeper(String name, Duration first, Duration pause, Work work) {
            this.name = name;
            this.pause = pause;
            this.work = work;
            this.clock = Executors.newSingleThreadScheduledExecutor(task -> {
                Thread thread = new Thread(task, "sotay-" + name);
                thread.setDaemon(true);
                return thread;
            });
            sleep(first);
        }

        @Override
        public void wake() {
            sleep(SHORTEST);
        }

        /** @param time in place of what was planned before */
        private synchronized void sleep(Duration time) {
            if (clock.isShutdown()) {
                return;
            }
            if (next != null) {
                next.cancel(false);
            }
            next = clock.schedule(this::run, time.toMillis(), TimeUnit.MILLISECONDS);
        }

        private void run() {
            Duration wait = pause;
            try {
                wait = until(work.run());
            } catch (RuntimeException e) {
                if (isOfDatabase(e)) {
                    LOG.debug("{} waits for the database", name, e);
                    wait = COME_AGAIN;
                } else {
                    LOG.error("What is due of {} cannot be done; trying again", name, e);
                }
            } finally {
                sleep(wait);
            }
        }

        /** The store has said in the log itself that it is away, or that the disk is full. */
        private static boolean isOfDatabase(RuntimeException e) {
            return e instanceof ProblemException said && said.problem().status() >= 500;
        }

        private Duration until(@Nullable Instant due) {
            Duration wait = due == null ? pause : Duration.between(Instant.now(), due);
            if (wait.compareTo(SHORTEST) < 0) {
                return SHORTEST;
            }
            return wait.compareTo(pause) > 0 ? pause : wait;
        }

        @Override
        public void close() {
            synchronized (this) {
                if (next != null) {
                    // first: what is cancelled after the shutdown would be waited for until its time
                    next.cancel(false);
                }
                clock.shutdown();
            }
            try {
                if (!clock.awaitTermination(LONGEST_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                    LOG.warn("{} still runs, and is not waited for any longer", name);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
