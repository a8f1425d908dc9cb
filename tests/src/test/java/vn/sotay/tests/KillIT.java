package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import vn.sotay.testkit.Sotay;

/**
 * Sotay is killed at random moments while six write and two follow. Nothing that was acknowledged is lost, nothing is there twice, and
 * who follows misses nothing. {@code -Dsotay.kills=} says how often.
 */
class KillIT {

    private static final int KILLS = Faults.times("sotay.kills", 10, 500);
    /** Every so many of the kills meet the start, while what the one before left is mended. */
    private static final int IN_START = 5;

    private static final Duration WRITES = Duration.ofSeconds(60);

    @Test
    void losesNothingAndDoublesNothing() {
        Sotay.Settings settings = quick(Sotay.fresh().with("--port", String.valueOf(freePort())));
        long began = System.nanoTime();
        try (Sotay sotay = Sotay.start(settings);
                Follower leader = Follower.start(sotay, "secretary", 2);
                Follower member = Follower.start(sotay, "fisherman", 0);
                Writers writers = Writers.start(sotay)) {
            for (int kill = 1; kill <= KILLS; kill++) {
                int before = writers.acknowledged();
                Faults.await(
                        "somebody writes",
                        WRITES,
                        () -> {
                            writers.check();
                            return writers.acknowledged() > before + 5;
                        },
                        sotay::output);
                Faults.pause(ThreadLocalRandom.current().nextInt(600));
                sotay.kill();
                if (kill % IN_START == 0) {
                    sotay.launchAgain();
                    Faults.pause(ThreadLocalRandom.current().nextInt(3000));
                    sotay.kill();
                }
                sotay.startAgain();
                if (kill % 50 == 0) {
                    report(kill, writers, began);
                }
            }
            writers.finish();
            leader.finish();
            member.finish();
            writers.verify(leader);
            leader.verify(sotay, "secretary");
            member.verify(sotay, "fisherman");
            assertThat(sotay.output()).doesNotContain("\tat ");
            report(KILLS, writers, began);
        }
    }

    private static void report(int kills, Writers writers, long began) {
        Duration time = Duration.ofNanos(System.nanoTime() - began);
        System.out.printf(
                "%d kills, %d writes acknowledged, %d cut off, %d ms for a kill%n",
                kills, writers.acknowledged(), writers.unanswered(), time.toMillis() / kills);
    }

    /** With class-data sharing, as {@code ./run} does: a start is what a kill takes. */
    private static Sotay.Settings quick(Sotay.Settings settings) {
        Path archive = settings.data().resolveSibling("classes.jsa");
        Sotay first = Sotay.start(
                settings.java("-XX:ArchiveClassesAtExit=" + archive, "-Xlog:cds=off", "-Xlog:cds+dynamic=off"));
        first.stop();
        return settings.java(
                "-XX:SharedArchiveFile=" + archive, "-Xshare:auto", "-Xlog:cds=off", "-Xlog:cds+dynamic=off");
    }

    private static int freePort() {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
