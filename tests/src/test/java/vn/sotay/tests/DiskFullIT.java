package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vn.sotay.testkit.Client;
import vn.sotay.testkit.Database;
import vn.sotay.testkit.PostgresCluster;
import vn.sotay.testkit.Response;
import vn.sotay.testkit.Sotay;

/** The disk runs full while people write, and somebody makes room again. */
class DiskFullIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(25);
    private static final int MEGABYTES = 300;

    private final Path disk = Sotay.temporary();

    @BeforeEach
    void mount() throws Exception {
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=" + MEGABYTES + "m", "tmpfs", disk.toString()) == 0,
                "no file system of its own can be mounted here: run the tests as root");
    }

    @AfterEach
    void unmount() throws Exception {
        // what still runs there ends with the tests
        run("umount", "--lazy", disk.toString());
    }

    private static int run(String... command) throws Exception {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    @Test
    void saysSoAndGoesOnWhenThereIsRoomAgain() throws Exception {
        Sotay.Settings settings = Sotay.fresh().data(disk.resolve("data"));
        PostgresCluster cluster = null;
        if (Database.ofThisRun() == Database.POSTGRESQL) {
            cluster = PostgresCluster.own(Files.createDirectory(disk.resolve("postgresql")));
            settings = settings.database(cluster.newDatabase());
        }
        try (Sotay sotay = Sotay.start(settings);
                Follower leader = Follower.start(sotay, "secretary", 2);
                Writers writers = Writers.start(sotay)) {
            Faults.awaitWrites(sotay, writers, 20, SOON);
            Path ballast = disk.resolve("ballast");
            fill(ballast);
            Faults.await(
                    "writers are told",
                    SOON,
                    () -> {
                        writers.check();
                        return writers.refusals().values().stream()
                                        .mapToInt(Integer::intValue)
                                        .sum()
                                > 20;
                    },
                    sotay::output);
            Response health = sotay.anonymous().get("/health").expect(503);
            assertThat(check(health, "disk").path("detail").asText()).contains("make room now");
            refusesAnUpload(sotay);

            Files.delete(ballast);
            if (cluster != null && !cluster.isRunning()) {
                cluster.start();
            }
            Faults.await(
                    "it is up again",
                    SOON,
                    () -> sotay.anonymous().get("/health").status() == 200,
                    () -> sotay.anonymous().get("/health") + "\n" + sotay.output());
            Faults.awaitWrites(sotay, writers, 20, SOON);
            writers.finish();
            leader.finish();
            writers.verify(leader);
            leader.verify(sotay, "secretary");
            System.out.println("refused " + writers.refusals() + ", longest answer " + writers.longest());
            assertThat(writers.refusals().keySet()).isSubsetOf(Set.of(503, 507));
            assertThat(writers.longest()).isLessThan(LONGEST_ANSWER);
            assertThat(sotay.output()).doesNotContain("\tat ");
            assertThat(sotay.output().lines().count()).isLessThan(20);
        }
    }

    private static void fill(Path ballast) throws IOException {
        byte[] bytes = new byte[64 * 1024];
        new Random(1).nextBytes(bytes);
        try (OutputStream out = Files.newOutputStream(ballast)) {
            while (true) {
                out.write(bytes);
            }
        } catch (IOException e) {
            assertThat(Files.getFileStore(ballast).getUsableSpace()).isLessThan(bytes.length);
        }
    }

    private static void refusesAnUpload(Sotay sotay) {
        byte[] bytes = new byte[500_000];
        Client secretary = sotay.as("secretary");
        Response refused =
                secretary.send("PUT", "/api/files/" + Client.sha256(bytes), "application/octet-stream", bytes);
        assertThat(refused.status()).as(refused.toString()).isIn(503, 507);
    }

    private static JsonNode check(Response health, String name) {
        for (JsonNode check : health.json().path("checks")) {
            if (check.path("name").asText().equals(name)) {
                return check;
            }
        }
        throw new AssertionError("no check " + name + ": " + health);
    }
}
