package vn.sotay.dues.remittance;

import java.time.Duration;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.sotay.api.unit.Unit;
import vn.sotay.api.unit.Units;

/** Adds everything up again each night, and says in the log what does not agree. */
@Component(service = NightlyRollUp.class, immediate = true)
public final class NightlyRollUp {

    private static final Logger LOG = LoggerFactory.getLogger(NightlyRollUp.class);
    private static final LocalTime WHEN = LocalTime.of(2, 30);

    private final Units units;
    private final Reports reports;
    private final ScheduledThreadPoolExecutor thread;

    @Activate
    public NightlyRollUp(@Reference Units units, @Reference Reports reports) {
        this.units = units;
        this.reports = reports;
        this.thread = new ScheduledThreadPoolExecutor(1, task -> {
            Thread made = new Thread(task, "sotay-dues-night");
            made.setDaemon(true);
            return made;
        });
        // a stop does not wait for the night
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        next();
    }

    @Deactivate
    void stop() throws InterruptedException {
        // not interrupted: the embedded database does not bear that in the middle of its work
        thread.shutdown();
        thread.awaitTermination(10, TimeUnit.SECONDS);
    }

    private void next() {
        ZonedDateTime now = ZonedDateTime.now(Remittances.ZONE);
        thread.schedule(this::night, untilNight(now).toSeconds(), TimeUnit.SECONDS);
    }

    static Duration untilNight(ZonedDateTime now) {
        ZonedDateTime night = now.with(WHEN);
        return Duration.between(now, night.isAfter(now) ? night : night.plusDays(1));
    }

    private void night() {
        try {
            reports.root().flatMap(units::find).ifPresent(this::look);
        } catch (RuntimeException e) {
            LOG.warn("The sums of dues could not be looked at; trying again tomorrow", e);
        }
        if (!thread.isShutdown()) {
            next();
        }
    }

    private void look(Unit root) {
        RollUp sums = reports.rollUp(root);
        for (RollUp.Fault fault : sums.faults()) {
            LOG.error(
                    "Sums of dues do not agree: {} of unit {} {} is {} and should be {}",
                    fault.what(),
                    fault.unit(),
                    fault.period(),
                    fault.found(),
                    fault.expected());
        }
    }
}
