package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import vn.sotay.testkit.Sotay;

/** {@code ./run keys rotate}, while Sotay runs and while it does not. */
class KeysCommandIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String DONE =
            "0\nAll sensitive fields are sealed by the key %d, which is the only one in the key"
                    + " file now: keep a copy of that file\n";

    @Test
    void putsAnotherKeyInPlaceWhetherSotayRunsOrNot() throws Exception {
        Sotay.Settings settings = Sotay.prepared();
        Sotay sotay = Sotay.start(settings);
        String members = members(sotay);

        assertThat(told(rotate(settings))).isEqualTo(DONE.formatted(2));
        assertThat(sotay.as("admin").get("/api/keys").expect(200).text()).isEqualTo("{\"newest\":2,\"numbers\":[2]}");
        assertThat(members(sotay)).isEqualTo(members);
        // done by nobody who is signed in
        assertThat(sotay.as("admin")
                        .get("/api/audit?type=keys")
                        .expect(200)
                        .json()
                        .path("items"))
                .hasSize(2)
                .allSatisfy(row -> assertThat(row.has("by")).isFalse());

        sotay.stop();
        assertThat(told(rotate(settings))).isEqualTo(DONE.formatted(3));
        assertThat(numbers(settings)).containsExactly("3");
        sotay.startAgain();
        assertThat(members(sotay)).isEqualTo(members);
        assertThat(sotay.output()).doesNotContain("ERROR");

        // Sotay is killed while somebody waits: the command says so, and the next one ends what was begun
        sotay.freeze(true);
        Process waiting = rotate(settings);
        Path ask = settings.data().resolve("keys/ask");
        Faults.await("it is asked", SOON, () -> Files.exists(ask), sotay::output);
        sotay.kill();
        assertThat(told(waiting)).startsWith("1\n").contains("has ended in the middle of it");
        assertThat(ask).doesNotExist();
        Process killed = rotate(settings);
        Faults.await("there is a second key", SOON, () -> numbers(settings).contains("4"), sotay::output);
        killed.destroyForcibly().onExit().join();
        assertThat(told(rotate(settings))).startsWith("0\n");
        assertThat(numbers(settings)).hasSize(1);
        sotay.startAgain();
        assertThat(members(sotay)).isEqualTo(members);
        sotay.close();
    }

    @Test
    void saysWhatIsMissingAndAsksNothingOfTheNextStart() throws Exception {
        Sotay.Settings settings = Sotay.prepared();
        Sotay sotay = Sotay.start(settings);
        sotay.stop();
        Path file = settings.data().resolve("keys/fields");
        Path away = settings.data().resolve("away");
        Files.move(file, away);

        assertThat(told(rotate(settings))).startsWith("1\n").contains("Sotay cannot start: the key file");
        Files.move(away, file);
        assertThat(settings.data().resolve("keys/ask")).doesNotExist();
        assertThat(numbers(settings)).containsExactly("1");
        sotay.close();
    }

    private static String members(Sotay sotay) {
        return sotay.as("secretary").get("/api/members").expect(200).text();
    }

    private static Process rotate(Sotay.Settings settings) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                Sotay.dist().resolve("lib") + "/*",
                "vn.sotay.launcher.Main",
                "keys",
                "rotate",
                "--data",
                settings.data().toString()));
        if (!settings.database().isEmpty()) {
            command.addAll(List.of("--database", settings.database()));
        }
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    /** The exit code and what was printed, without what is logged. */
    private static String told(Process process) throws Exception {
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        StringBuilder told = new StringBuilder().append(process.waitFor()).append('\n');
        printed.lines()
                .filter(line -> !line.matches("\\d\\d\\d\\d-\\d\\d-\\d\\d.*|\\d\\d:\\d\\d.*"))
                .forEach(line -> told.append(line).append('\n'));
        return told.toString();
    }

    private static List<String> numbers(Sotay.Settings settings) {
        try {
            return Files.readAllLines(settings.data().resolve("keys/fields")).stream()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" ")[0])
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
