package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import vn.sotay.testkit.Sotay;

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

    /** Waits until some more writes are acknowledged; fails as soon as a writer has. */
    static void awaitWrites(Sotay sotay, Writers writers, int more, Duration limit) {
        int before = writers.acknowledged();
        await(
                "somebody writes",
                limit,
                () -> {
                    writers.check();
                    return writers.acknowledged() >= before + more;
                },
                sotay::output);
    }

    /**
     * For one that is started many times: always with the same port, as people know it, and with class-data sharing, as {@code ./run}
     * does. It is started once for that.
     */
    static Sotay.Settings quick(Sotay.Settings settings) {
        String archive = settings.data().resolveSibling("classes.jsa").toString();
        Sotay.Settings same = settings.with("--port", String.valueOf(freePort()));
        Sotay.start(same.java("-XX:ArchiveClassesAtExit=" + archive, "-Xlog:cds=off", "-Xlog:cds+dynamic=off"))
                .stop();
        return same.java("-XX:SharedArchiveFile=" + archive, "-Xlog:cds=off", "-Xlog:cds+dynamic=off");
    }

    static int freePort() {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
