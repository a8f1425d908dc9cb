package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import vn.sotay.testkit.Database;
import vn.sotay.testkit.PostgresCluster;
import vn.sotay.testkit.Sotay;

/**
 * Sotay is killed at random moments while six write and two follow, and PostgreSQL too. Nothing that was acknowledged is lost, nothing
 * is there twice, and who follows misses nothing. {@code -Dsotay.kills=} says how often.
 */
class KillIT {

    private static final int KILLS = Faults.times("sotay.kills", 10, 500);
    /** Every so many of the kills meet the start, while what the one before left is mended. */
    private static final int IN_START = 5;

    private static final Duration WRITES = Duration.ofMinutes(5);

    private final @Nullable PostgresCluster cluster =
            Database.ofThisRun() == Database.POSTGRESQL ? PostgresCluster.own() : null;

    @Test
    void losesNothingAndDoublesNothing() {
        long began = System.nanoTime();
        try (Sotay sotay = Sotay.start(settings());
                Follower leader = Follower.start(sotay, "secretary", 2);
                Follower member = Follower.start(sotay, "fisherman", 0);
                Writers writers = Writers.start(sotay)) {
            for (int kill = 1; kill <= KILLS; kill++) {
                Faults.awaitWrites(sotay, writers, 6, WRITES);
                Faults.pause(ThreadLocalRandom.current().nextInt(600));
                kill(sotay, kill);
                if (kill % 50 == 0) {
                    report(kill, writers, began);
                }
            }
            Faults.awaitWrites(sotay, writers, 6, WRITES);
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

    private void kill(Sotay sotay, int kill) {
        boolean server = cluster != null && kill % 2 == 0;
        boolean itself = !server || kill % 4 == 0;
        if (server) {
            if (kill % 8 < 4) {
                cluster.stop();
            } else {
                cluster.kill();
            }
        }
        if (itself) {
            sotay.kill();
        }
        if (server) {
            cluster.start();
        }
        if (itself) {
            if (kill % IN_START == 0) {
                sotay.launchAgain();
                Faults.pause(ThreadLocalRandom.current().nextInt(3000));
                sotay.kill();
            }
            sotay.startAgain();
        }
    }

    private static void report(int kills, Writers writers, long began) {
        Duration time = Duration.ofNanos(System.nanoTime() - began);
        System.out.printf(
                "%d kills, %d writes acknowledged, %d cut off, %d ms for a kill%n",
                kills, writers.acknowledged(), writers.unanswered(), time.toMillis() / kills);
    }

    private Sotay.Settings settings() {
        return Faults.quick(cluster == null ? Sotay.prepared() : Sotay.fresh().database(cluster.newDatabase()));
    }
}
