package vn.sotay.documents;

import java.time.Duration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.job.Timetable;

/** Looks now and then whether readers are to be reminded of what they are asked until a day. */
@Component(service = ReminderClock.class, immediate = true)
public final class ReminderClock {

    private static final Duration FIRST = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofMinutes(10);

    private final Timetable.Entry entry;

    @Activate
    public ReminderClock(@Reference Timetable timetable, @Reference Reminders reminders) {
        this.entry = timetable.every("document-reminders", FIRST, PAUSE, () -> {
            reminders.remind();
            return null;
        });
    }

    @Deactivate
    void stop() {
        entry.close();
    }
}
