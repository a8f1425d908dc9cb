package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** What tests of faults share: how long they take, and how they wait. */
final class Faults {

    /** Set by {@code ./test --long}: the same tests, for as long as what is promised in {@code docs/reliability.md} takes. */
    static final boolean LONG = Boolean.getBoolean("sotay.long");

    private Faults() {}

    /** The one number or the other, and before both what {@code -D} says. */
    static int times(String property, int usual, int inLongRuns) {
        return Integer.getInteger(property, LONG ? inLongRuns : usual);
    }

    /** Waits until something is so; {@code seen} is shown if it does not become so. */
    static void await(String what, Duration limit, BooleanSupplier condition, Supplier<String> seen) {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime())
                    .as(() -> what + ", not within " + limit + ":\n" + seen.get())
                    .isLessThan(end);
            pause(20);
        }
    }

    static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
