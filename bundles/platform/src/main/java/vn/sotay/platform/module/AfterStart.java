package vn.sotay.platform.module;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** What nobody waits for begins a moment after the start: who has waited for that is answered first. */
public final class AfterStart {

    private static final Executor MOMENT = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS);

    private AfterStart() {}

    /**
     * Runs it a second after the start, on a thread that it shall not hold for long; never, if the start comes to nothing.
     *
     * @param ready completes when requests are answered
     */
    public static void run(CompletableFuture<String> ready, Runnable work) {
        ready.thenRunAsync(work, MOMENT);
    }
}
