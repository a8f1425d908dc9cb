package vn.sotay.meetings;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks every ten minutes whether members are to be told of a meeting that is near. */
@Component(service = ReminderClock.class, immediate = true)
public final class ReminderClock {

    private static final Logger LOG = LoggerFactory.getLogger(ReminderClock.class);
    private static final int MINUTES = 10;

    private final Reminders reminders;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "sotay-reminders");
        thread.setDaemon(true);
        return thread;
    });

    @Activate
    public ReminderClock(@Reference Reminders reminders) {
        this.reminders = reminders;
        timer.scheduleWithFixedDelay(this::look, 1, MINUTES, TimeUnit.MINUTES);
    }

    @Deactivate
    void stop() throws InterruptedException {
        // not interrupted: the embedded database does not bear that in the middle of its work
        timer.shutdown();
        timer.awaitTermination(10, TimeUnit.SECONDS);
    }

    private void look() {
        try {
            reminders.tellOfNear();
        } catch (RuntimeException e) {
            LOG.warn("Members could not be told of the meetings that are near; trying again later", e);
        }
    }
}
