package vn.sotay.platform.store;

import java.sql.SQLException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Transactions whose commit failed, so that nobody knows whether it came to pass: the connection broke, or the disk is full. Their
 * numbers stay open, and no reader passes them, until the database can be asked. Thread-safe.
 */
final class Doubts implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Doubts.class);
    private static final long ASK_MS = 500;

    private record Doubt(ChangeLog.Flushed flushed, int session, Runnable ifThere) {}

    private final Jdbi jdbi;
    private final Database database;
    private final ChangeLog changes;
    private final Queue<Doubt> doubts = new ConcurrentLinkedQueue<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "sotay-doubts");
        made.setDaemon(true);
        return made;
    });

    Doubts(Jdbi jdbi, Database database, ChangeLog changes) {
        this.jdbi = jdbi;
        this.database = database;
        this.changes = changes;
        thread.scheduleWithFixedDelay(this::ask, ASK_MS, ASK_MS, TimeUnit.MILLISECONDS);
    }

    /**
     * Keeps its numbers open until it is known.
     *
     * @param session of the connection that it was on
     * @param ifThere is run when it turns out to have committed, and ends its numbers
     */
    void add(ChangeLog.Flushed flushed, int session, Runnable ifThere) {
        doubts.add(new Doubt(flushed, session, ifThere));
    }

    private void ask() {
        if (doubts.isEmpty() || database.trouble().isPresent()) {
            return;
        }
        try {
            doubts.removeIf(this::isSettled);
        } catch (RuntimeException e) {
            LOG.debug("the database does not tell yet", e);
        }
    }

    private boolean isSettled(Doubt doubt) {
        return jdbi.inTransaction(handle -> {
            if (!isOver(doubt, handle)) {
                return false;
            }
            if (ChangeLog.isThere(handle, doubt.flushed())) {
                doubt.ifThere().run();
            } else {
                changes.rolledBack(doubt.flushed());
            }
            return true;
        });
    }

    private boolean isOver(Doubt doubt, Handle handle) {
        try {
            return database.isOver(doubt.session(), handle.getConnection());
        } catch (SQLException e) {
            LOG.debug("it is not known whether session {} has ended", doubt.session(), e);
            return false;
        }
    }

    @Override
    public void close() {
        thread.shutdown();
        try {
            thread.awaitTermination(ASK_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
