package vn.sotay.documents;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.sotay.api.http.ProblemException;

/**
 * Publishes approved documents when their time has come: sleeps until the next one that is known, is woken by each that is approved, and
 * looks every minute all the same, since clocks are set and another node may have approved one. What came while Sotay did not run is
 * found at the start.
 */
@Component(immediate = true, service = DocumentTimes.class)
public final class DocumentTimes {

    private static final Logger LOG = LoggerFactory.getLogger(DocumentTimes.class);
    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration LONGEST_SLEEP = Duration.ofMinutes(1);

    /** A clock that is set back a little, or a commit that is under way, does not make it spin. */
    private static final Duration SHORTEST_SLEEP = Duration.ofMillis(100);

    private static final long LONGEST_STOP = 10;

    private final DocumentSteps steps;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "sotay-documents");
        thread.setDaemon(true);
        return thread;
    });

    private @Nullable ScheduledFuture<?> next;

    @Activate
    public DocumentTimes(@Reference DocumentSteps steps) {
        this.steps = steps;
        steps.whenApproved(() -> sleep(SHORTEST_SLEEP));
        sleep(FIRST);
    }

    /** What waits for its time is dropped, what runs is not interrupted: the embedded database does not bear that in the middle of its work. */
    @Deactivate
    void stop() throws InterruptedException {
        steps.whenApproved(() -> {});
        synchronized (this) {
            if (next != null) {
                // first: what is cancelled after the shutdown would be waited for until its time
                next.cancel(false);
            }
            clock.shutdown();
        }
        clock.awaitTermination(LONGEST_STOP, TimeUnit.SECONDS);
    }

    /** @param time in place of what was planned before */
    private synchronized void sleep(Duration time) {
        if (clock.isShutdown()) {
            return;
        }
        if (next != null) {
            next.cancel(false);
        }
        next = clock.schedule(this::look, time.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        Duration wait = LONGEST_SLEEP;
        try {
            wait = until(steps.publishDue());
        } catch (ProblemException e) {
            LOG.debug("documents wait for the database", e);
            wait = FIRST;
        } catch (RuntimeException e) {
            LOG.error("Documents whose time has come cannot be published; trying again", e);
        } finally {
            sleep(wait);
        }
    }

    /** @param time null if no document waits */
    private static Duration until(@Nullable Instant time) {
        Duration wait = time == null ? LONGEST_SLEEP : Duration.between(Instant.now(), time);
        if (wait.compareTo(SHORTEST_SLEEP) < 0) {
            return SHORTEST_SLEEP;
        }
        return wait.compareTo(LONGEST_SLEEP) > 0 ? LONGEST_SLEEP : wait;
    }
}
