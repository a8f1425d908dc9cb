package vn.sotay.documents;

import java.time.Duration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.job.Timetable;

/** Has approved documents published when their time has come; what came while Sotay did not run is found at the start. */
@Component(immediate = true, service = DocumentTimes.class)
public final class DocumentTimes {

    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final DocumentSteps steps;
    private final Timetable.Entry entry;

    @Activate
    public DocumentTimes(@Reference Timetable timetable, @Reference DocumentSteps steps) {
        this.steps = steps;
        this.entry = timetable.every("documents", FIRST, PAUSE, steps::publishDue);
        steps.whenApproved(entry::wake);
    }

    @Deactivate
    void stop() {
        steps.whenApproved(() -> {});
        entry.close();
    }
}
