package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import vn.sotay.testkit.Sotay;

/** A module seals columns of its own, and another key reaches them, whether it runs or not. */
class ModuleSealsIT {

    private static final int SAFES = 450;
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String SECRET = "thu-nhap-bi-mat-";

    private Sotay sotay;

    @Test
    void anotherKeyReachesWhatAModuleHasSealed() throws Exception {
        Sotay.Settings settings = Sotay.prepared();
        SafesJar.putInto(settings.modules());
        sotay = Sotay.start(settings);
        for (int i = 0; i < SAFES; i++) {
            fill(i, income(i));
        }
        assertThat(sotay.as("secretary").get("/api/safes/" + id(7)).expect(200).text())
                .isEqualTo("{\"income\":\"" + income(7) + "\",\"note\":\"" + SECRET + "note-7\"}");

        // beside a rotation somebody writes and looks
        AtomicBoolean over = new AtomicBoolean();
        int[] written = {0};
        Thread writer = new Thread(() -> {
            while (!over.get()) {
                int at = written[0]++ % SAFES;
                fill(at, income(at + SAFES));
                assertFound(income(at + SAFES), at);
            }
        });
        AtomicBoolean failed = new AtomicBoolean();
        writer.setUncaughtExceptionHandler((thread, e) -> {
            e.printStackTrace();
            failed.set(true);
        });
        writer.start();
        rotate();
        over.set(true);
        writer.join();
        assertThat(failed).isFalse();
        assertThat(written[0]).isPositive();
        assertAllThere(written[0]);

        // and while the module is stopped, and cut off in the middle
        sotay.as("admin").post("/api/modules/safes/stop").expect(200);
        String job = sotay.as("admin").post("/api/keys/rotation").expect(202).header("Location");
        sotay.kill();
        sotay.startAgain();
        awaitApplied(job);
        assertThat(sotay.as("admin").get("/api/keys").expect(200).text()).isEqualTo("{\"newest\":3,\"numbers\":[3]}");
        sotay.as("admin").post("/api/modules/safes/start").expect(200);
        assertAllThere(written[0]);

        // and while its jar is taken away
        Files.delete(settings.modules().resolve("safes.jar"));
        Faults.await(
                "the module is gone",
                SOON,
                () -> !sotay.as("admin").get("/api/modules").expect(200).text().contains("safes"),
                sotay::output);
        rotate();
        SafesJar.putInto(settings.modules());
        Faults.await(
                "the module is back",
                SOON,
                () -> sotay.as("secretary").get("/api/safes/" + id(7)).status() == 200,
                sotay::output);
        assertAllThere(written[0]);

        sotay.stop();
        assertThat(sotay.output()).doesNotContain("ERROR");
        assertThat(sotay.isInDatabase(SECRET)).isFalse();
        assertThat(isInFiles(settings.data(), SECRET)).isFalse();
        sotay.close();
    }

    @Test
    void aValueThatWasMovedIsNotOpened() throws Exception {
        Sotay.Settings settings = Sotay.prepared();
        SafesJar.putInto(settings.modules());
        sotay = Sotay.start(settings);
        fill(1, income(1));
        fill(2, income(2));
        sotay.stop();
        // in the same row, into the other column; and from one row to the other
        AuditIT.touch(
                settings,
                "update safe set note_sealed = income_sealed where id = '" + id(1) + "'",
                "update safe set income_sealed = (select s.income_sealed from safe s where s.id = '" + id(1)
                        + "') where id = '" + id(2) + "'");
        sotay.startAgain();
        sotay.as("secretary").get("/api/safes/" + id(1)).expect(500);
        sotay.as("secretary").get("/api/safes/" + id(2)).expect(500);
        sotay.close();
    }

    private static String income(int number) {
        return SECRET + number;
    }

    private static UUID id(int number) {
        return UUID.nameUUIDFromBytes(("safe " + number).getBytes(StandardCharsets.UTF_8));
    }

    private void fill(int number, String income) {
        sotay.as("secretary")
                .put("/api/safes/" + id(number), Map.of("income", income, "note", SECRET + "note-" + number))
                .expect(200);
    }

    private void assertFound(String income, int number) {
        JsonNode found = sotay.as("secretary")
                .get("/api/safes?income=" + income)
                .expect(200)
                .json();
        assertThat(found.path("ids").toString()).isEqualTo("[\"" + id(number) + "\"]");
    }

    private void assertAllThere(int written) {
        for (int i = 0; i < SAFES; i++) {
            String income = income(i < written ? i + SAFES : i);
            assertThat(sotay.as("secretary")
                            .get("/api/safes/" + id(i))
                            .expect(200)
                            .json()
                            .path("income")
                            .asText())
                    .isEqualTo(income);
            assertFound(income, i);
        }
    }

    private void rotate() {
        awaitApplied(sotay.as("admin").post("/api/keys/rotation").expect(202).header("Location"));
    }

    private void awaitApplied(String job) {
        Faults.await("the keys are changed", SOON, () -> state(job).equals("APPLIED"), sotay::output);
    }

    private String state(String job) {
        String state =
                sotay.as("admin").get(job).expect(200).json().path("state").asText();
        assertThat(List.of("RUNNING", "APPLIED", "QUEUED")).as(sotay.output()).contains(state);
        return state;
    }

    private static boolean isInFiles(Path folder, String text) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(text)) {
                    return true;
                }
            }
            return false;
        }
    }
}
