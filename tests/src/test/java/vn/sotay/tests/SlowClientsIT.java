package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import vn.sotay.testkit.Client;
import vn.sotay.testkit.Sotay;

/** A thousand slow connections do not keep the others from their work. */
class SlowClientsIT {

    private static final int CONNECTIONS = 1000;
    private static final int SECONDS = Faults.times("sotay.seconds", 5, 20);
    private static final int OTHERS = 4;
    /** On a machine with two busy cores; without slow clients it is not much less. */
    private static final Duration LONGEST = Duration.ofSeconds(2);

    private static Sotay sotay;

    @BeforeAll
    static void start() {
        sotay = Sotay.start(Sotay.prepared());
    }

    @AfterAll
    static void stop() {
        assertThat(sotay.output()).doesNotContain("\tat ");
        sotay.close();
    }

    @ParameterizedTest
    @EnumSource
    void theOthersWorkOn(SlowClients.Way way) {
        Duration alone = work();
        Duration among;
        try (SlowClients slow = new SlowClients(sotay.url(), way, CONNECTIONS)) {
            among = work();
        }
        System.out.printf(
                "%s: p99 of the others %d ms, without slow clients %d ms%n", way, among.toMillis(), alone.toMillis());
        assertThat(among).isLessThan(LONGEST.plus(alone));
    }

    /** The 99th percentile of what four people wait who read and write. */
    private static Duration work() {
        List<CompletableFuture<List<Long>>> all = new ArrayList<>();
        for (int i = 0; i < OTHERS; i++) {
            all.add(CompletableFuture.supplyAsync(SlowClientsIT::readAndWrite));
        }
        List<Long> nanos =
                all.stream().flatMap(one -> one.join().stream()).sorted().toList();
        return Duration.ofNanos(nanos.get(nanos.size() * 99 / 100));
    }

    private static List<Long> readAndWrite() {
        Client secretary = sotay.as("secretary");
        String cell = secretary
                .get("/api/me")
                .expect(200)
                .json()
                .path("member")
                .path("cell")
                .path("id")
                .asText();
        List<Long> nanos = new ArrayList<>();
        long end = System.nanoTime() + SECONDS * 1_000_000_000L;
        while (System.nanoTime() < end) {
            long began = System.nanoTime();
            secretary.get("/api/meetings").expect(200);
            long read = System.nanoTime();
            secretary
                    .put(
                            "/api/members/" + UUID.randomUUID(),
                            Map.of("cell", cell, "name", "Nguyễn Văn Thử", "birthYear", 1980, "gender", "MALE"))
                    .expect(201);
            nanos.add(read - began);
            nanos.add(System.nanoTime() - read);
            Faults.pause(10);
        }
        return nanos;
    }
}
