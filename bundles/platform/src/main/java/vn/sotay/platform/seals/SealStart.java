package vn.sotay.platform.seals;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.sotay.api.http.ProblemException;
import vn.sotay.api.store.Store;
import vn.sotay.platform.keys.FieldKeys;
import vn.sotay.platform.keys.SealedTable;
import vn.sotay.platform.members.SealedMembers;
import vn.sotay.platform.module.AfterStart;
import vn.sotay.platform.store.Engine;
import vn.sotay.platform.store.KeyRows;

/**
 * Seals what a version before this one has written plainly: the platform's after a start, a module's once it was taken in. Beside
 * everything else, and one after the other.
 */
@Component(service = SealStart.class, immediate = true)
public final class SealStart {

    private static final Logger LOG = LoggerFactory.getLogger(SealStart.class);
    private static final long LONGEST_SLICE_MS = 10_000;
    private static final long COME_AGAIN_MS = 5_000;

    private final Engine engine;
    private final Store store;
    private final FieldKeys keys;
    private final Resealing resealing;
    private final SealedTable feed;
    private final Thread thread = new Thread(this::run, "sotay-seals");
    private final Object pause = new Object();
    private final Deque<String> modules = new ArrayDeque<>();
    private volatile boolean stopping;

    @Activate
    public SealStart(
            @Reference Engine engine,
            @Reference Store store,
            @Reference FieldKeys keys,
            @Reference SealedTables tables,
            @Reference(target = "(sotay=ready)") CompletableFuture<String> ready) {
        this(engine, store, keys, tables.all(), tables.feed());
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
        AfterStart.run(ready, thread::start);
    }

    /** For tests, which call {@link #seal} themselves. */
    SealStart(Engine engine, Store store, FieldKeys keys, List<SealedTable> tables, SealedTable feed) {
        this.engine = engine;
        this.store = store;
        this.keys = keys;
        this.resealing = new Resealing(store, tables);
        this.feed = feed;
    }

    @Deactivate
    void stop() throws InterruptedException {
        // not interrupted: the embedded database does not bear that in the middle of its work
        synchronized (pause) {
            stopping = true;
            pause.notifyAll();
        }
        thread.join(LONGEST_SLICE_MS);
    }

    /** Seals what earlier versions of a module have left plain, if they have; comes back at once. */
    void sealPlain(String module) {
        synchronized (pause) {
            modules.add(module);
            pause.notifyAll();
        }
    }

    private void run() {
        work(this::seal);
        for (String module = next(); module != null; module = next()) {
            String id = module;
            work(() -> seal(id));
        }
    }

    /** The next module; null at the end. */
    private @Nullable String next() {
        synchronized (pause) {
            while (!stopping && modules.isEmpty()) {
                try {
                    pause.wait();
                } catch (InterruptedException e) {
                    stopping = true;
                }
            }
            return stopping ? null : modules.poll();
        }
    }

    private void work(Runnable sealing) {
        while (!stopping) {
            try {
                sealing.run();
                return;
            } catch (Stopped e) {
                LOG.debug("sealing goes on after the next start");
                return;
            } catch (ProblemException e) {
                LOG.debug("sealing waits for the database", e);
                await();
            } catch (RuntimeException e) {
                if (!stopping) {
                    LOG.error("Not all fields of an earlier version are sealed yet; that goes on at the next start", e);
                }
                return;
            }
        }
    }

    private void await() {
        synchronized (pause) {
            if (!stopping) {
                try {
                    pause.wait(COME_AGAIN_MS);
                } catch (InterruptedException e) {
                    stopping = true;
                }
            }
        }
    }

    /** Does it, if there is anything to do. */
    void seal() {
        int newest = keys.newest();
        boolean isRotating = keys.numbers().size() > 1;
        boolean isFinished = store.read(tx -> KeyRows.isFinished(tx, newest));
        boolean hasPlain = store.read(SealedMembers::hasPlain);
        if (!hasPlain && (isFinished || isRotating)) {
            // what an older key has sealed is the rotation's
            return;
        }
        resealing.run(this::slice);
        if (hasPlain) {
            engine.forgetTraces();
            LOG.info("The fields that an earlier version had kept as plain text are sealed");
        }
        if (!isRotating) {
            store.change(tx -> KeyRows.finished(tx, newest));
        }
    }

    private void slice(int progress, Store.Task<RuntimeException> task) {
        if (stopping) {
            throw new Stopped();
        }
        store.change(task);
    }

    /** Does it for a module. The payloads go first: as long as a column is not empty, it is known that they may be plain. */
    void seal(String module) {
        List<SealedColumnRows.Plain> plain = store.read(tx -> SealedColumnRows.plain(tx, module));
        if (plain.isEmpty()) {
            return;
        }
        List<SealedColumn> columns =
                plain.stream().map(SealedColumnRows.Plain::column).toList();
        columns.stream()
                .map(SealedColumn::plainPayload)
                .filter(Objects::nonNull)
                .map(component -> component.split("\\.", 2))
                .forEach(component -> engine.payloads().wasPlain(component[0], component[1]));
        new Resealing(store, List.of(feed, new PlainColumns(keys, columns))).run(this::slice);
        engine.forgetTraces();
        LOG.info("The fields that an earlier version of {} had kept as plain text are sealed", module);
        store.change(tx -> plain.forEach(one -> SealedColumnRows.sealed(tx, one)));
    }

    /** Sotay ends; what is left is done after the next start. */
    private static final class Stopped extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Stopped() {
            super("stopped", null, false, false);
        }
    }
}
