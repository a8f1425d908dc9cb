package vn.sotay.platform.seals;

import java.util.List;
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
import vn.sotay.platform.store.Engine;
import vn.sotay.platform.store.KeyRows;

/** Seals, after a start, what a version before this one has written plainly. */
@Component(service = SealStart.class, immediate = true)
public final class SealStart {

    private static final Logger LOG = LoggerFactory.getLogger(SealStart.class);
    private static final long LONGEST_SLICE_MS = 10_000;
    private static final long COME_AGAIN_MS = 5_000;

    private final Engine engine;
    private final Store store;
    private final FieldKeys keys;
    private final Resealing resealing;
    private final Thread thread = new Thread(this::run, "sotay-seals");
    private final Object pause = new Object();
    private volatile boolean stopping;

    @Activate
    public SealStart(
            @Reference Engine engine,
            @Reference Store store,
            @Reference FieldKeys keys,
            @Reference SealedTables tables) {
        this(engine, store, keys, tables.all());
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
        thread.start();
    }

    /** For tests, which call {@link #seal} themselves. */
    SealStart(Engine engine, Store store, FieldKeys keys, List<SealedTable> tables) {
        this.engine = engine;
        this.store = store;
        this.keys = keys;
        this.resealing = new Resealing(store, tables);
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

    private void run() {
        while (!stopping) {
            try {
                seal();
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
        resealing.run((progress, task) -> {
            if (stopping) {
                throw new Stopped();
            }
            store.change(task);
        });
        if (hasPlain) {
            engine.forgetTraces();
            LOG.info("The fields that an earlier version had kept as plain text are sealed");
        }
        if (!isRotating) {
            store.change(tx -> KeyRows.finished(tx, newest));
        }
    }

    /** Sotay ends; what is left is done after the next start. */
    private static final class Stopped extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Stopped() {
            super("stopped", null, false, false);
        }
    }
}
