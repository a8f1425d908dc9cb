package vn.sotay.questions;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.sotay.api.change.Feed;
import vn.sotay.api.http.ProblemException;

/**
 * Looks every ten minutes whether a day has begun by which something should have been answered, or on which something ends that an answer
 * rests on: also what came while Sotay did not run. What the library tells is looked at when it is told.
 * Two nodes may look at once: each question is locked and looked at again.
 */
@Component(service = QuestionTimes.class, immediate = true)
public final class QuestionTimes {

    private static final Logger LOG = LoggerFactory.getLogger(QuestionTimes.class);
    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration AGAIN = Duration.ofMinutes(10);
    /** So many documents that are told at once are one look. */
    private static final Duration GATHER = Duration.ofMillis(200);

    private static final long LONGEST_STOP = 10;

    private final Escalations escalations;
    private final Topics topics;
    private final Staleness staleness;
    private final AtomicBoolean rung = new AtomicBoolean();
    private final Feed.Listening listening;
    private final ScheduledThreadPoolExecutor thread;

    @Activate
    public QuestionTimes(
            @Reference Escalations escalations,
            @Reference Topics topics,
            @Reference Staleness staleness,
            @Reference Feed feed) {
        this.staleness = staleness;
        this.escalations = escalations;
        this.topics = topics;
        this.thread = new ScheduledThreadPoolExecutor(1, task -> {
            Thread made = new Thread(task, "sotay-questions");
            made.setDaemon(true);
            return made;
        });
        // a stop does not wait for the next look
        thread.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        this.listening = feed.listen(Staleness.DOCUMENT, this::ring);
        thread.scheduleWithFixedDelay(this::look, FIRST.toMillis(), AGAIN.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void ring() {
        if (rung.compareAndSet(false, true)) {
            try {
                thread.schedule(this::lookAtDocuments, GATHER.toMillis(), TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                LOG.debug("stopping; the next start looks", e);
            }
        }
    }

    private void lookAtDocuments() {
        rung.set(false);
        guarded(() -> {
            int marked = staleness.run(today());
            if (marked > 0) {
                LOG.info("{} answers rest on what is in force no longer, or is again", marked);
            }
        });
    }

    private static LocalDate today() {
        return LocalDate.ofInstant(Instant.now(), QuestionRules.ZONE);
    }

    @Deactivate
    void stop() throws InterruptedException {
        listening.close();
        // not interrupted: the embedded database does not bear that in the middle of its work
        thread.shutdown();
        thread.awaitTermination(LONGEST_STOP, TimeUnit.SECONDS);
    }

    private void look() {
        guarded(() -> {
            topics.tellNew();
            int passed = escalations.run(today());
            if (passed > 0) {
                LOG.info("{} questions were not answered in time and go to the level above", passed);
            }
        });
        lookAtDocuments();
    }

    private static void guarded(Runnable work) {
        try {
            work.run();
        } catch (ProblemException e) {
            LOG.debug("questions wait for the database", e);
        } catch (RuntimeException e) {
            LOG.error("What time brings to questions cannot be done; trying again", e);
        }
    }
}
