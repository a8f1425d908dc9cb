package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.sotay.testkit.Database;
import vn.sotay.testkit.Sotay;

/** Start and end as an operator meets them: what is said, and by which code the process ends. */
class LauncherIT {

    @TempDir
    Path folder;

    @Test
    void answersWhenItSaysThatItIsReadyAndEndsInOrder() {
        try (Sotay sotay = Sotay.start(Sotay.fresh().demo("none"))) {
            sotay.anonymous().get("/health").expect(200);

            assertThat(sotay.stop()).isEqualTo(128 + 15);
            assertThat(sotay.output())
                    .containsOnlyOnce("Sotay is ready: ")
                    .doesNotContain(" ERROR ", " WARN ", "\tat ");

            sotay.startAgain();
            sotay.anonymous().get("/health").expect(200);
        }
    }

    @Test
    void goesByTheOptionsOfThisStartNotOfTheLast() throws IOException {
        Sotay.Settings settings = Sotay.fresh().demo("none");
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        assertRefused(settings.with("--database", "jdbc:postgresql://localhost:1/sotay"), "the database at ");
        Sotay first = Sotay.start(settings.with("--port", String.valueOf(port)));
        assertThat(first.url().getPort()).isEqualTo(port);
        first.stop();

        try (Sotay second = Sotay.start(settings)) {
            assertThat(second.url().getPort()).isNotEqualTo(port);
            second.anonymous().get("/health").expect(200);
        }
    }

    @Test
    void startsAgainAfterAPowerCut() {
        try (Sotay sotay = Sotay.start(Sotay.fresh().demo("none"))) {
            sotay.kill();

            sotay.startAgain();
            sotay.anonymous().get("/health").expect(200);
        }
    }

    @Test
    void sharesItsDataWithNobody() {
        Sotay.Settings settings = Sotay.fresh().demo("none");
        try (Sotay first = Sotay.start(settings)) {
            assertRefused(
                    settings,
                    "the data directory " + settings.data()
                            + " is in use by another instance: stop that one, or give another directory by --data");
            first.anonymous().get("/health").expect(200);
        }
    }

    @Test
    void sharesItsDatabaseWithNobody() {
        assumeTrue(Database.ofThisRun() == Database.POSTGRESQL, "the embedded database is in the data directory");
        Sotay.Settings settings = Sotay.fresh().demo("none");
        try (Sotay first = Sotay.start(settings)) {
            Sotay second = Sotay.startAndExit(settings.data(folder.resolve("data")));

            assertThat(second.output())
                    .contains("is in use by another Sotay: stop that one first")
                    .doesNotContain("Sotay is ready", "\tat ");
            assertThat(second.awaitExit()).isEqualTo(1);
            first.anonymous().get("/health").expect(200);
        }
    }

    @Test
    void saysWhenThePortIsInUse() throws IOException {
        try (ServerSocket other = new ServerSocket(0)) {
            int port = other.getLocalPort();

            assertRefused(
                    Sotay.fresh().demo("none").with("--port", String.valueOf(port)),
                    "port " + port + " is in use: stop the other program, or choose another by --port");
        }
    }

    @Test
    void saysWhenTheDatabaseCannotBeReached() {
        assertRefused(
                Sotay.fresh().demo("none").with("--database", "jdbc:postgresql://localhost:1/sotay"),
                "the database at localhost:1/sotay cannot be reached: ");
    }

    @Test
    void saysWhenTheDataDirectoryCannotBeWritten() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "no directory");

        assertRefused(
                Sotay.fresh().with("--data", file.resolve("data").toString()),
                "the data directory " + file.resolve("data")
                        + " cannot be written: give this user the right to write there, or another directory by --data");
    }

    @Test
    void saysInOneLineWhenTheDatabaseCannotBeMade() throws IOException {
        assumeTrue(Database.ofThisRun() == Database.DERBY);
        Path data = Files.createDirectory(folder.resolve("data"));
        Files.writeString(data.resolve("derby"), "no database");

        Sotay refused = assertRefused(
                Sotay.fresh().with("--data", data.toString()),
                "the database " + data.resolve("derby") + " cannot be opened ");
        assertThat(refused.output()).doesNotContain("WARN", "see the next exception");
    }

    @Test
    void saysWhichKeyOfTheConfigurationIsUnknown() throws IOException {
        Files.writeString(folder.resolve("sotay.json"), "{\"http\": {\"prot\": 9000}}");

        assertRefused(
                Sotay.fresh().with("--config", folder.toString()), "sotay.json: unknown key \"http.prot\"; known are ");
    }

    @Test
    void aFolderOfConfigurationThatSaysNothingOfTheLogIsNoReasonToWriteEverythingDown() {
        try (Sotay sotay = Sotay.start(Sotay.prepared().with("--config", folder.toString()))) {
            sotay.as("member").get("/api/me").expect(200);
            assertThat(sotay.output()).doesNotContain("DEBUG", "Bearer ");
        }
    }

    @Test
    void saysWhichOptionIsUnknown() {
        assertRefused(Sotay.fresh().with("--prot", "9000"), "unknown option --prot; usage: run ");
    }

    /** What it leaves is deleted when the tests end: its data may be another's. */
    private static Sotay assertRefused(Sotay.Settings settings, String line) {
        Sotay sotay = Sotay.startAndExit(settings);

        assertThat(sotay.output()).contains("Sotay cannot start: " + line).doesNotContain("Sotay is ready", "\tat ");
        assertThat(sotay.awaitExit()).isEqualTo(1);
        return sotay;
    }
}
