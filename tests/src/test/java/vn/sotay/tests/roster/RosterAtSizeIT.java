package vn.sotay.tests.roster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import vn.sotay.testkit.Client;
import vn.sotay.testkit.Database;
import vn.sotay.testkit.Sotay;

/**
 * A roster as large as a province: 130,000 rows with {@code -Dsotay.long=true}, else 5,000. Within the memory that Sotay has by default it is
 * staged, cancelled half-way, applied and undone, and others are answered all the while. The figures are printed.
 */
class RosterAtSizeIT {

    private static final int ROWS =
            Boolean.getBoolean("sotay.long") ? 130_000 : Integer.getInteger("sotay.rows", 5_000);
    private static final Duration LIMIT = Duration.ofMinutes(20);
    private static final String PROVINCE = "38";
    /** Memory that Java takes besides its heap of 512 MB. */
    private static final int MOST_RESIDENT_MB = 512 + 320;

    private static Sotay sotay;
    private static Client officer;
    private static MadeUp people;

    @BeforeAll
    static void start() throws IOException {
        sotay = Sotay.start(Sotay.prepared());
        officer = sotay.as("officer");
        List<String> cells = new ArrayList<>();
        for (JsonNode unit :
                officer.get("/api/units?kind=CELL&limit=500").json().path("items")) {
            cells.add(unit.path("code").asText());
        }
        people = new MadeUp(ROWS, cells);
    }

    @AfterAll
    static void stop() {
        sotay.close();
    }

    @Test
    void isCancelledHalfWayAppliedAndUndone() throws Exception {
        byte[] before = export();
        int there = lines(before);
        try (Reader reader = new Reader()) {
            Import first = staged("roster.csv", people.csv());
            first.apply();
            first.awaitProgress(50, LIMIT);
            assertThat(first.job().path("state").asText()).isEqualTo("APPLYING");
            first.cancel();
            timed("csv: putting back a half", () -> first.await("UNDONE", LIMIT));
            assertThat(export()).as("as it was, after a half").isEqualTo(before);

            Import second = staged("roster.csv", people.csv());
            second.apply();
            JsonNode applied =
                    timed("csv: applying", () -> second.await("APPLIED", LIMIT)).path("result");
            assertThat(applied.path("added").asInt())
                    .isEqualTo(ROWS - applied.path("refusedLines").asInt());
            assertThat(lines(export())).isEqualTo(there + applied.path("added").asInt());

            second.undo();
            JsonNode undone =
                    timed("csv: undoing", () -> second.await("UNDONE", LIMIT)).path("result");
            assertThat(undone.path("kept")).isEmpty();
            assertThat(export()).as("as it was").isEqualTo(before);

            Import third = staged("roster.xlsx", people.xlsx());
            third.cancel();
            third.await("CANCELLED", LIMIT);
            reader.assertAnswered();
        }
        int resident = residentMegabytes();
        System.out.println("RosterAtSizeIT: " + resident + " MB resident at most");
        assertThat(resident).isLessThan(MOST_RESIDENT_MB);
        assertThat(sotay.output()).doesNotContain(" ERROR ", " WARN ", "\tat ");
    }

    @Test
    void aFileOfManyMegabytesIsTaken() throws Exception {
        String row = "Trần Văn Thử,12/06/1996,38.168.053.000.001," + "x".repeat(30_000) + "\n";
        byte[] file = ("Họ và tên,Ngày sinh,Mã chi bộ,Ghi chú\n" + row.repeat(500)).getBytes(StandardCharsets.UTF_8);
        assertThat(file.length).isGreaterThan(14_000_000);

        Import roster = Import.begin(officer, "notes.csv", file, PROVINCE);
        roster.await("COLUMNS", LIMIT);
        roster.confirm();
        JsonNode result = roster.await("STAGED", LIMIT).path("result");
        assertThat(result.path("taken").asInt()).isEqualTo(1);
        assertThat(result.path("refusedLines").asInt()).isEqualTo(499);
        roster.cancel();
    }

    private static Import staged(String name, byte[] file) throws Exception {
        Import roster = timed(name + ": sending", () -> Import.begin(officer, name, file, PROVINCE));
        JsonNode result =
                timed(name + ": staging", () -> roster.await("STAGED", LIMIT)).path("result");
        int refused = result.path("refusedLines").asInt();
        assertThat(result.path("taken").asInt()).isEqualTo(ROWS - refused);
        // few people have one name, one birthday and no card
        assertThat(refused).isLessThan(ROWS / 100);
        return roster;
    }

    private interface Timed<T> {
        T run() throws Exception;
    }

    private static <T> T timed(String what, Timed<T> work) throws Exception {
        long begun = System.nanoTime();
        long computing = computing();
        T result = work.run();
        double millis = (System.nanoTime() - begun) / 1e6;
        System.out.printf(
                "RosterAtSizeIT: %s %s, %d rows: %.1f s, a row %.3f ms, of these %.3f computing%n",
                Database.ofThisRun(),
                what,
                ROWS,
                millis / 1000,
                millis / ROWS,
                (double) (computing() - computing) / ROWS);
        return result;
    }

    /** Milliseconds that the server has computed so far, for whomever. */
    private static long computing() {
        return ProcessHandle.of(sotay.pid())
                .flatMap(process -> process.info().totalCpuDuration())
                .orElseThrow()
                .toMillis();
    }

    private static byte[] export() {
        return officer.get("/api/members/export?format=csv").expect(200).body();
    }

    private static int lines(byte[] csv) {
        return (int) new String(csv, StandardCharsets.UTF_8).lines().count();
    }

    private static int residentMegabytes() throws IOException {
        return Files.readAllLines(Path.of("/proc", String.valueOf(sotay.pid()), "status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToInt(line -> Integer.parseInt(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }

    /** Somebody who reads all the while. */
    private static final class Reader implements AutoCloseable {

        private final AtomicBoolean done = new AtomicBoolean();
        private final List<Long> millis = new ArrayList<>();
        private final CompletableFuture<Void> reading = CompletableFuture.runAsync(this::read);

        private void read() {
            Client secretary = sotay.as("secretary");
            while (!done.get()) {
                long begun = System.nanoTime();
                secretary.get("/api/members?q=nguyen").expect(200);
                secretary.get("/api/meetings").expect(200);
                millis.add((System.nanoTime() - begun) / 1_000_000);
                try {
                    Thread.sleep(20);
                } catch (InterruptedException e) {
                    throw new AssertionError("interrupted", e);
                }
            }
        }

        void assertAnswered() {
            done.set(true);
            reading.join();
            List<Long> sorted = millis.stream().sorted().toList();
            System.out.println("RosterAtSizeIT: who reads meanwhile waits, of " + sorted.size() + ", in the middle "
                    + sorted.get(sorted.size() / 2) + " ms, of a hundred the slowest "
                    + sorted.get(sorted.size() * 99 / 100) + " ms, at most " + sorted.get(sorted.size() - 1) + " ms");
        }

        @Override
        public void close() {
            done.set(true);
        }
    }
}
