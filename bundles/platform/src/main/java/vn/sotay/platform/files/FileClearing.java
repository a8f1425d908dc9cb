package vn.sotay.platform.files;

import java.time.Duration;
import java.time.Instant;
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
import vn.sotay.api.store.Store;

/** Clears away what nothing has held for some days: sent and never used, or let go. */
@Component(service = FileClearing.class, immediate = true, configurationPid = "vn.sotay.files")
public final class FileClearing {

    private static final Logger LOG = LoggerFactory.getLogger(FileClearing.class);
    private static final int SLICE = 50;

    private final Store store;
    private final StoredFiles files;
    private final Duration age;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "sotay-files");
        thread.setDaemon(true);
        return thread;
    });

    @Activate
    public FileClearing(FilesConfig config, @Reference Store store, @Reference StoredFiles files) {
        this(store, files, Duration.ofDays(config.unheldDays()));
        timer.scheduleWithFixedDelay(this::run, 20, 6 * 60, TimeUnit.MINUTES);
    }

    FileClearing(Store store, StoredFiles files, Duration age) {
        this.store = store;
        this.files = files;
        this.age = age;
    }

    @Deactivate
    void stop() throws InterruptedException {
        // not interrupted: the embedded database does not bear that in the middle of its work
        timer.shutdown();
        timer.awaitTermination(10, TimeUnit.SECONDS);
    }

    /** Clears away all that is due. */
    void run() {
        try {
            List<String> due;
            int cleared = 0;
            do {
                due = store.read(tx -> files.unheld(tx, tx.now().minus(age), SLICE));
                for (String sha256 : due) {
                    store.change(tx -> {
                        Instant before = tx.now().minus(age);
                        files.clear(tx, sha256, before);
                    });
                }
                cleared += due.size();
            } while (due.size() == SLICE);
            if (cleared > 0) {
                LOG.info("{} files that nothing held were cleared away", cleared);
            }
        } catch (RuntimeException e) {
            LOG.warn("Files that nothing holds are still there; trying again later", e);
        }
    }
}
