package vn.sotay.news;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.job.Timetable;

/**
 * Has approved news published when their time has come, and taken away what is over; what came while Sotay did not run is found at the
 * start.
 */
@Component(immediate = true, service = NewsTimes.class)
public final class NewsTimes {

    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final Newsroom newsroom;
    private final Pictures pictures;
    private final Timetable.Entry entry;

    @Activate
    public NewsTimes(@Reference Timetable timetable, @Reference Newsroom newsroom, @Reference Pictures pictures) {
        this.newsroom = newsroom;
        this.pictures = pictures;
        this.entry = timetable.every("news", FIRST, PAUSE, this::look);
        newsroom.whenTimed(entry::wake);
    }

    @Deactivate
    void stop() {
        newsroom.whenTimed(() -> {});
        entry.close();
    }

    private @Nullable Instant look() {
        Instant next = newsroom.workDue();
        pictures.clear();
        return next;
    }
}
