package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import vn.sotay.testkit.Client;
import vn.sotay.testkit.Sotay;

/** A module is replaced again and again while it is used: nothing of the old ones stays in the process. */
class ModuleLeakIT {

    private static final int REPLACEMENTS = Faults.times("sotay.replacements", 10, 50);
    private static final int WARM_UP = 3;
    private static final int MOST_COLLECTIONS = 5;
    private static final Duration SOON = Duration.ofSeconds(60);
    /** What one that stays would hold is more: its classes, routes, texts and pages. */
    private static final long BYTES_OF_A_REPLACEMENT = 60_000;
    /** What fills up once, such as the database's pages. */
    private static final long BYTES_ONCE = 2_000_000;

    private static final Pattern LOADERS = instances("org.apache.felix.framework.BundleWiringImpl$BundleClassLoader");
    private static final Pattern MODULES = instances("vn.sotay.meetings.Meetings");
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");

    private static Pattern instances(String className) {
        return Pattern.compile("(?m)^\\s*\\d+:\\s+(\\d+)\\s+\\d+\\s+" + Pattern.quote(className) + "$");
    }

    /** What the process has, after the garbage is collected. */
    private record State(long loaders, long modules, long threads, long handles, long heap) {

        /** Collects until one module is left, or for some time: what is reached by references of its own kind goes later. */
        static State of(Sotay sotay) {
            State state = now(sotay);
            for (int i = 0; i < MOST_COLLECTIONS && state.modules() > 1; i++) {
                state = now(sotay);
            }
            return state;
        }

        private static State now(Sotay sotay) {
            jcmd(sotay, "GC.run");
            String histogram = jcmd(sotay, "GC.class_histogram");
            return new State(
                    sum(LOADERS, histogram),
                    sum(MODULES, histogram),
                    count(Path.of("/proc", String.valueOf(sotay.pid()), "task")),
                    count(Path.of("/proc", String.valueOf(sotay.pid()), "fd")),
                    sum(TOTAL, histogram));
        }

        private static long sum(Pattern form, String text) {
            Matcher lines = form.matcher(text);
            long sum = 0;
            while (lines.find()) {
                sum += Long.parseLong(lines.group(1));
            }
            return sum;
        }

        private static long count(Path folder) {
            try (Stream<Path> entries = Files.list(folder)) {
                return entries.count();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static String jcmd(Sotay sotay, String command) {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        try {
            Process process = new ProcessBuilder(jcmd.toString(), String.valueOf(sotay.pid()), command)
                    .redirectErrorStream(true)
                    .start();
            String printed =
                    new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(printed).isZero();
            return printed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static void replace(Sotay sotay, int number) {
        String version = "0.2." + number;
        MeetingsJar.version(version).putInto(sotay.modules());
        Faults.await(
                version + " runs",
                SOON,
                () -> sotay.as("admin").get("/api/modules").expect(200).text().contains("\"" + version + "\""),
                sotay::output);
        use(sotay);
    }

    /** Everything that keeps something of a module: its endpoints, records as JSON, pages, texts, the feed, the API's description. */
    private static void use(Sotay sotay) {
        Client secretary = sotay.as("secretary");
        JsonNode meetings = secretary.get("/api/meetings").expect(200).json().path("items");
        JsonNode meeting = meetings.path(meetings.size() - 1);
        sotay.as("fisherman")
                .put(
                        "/api/meetings/" + meeting.path("id").asText() + "/items/"
                                + meeting.path("items").path(0).path("id").asText() + "/opinions/" + UUID.randomUUID(),
                        Map.of("stance", "AGREE", "text", "Đồng ý"))
                .expect(201);
        secretary
                .put("/api/meetings/" + UUID.randomUUID(), Map.of("kind", "NONE"))
                .expect(422);
        secretary.get("/api/changes").expect(200);
        sotay.anonymous().get("/api/openapi.json").expect(200);
        sotay.as("admin").post("/api/modules/meetings/stop").expect(200);
        sotay.as("admin").post("/api/modules/meetings/start").expect(200);
    }

    @Test
    void nothingOfTheOldOnesStays() {
        try (Sotay sotay = Sotay.start(Sotay.prepared())) {
            for (int i = 1; i <= WARM_UP; i++) {
                replace(sotay, i);
            }
            State before = State.of(sotay);
            assertThat(before.modules()).isEqualTo(1);
            for (int i = 1; i <= REPLACEMENTS; i++) {
                replace(sotay, WARM_UP + i);
            }
            State after = State.of(sotay);
            System.out.println("before " + REPLACEMENTS + " replacements " + before + ", after them " + after);

            assertThat(after.modules()).isEqualTo(1);
            assertThat(after.loaders()).isEqualTo(before.loaders());
            assertThat(after.handles()).isLessThanOrEqualTo(before.handles() + 3);
            assertThat(after.threads()).isLessThanOrEqualTo(before.threads() + 5);
            assertThat(after.heap()).isLessThan(before.heap() + BYTES_ONCE + REPLACEMENTS * BYTES_OF_A_REPLACEMENT);
        }
    }
}
