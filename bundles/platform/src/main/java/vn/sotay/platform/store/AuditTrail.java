package vn.sotay.platform.store;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.sotay.api.http.Problem;
import vn.sotay.api.store.Store;

/**
 * The audit trail beside the writes, which put their rows there themselves: takes what was read, many at once, and seals what is new
 * once a second. Thread-safe.
 */
@Component(
        service = {AuditTrail.class, AuditReads.class},
        configurationPid = "vn.sotay.audit",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = AuditConfig.class)
public final class AuditTrail implements AuditReads {

    private static final Logger LOG = LoggerFactory.getLogger(AuditTrail.class);
    private static final Duration SEALED_AFTER = Duration.ofSeconds(1);
    private static final int AT_ONCE = 200;
    private static final int FEWEST_DAYS = 30;

    /** So much that was read waits in memory while nothing can be written. */
    private static final int MOST_WAITING = 10_000;

    private static final Duration COME_AGAIN = Duration.ofSeconds(2);
    private static final long END_MS = 10_000;

    private record Waiting(AuditEntry entry, CompletableFuture<Void> kept) {}

    private final Store store;
    private final AuditHead head;
    private final AuditSealer sealer;
    private final Asked asked;
    private final Duration keep;
    private final Queue<Waiting> queue = new ArrayDeque<>();
    private final Semaphore checking = new Semaphore(1);
    private final Thread writer = new Thread(this::work, "sotay-audit");
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "sotay-seals");
        thread.setDaemon(true);
        return thread;
    });
    private boolean stopping;
    private long lost;

    @Activate
    public AuditTrail(BundleContext context, AuditConfig config, @Reference Store store, @Reference Engine engine) {
        this(
                store,
                engine,
                Path.of(context.getProperty("sotay.data")).resolve("audit"),
                Duration.ofDays(Math.max(FEWEST_DAYS, config.keepDays())));
        start();
    }

    /** For tests, which seal when they like. */
    AuditTrail(Store store, Engine engine, Path folder, Duration keep) {
        this.store = store;
        this.keep = keep;
        this.asked = new Asked(folder);
        this.head = new AuditHead(folder);
        this.sealer = new AuditSealer(store, engine.changes(), head, engine.isRestored());
    }

    void start() {
        writer.setDaemon(true);
        writer.start();
        timer.scheduleWithFixedDelay(
                this::sealQuietly, SEALED_AFTER.toMillis(), SEALED_AFTER.toMillis(), TimeUnit.MILLISECONDS);
        timer.scheduleWithFixedDelay(this::retainQuietly, 30, 24 * 60, TimeUnit.MINUTES);
    }

    @Deactivate
    void stop() throws InterruptedException {
        // not interrupted: the embedded database does not bear that in the middle of its work
        synchronized (queue) {
            stopping = true;
            queue.notifyAll();
        }
        writer.join(END_MS);
        Future<?> last = timer.submit(this::sealQuietly);
        timer.shutdown();
        if (!timer.awaitTermination(END_MS, TimeUnit.MILLISECONDS)) {
            LOG.debug("{} is sealed after the next start", last);
        }
    }

    @Override
    public CompletionStage<Void> keep(AuditEntry entry) {
        Waiting waiting = new Waiting(entry, new CompletableFuture<>());
        synchronized (queue) {
            if (queue.size() >= MOST_WAITING) {
                lost++;
                waiting.kept().complete(null);
            } else {
                queue.add(waiting);
                queue.notifyAll();
            }
        }
        return waiting.kept();
    }

    private void work() {
        while (true) {
            List<Waiting> some = take();
            if (some.isEmpty()) {
                return;
            }
            boolean written = write(some);
            some.forEach(waiting -> waiting.kept().complete(null));
            if (written) {
                tellLost();
            } else if (!await(some)) {
                LOG.error("The audit trail misses {} reads: the database could not be written to", some.size());
                return;
            }
        }
    }

    private List<Waiting> take() {
        synchronized (queue) {
            while (queue.isEmpty() && !stopping) {
                try {
                    queue.wait();
                } catch (InterruptedException e) {
                    stopping = true;
                }
            }
            List<Waiting> some = new ArrayList<>();
            while (some.size() < AT_ONCE && !queue.isEmpty()) {
                some.add(queue.remove());
            }
            return some;
        }
    }

    private boolean write(List<Waiting> some) {
        try {
            store.change(tx -> some.forEach(waiting -> AuditEntry.add(tx, waiting.entry())));
            return true;
        } catch (RuntimeException e) {
            LOG.debug("reads are not on the trail yet", e);
            return false;
        }
    }

    /** Puts them back, and waits a while; false if the end has come. */
    private boolean await(List<Waiting> some) {
        synchronized (queue) {
            if (stopping) {
                return false;
            }
            // nobody is held up by those who come meanwhile: what is read is answered, as long as it can be
            List<Waiting> all = new ArrayList<>(some);
            all.addAll(queue);
            queue.clear();
            queue.addAll(all);
            queue.forEach(waiting -> waiting.kept().complete(null));
            try {
                queue.wait(COME_AGAIN.toMillis());
            } catch (InterruptedException e) {
                stopping = true;
            }
            return true;
        }
    }

    private void tellLost() {
        long missing;
        synchronized (queue) {
            missing = lost;
            lost = 0;
        }
        if (missing > 0) {
            LOG.error("The audit trail misses {} reads: the database could not be written to for too long", missing);
        }
    }

    private void sealQuietly() {
        try {
            seal();
            asked.id().ifPresent(id -> asked.answer(id, AuditLines.of(verify())));
        } catch (RuntimeException e) {
            // the database is away or full: the next second
            LOG.debug("the audit trail is not sealed yet", e);
        }
    }

    private void retainQuietly() {
        try {
            long rows = retain();
            if (rows > 0) {
                LOG.info("{} rows of the audit trail were older than {} days", rows, keep.toDays());
            }
        } catch (RuntimeException e) {
            LOG.warn("Old rows of the audit trail are still there; trying again tomorrow", e);
        }
    }

    /** Deletes what was kept long enough, and says so on the trail; returns how many rows. */
    synchronized long retain() {
        return sealer.retain(keep);
    }

    /** Seals all that has been committed by now. */
    synchronized void seal() {
        sealer.seal();
    }

    /**
     * Looks the whole trail through. Takes some seconds for each million rows.
     *
     * @throws vn.sotay.api.http.ProblemException 503 while somebody else does
     */
    public AuditVerdict verify() {
        if (!checking.tryAcquire()) {
            throw Problem.other(503, "busy").with("seconds", 10);
        }
        try {
            return new AuditCheck(store, head.marks()).run();
        } finally {
            checking.release();
        }
    }
}
