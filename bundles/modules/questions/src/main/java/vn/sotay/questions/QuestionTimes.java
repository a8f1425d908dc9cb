package vn.sotay.questions;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.sotay.api.http.ProblemException;

/**
 * Looks every ten minutes whether a day has begun by which something should have been answered: also what came while Sotay did not run.
 * Two nodes may look at once: each question is locked and looked at again.
 */
@Component(service = QuestionTimes.class, immediate = true)
public final class QuestionTimes {

    private static final Logger LOG = LoggerFactory.getLogger(QuestionTimes.class);
    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration AGAIN = Duration.ofMinutes(10);
    private static final long LONGEST_STOP = 10;

    private final Escalations escalations;
    private final Topics topics;
    private final ScheduledThreadPoolExecutor thread;

    @Activate
    public QuestionTimes(@Reference Escalations escalations, @Reference Topics topics) {
        this.escalations = escalations;
        this.topics = topics;
        this.thread = new ScheduledThreadPoolExecutor(1, task -> {
            Thread made = new Thread(task, "sotay-questions");
            made.setDaemon(true);
            return made;
        });
        // a stop does not wait for the next look
        thread.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
        thread.scheduleWithFixedDelay(this::look, FIRST.toMillis(), AGAIN.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Deactivate
    void stop() throws InterruptedException {
        // not interrupted: the embedded database does not bear that in the middle of its work
        thread.shutdown();
        thread.awaitTermination(LONGEST_STOP, TimeUnit.SECONDS);
    }

    private void look() {
        try {
            topics.tellNew();
            int passed = escalations.run(LocalDate.ofInstant(Instant.now(), QuestionRules.ZONE));
            if (passed > 0) {
                LOG.info("{} questions were not answered in time and go to the level above", passed);
            }
        } catch (ProblemException e) {
            LOG.debug("questions wait for the database", e);
        } catch (RuntimeException e) {
            LOG.error("Questions whose time has run out cannot be passed up; trying again", e);
        }
    }
}
