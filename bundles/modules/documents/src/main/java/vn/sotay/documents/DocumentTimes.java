package vn.sotay.documents;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.sotay.api.http.ProblemException;

/** Looks every few seconds whether the time of an approved document has come; what came while Sotay did not run is found as well. */
@Component(immediate = true, service = DocumentTimes.class)
public final class DocumentTimes {

    private static final Logger LOG = LoggerFactory.getLogger(DocumentTimes.class);
    private static final long LOOK_AGAIN = 5;
    private static final long LONGEST = 10;

    private final Documents documents;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "sotay-documents");
        thread.setDaemon(true);
        return thread;
    });

    @Activate
    public DocumentTimes(@Reference Documents documents) {
        this.documents = documents;
        clock.scheduleWithFixedDelay(this::look, LOOK_AGAIN, LOOK_AGAIN, TimeUnit.SECONDS);
    }

    /** Not interrupted: the embedded database does not bear that in the middle of its work. */
    @Deactivate
    void stop() throws InterruptedException {
        clock.shutdown();
        clock.awaitTermination(LONGEST, TimeUnit.SECONDS);
    }

    private void look() {
        try {
            documents.publishDue();
        } catch (ProblemException e) {
            LOG.debug("documents wait for the database", e);
        } catch (RuntimeException e) {
            // one that throws is not called again
            LOG.error("Documents whose time has come cannot be published; trying again", e);
        }
    }
}
