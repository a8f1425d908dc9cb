package vn.sotay.meetings;

import java.time.Duration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.job.Timetable;

/** Looks now and then whether members are to be told of a meeting that is near. */
@Component(service = ReminderClock.class, immediate = true)
public final class ReminderClock {

    private static final Duration FIRST = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofMinutes(10);

    private final Timetable.Entry entry;

    @Activate
    public ReminderClock(@Reference Timetable timetable, @Reference Reminders reminders) {
        this.entry = timetable.every("meetings", FIRST, PAUSE, () -> {
            reminders.tellOfNear();
            return null;
        });
    }

    @Deactivate
    void stop() {
        entry.close();
    }
}
