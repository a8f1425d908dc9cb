package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vn.sotay.testkit.Client;
import vn.sotay.testkit.Response;
import vn.sotay.testkit.Sotay;

/** Cells are merged, moved and split in the demo province, as its people and their phones see it. */
class UnitChangesIT {

    private Sotay sotay;
    private Client officer;

    /** What a phone keeps, by audience and thing; it forgets what it is told to forget. */
    private static final class Phone {

        final Client client;
        final Map<String, Map<String, JsonNode>> kept = new TreeMap<>();
        final TreeSet<String> added = new TreeSet<>();
        final TreeSet<String> removed = new TreeSet<>();
        String token = "";

        Phone(Client client) {
            this.client = client;
            sync();
        }

        void sync() {
            added.clear();
            removed.clear();
            while (true) {
                Response reply = client.get("/api/changes" + (token.isEmpty() ? "" : "?since=" + token));
                if (reply.status() == 204) {
                    return;
                }
                JsonNode page = reply.expect(200).json();
                page.path("audiences").path("added").forEach(one -> added.add(one.asText()));
                page.path("audiences").path("removed").forEach(one -> {
                    removed.add(one.asText());
                    kept.remove(one.asText());
                });
                page.path("changes").forEach(this::keep);
                token = page.path("token").asText();
                if (page.path("complete").asBoolean()) {
                    return;
                }
            }
        }

        private void keep(JsonNode change) {
            Map<String, JsonNode> things =
                    kept.computeIfAbsent(change.path("audience").asText(), none -> new HashMap<>());
            String key = change.path("type").asText() + " " + change.path("id").asText();
            if (change.path("deleted").asBoolean()) {
                things.remove(key);
            } else {
                things.put(key, change.path("data"));
            }
        }

        /** The things of a type that it has for one of its audiences. */
        List<JsonNode> all(String type) {
            return kept.values().stream()
                    .flatMap(things -> things.entrySet().stream())
                    .filter(thing -> thing.getKey().startsWith(type + " "))
                    .map(Map.Entry::getValue)
                    .toList();
        }
    }

    @BeforeEach
    void start() {
        sotay = Sotay.start(Sotay.prepared());
        officer = sotay.as("officer");
    }

    @AfterEach
    void stop() {
        sotay.close();
    }

    private static JsonNode cellOf(Client client) {
        return client.get("/api/me").expect(200).json().path("member").path("cell");
    }

    private static String self(Client client) {
        return client.get("/api/me")
                .expect(200)
                .json()
                .path("member")
                .path("id")
                .asText();
    }

    private List<JsonNode> cells(String parent) {
        JsonNode page = officer.get("/api/units?kind=CELL&limit=500&parent=" + parent)
                .expect(200)
                .json();
        return StreamSupport.stream(page.path("items").spliterator(), false).toList();
    }

    private static List<String> ids(Iterable<JsonNode> things) {
        List<String> ids = new ArrayList<>();
        things.forEach(one -> ids.add(one.path("id").asText()));
        return ids;
    }

    private static int count(Client client, String path) {
        return client.get(path).expect(200).json().path("items").size();
    }

    private static Map<String, Object> plan(String cell, String file) {
        return Map.of(
                "cell",
                cell,
                "kind",
                "ORDINARY",
                "startsAt",
                Instant.now()
                        .plus(Duration.ofDays(9))
                        .truncatedTo(ChronoUnit.SECONDS)
                        .toString(),
                "place",
                "Nhà văn hóa thôn",
                "title",
                "Sinh hoạt tháng tới",
                "items",
                List.of(Map.of(
                        "id",
                        UUID.randomUUID().toString(),
                        "title",
                        "Nhiệm vụ",
                        "documents",
                        file.isEmpty() ? List.of() : List.of(Map.of("file", file, "name", "Dự thảo.txt")))));
    }

    @Test
    void twentyThreeCellsBecomeOneAtOnce() {
        Client secretary = sotay.as("secretary");
        Client fisherman = sotay.as("fisherman");
        String home = cellOf(fisherman).path("id").asText();
        JsonNode commune = officer.get("/api/units/" + home + "/path")
                .expect(200)
                .json()
                .path("items")
                .path(1);
        List<JsonNode> cells = cells(commune.path("id").asText());
        String successor = cells.get(19).path("id").asText();
        List<String> closing = new ArrayList<>(ids(cells.subList(0, 19)));
        String other = above(cellOf(sotay.as("member2")).path("id").asText());
        closing.addAll(ids(cells(other)).subList(0, 4));
        assertThat(closing).hasSize(23).contains(home).doesNotContain(successor);
        int people = count(officer, "/api/members?limit=500&unit=" + successor);
        for (String cell : closing) {
            people += count(officer, "/api/members?limit=500&unit=" + cell);
        }
        Client officer2 = sotay.as("officer2");
        String file = secretary.putFile("Dự thảo nghị quyết".getBytes(StandardCharsets.UTF_8));
        String planned = "/api/meetings/" + UUID.randomUUID();
        secretary.put(planned, plan(home, file)).expect(201);
        String meetingsOfHome = "/api/meetings?limit=500&cell=" + home;
        List<String> meetings =
                ids(officer2.get(meetingsOfHome).expect(200).json().path("items"));
        Phone phone = new Phone(fisherman);
        Phone leader = new Phone(secretary);
        Phone above = new Phone(officer2);
        List<JsonNode> hers = phone.all("meeting");
        assertThat(hers).hasSize(meetings.size());

        String path = "/api/units/" + successor + "/merge";
        Map<String, Object> body = Map.of("units", closing);
        Map<String, Object> dry = Map.of("units", closing, "dryRun", true);
        JsonNode foretold = officer.post(path, dry).expect(200).json();
        assertThat(cells(commune.path("id").asText())).hasSize(cells.size());
        JsonNode done = officer.post(path, body).expect(200).json();

        assertThat(done.path("closed")).hasSize(23).isEqualTo(foretold.path("closed"));
        assertThat(done.path("members").asInt())
                .isEqualTo(foretold.path("members").asInt());
        assertThat(cells(commune.path("id").asText())).hasSize(1);
        assertThat(count(officer, "/api/members?limit=500&unit=" + successor)).isEqualTo(Math.min(500, people));
        assertThat(officer.post(path, body).expect(200).json()).isEqualTo(done);

        // sessions go on, and see at once what is so now
        assertThat(cellOf(fisherman).path("id").asText()).isEqualTo(successor);
        secretary.get("/api/members?unit=" + successor).expect(200);
        assertThat(count(secretary, "/api/members?unit=" + successor))
                .as("the former secretary sees itself alone")
                .isEqualTo(1);
        secretary.put(planned, plan(home, "")).expect(403);
        assertThat(secretary.get("/api/me").expect(200).json().path("mandates")).isEmpty();
        JsonNode old = fisherman.get("/api/units/" + home).expect(200).json();
        assertThat(old.path("state").asText()).isEqualTo("CLOSED");
        assertThat(old.path("successor").asText()).isEqualTo(successor);
        sotay.as("member2").get("/api/units/" + home).expect(404);

        // the phones forget the old cell, and have all of it again
        phone.sync();
        assertThat(phone.removed).containsExactly("members:" + home);
        assertThat(phone.added).containsExactly("members:" + successor);
        assertThat(phone.all("meeting")).containsExactlyInAnyOrderElementsOf(hers);
        assertThat(phone.all("unit")).hasSize(2 + 24).contains(old);
        leader.sync();
        // and what all leaders below the units above are told
        assertThat(leader.removed)
                .contains("all_leaders:" + home)
                .filteredOn(audience -> !audience.startsWith("all_"))
                .containsExactlyInAnyOrder("members:" + home, "leaders:" + home);
        assertThat(leader.all("member")).hasSize(1);
        assertThat(leader.all("meeting")).hasSize(meetings.size());
        above.sync();
        assertThat(above.removed).isEmpty();
        assertThat(above.all("meeting")).hasSize(meetings.size());

        // meetings of then are read by those of now, and what was planned goes on
        assertThat(ids(fisherman
                        .get("/api/meetings?limit=500&cell=" + successor)
                        .expect(200)
                        .json()
                        .path("items")))
                .containsExactlyInAnyOrderElementsOf(meetings);
        assertThat(ids(fisherman.get(meetingsOfHome).expect(200).json().path("items")))
                .containsExactlyInAnyOrderElementsOf(meetings);
        fisherman.get("/api/files/" + file).expect(200);
        fisherman
                .put(planned + "/answers/" + self(fisherman), Map.of("answer", "ATTENDING"))
                .expect(201);
        new Phone(sotay.as("officer2")).all("meeting").forEach(one -> assertThat(meetings)
                .contains(one.path("id").asText()));
        secretary.put("/api/meetings/" + UUID.randomUUID(), plan(home, "")).expect(403);
        JsonNode history =
                officer2.get("/api/units/" + successor + "/history").expect(200).json();
        assertThat(history.path("items")).hasSize(24);
        assertThat(history.path("items").path(0).path("by").asText()).isEqualTo("officer");

        // and all of it is there after a restart
        sotay.stop();
        sotay.startAgain();
        assertThat(cellOf(sotay.as("fisherman")).path("id").asText()).isEqualTo(successor);
        assertThat(sotay.as("officer").post(path, body).expect(200).json()).isEqualTo(done);
        assertThat(new Phone(sotay.as("fisherman")).all("meeting"))
                .containsExactlyInAnyOrderElementsOf(phone.all("meeting"));
    }

    @Test
    void aLeaderWhoIsCarriedOverHasTheOldAndTheNew() {
        Client secretary = sotay.as("secretary");
        String home = cellOf(secretary).path("id").asText();
        String other = cellOf(sotay.as("member2")).path("id").asText();
        int people = count(secretary, "/api/members?limit=500&unit=" + home);
        String path = "/api/units/" + home + "/merge";
        JsonNode mandates = officer.post(path, Map.of("into", other, "dryRun", true))
                .expect(200)
                .json()
                .path("mandates");
        assertThat(mandates).hasSize(1);
        JsonNode mandate = mandates.path(0);
        assertThat(mandate.path("role").asText()).isEqualTo("SECRETARY");
        assertThat(mandate.path("holder").asText())
                .isEqualTo(secretary
                        .get("/api/me")
                        .json()
                        .path("member")
                        .path("name")
                        .asText());
        Phone phone = new Phone(secretary);
        int answers = phone.all("meeting-answer").size();
        assertThat(answers).isPositive();

        officer.post(
                        path,
                        Map.of(
                                "into",
                                other,
                                "carry",
                                List.of(mandate.path("id").asText())))
                .expect(200);

        phone.sync();
        assertThat(phone.added)
                .contains("all_leaders:" + other)
                .filteredOn(audience -> !audience.startsWith("all_"))
                .containsExactlyInAnyOrder("members:" + other, "leaders:" + other, "members:" + above(other));
        assertThat(phone.all("meeting-answer")).hasSize(answers);
        assertThat(phone.all("member").stream()
                        .map(one -> one.path("id").asText())
                        .distinct())
                .hasSizeGreaterThan(people);
        assertThat(count(secretary, "/api/members?limit=500&unit=" + other)).isGreaterThan(people);
        Phone before = new Phone(sotay.as("officer2"));
        assertThat(before.all("meeting")).as("another commune's now").isEmpty();
    }

    private String above(String unit) {
        return officer.get("/api/units/" + unit)
                .expect(200)
                .json()
                .path("parent")
                .asText();
    }

    @Test
    void whatFailsLeavesAllAsItWas() {
        Client fisherman = sotay.as("fisherman");
        String home = cellOf(fisherman).path("id").asText();
        String other = cellOf(sotay.as("member2")).path("id").asText();
        List<JsonNode> cells = cells(above(home));
        List<String> units = new ArrayList<>(ids(cells.subList(0, 18)));
        units.add(above(other));
        String successor = cells.get(19).path("id").asText();
        Phone phone = new Phone(fisherman);
        String path = "/api/units/" + successor + "/merge";

        Response refused = officer.post(path, Map.of("units", units)).expect(422);
        assertThat(refused.json().path("errors").path(0).path("field").asText()).isEqualTo("units[18]");
        assertThat(refused.json().path("errors").path(0).path("message").asText())
                .isEqualTo("Chi bộ chỉ sáp nhập vào chi bộ, đảng bộ chỉ sáp nhập vào đảng bộ");
        officer.header("If-Match", "\"99\"")
                .post(path, Map.of("units", List.of(home)))
                .expect(412);
        assertThat(officer.header("Accept-Language", "ko")
                        .post("/api/units/" + home + "/move", Map.of("parent", other))
                        .expect(422)
                        .text())
                .contains("CELL");

        Map<String, Object> body = Map.of("units", List.of(home));
        sotay.anonymous().post(path, body).expect(401);
        fisherman.post(path, body).expect(403);
        sotay.as("secretary")
                .post("/api/units/" + home + "/merge", Map.of("into", successor))
                .expect(403);
        String foreign = "/api/units/" + other + "/merge";
        sotay.as("officer2").post(foreign, body).expect(404);
        sotay.as("officer2").post(path, Map.of("units", List.of(other))).expect(422);
        sotay.as("officer2")
                .post("/api/units/" + above(home) + "/move", Map.of("parent", above(other)))
                .expect(403);
        assertThat(cells(above(home))).isEqualTo(cells);
        assertThat(cellOf(fisherman).path("id").asText()).isEqualTo(home);
        phone.sync();
        assertThat(phone.removed).isEmpty();
    }

    @Test
    void aCellIsSplitAndItsPartIsMoved() {
        Client secretary = sotay.as("secretary");
        Client fisherman = sotay.as("fisherman");
        String home = cellOf(fisherman).path("id").asText();
        String other = cellOf(sotay.as("member2")).path("id").asText();
        String part = UUID.randomUUID().toString();
        Phone leader = new Phone(secretary);
        int people = leader.all("member").stream()
                .map(one -> one.path("id").asText())
                .distinct()
                .toList()
                .size();
        Map<String, Object> split = Map.of(
                "units",
                List.of(Map.of(
                        "id",
                        part,
                        "code",
                        "38.168.053.000.901",
                        "name",
                        "tàu xa bờ",
                        "members",
                        List.of(self(fisherman)))));

        JsonNode done = sotay.as("officer2")
                .post("/api/units/" + home + "/split", split)
                .expect(200)
                .json();
        assertThat(done.path("made").path(0).path("name").asText()).isEqualTo("tàu xa bờ");
        assertThat(sotay.as("officer2")
                        .post("/api/units/" + home + "/split", split)
                        .expect(200)
                        .json())
                .isEqualTo(done);
        assertThat(cellOf(fisherman).path("id").asText()).isEqualTo(part);
        fisherman.get("/api/meetings?cell=" + home).expect(404);
        leader.sync();
        assertThat(leader.all("member").stream()
                        .map(one -> one.path("id").asText())
                        .distinct())
                .hasSize(people - 1)
                .doesNotContain(self(fisherman));

        JsonNode moved = officer.post(
                        "/api/units/" + part + "/move", Map.of("parent", above(other), "code", "38.001.001.000.901"))
                .expect(200)
                .json();
        assertThat(moved.path("unit").path("code").asText()).isEqualTo("38.001.001.000.901");
        assertThat(ids(fisherman
                        .get("/api/units/" + part + "/path")
                        .expect(200)
                        .json()
                        .path("items")))
                .contains(above(other))
                .doesNotContain(above(home));
        sotay.as("officer2").get("/api/units/" + part).expect(404);
        assertThat(sotay.as("officer2")
                        .get("/api/units?limit=500&q=38.001")
                        .expect(200)
                        .json()
                        .path("items"))
                .isEmpty();
    }
}
