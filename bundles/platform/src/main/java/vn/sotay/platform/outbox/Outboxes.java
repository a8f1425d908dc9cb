package vn.sotay.platform.outbox;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.sotay.api.http.Problem;
import vn.sotay.api.http.ProblemException;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;
import vn.sotay.platform.keys.FieldKeys;
import vn.sotay.platform.module.HeldRequests;
import vn.sotay.platform.store.Acting;
import vn.sotay.platform.store.Command;

/**
 * Lets each command of a phone's outbox be carried out once and in order, across a {@code kill -9} too, and knows what was answered.
 * Thread-safe.
 */
@Component(service = {Outboxes.class, HeldRequests.class})
public final class Outboxes implements HeldRequests {

    private static final Logger LOG = LoggerFactory.getLogger(Outboxes.class);

    /** What becomes of a command that has arrived. */
    public enum Place {
        /** It is its turn: it is carried out, and {@link Outboxes#answered} or {@link Outboxes#leave} follows. */
        ITS_TURN,
        /** It waits, and comes again. */
        WAITS,
        /** Its number is settled: {@link Outboxes#repeated} says what was answered. */
        SETTLED
    }

    /** So long it is known what was said: a reply to one may tell of another, whose data are deleted meanwhile. */
    static final Duration SAID = Duration.ofDays(7);

    private static final int AT_ONCE = 500;

    private final Store store;
    private final ReplyRows rows;
    private final Turns turns;
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "sotay-outboxes");
        thread.setDaemon(true);
        return thread;
    });

    @Activate
    public Outboxes(@Reference Store store, @Reference FieldKeys keys) {
        this.store = store;
        this.rows = new ReplyRows(keys);
        timer.setRemoveOnCancelPolicy(true);
        this.turns = new Turns(this::set, System::nanoTime);
        timer.scheduleWithFixedDelay(this::forgetQuietly, 40, 24 * 60, TimeUnit.MINUTES);
    }

    /** For tests, by a clock and an alarm of their own. */
    Outboxes(Store store, FieldKeys keys, Turns.Alarm alarm, LongSupplier nanos) {
        this.store = store;
        this.rows = new ReplyRows(keys);
        this.turns = new Turns(alarm, nanos);
    }

    private Runnable set(long nanos, Runnable ring) {
        Future<?> set = timer.schedule(ring, nanos, TimeUnit.NANOSECONDS);
        return () -> set.cancel(false);
    }

    @Deactivate
    void stop() throws InterruptedException {
        release();
        // not interrupted: the embedded database does not bear that in the middle of its work
        timer.shutdown();
        timer.awaitTermination(10, TimeUnit.SECONDS);
    }

    @Override
    public void release() {
        turns.close();
    }

    /**
     * A command has arrived, or comes again.
     *
     * @param again is run, in any thread and at once, when one that waits may come again
     * @throws ProblemException 409 {@code command-early} with {@code expected}, the number that would be next, if those before it do not
     *     come; 503 if it cannot be told now
     */
    public Place arrive(Turn turn, Runnable again) {
        Turns.Found found = turns.take(turn, again);
        if (found == Turns.Found.FREE) {
            long done = done(turn);
            if (turn.sequence() == done + 1) {
                return Place.ITS_TURN;
            }
            if (turn.sequence() <= done) {
                turns.leave(turn, done);
                return Place.SETTLED;
            }
            found = turns.await(turn, done, again);
        }
        if (found == Turns.Found.WAITS) {
            return Place.WAITS;
        }
        throw turns.isClosed() ? Problem.other(503, "stopping") : notYet(turn, store.read(tx -> done(tx, turn)));
    }

    private long done(Turn turn) {
        long done = turns.done(turn);
        if (done != Turns.UNKNOWN) {
            return done;
        }
        try {
            return store.read(tx -> done(tx, turn));
        } catch (RuntimeException e) {
            turns.leave(turn, Turns.UNKNOWN);
            throw e;
        }
    }

    private static long done(Transaction tx, Turn turn) {
        return Command.done(tx.handle(), turn.outbox().account(), turn.outbox().device());
    }

    private static ProblemException notYet(Turn turn, long done) {
        if (turn.sequence() > done + 1) {
            return Problem.conflict("command-early").with("expected", done + 1);
        }
        // the very same is carried out, for longer than this one could wait
        return Problem.other(503, "database.busy").with("seconds", 5);
    }

    /**
     * What a command whose number is settled was answered.
     *
     * @throws ProblemException as {@link #arrive}, if it is not settled any more
     */
    public KeptReply repeated(Turn turn) {
        return store.read(tx -> {
            long done = done(tx, turn);
            if (turn.sequence() > done) {
                throw notYet(turn, done);
            }
            return rows.find(tx, turn.command()).orElse(KeptReply.APPLIED);
        });
    }

    /**
     * A command was carried out and is about to be answered: its number is settled and the reply kept, unless that may pass. Gives the
     * outbox back in any case.
     *
     * @throws ProblemException if nothing could be written, so that the number is not settled: that is to be answered instead
     * @throws vn.sotay.platform.store.NotItsTurnException if it was settled meanwhile: {@link #repeated} says what to answer
     */
    public void answered(Turn turn, KeptReply reply) {
        Command command = turn.command();
        try {
            if (!KeptReply.settles(reply.status())) {
                if (command.isMarked()) {
                    store.change(tx -> command.unmark(tx.handle()));
                }
            } else if (command.isMarked()) {
                keep(command, reply);
            } else {
                Acting.as(
                        command.account(),
                        null,
                        command,
                        () -> store.write(tx -> {
                            rows.keep(tx, command, reply);
                            return reply;
                        }));
            }
        } finally {
            turns.leave(turn, command.isMarked() ? command.sequence() : Turns.UNKNOWN);
        }
    }

    /** What was done is done: who sends it again learns that, if no more. */
    private void keep(Command command, KeptReply reply) {
        try {
            store.change(tx -> rows.keep(tx, command, reply));
        } catch (RuntimeException e) {
            LOG.debug("the reply to a command is not kept", e);
        }
    }

    private void forgetQuietly() {
        try {
            forget();
        } catch (RuntimeException e) {
            LOG.warn("What was answered to phones long ago is still there; trying again tomorrow", e);
        }
    }

    /** Forgets what was said in replies that are older than {@link #SAID}. */
    void forget() {
        int found;
        do {
            found = store.write(tx -> rows.forget(tx, tx.now().minus(SAID), AT_ONCE));
        } while (found == AT_ONCE);
    }

    /** It ends, answered or not. Does nothing if it has ended before. */
    public void leave(Turn turn) {
        turns.leave(turn, Turns.UNKNOWN);
    }
}
