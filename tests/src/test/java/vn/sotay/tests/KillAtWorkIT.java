package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import vn.sotay.testkit.Sotay;

/** Sotay is killed while it replaces a module and migrates its tables, and while it takes a roster in: it goes on where it was. */
class KillAtWorkIT {

    private static final int ROUNDS = Faults.times("sotay.kills", 3, 50);
    private static final int ROUNDS_FOR_A_ROSTER = 10;
    private static final int SCRIPTS = 3;
    private static final int ROWS = 1500;
    private static final Duration SOON = Duration.ofMinutes(2);

    private static Sotay sotay;

    @BeforeAll
    static void start() {
        sotay = Sotay.start(Faults.quick(Sotay.prepared()));
    }

    @AfterAll
    static void stop() {
        sotay.close();
    }

    /**
     * Each version has three more migrations. One of which a part alone had been kept could not be applied again: its table would be
     * there.
     */
    @Test
    void aModuleIsReplacedAndMigratedInWhole() {
        MeetingsJar jar = MeetingsJar.asBuilt();
        for (int round = 1; round <= ROUNDS; round++) {
            String version = "0.3." + round;
            for (int script = 1; script <= SCRIPTS; script++) {
                int number = 9000 + SCRIPTS * round + script;
                jar.with("sotay/db/" + number + "-trial.sql", migration("meeting_trial_" + number));
            }
            jar.manifest(headers -> headers.putValue("Bundle-Version", version)).putInto(sotay.modules());
            Faults.pause(ThreadLocalRandom.current().nextInt(700));
            sotay.kill();
            sotay.launchAgain();
            Faults.pause(ThreadLocalRandom.current().nextInt(3000));
            sotay.kill();
            sotay.startAgain();

            JsonNode modules =
                    sotay.as("admin").get("/api/modules").expect(200).json().path("items");
            JsonNode module = StreamSupport.stream(modules.spliterator(), false)
                    .filter(one -> one.path("id").asText().equals("meetings"))
                    .findFirst()
                    .orElseThrow();
            assertThat(module.path("version").asText())
                    .as(module + "\n" + sotay.output())
                    .isEqualTo(version);
            assertThat(module.path("state").asText()).isEqualTo("RUNNING");
            assertThat(module.has("problem")).as(module.toString()).isFalse();
            sotay.as("secretary").get("/api/meetings").expect(200);
        }
    }

    private static String migration(String table) {
        return """
                create table %1$s (id varchar(36) not null primary key, note varchar(10));
                insert into %1$s (id, note) values ('one', 'a');
                create index %1$s_note on %1$s (note);
                update %1$s set note = 'b' where id = 'one';
                """.formatted(table);
    }

    @Test
    void aRosterIsTakenInWholeAndOnce() {
        String cell = sotay.as("officer")
                .get("/api/units?kind=CELL&limit=1")
                .expect(200)
                .json()
                .path("items")
                .path(0)
                .path("id")
                .asText();
        int before = members(cell);
        for (int round = 1; round <= Math.max(1, ROUNDS / ROUNDS_FOR_A_ROSTER); round++) {
            String job = "/api/jobs/"
                    + sotay.as("officer")
                            .postForm(
                                    "/api/members/import",
                                    "danh-sach.csv",
                                    roster(round).getBytes(StandardCharsets.UTF_8),
                                    Map.of("unit", cell))
                            .expect(202)
                            .json()
                            .path("id")
                            .asText();
            killUntil(job, "STAGED");
            JsonNode staged = sotay.as("officer").get(job).expect(200).json().path("result");
            assertThat(staged.path("taken").asInt()).as(staged.toString()).isEqualTo(ROWS);
            assertThat(members(cell)).isEqualTo(before);

            sotay.as("officer").post(job + "/apply").expect(200);
            killUntil(job, "APPLIED");
            assertThat(members(cell)).isEqualTo(before + ROWS);

            sotay.as("officer").post(job + "/undo").expect(200);
            killUntil(job, "UNDONE");
            assertThat(members(cell)).isEqualTo(before);
        }
    }

    /** Kills it some times on the way, and waits for the end. */
    private static void killUntil(String job, String state) {
        for (int kill = 0; kill < 3 && !isIn(job, state); kill++) {
            Faults.pause(ThreadLocalRandom.current().nextInt(500));
            sotay.kill();
            sotay.startAgain();
        }
        Faults.await(
                job + " is " + state,
                SOON,
                () -> isIn(job, state),
                () -> sotay.as("officer").get(job) + "\n" + sotay.output());
    }

    private static boolean isIn(String job, String state) {
        JsonNode now = sotay.as("officer").get(job).expect(200).json();
        assertThat(now.path("state").asText()).as(now + "\n" + sotay.output()).isNotEqualTo("FAILED");
        return now.path("state").asText().equals(state);
    }

    private static int members(String cell) {
        int count = 0;
        String after = "";
        do {
            JsonNode page = sotay.as("officer")
                    .get("/api/members?limit=500&unit=" + cell + after)
                    .expect(200)
                    .json();
            count += page.path("items").size();
            after = page.path("next").isNull()
                    ? ""
                    : "&after=" + page.path("next").asText();
        } while (!after.isEmpty());
        return count;
    }

    private static String roster(int round) {
        StringBuilder csv =
                new StringBuilder("Họ và tên,Ngày sinh,Giới tính,Số thẻ đảng viên,Ngày vào Đảng,Ngày chính thức\n");
        for (int row = 0; row < ROWS; row++) {
            csv.append("Nguyễn Văn %s,%02d/%02d/%d,Nam,%02d.%06d,03/02/2005,03/02/2006\n"
                    .formatted(name(row), row % 28 + 1, row % 12 + 1, 1950 + row % 30, 10 + round % 80, 100_000 + row));
        }
        return csv.toString();
    }

    private static String name(int number) {
        return "" + (char) ('A' + number / 26 / 26) + (char) ('a' + number / 26 % 26) + (char) ('a' + number % 26);
    }
}
