package vn.sotay.platform.store;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.sotay.api.http.Problem;
import vn.sotay.api.http.ProblemException;
import vn.sotay.api.store.Store;

/** The store of one bundle: its Jdbi and its mapper hold the bundle's classes, and go with it. */
@Component(service = Store.class, scope = ServiceScope.BUNDLE)
public final class EngineStore implements Store {

    private static final Logger LOG = LoggerFactory.getLogger(EngineStore.class);
    private static final int TRIES = 5;
    /** Who has waited this long for others does not wait for them again. */
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private static final Duration TELL_AGAIN = Duration.ofMinutes(1);
    private static final AtomicLong TOLD = new AtomicLong(System.nanoTime() - TELL_AGAIN.toNanos());
    private static final ThreadLocal<Boolean> WORKING = ThreadLocal.withInitial(() -> false);

    private final Engine engine;
    private final Jdbi jdbi;
    private final ObjectMapper json;

    @Activate
    public EngineStore(@Reference Engine engine) {
        this(engine, engine.jdbi(), engine.payloads().mapper());
    }

    private EngineStore(Engine engine, Jdbi jdbi, ObjectMapper json) {
        this.engine = engine;
        this.jdbi = jdbi;
        this.json = json;
    }

    @Override
    public <T, X extends Exception> T read(Work<T, X> work) throws X {
        // on Derby a reader waits for writers, and may be the one that a deadlock is solved by
        return again(() -> {
            // without a transaction: it would show the same at this isolation, and PostgreSQL takes a round trip to end
            // it
            try (Handle handle = jdbi.open()) {
                return work.run(begin(handle, true));
            }
        });
    }

    @Override
    public <T, X extends Exception> T write(Work<T, X> work) throws X {
        if (!engine.hasRoom()) {
            throw full();
        }
        return again(() -> once(work));
    }

    private <T, X extends Exception> T again(Unit<T, X> unit) throws X {
        return alone(() -> {
            long end = System.nanoTime() + PATIENCE.toNanos();
            for (int attempt = 1; ; attempt++) {
                try {
                    return unit.run();
                } catch (RuntimeException e) {
                    boolean late = System.nanoTime() > end;
                    if (attempt == TRIES || !isConflict(e) || late) {
                        throw told(e, late);
                    }
                    LOG.debug("try {} met another writer: {}", attempt, e.getMessage());
                    backOff(attempt, e);
                }
            }
        });
    }

    /**
     * What is no fault of the work becomes an answer: come again.
     *
     * @param late whether it was not tried again for want of time: then two at once may have made the same thing
     */
    private RuntimeException told(RuntimeException failure, boolean late) {
        if (failure instanceof ProblemException) {
            return failure;
        }
        if (SqlState.isFull(failure)) {
            LOG.debug("the disk is full", failure);
            return full();
        }
        if (SqlState.isGone(failure)) {
            LOG.debug("the database is gone", failure);
            engine.suspect(SqlState.of(failure));
            return Problem.other(503, "database.away").with("seconds", 5);
        }
        if (failure instanceof UnitsChanged || SqlState.isBusy(failure) || late && isConflict(failure)) {
            tellBusy(failure);
            return Problem.other(503, "database.busy").with("seconds", 5);
        }
        return failure;
    }

    /** Once a minute: when one waits too long, all do. */
    private static void tellBusy(RuntimeException failure) {
        long now = System.nanoTime();
        long last = TOLD.get();
        if (now - last > TELL_AGAIN.toNanos() && TOLD.compareAndSet(last, now)) {
            LOG.warn("Requests wait too long for the database and get 503: {}", failure.getMessage());
        }
    }

    private static ProblemException full() {
        return Problem.other(507, "disk.full").with("seconds", 60);
    }

    private <T, X extends Exception> T once(Work<T, X> work) throws X {
        int turn = engine.underWay().begin();
        try {
            return inTransaction(work);
        } finally {
            engine.underWay().end(turn);
        }
    }

    private <T, X extends Exception> T inTransaction(Work<T, X> work) throws X {
        try (Handle handle = jdbi.open()) {
            handle.begin();
            try {
                StoreTransaction tx = begin(handle, false);
                T result = work.run(tx);
                engine.commit(handle, tx);
                return result;
            } catch (Throwable e) {
                rollBack(handle);
                throw e;
            }
        }
    }

    /** On a connection that broke this fails as well; what counts is what came before. */
    private static void rollBack(Handle handle) {
        try {
            handle.rollback();
        } catch (RuntimeException e) {
            LOG.debug("rolled back by the end of its connection", e);
        }
    }

    private StoreTransaction begin(Handle handle, boolean readsOnly) {
        return new StoreTransaction(handle, json, engine.now(), engine.changes().arrangement(), readsOnly);
    }

    private interface Unit<T, X extends Exception> {
        T run() throws X;
    }

    private static boolean isConflict(RuntimeException e) {
        return e instanceof UnitsChanged || SqlState.isConflict(e);
    }

    /** Refuses a unit of work inside another: it would wait for locks that its own thread holds. */
    private static <T, X extends Exception> T alone(Unit<T, X> unit) throws X {
        if (WORKING.get()) {
            throw new IllegalStateException("a unit of work inside another: hand the transaction on");
        }
        WORKING.set(true);
        try {
            return unit.run();
        } finally {
            WORKING.remove();
        }
    }

    private static void backOff(int attempt, RuntimeException conflict) {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(1, 10L << attempt));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw conflict;
        }
    }
}
