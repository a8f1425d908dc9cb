package vn.sotay.platform.personal;

import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.sotay.api.job.Job;
import vn.sotay.platform.jobs.Jobs;
import vn.sotay.platform.units.UnitBook;

/** Begins {@link Retention} once a day, after one o'clock at night; a machine that is off then does it some minutes after its start. */
@Component(service = RetentionNight.class, immediate = true)
public final class RetentionNight {

    private static final Logger LOG = LoggerFactory.getLogger(RetentionNight.class);
    private static final int HOUR = 1;

    private final Retention retention;
    private final Jobs jobs;
    private final UnitBook units;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "sotay-retention");
        thread.setDaemon(true);
        return thread;
    });

    @Activate
    public RetentionNight(@Reference Retention retention, @Reference Jobs jobs, @Reference UnitBook units) {
        this.retention = retention;
        this.jobs = jobs;
        this.units = units;
        timer.scheduleWithFixedDelay(this::look, 20, 20, TimeUnit.MINUTES);
    }

    @Deactivate
    void stop() throws InterruptedException {
        // not interrupted: the embedded database does not bear that in the middle of its work
        timer.shutdown();
        timer.awaitTermination(10, TimeUnit.SECONDS);
    }

    private void look() {
        try {
            ZonedDateTime now = ZonedDateTime.now(Erasures.ZONE);
            boolean isBegun = jobs.lastBegun(Retention.NAME)
                    .map(begun -> LocalDate.ofInstant(begun, Erasures.ZONE))
                    .filter(now.toLocalDate()::equals)
                    .isPresent();
            if (now.getHour() >= HOUR && !isBegun) {
                units.root().ifPresent(root -> retention.begin(jobs, root, Job.SYSTEM));
            }
        } catch (RuntimeException e) {
            LOG.warn("What was kept for long enough is still there; trying again later", e);
        }
    }
}
