package vn.sotay.documents;

import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.sotay.documents.Document.Paper;
import vn.sotay.documents.text.Reading;

/**
 * Looks, now and then, for the texts of files that nobody has looked for: those of a folder that was imported, those from a version that
 * did not know of texts, and those that were being read when Sotay stopped.
 */
@Component(service = UnreadFiles.class, immediate = true)
public final class UnreadFiles {

    private static final Logger LOG = LoggerFactory.getLogger(UnreadFiles.class);

    private final DocumentFiles files;
    private final DocumentTexts texts;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "sotay-unread");
        thread.setDaemon(true);
        return thread;
    });

    @Activate
    public UnreadFiles(@Reference DocumentFiles files, @Reference DocumentTexts texts) {
        this.files = files;
        this.texts = texts;
        timer.scheduleWithFixedDelay(this::run, 1, 2, TimeUnit.MINUTES);
    }

    @Deactivate
    void stop() throws InterruptedException {
        timer.shutdownNow();
        timer.awaitTermination(10, TimeUnit.SECONDS);
    }

    /** One file after another: it is in no hurry. */
    void run() {
        try {
            files.readCitations();
            List<Paper> unread = files.unread();
            for (Paper paper : unread) {
                DocumentTexts.Looked looked = texts.look(paper);
                DocumentTexts.await(List.of(looked));
                if (looked.extract().reading() == Reading.WAITS) {
                    looked.later(extract -> files.settle(paper.file(), extract));
                } else {
                    files.settle(paper.file(), looked.extract());
                }
            }
            if (!unread.isEmpty()) {
                LOG.info("The texts of {} files were looked for", unread.size());
            }
        } catch (RuntimeException e) {
            LOG.warn("Some texts are still to be looked for; trying again later", e);
        }
    }
}
