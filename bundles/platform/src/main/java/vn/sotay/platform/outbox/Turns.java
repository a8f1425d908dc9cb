package vn.sotay.platform.outbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is. Of an outbox one command at a time is carried out; what comes before its turn waits, without a thread, and comes again
 * when it may be its turn or when its time is up. Asks no database and no clock but those it is given. Thread-safe.
 */
final class Turns {

    /** It is not known which number is the last that is settled. */
    static final long UNKNOWN = -1;

    /** So many of one outbox wait at most. */
    static final int MOST_OF_ONE = 32;

    /** So many wait at most. */
    static final int MOST = 1000;

    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Comparator<Turn> IN_ORDER = Comparator.comparingLong(Turn::sequence);

    /** Rings later. */
    interface Alarm {

        /** @return takes it back, if it has not rung */
        Runnable set(long nanos, Runnable ring);
    }

    /** What an arrival finds. */
    enum Found {
        /** No other is carried out: it may look whether it is its turn. */
        FREE,
        /** It waits, and comes again. */
        WAITS,
        /** It has waited for long enough, or too many do. */
        TOO_LATE
    }

    private static final class Lane {
        private boolean isTaken;
        private long done = UNKNOWN;
        private final List<Turn> waiting = new ArrayList<>();
    }

    private final Alarm alarm;
    private final LongSupplier nanos;
    private final Map<Turn.Outbox, Lane> lanes = new HashMap<>();
    private int waiting;
    private boolean closed;

    Turns(Alarm alarm, LongSupplier nanos) {
        this.alarm = alarm;
        this.nanos = nanos;
    }

    /**
     * Takes the outbox, if no other command of it is carried out; otherwise waits.
     *
     * @param again is run, outside of all locks, when it may come again
     */
    synchronized Found take(Turn turn, Runnable again) {
        Lane lane = lanes.computeIfAbsent(turn.outbox(), outbox -> new Lane());
        if (!lane.isTaken) {
            lane.isTaken = true;
            turn.holds = true;
            return Found.FREE;
        }
        return hold(lane, turn, again);
    }

    /** The last number that is settled, as this outbox was left; {@link #UNKNOWN} if it is to be looked up. To be asked by who holds it. */
    synchronized long done(Turn turn) {
        return lane(turn).done;
    }

    /**
     * Gives the outbox back, since those before it are missing, and waits for them.
     *
     * @param done the last number that is settled
     */
    Found await(Turn turn, long done, Runnable again) {
        Found found;
        Runnable next;
        synchronized (this) {
            Lane lane = lane(turn);
            lane.isTaken = false;
            lane.done = done;
            turn.holds = false;
            next = next(lane);
            found = hold(lane, turn, again);
            forget(turn.outbox(), lane);
        }
        run(next);
        return found;
    }

    /**
     * Gives the outbox back, or waits no longer. Does nothing if that was done before.
     *
     * @param done the last number that is settled
     */
    void leave(Turn turn, long done) {
        Runnable next = null;
        synchronized (this) {
            Lane lane = lanes.get(turn.outbox());
            if (lane == null) {
                return;
            }
            if (turn.holds) {
                turn.holds = false;
                lane.isTaken = false;
                lane.done = done;
                next = next(lane);
            } else if (turn.again != null) {
                endWaiting(lane, turn);
            }
            forget(turn.outbox(), lane);
        }
        run(next);
    }

    /** Lets all come again, and nobody wait any more. */
    void close() {
        List<Runnable> all = new ArrayList<>();
        synchronized (this) {
            closed = true;
            for (Lane lane : List.copyOf(lanes.values())) {
                for (Turn turn : List.copyOf(lane.waiting)) {
                    all.add(endWaiting(lane, turn));
                }
            }
        }
        all.forEach(Runnable::run);
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** How many wait. */
    synchronized int waiting() {
        return waiting;
    }

    /** How many outboxes are known: none that nobody is at. */
    synchronized int outboxes() {
        return lanes.size();
    }

    private Lane lane(Turn turn) {
        if (!turn.holds) {
            throw new IllegalStateException("it is not the turn of " + turn);
        }
        return Objects.requireNonNull(lanes.get(turn.outbox()));
    }

    private Found hold(Lane lane, Turn turn, Runnable again) {
        long now = nanos.getAsLong();
        Long until = turn.until;
        if (until == null) {
            until = now + PATIENCE.toNanos();
            turn.until = until;
        }
        long left = until - now;
        if (closed || left <= 0 || waiting >= MOST || lane.waiting.size() >= MOST_OF_ONE) {
            return Found.TOO_LATE;
        }
        lane.waiting.add(turn);
        waiting++;
        turn.again = again;
        turn.unset = alarm.set(left, () -> ring(turn));
        return Found.WAITS;
    }

    private void ring(Turn turn) {
        Runnable again = null;
        synchronized (this) {
            Lane lane = lanes.get(turn.outbox());
            if (lane != null && turn.again != null) {
                again = endWaiting(lane, turn);
                forget(turn.outbox(), lane);
            }
        }
        run(again);
    }

    /** The first of those that wait, unless it is known that its turn has not come. It has to take the outbox as any other. */
    private @Nullable Runnable next(Lane lane) {
        return lane.waiting.stream()
                .min(IN_ORDER)
                .filter(first -> lane.done == UNKNOWN || first.sequence() <= lane.done + 1)
                .map(first -> endWaiting(lane, first))
                .orElse(null);
    }

    private Runnable endWaiting(Lane lane, Turn turn) {
        Runnable again = Objects.requireNonNull(turn.again);
        turn.again = null;
        turn.unset.run();
        turn.unset = () -> {};
        lane.waiting.remove(turn);
        waiting--;
        return again;
    }

    private void forget(Turn.Outbox outbox, Lane lane) {
        if (!lane.isTaken && lane.waiting.isEmpty()) {
            lanes.remove(outbox);
        }
    }

    private static void run(@Nullable Runnable next) {
        if (next != null) {
            next.run();
        }
    }
}
