package vn.sotay.platform.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HeadStartTest {

    @ParameterizedTest
    @MethodSource("failures")
    void saysNothingOfWhatFailsSinceItFailsThereAgain(Runnable failing) throws InterruptedException {
        assertThat(uncaught(failing)).isEmpty();
    }

    static List<Runnable> failures() {
        return List.of(
                () -> {
                    throw new IllegalStateException("the bundle was stopped");
                },
                () -> {
                    throw new NoClassDefFoundError("the bundle was taken away");
                },
                () -> {
                    throw new ExceptionInInitializerError("a class cannot be had");
                });
    }

    @Test
    void hidesNoOtherError() throws InterruptedException {
        assertThat(uncaught(() -> {
                    throw new AssertionError();
                }))
                .hasSize(1);
    }

    private static List<Throwable> uncaught(Runnable work) throws InterruptedException {
        List<Throwable> uncaught = new CopyOnWriteArrayList<>();
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, e) -> uncaught.add(e));
        try {
            HeadStart.begin(work).join();
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
        return uncaught;
    }
}
