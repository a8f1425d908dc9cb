package vn.sotay.platform.store;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the units of work that write, so that somebody can wait for all that had begun before. Counted in two turns: those who wait
 * let the next turn begin, and wait until nobody of the one before is left. Thread-safe.
 */
final class UnderWay {

    private static final long LOOK_MS = 5;

    private final AtomicInteger[] counts = {new AtomicInteger(), new AtomicInteger()};
    private volatile int turn;

    /** @return to be handed to {@link #end} */
    int begin() {
        while (true) {
            int mine = turn;
            counts[mine & 1].incrementAndGet();
            if (turn == mine) {
                return mine;
            }
            // the turn was over before it was counted: whoever waits may not have seen it
            end(mine);
        }
    }

    void end(int mine) {
        counts[mine & 1].decrementAndGet();
    }

    /** Waits until all that had begun have ended. */
    synchronized void await() throws InterruptedException {
        int before = turn;
        turn = before + 1;
        while (counts[before & 1].get() > 0) {
            Thread.sleep(LOOK_MS);
        }
    }
}
