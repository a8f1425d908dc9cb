package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import vn.sotay.testkit.Client;
import vn.sotay.testkit.Response;
import vn.sotay.testkit.Sotay;

/** Modules are put in, replaced, stopped and taken away while Sotay is in use. */
class HotDeploymentIT {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String JAR_TYPE = "application/java-archive";
    private static Sotay sotay;

    @BeforeAll
    static void start() {
        sotay = Sotay.start(Sotay.prepared());
    }

    @AfterAll
    static void stop() {
        sotay.close();
    }

    private static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what + "\n" + sotay.output()).isLessThan(end);
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static JsonNode meetings() {
        for (JsonNode module :
                sotay.as("admin").get("/api/modules").expect(200).json().path("items")) {
            if (module.path("id").asText().equals("meetings")) {
                return module;
            }
        }
        return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
    }

    /** Puts the distribution's own jar back, whatever a test did. */
    private static void mend() {
        MeetingsJar.asBuilt().putInto(sotay.modules());
        await(
                "the module runs",
                () -> meetings().path("version").asText().equals("0.1.0")
                        && meetings().path("state").asText().equals("RUNNING")
                        && !meetings().has("problem"));
    }

    @Test
    void noRequestFailsWhileTheModuleIsReplacedTenTimes() throws Exception {
        mend();
        AtomicBoolean done = new AtomicBoolean();
        Map<Integer, Integer> statuses = new ConcurrentHashMap<>();
        ExecutorService clients = Executors.newFixedThreadPool(4);
        List<Future<?>> running = new ArrayList<>();
        for (String path : List.of("/api/meetings", "/api/meetings", "/api/units", "/api/modules")) {
            Client client = sotay.as("secretary");
            running.add(clients.submit(() -> {
                while (!done.get()) {
                    statuses.merge(client.get(path).status(), 1, Integer::sum);
                }
            }));
        }
        for (int i = 1; i <= 10; i++) {
            String version = "0.1." + i;
            MeetingsJar.version(version).putInto(sotay.modules());
            await(version + " runs", () -> meetings().path("version").asText().equals(version));
        }
        done.set(true);
        for (Future<?> client : running) {
            client.get();
        }
        clients.shutdown();

        assertThat(statuses).containsOnlyKeys(200);
        mend();
    }

    static Stream<Arguments> broken() {
        return Stream.of(
                broken(
                        "newer API",
                        MeetingsJar.version("0.2.0")
                                .manifest(headers -> headers.putValue(
                                        "Import-Package",
                                        headers.getValue("Import-Package")
                                                .replaceFirst(
                                                        "vn.sotay.api.http;version=\"[^\"]*\"",
                                                        "vn.sotay.api.http;version=\"[1.9,2)\""))),
                        "it imports vn.sotay.api.http [1.9.0,2.0.0), and this Sotay has "),
                broken(
                        "library",
                        MeetingsJar.version("0.2.0")
                                .manifest(headers -> headers.putValue(
                                        "Import-Package", headers.getValue("Import-Package") + ",com.zaxxer.hikari")),
                        "it imports com.zaxxer.hikari, which Sotay does not offer to modules"),
                broken(
                        "no module.json",
                        MeetingsJar.version("0.2.0").without("sotay/module.json"),
                        "it has no sotay/module.json"),
                broken(
                        "failing migration",
                        MeetingsJar.version("0.2.0")
                                .with("sotay/db/9000-broken.sql", "create tabel broken (id int);\n"),
                        "the migration 9000-broken of meetings 0.2.0 failed: "),
                broken(
                        "edited migration",
                        MeetingsJar.version("0.2.0").with("sotay/db/0001-meetings.sql", "-- nothing\n"),
                        "the migration 1-meetings of meetings 0.2.0 was changed after it had been applied"),
                broken(
                        "exception in activation",
                        MeetingsJar.version("0.2.0").without("vn/sotay/meetings/Meetings.class"),
                        "; the log has the whole of it: give it to the maker of the module"),
                broken("missing page", MeetingsJar.version("0.2.0").without("sotay/ui/meetings.js"), "meetings.js"),
                broken(
                        "other texts",
                        MeetingsJar.version("0.2.0").with("sotay/i18n/en.properties", "a=b\n"),
                        "must have the same keys"));
    }

    private static Arguments broken(String name, MeetingsJar jar, String line) {
        return arguments(name, jar, line);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("broken")
    void aBrokenJarIsToldAndTheVersionBeforeGoesOn(String name, MeetingsJar jar, String line) {
        mend();

        jar.putInto(sotay.modules());
        await("the problem is told", () -> meetings().has("problem"));

        String problem = meetings().path("problem").asText();
        assertThat(problem)
                .startsWith("meetings.jar is refused, and version 0.1.0 goes on: ")
                .contains(line);
        await("the log has it", () -> sotay.output().contains(problem));
        assertThat(sotay.anonymous().get("/health").expect(200).text()).contains("WARN", "meetings.jar is refused");
        sotay.as("secretary").get("/api/meetings").expect(200);
        mend();
    }

    @Test
    void anUploadIsRefusedWithTheSameLine() {
        mend();
        Response refused = sotay.as("admin")
                .send("PUT", "/api/modules", JAR_TYPE, "no jar".getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .expect(422);
        assertThat(refused.json().path("detail").asText())
                .startsWith("the uploaded jar is refused: it is no whole jar");

        JsonNode taken = sotay.as("admin")
                .send(
                        "PUT",
                        "/api/modules",
                        JAR_TYPE,
                        MeetingsJar.version("0.1.9").bytes())
                .expect(200)
                .json();
        assertThat(taken.path("version").asText()).isEqualTo("0.1.9");
        mend();
    }

    @Test
    void onlyAnAdministratorMayTouchModules() {
        mend();
        byte[] jar = MeetingsJar.version("0.1.9").bytes();
        sotay.anonymous().send("PUT", "/api/modules", JAR_TYPE, jar).expect(401);
        sotay.as("secretary").send("PUT", "/api/modules", JAR_TYPE, jar).expect(403);
        sotay.as("secretary").post("/api/modules/meetings/stop").expect(403);
        sotay.as("admin").post("/api/modules/nothing/stop").expect(404);
    }

    @Test
    void aStoppedModuleStaysStoppedAfterARestart() {
        mend();
        sotay.as("admin").post("/api/modules/meetings/stop").expect(200);
        Response stopped = sotay.as("secretary").get("/api/meetings").expect(503);
        assertThat(stopped.header("Retry-After")).isEqualTo("60");
        assertThat(stopped.json().path("type").asText()).isEqualTo("urn:sotay:problem:module.stopped");
        assertThat(sotay.as("secretary").get("/api/modules").expect(200).text()).doesNotContain("meetings");

        sotay.stop();
        sotay.startAgain();

        sotay.as("secretary").get("/api/meetings").expect(503);
        assertThat(meetings().path("state").asText()).isEqualTo("STOPPED");
        sotay.as("admin").post("/api/modules/meetings/start").expect(200);
        sotay.as("secretary").get("/api/meetings").expect(200);
    }

    @Test
    void aModuleThatIsTakenAwayLeavesItsData() throws Exception {
        mend();
        String before = sotay.as("secretary").get("/api/meetings").expect(200).text();

        Files.delete(sotay.modules().resolve("meetings.jar"));
        await("the module is gone", () -> meetings().isMissingNode());
        sotay.as("secretary").get("/api/meetings").expect(404);

        mend();
        assertThat(sotay.as("secretary").get("/api/meetings").expect(200).text())
                .isEqualTo(before);
    }
}
