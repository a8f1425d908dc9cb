package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import vn.sotay.testkit.Client;
import vn.sotay.testkit.Database;
import vn.sotay.testkit.PostgresCluster;
import vn.sotay.testkit.Response;
import vn.sotay.testkit.Sotay;

/** PostgreSQL goes away and comes back; the lock by which one Sotay has it is lost. */
class DatabaseAwayIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(25);
    private static final int AWAY_MS = Faults.LONG ? 15_000 : 5_000;
    /** Key of the lock: "sotay" in ASCII, in the two halves that the server shows. */
    private static final String OF_THE_LOCK =
            "locktype = 'advisory' and granted and classid = 115 and objid = 1869898105";

    private static final String TAKE_THE_LOCK = "select pg_advisory_lock(495791137145)";

    private static PostgresCluster cluster;

    @BeforeAll
    static void start() {
        assumeTrue(Database.ofThisRun() == Database.POSTGRESQL, "the embedded database cannot go away by itself");
        cluster = PostgresCluster.own();
    }

    private static JsonNode health(Sotay sotay) {
        for (JsonNode check : sotay.anonymous().get("/health").json().path("checks")) {
            if (check.path("name").asText().equals("database")) {
                return check;
            }
        }
        throw new AssertionError("no check of the database");
    }

    private static void awaitHealth(Sotay sotay, String status) {
        Faults.await(
                "the database is " + status,
                SOON,
                () -> health(sotay).path("status").asText().equals(status),
                () -> health(sotay) + "\n" + sotay.output());
    }

    private static void awaitDetail(Sotay sotay, String line) {
        Faults.await(
                "/health tells: " + line,
                SOON,
                () -> health(sotay).path("detail").asText().contains(line),
                () -> health(sotay) + "\n" + sotay.output());
    }

    private static Map<String, Object> person(Sotay sotay) {
        String cell = sotay.as("secretary")
                .get("/api/me")
                .expect(200)
                .json()
                .path("member")
                .path("cell")
                .path("id")
                .asText();
        return Map.of("cell", cell, "name", "Nguyễn Văn Thử", "birthYear", 1980, "gender", "MALE");
    }

    private static void assertAway(Response reply) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(503);
        assertThat(reply.header("Retry-After")).isEqualTo("5");
        assertThat(reply.json().path("type").asText()).isEqualTo("urn:sotay:problem:database.away");
        assertThat(reply.json().path("title").asText()).isEqualTo("Cơ sở dữ liệu tạm thời không trả lời");
    }

    @Test
    void goesOnByItselfWhenTheDatabaseIsBack() {
        goesOnAfter(cluster::stop, cluster::start);
        goesOnAfter(cluster::kill, cluster::start);
    }

    @Test
    void goesOnByItselfWhenTheDatabaseHasStoodStill() {
        goesOnAfter(cluster::freeze, cluster::thaw);
    }

    private static void goesOnAfter(Runnable away, Runnable back) {
        try (Sotay sotay = Sotay.start(Sotay.fresh().database(cluster.newDatabase()));
                Follower leader = Follower.start(sotay, "secretary", 2);
                Follower member = Follower.start(sotay, "fisherman", 0);
                Writers writers = Writers.start(sotay)) {
            Map<String, Object> person = person(sotay);
            Client secretary = sotay.as("secretary");
            Faults.awaitWrites(sotay, writers, 20, SOON);
            away.run();
            awaitDetail(sotay, "look whether PostgreSQL runs");
            sotay.anonymous().get("/health").expect(503);
            long end = System.nanoTime() + AWAY_MS * 1_000_000L;
            while (System.nanoTime() < end) {
                long began = System.nanoTime();
                assertAway(secretary.put("/api/members/" + UUID.randomUUID(), person));
                assertAway(secretary.get("/api/members"));
                assertThat(Duration.ofNanos(System.nanoTime() - began))
                        .as("who asks while it is known to be gone does not wait")
                        .isLessThan(Duration.ofSeconds(1));
                Faults.pause(100);
            }
            back.run();
            awaitHealth(sotay, "UP");
            Faults.awaitWrites(sotay, writers, 20, SOON);
            writers.finish();
            leader.finish();
            member.finish();
            writers.verify(leader);
            leader.verify(sotay, "secretary");
            member.verify(sotay, "fisherman");
            assertThat(writers.longest()).isLessThan(LONGEST_ANSWER);
            assertThat(writers.refusals().keySet()).isSubsetOf(Set.of(503));
            assertThat(sotay.output())
                    .containsOnlyOnce("does not answer any more")
                    .containsOnlyOnce("answers again, after ")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void writesNothingWhileSomebodyElseHasTheLock() throws Exception {
        String url = cluster.newDatabase();
        try (Sotay sotay = Sotay.start(Sotay.fresh().database(url))) {
            Map<String, Object> person = person(sotay);
            Client secretary = sotay.as("secretary");
            takeTheLock(url);
            awaitHealth(sotay, "DOWN");
            assertAway(secretary.put("/api/members/" + UUID.randomUUID(), person));
            endTheHolder(url);
            awaitHealth(sotay, "UP");
            secretary.put("/api/members/" + UUID.randomUUID(), person).expect(201);

            takeTheLock(url);
            awaitHealth(sotay, "DOWN");
            cluster.sql(url, "update feed_owner set owner = 'another'");
            endTheHolder(url);
            awaitDetail(sotay, "another Sotay has had the database meanwhile");
            assertAway(secretary.put("/api/members/" + UUID.randomUUID(), person));
            assertThat(sotay.output())
                    .containsOnlyOnce("Another Sotay has had the database")
                    .doesNotContain("\tat ");

            sotay.stop();
            sotay.startAgain();
            sotay.as("secretary")
                    .put("/api/members/" + UUID.randomUUID(), person)
                    .expect(201);
        }
    }

    /** As another process would that waits for it, when the connection that holds it breaks. */
    private static void takeTheLock(String url) {
        cluster.psql(url, TAKE_THE_LOCK + "; select pg_sleep(600)");
        Faults.await(
                "another waits for the lock",
                SOON,
                () -> cluster.sql(url, "select count(*) from pg_stat_activity where wait_event = 'advisory'")
                        .equals("1"),
                () -> "");
        endTheHolder(url);
    }

    private static void endTheHolder(String url) {
        cluster.sql(url, "select pg_terminate_backend(pid) from pg_locks where " + OF_THE_LOCK);
    }

    /** A machine that was suspended, and is given up by those who watch it, wakes when another has taken its place. */
    @Test
    void whoWakesAfterAnotherHasTakenOverWritesNothing() throws IOException {
        String url = cluster.newDatabase();
        try (Sotay first = Sotay.start(Sotay.fresh().database(url));
                Writers writers = Writers.start(first)) {
            Faults.awaitWrites(first, writers, 20, SOON);
            first.freeze(true);
            endTheHolder(url);
            // the key of sensitive fields goes with the database, wherever it is served from
            Sotay.Settings elsewhere = Sotay.fresh().database(url);
            Path keys = Files.createDirectories(elsewhere.data().resolve("keys"));
            Files.copy(
                    first.data().resolve("keys").resolve("fields"),
                    keys.resolve("fields"),
                    StandardCopyOption.COPY_ATTRIBUTES);
            try (Sotay second = Sotay.start(elsewhere)) {
                String before = cluster.sql(url, "select max(seq) from change_feed");
                first.freeze(false);
                awaitHealth(first, "DOWN");
                Faults.await(
                        "it is told that another has the database",
                        SOON,
                        () -> writers.refusals().getOrDefault(503, 0) > 20,
                        first::output);
                assertThat(cluster.sql(url, "select max(seq) from change_feed")).isEqualTo(before);
                second.as("secretary")
                        .put("/api/members/" + UUID.randomUUID(), person(second))
                        .expect(201);
            }
            assertThat(first.output()).doesNotContain("\tat ");
        }
    }
}
