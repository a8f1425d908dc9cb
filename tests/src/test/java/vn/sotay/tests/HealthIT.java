package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import vn.sotay.testkit.Response;
import vn.sotay.testkit.Sotay;

/** {@code /health}: what a balancer and an operator ask, without signing in. */
class HealthIT {

    private final Sotay sotay = Sotay.shared();

    @Test
    void isToldToAnyone() {
        JsonNode health = sotay.anonymous().get("/health").expect(200).json();
        List<String> names = new ArrayList<>();
        health.path("checks").forEach(check -> names.add(check.path("name").asText()));

        assertThat(health.path("status").asText()).isEqualTo("UP");
        assertThat(names).containsExactly("database", "disk", "feed", "file handles", "modules");
        for (JsonNode check : health.path("checks")) {
            assertThat(check.path("status").asText()).as(check.toString()).isEqualTo("UP");
            assertThat(check.path("detail").asText()).isNotBlank();
        }
        assertThat(modules(health)).contains("meetings");
    }

    @Test
    void tellsNothingThatAStrangerMayNotKnow() {
        Response health = sotay.anonymous().get("/health").expect(200);

        assertThat(health.text())
                .doesNotContain(sotay.data().toString(), sotay.modules().toString(), "jdbc:", "localhost", "admin");
        assertThat(health.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void tellsThatAModuleWasStopped() throws InterruptedException {
        sotay.as("admin").post("/api/modules/meetings/stop").expect(200);
        try {
            // what an administrator has stopped is no fault: the balancer keeps this node
            assertThat(awaitModules("stopped by an administrator: meetings")
                            .path("status")
                            .asText())
                    .isEqualTo("UP");
        } finally {
            sotay.as("admin").post("/api/modules/meetings/start").expect(200);
        }
        awaitModules("meetings 0.1.0");
    }

    /** The answer is kept for a moment, so it may be that of before. */
    private JsonNode awaitModules(String words) throws InterruptedException {
        long end = System.nanoTime() + 10_000_000_000L;
        while (true) {
            JsonNode health = sotay.anonymous().get("/health").expect(200).json();
            if (modules(health).contains(words)) {
                return health;
            }
            assertThat(System.nanoTime()).as(health.toString()).isLessThan(end);
            Thread.sleep(100);
        }
    }

    private static String modules(JsonNode health) {
        return StreamSupport.stream(health.path("checks").spliterator(), false)
                .filter(check -> check.path("name").asText().equals("modules"))
                .map(check -> check.path("detail").asText())
                .findFirst()
                .orElseThrow();
    }
}
