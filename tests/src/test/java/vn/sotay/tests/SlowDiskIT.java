package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vn.sotay.testkit.Client;
import vn.sotay.testkit.Database;
import vn.sotay.testkit.PostgresCluster;
import vn.sotay.testkit.Sotay;

/**
 * The disk does ten writes a second while people write and read, and then as many as before. The kernel slows it, for these processes alone. On
 * Derby who reads what is being written waits for it; nobody is refused.
 */
class SlowDiskIT {

    private static final Path GROUPS = Path.of("/sys/fs/cgroup/blkio");
    private static final String LIMIT = "blkio.throttle.write_iops_device";
    private static final int WRITES_A_SECOND = 10;
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final Duration LONGEST_READ = Duration.ofSeconds(12);
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(25);

    private final Path group =
            GROUPS.resolve("sotay-test-" + ProcessHandle.current().pid());

    @BeforeEach
    void makeGroup() throws IOException {
        assumeTrue(
                Files.isWritable(GROUPS.resolve("cgroup.procs")),
                "the kernel cannot slow a disk here: run the tests as root where control groups of version 1 are");
        Files.createDirectory(group);
        String disk = disk(Sotay.temporary());
        assumeTrue(disk != null, "the tests' folder is on no disk");
        Files.writeString(group.resolve(LIMIT), disk + " " + WRITES_A_SECOND);
    }

    @AfterEach
    void removeGroup() throws IOException {
        // what still runs there ends with the tests
        for (String process : Files.readAllLines(group.resolve("cgroup.procs"))) {
            Files.writeString(GROUPS.resolve("cgroup.procs"), process);
        }
        Files.delete(group);
    }

    /** The number of the disk that holds this file, as the kernel writes it; null if none does. */
    private static @Nullable String disk(Path file) throws IOException {
        long number = ((Number) Files.getAttribute(file, "unix:dev")).longValue();
        long major = number >> 8 & 0xfff;
        long minor = number & 0xff | number >> 12 & 0xfff00;
        Path device = Path.of("/sys/dev/block", major + ":" + minor);
        if (!Files.exists(device)) {
            return null;
        }
        Path whole =
                Files.exists(device.resolve("partition")) ? device.toRealPath().getParent() : device;
        return Files.readString(whole.resolve("dev")).strip();
    }

    @Test
    void everybodyWaitsAndNothingIsLost() throws Exception {
        PostgresCluster cluster = Database.ofThisRun() == Database.POSTGRESQL ? PostgresCluster.own() : null;
        Sotay.Settings settings =
                cluster == null ? Sotay.prepared() : Sotay.fresh().database(cluster.newDatabase());
        try (Sotay sotay = Sotay.start(settings);
                Follower leader = Follower.start(sotay, "secretary", 2);
                Writers writers = Writers.start(sotay)) {
            Faults.awaitWrites(sotay, writers, 20, SOON);
            move(sotay, cluster, group);
            Client officer = sotay.as("officer");
            Duration longest = Duration.ZERO;
            int before = writers.acknowledged();
            long end = System.nanoTime() + SOON.toNanos();
            for (int list = 0; list < 20 || writers.acknowledged() < before + 40; list++) {
                assertThat(System.nanoTime())
                        .as("somebody writes\n" + sotay.output())
                        .isLessThan(end);
                long start = System.nanoTime();
                officer.get("/api/members?limit=500&q=" + (char) ('a' + list % 26))
                        .expect(200);
                Duration took = Duration.ofNanos(System.nanoTime() - start);
                longest = took.compareTo(longest) > 0 ? took : longest;
                writers.check();
            }
            sotay.anonymous().get("/health").expect(200);
            move(sotay, cluster, GROUPS);
            Faults.awaitWrites(sotay, writers, 40, SOON);
            writers.finish();
            leader.finish();
            writers.verify(leader);
            leader.verify(sotay, "secretary");
            System.out.println("refused " + writers.refusals() + ", longest answer " + writers.longest()
                    + ", longest read while it was slow " + longest);
            assertThat(longest).isLessThan(LONGEST_READ);
            assertThat(writers.longest()).isLessThan(LONGEST_ANSWER);
            assertThat(writers.refusals().keySet()).isSubsetOf(Set.of(503));
            assertThat(sotay.output()).doesNotContain("\tat ");
        }
    }

    private static void move(Sotay sotay, @Nullable PostgresCluster cluster, Path to) throws IOException {
        Files.writeString(to.resolve("cgroup.procs"), String.valueOf(sotay.pid()));
        if (cluster != null) {
            for (ProcessHandle process : cluster.processes()) {
                Files.writeString(to.resolve("cgroup.procs"), String.valueOf(process.pid()));
            }
        }
    }
}
