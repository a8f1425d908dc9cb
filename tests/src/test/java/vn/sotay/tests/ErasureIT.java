package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import vn.sotay.testkit.Client;
import vn.sotay.testkit.Database;
import vn.sotay.testkit.Sotay;

/** The register of personal data, and former members who are deleted by it. */
class ErasureIT {

    private static final ZoneId ZONE = ZoneId.of("Asia/Ho_Chi_Minh");
    private static final String MESSAGE = "Tôi đi biển dài ngày, xin phép chi bộ";
    private static final String OPINION = "Nên sửa lại bến cá trước mùa gió";

    private static Sotay sotay;
    private static Path config;

    @BeforeAll
    static void start() throws IOException {
        config = Sotay.temporary();
        rules(0, 1826);
        sotay = Sotay.start(Sotay.prepared().with("--config", config.toString()));
    }

    /** A province's own rules, read at each start. */
    private static void rules(int wait, int former) throws IOException {
        Files.createDirectories(config.resolve("rules"));
        Files.writeString(config.resolve("rules/rieng.json"), """
                {"id": "rieng", "title": "Quy định của tỉnh", "issuer": "Tỉnh", "effectiveFrom": "2026-01-01",
                 "source": "thử", "rules": [
                 {"key": "privacy.erasure.wait.days", "scope": "*", "value": "%d", "citation": "thử"},
                 {"key": "privacy.keep.former-members.days", "scope": "*", "value": "%d", "citation": "thử"}]}
                """.formatted(wait, former));
    }

    @AfterAll
    static void stop() {
        sotay.close();
    }

    private static Client officer() {
        return sotay.as("officer2");
    }

    private static JsonNode get(String login, String path) {
        return sotay.as(login).get(path).expect(200).json();
    }

    private static void leaves(String path) {
        ObjectNode body = (ObjectNode) officer().get(path).expect(200).json();
        body.put("status", "LEFT");
        officer().put(path, body).expect(200);
    }

    private static void run() {
        String job = sotay.as("admin").post("/api/retention").expect(202).header("Location");
        Faults.await(
                "the job has run",
                Duration.ofSeconds(60),
                () -> List.of("APPLIED", "FAILED").contains(state(job)),
                () -> state(job));
        assertThat(state(job)).isEqualTo("APPLIED");
    }

    private static String state(String job) {
        return get("admin", job).path("state").asText();
    }

    private static List<String> listed(String login, String query) {
        return get(login, "/api/erasures" + query).path("items").findValuesAsText("member");
    }

    /** The id of a meeting of the fisherman's cell that is still to come. */
    private static String coming() {
        for (JsonNode one : get("fisherman", "/api/meetings").path("items")) {
            if (Instant.parse(one.path("startsAt").asText()).isAfter(Instant.now())) {
                return one.path("id").asText();
            }
        }
        throw new AssertionError("no meeting is to come");
    }

    @Test
    void nothingIsLeftOutOfTheRegister() {
        JsonNode plan = get("admin", "/api/retention");
        assertThat(plan.path("leftOut")).isEmpty();
        assertThat(plan.path("tables").findValuesAsText("table"))
                .contains("login_card", "correction", "consent", "command_device", "command_reply");
        JsonNode purposes = get("member", "/api/personal-data").path("items");
        assertThat(purposes.findValuesAsText("purpose")).contains("membership", "sign-in", "participation", "opinions");
        sotay.anonymous().get("/api/personal-data").expect(401);
        sotay.as("officer").get("/api/retention").expect(403);
    }

    @Test
    void aFormerMemberIsDeletedEverywhereAndTotalsStay() {
        String member = get("fisherman", "/api/me").at("/member/id").asText();
        String path = "/api/members/" + member;
        // nobody of the demo is called so
        String name = "Nguyễn Văn Xóa Hết";
        ObjectNode named = (ObjectNode) officer().get(path).expect(200).json();
        officer().put(path, named.put("name", name)).expect(200);
        String meeting = "/api/meetings/" + coming();
        String item = get("fisherman", meeting).at("/items/0/id").asText();
        String opinion = meeting + "/items/" + item + "/opinions/" + UUID.randomUUID();
        sotay.as("fisherman")
                .put(
                        meeting + "/answers/" + member,
                        Map.of("answer", "ABSENT", "reason", "ILLNESS", "message", MESSAGE))
                .expect(200);
        Outbox outbox = Outbox.of(sotay.as("fisherman"));
        outbox.number(1)
                .put(opinion, Map.of("stance", "OTHER", "text", OPINION))
                .expect(201);
        sotay.as("fisherman")
                .put(
                        "/api/me/corrections/" + UUID.randomUUID(),
                        Map.of("field", "OTHER", "value", "Đã nghỉ hưu", "reason", "Theo quyết định"))
                .expect(201);
        String session = sotay.anonymous()
                .post("/api/session", Map.of("login", "fisherman", "password", Sotay.PASSWORD))
                .expect(201)
                .json()
                .path("token")
                .asText();
        Client phone = sotay.anonymous().header("Authorization", "Bearer " + session);
        phone.get("/api/me").expect(200);
        String told = "Tàu về muộn nên tôi nhắn sau";
        sotay.as("fisherman")
                .put(meeting + "/messages/" + UUID.randomUUID(), Map.of("text", told))
                .expect(201);
        assertThat(get("secretary", "/api/changes").toString()).contains(told);
        JsonNode summary = get("secretary", meeting + "/summary");
        assertThat(get("secretary", "/api/changes").toString()).contains(OPINION, name);

        assertThat(officer()
                        .put(path + "/erasure", Map.of("reason", "ASKED"))
                        .expect(409)
                        .problem())
                .isEqualTo("erasure.active");
        leaves(path);
        JsonNode preview = officer().get(path + "/erasure").expect(200).json();
        assertThat(preview.path("possible").asBoolean()).isTrue();
        assertThat(preview.path("rows").findValuesAsText("purpose"))
                .contains("membership", "sign-in", "rights", "participation", "opinions");
        sotay.as("officer3").get(path + "/erasure").expect(404);
        sotay.as("officer3").put(path + "/erasure", Map.of("reason", "ASKED")).expect(404);
        sotay.as("secretary").put(path + "/erasure", Map.of("reason", "ASKED")).expect(403);
        JsonNode asked = officer()
                .put(path + "/erasure", Map.of("reason", "ASKED"))
                .expect(201)
                .json();
        assertThat(asked.path("name").asText()).isEqualTo(name);
        assertThat(asked.path("state").asText()).isEqualTo("WAITING");
        officer().put(path + "/erasure", Map.of("reason", "ASKED")).expect(200);
        assertThat(listed("officer", "")).contains(member);
        assertThat(listed("officer3", "")).doesNotContain(member);

        JsonNode opened = get("secretary", meeting + "/reads?limit=500").path("items");
        assertThat(opened.findValuesAsText("member")).contains(member);

        // also while a module is stopped
        sotay.as("admin").post("/api/modules/meetings/stop").expect(200);
        run();
        sotay.as("admin").post("/api/modules/meetings/start").expect(200);

        phone.get("/api/me").expect(401);
        sotay.anonymous()
                .post("/api/session", Map.of("login", "fisherman", "password", Sotay.PASSWORD))
                .expect(401);
        officer().get(path).expect(404);
        assertThat(listed("officer", "")).doesNotContain(member);
        JsonNode done = officer().get(path + "/erasure").expect(200).json();
        assertThat(done.at("/erasure/state").asText()).isEqualTo("DONE");
        assertThat(done.at("/erasure/name").isMissingNode()).isTrue();
        assertThat(officer().delete(path + "/erasure").expect(409).problem()).isEqualTo("erasure.done");
        JsonNode after = get("secretary", meeting + "/summary");
        for (String total : List.of("attending", "requests", "excused", "refused", "opinions", "present")) {
            assertThat(after.path(total)).as(total).isEqualTo(summary.path(total));
        }
        assertThat(get("secretary", opinion).has("text")).isFalse();
        // a reason that says nothing, sealed as any other: an absence with one counts as such
        JsonNode answer = get("secretary", meeting + "/answers/" + member);
        assertThat(answer.path("reason").asText()).isEqualTo("OTHER");
        assertThat(answer.has("message")).isFalse();
        JsonNode left = get("secretary", meeting + "/reads?limit=500").path("items");
        assertThat(left).hasSize(opened.size() - 1);
        assertThat(left.findValuesAsText("member")).doesNotContain(member);
        assertThat(get("secretary", meeting + "/messages").path("items")).isEmpty();
        assertThat(get("secretary", "/api/changes").toString()).doesNotContain(OPINION, MESSAGE, told, name);
        if (Database.ofThisRun() == Database.POSTGRESQL) {
            // pages of the embedded database keep what was there until it is written over
            assertThat(sotay.isInDatabase(OPINION)).isFalse();
            assertThat(sotay.isInDatabase(name)).isFalse();
            assertThat(sotay.isInDatabase(outbox.device().toString())).isFalse();
        }
        assertThat(get("admin", "/api/audit?limit=200&type=erasure").toString()).contains("done", "asked for: ASKED");
        assertThat(get("admin", "/api/audit/verify").path("ok").asBoolean()).isTrue();
        assertThat(sotay.output()).doesNotContain("ERROR");
    }

    @Test
    void itWaitsAndCanBeStopped() throws IOException {
        Client officer = sotay.as("officer3");
        String cell = get("officer3", "/api/units?kind=CELL&limit=1")
                .at("/items/0/id")
                .asText();
        String one = "/api/members/" + UUID.randomUUID();
        String back = "/api/members/" + UUID.randomUUID();
        for (String path : List.of(one, back)) {
            officer.put(path, Map.of("name", "Người Đã Thôi", "cell", cell, "status", "LEFT"))
                    .expect(201);
            officer.put(path + "/erasure", Map.of("reason", "MISTAKE")).expect(201);
        }
        officer.delete(one + "/erasure").expect(204);
        officer.delete(one + "/erasure").expect(204);
        officer.put(back, Map.of("name", "Người Đã Thôi", "cell", cell, "status", "OFFICIAL"))
                .expect(200);

        run();

        for (String path : List.of(one, back)) {
            officer.get(path).expect(200);
            assertThat(officer.get(path + "/erasure")
                            .expect(200)
                            .json()
                            .at("/erasure/state")
                            .asText())
                    .isEqualTo("STOPPED");
        }
    }

    /** More than are deleted in one transaction, and Sotay is killed while it is at it. */
    @Test
    void killedItGoesOn() {
        String cell = get("officer3", "/api/units?kind=CELL&limit=1")
                .at("/items/0/id")
                .asText();
        List<String> paths = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            String path = "/api/members/" + UUID.randomUUID();
            sotay.as("officer3")
                    .put(path, Map.of("name", "Người Đã Thôi " + i, "cell", cell, "status", "LEFT"))
                    .expect(201);
            sotay.as("officer3")
                    .put(path + "/erasure", Map.of("reason", "MISTAKE"))
                    .expect(201);
            paths.add(path);
        }
        String job = sotay.as("admin").post("/api/retention").expect(202).header("Location");
        sotay.kill();
        sotay.startAgain();
        Faults.await("the job has run", Duration.ofSeconds(60), () -> state(job).equals("APPLIED"), () -> state(job));

        for (String path : paths) {
            sotay.as("officer3").get(path).expect(404);
            assertThat(get("officer3", path + "/erasure").at("/erasure/state").asText())
                    .isEqualTo("DONE");
        }
        assertThat(get("admin", "/api/audit/verify").path("ok").asBoolean()).isTrue();
    }

    @Test
    void theNightGivesADayToWhoWasKeptForLongEnough() throws IOException {
        String cell = get("officer3", "/api/units?kind=CELL&limit=1")
                .at("/items/0/id")
                .asText();
        Map<String, Object> left = Map.of("name", "Người Đã Thôi", "cell", cell, "status", "LEFT");
        String path = "/api/members/" + UUID.randomUUID();
        String stopped = "/api/members/" + UUID.randomUUID();
        sotay.as("officer3").put(path, left).expect(201);
        sotay.as("officer3").put(stopped, left).expect(201);
        sotay.as("officer3")
                .put(stopped + "/erasure", Map.of("reason", "MISTAKE"))
                .expect(201);
        sotay.as("officer3").delete(stopped + "/erasure").expect(204);
        sotay.stop();
        rules(9, 0);
        sotay.startAgain();
        try {
            assertThat(get("admin", "/api/retention").path("former").asInt()).isPositive();
            run();

            JsonNode proposed = get("officer3", path + "/erasure");
            assertThat(proposed.at("/erasure/reason").asText()).isEqualTo("KEPT_LONG_ENOUGH");
            assertThat(LocalDate.parse(proposed.at("/erasure/dueOn").asText()))
                    .isBetween(
                            LocalDate.now(ZONE).plusDays(8), LocalDate.now(ZONE).plusDays(9));
            sotay.as("officer3").get(path).expect(200);
            // who was stopped by somebody is not begun again by the night
            assertThat(get("officer3", stopped + "/erasure")
                            .at("/erasure/state")
                            .asText())
                    .isEqualTo("STOPPED");
        } finally {
            sotay.stop();
            rules(0, 1826);
            sotay.startAgain();
        }
    }
}
