package vn.sotay.meetings;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vn.sotay.testkit.Adoption;
import vn.sotay.testkit.Adoption.Read;
import vn.sotay.testkit.Client;
import vn.sotay.testkit.Response;
import vn.sotay.testkit.Sotay;

/** Meetings over HTTP, in the demo province's fishing hamlet. */
class MeetingsHttpIT {

    private final Sotay sotay = Sotay.shared();
    private final Client secretary = sotay.as("secretary");
    private final Client fisherman = sotay.as("fisherman");
    private final String id = UUID.randomUUID().toString();
    private final String item = UUID.randomUUID().toString();
    private final String meeting = "/api/meetings/" + id;
    private final Instant startsAt = Instant.now().plus(Duration.ofDays(9)).truncatedTo(ChronoUnit.SECONDS);
    private String cell;

    @BeforeEach
    void findCell() {
        cell = me(secretary).path("cell").path("id").asText();
        assertThat(cell).isNotEmpty();
    }

    private static JsonNode me(Client client) {
        return client.get("/api/me").expect(200).json().path("member");
    }

    private Map<String, Object> plan(List<Map<String, Object>> documents) {
        return Map.of(
                "cell",
                cell,
                "kind",
                "ORDINARY",
                "startsAt",
                startsAt.toString(),
                "place",
                "Nhà văn hóa thôn",
                "title",
                "Sinh hoạt tháng 12",
                "items",
                List.of(Map.of("id", item, "title", "Nhiệm vụ tháng tới", "documents", documents)));
    }

    private Response schedule() {
        byte[] bytes = ("Dự thảo nghị quyết " + id).getBytes(StandardCharsets.UTF_8);
        String file = secretary.putFile(bytes);
        return secretary.put(
                meeting,
                plan(List.of(Map.of("file", file, "name", "Dự thảo.txt", "type", "text/plain", "size", bytes.length))));
    }

    @Test
    void whatACellOpensIsCounted() {
        Read before = Adoption.now(secretary, "meetings", cell);
        schedule().expect(201);
        assertThat(Adoption.now(secretary, "meetings", cell))
                .as("nobody was told")
                .isEqualTo(before);
        secretary.post(meeting + "/notify").expect(200);
        assertThat(Adoption.now(secretary, "meetings", cell).read()).isEqualTo(before.read());
        int asked = Adoption.now(secretary, "meetings", cell).asked();
        assertThat(asked).isGreaterThan(before.asked() + 1);

        fisherman
                .send("PUT", meeting + "/reads/" + me(fisherman).path("id").asText())
                .expect(201);
        assertThat(Adoption.now(secretary, "meetings", cell)).isEqualTo(new Read(before.read() + 1, asked));
        secretary.delete(meeting).expect(204);
        assertThat(Adoption.now(secretary, "meetings", cell)).isEqualTo(before);
    }

    @Test
    void aMeetingFromTheNoticeToTheMinutes() {
        String fishermansId = me(fisherman).path("id").asText();
        Response made = schedule().expect(201);
        secretary.post(meeting + "/notify").expect(200);

        JsonNode seen = fisherman.get(meeting).expect(200).json();
        JsonNode document = seen.path("items").path(0).path("documents").path(0);
        fisherman.get("/api/files/" + document.path("file").asText()).expect(200);
        fisherman
                .put(
                        meeting + "/answers/" + fishermansId,
                        Map.of("answer", "ABSENT", "reason", "AT_SEA", "message", "Đang ở Hoàng Sa"))
                .expect(201);
        String opinion = meeting + "/items/" + item + "/opinions/" + UUID.randomUUID();
        fisherman
                .put(opinion, Map.of("stance", "OTHER", "text", "Nên mua bộ đàm"))
                .expect(201);

        JsonNode answers =
                secretary.get(meeting + "/answers").expect(200).json().path("items");
        secretary
                .put(meeting + "/answers/" + fishermansId + "/decision", Map.of("accepted", true))
                .expect(201);
        secretary
                .put(meeting + "/attendance/" + fishermansId, Map.of("present", false, "reason", "AT_SEA"))
                .expect(201);
        secretary.put(meeting + "/minutes", Map.of("text", "Kết luận")).expect(201);
        JsonNode closed = secretary.post(meeting + "/close").expect(200).json();

        assertThat(made.header("ETag")).isEqualTo("\"1\"");
        assertThat(seen.path("state").asText()).isEqualTo("DOCUMENTS_POSTED");
        assertThat(document.path("late").asBoolean(true)).isFalse();
        assertThat(answers).hasSize(1);
        assertThat(answers.path(0).path("message").asText()).isEqualTo("Đang ở Hoàng Sa");
        assertThat(closed.path("state").asText()).isEqualTo("CLOSED");
        assertThat(fisherman
                        .get(meeting + "/minutes")
                        .expect(200)
                        .json()
                        .path("text")
                        .asText())
                .isEqualTo("Kết luận");
        assertThat(fisherman
                        .get(meeting + "/answers/" + fishermansId)
                        .expect(200)
                        .json()
                        .path("decision")
                        .path("accepted")
                        .asBoolean())
                .isTrue();
        Response refused = fisherman.put(opinion, Map.of("stance", "AGREE")).expect(409);
        assertThat(refused.json().path("title").asText()).isEqualTo("Buổi sinh hoạt đã kết thúc");
    }

    @Test
    void theSamePutAgainChangesNothing() {
        Response made = schedule().expect(201);
        Response again = schedule().expect(200);
        secretary.header("If-None-Match", made.header("ETag")).get(meeting).expect(304);
        Response stale = secretary
                .header("If-Match", "\"7\"")
                .put(meeting, plan(List.of()))
                .expect(412);

        assertThat(again.header("ETag")).isEqualTo(made.header("ETag"));
        assertThat(again.text()).isEqualTo(made.text());
        assertThat(stale.json().path("current").path("id").asText()).isEqualTo(id);
        secretary.delete(meeting).expect(204);
        secretary.delete(meeting).expect(204);
        schedule().expect(410);
    }

    @Test
    void othersSeeNothingOfIt() {
        schedule().expect(201);
        String member = me(fisherman).path("id").asText();
        List<String> paths = List.of(
                meeting,
                meeting + "/answers",
                meeting + "/answers/" + member,
                meeting + "/items/" + item + "/opinions",
                meeting + "/attendance",
                meeting + "/reads",
                meeting + "/messages",
                meeting + "/late-calls",
                meeting + "/minutes");

        for (String path : paths) {
            sotay.anonymous().get(path).expect(401);
            for (String login : List.of("member2", "secretary2")) {
                assertThat(sotay.as(login).get(path).text())
                        .as(login + " " + path)
                        .contains("\"status\":404")
                        .doesNotContain("tháng 12");
            }
        }
        sotay.as("secretary2").put(meeting, plan(List.of())).expect(404);
        sotay.as("secretary2").post(meeting + "/close").expect(404);
        sotay.as("member2").get("/api/meetings?cell=" + cell).expect(404);
        assertThat(sotay.as("member2").get("/api/meetings").expect(200).text()).doesNotContain(id);
        assertThat(sotay.as("member2").get("/api/changes").text()).doesNotContain(id);
        sotay.as("admin").get(meeting).expect(403);
    }

    @Test
    void theOfficerAboveSeesFiguresButNoMessage() {
        schedule().expect(201);
        String member = me(fisherman).path("id").asText();
        fisherman
                .put(
                        meeting + "/answers/" + member,
                        Map.of("answer", "ABSENT", "reason", "ILLNESS", "message", "Sốt cao"))
                .expect(201);
        Client officer = sotay.as("officer2");

        assertThat(officer.get(meeting).expect(200).json().path("place").asText())
                .isEqualTo("Nhà văn hóa thôn");
        assertThat(officer.get(meeting + "/summary")
                        .expect(200)
                        .json()
                        .path("requests")
                        .asInt())
                .isEqualTo(1);
        assertThat(officer.get(meeting + "/answers").expect(200).json().path("items"))
                .isEmpty();
        officer.get(meeting + "/answers/" + member).expect(404);
        officer.post(meeting + "/close").expect(403);
    }

    @Test
    void theSecretarySeesWhoHasOpenedIt() {
        schedule().expect(201);
        String own = meeting + "/reads/" + me(fisherman).path("id").asText();

        Response made = fisherman.send("PUT", own).expect(201);
        Response again = fisherman.send("PUT", own).expect(200);
        secretary.send("PUT", own).expect(403);
        sotay.as("member").send("PUT", own).expect(403);
        sotay.as("member2").send("PUT", own).expect(404);

        assertThat(again.text()).isEqualTo(made.text());
        assertThat(again.header("ETag")).isEqualTo(made.header("ETag"));
        assertThat(secretary.get(meeting + "/reads").expect(200).json().path("items"))
                .containsExactly(made.json());
        assertThat(fisherman.get(meeting + "/reads").expect(200).json().path("items"))
                .containsExactly(made.json());
        for (String login : List.of("member", "officer2")) {
            assertThat(sotay.as(login)
                            .get(meeting + "/reads")
                            .expect(200)
                            .json()
                            .path("items"))
                    .as(login)
                    .isEmpty();
        }
        secretary.post(meeting + "/close").expect(200);
        fisherman.send("PUT", own).expect(200);
        Response late = sotay.as("member")
                .send(
                        "PUT",
                        meeting + "/reads/" + me(sotay.as("member")).path("id").asText())
                .expect(409);
        assertThat(late.json().path("title").asText()).isEqualTo("Buổi sinh hoạt đã kết thúc");
    }

    @Test
    void whatComesTooLateGoesToTheSecretaryAsAMessage() {
        schedule().expect(201);
        secretary.post(meeting + "/close").expect(200);
        String message = meeting + "/messages/" + UUID.randomUUID();
        Map<String, Object> body =
                Map.of("text", "Nên mua bộ đàm", "about", "Ý kiến", "writtenAt", "2026-11-20T22:12:00Z");

        Response made = fisherman.put(message, body).expect(201);
        Response again = fisherman.put(message, body).expect(200);
        Response other = fisherman.put(message, Map.of("text", "Thôi")).expect(409);
        Response seen = secretary.send("PUT", message + "/seen").expect(200);

        assertThat(again.text()).isEqualTo(made.text());
        assertThat(again.header("ETag")).isEqualTo("\"1\"");
        assertThat(other.json().path("title").asText()).isEqualTo("Lời nhắn này đã gửi rồi");
        assertThat(seen.json().path("writtenAt").asText()).isEqualTo("2026-11-20T22:12:00Z");
        assertThat(seen.json().path("seenAt").asText()).endsWith("Z");
        for (Client reader : List.of(secretary, fisherman)) {
            assertThat(reader.get(meeting + "/messages").expect(200).json().path("items"))
                    .containsExactly(seen.json());
        }
        for (String login : List.of("member", "officer2")) {
            assertThat(sotay.as(login)
                            .get(meeting + "/messages")
                            .expect(200)
                            .json()
                            .path("items"))
                    .as(login)
                    .isEmpty();
        }
        sotay.as("member").put(message, body).expect(404);
        sotay.as("member").send("PUT", message + "/seen").expect(403);
        sotay.as("officer2")
                .put(meeting + "/messages/" + UUID.randomUUID(), body)
                .expect(403);
        sotay.as("secretary2").send("PUT", message + "/seen").expect(404);
        fisherman
                .put(meeting + "/messages/" + UUID.randomUUID(), Map.of("text", " "))
                .expect(422);
        fisherman
                .put(meeting + "/messages/" + UUID.randomUUID(), Map.of("text", "a".repeat(5001)))
                .expect(422);
        // what both databases hold at most
        fisherman
                .put(
                        meeting + "/messages/" + UUID.randomUUID(),
                        Map.of("text", "𠀋".repeat(5000), "about", "𠀋".repeat(600)))
                .expect(201);
        assertThat(fisherman.get("/api/me/data").expect(200).text()).contains("Nên mua bộ đàm");
    }

    /** Policy "review". */
    @Test
    void aRollThatComesAfterTheEndWaitsForTheSecretary() {
        schedule().expect(201);
        String member = me(fisherman).path("id").asText();
        String line = meeting + "/attendance/" + member;
        secretary.put(line, Map.of("present", true)).expect(201);
        secretary.post(meeting + "/close").expect(200);

        Response held = secretary
                .put(line, Map.of("present", false, "reason", "AT_SEA"))
                .expect(202);
        JsonNode late =
                secretary.get(meeting + "/late-calls").expect(200).json().path("items");
        String decision = meeting + "/late-calls/" + late.path(0).path("id").asText() + "/decision";

        assertThat(held.json().path("held").asBoolean()).isTrue();
        assertThat(late).hasSize(1);
        assertThat(late.path(0).path("recordedBy").asText())
                .isEqualTo(me(secretary).path("id").asText());
        assertThat(roll(line)).isEqualTo("true ");
        fisherman.put(decision, Map.of("taken", true)).expect(403);
        sotay.as("secretary2").put(decision, Map.of("taken", true)).expect(404);
        secretary.put(decision, Map.of("taken", false)).expect(200);
        assertThat(roll(line)).isEqualTo("true ");
        secretary.put(decision, Map.of("taken", true)).expect(200);
        assertThat(roll(line)).isEqualTo("false AT_SEA");
        Response refused = secretary.put(decision, Map.of("taken", false)).expect(409);
        assertThat(refused.json().path("title").asText()).isEqualTo("Dòng này đã được lấy vào điểm danh");
        assertThat(fisherman.get(meeting + "/late-calls").expect(200).json().path("items"))
                .hasSize(1);
        assertThat(sotay.as("member")
                        .get(meeting + "/late-calls")
                        .expect(200)
                        .json()
                        .path("items"))
                .isEmpty();
    }

    private String roll(String line) {
        for (JsonNode one :
                secretary.get(meeting + "/attendance").expect(200).json().path("items")) {
            if (line.endsWith(one.path("member").asText())) {
                return one.path("present").asText() + ' ' + one.path("reason").asText();
            }
        }
        return "";
    }

    @Test
    void whatTwoPhonesWriteFollowsWhatTheModuleDeclares() {
        JsonNode modules = fisherman.get("/api/modules").expect(200).json().path("items");

        assertThat(modules)
                .filteredOn(one -> one.path("id").asText().equals("meetings"))
                .singleElement()
                .satisfies(one -> assertThat(one.path("sync").toString())
                        .isEqualTo(
                                "{\"meeting\":\"fields\",\"meeting-answer\":\"fields\",\"meeting-attendance\":\"review\","
                                        + "\"meeting-message\":\"append\",\"meeting-opinion\":\"append\"}"));
        // "fields": of what both have changed the later counts, and the other is kept
        schedule().expect(201);
        String answer = meeting + "/answers/" + me(fisherman).path("id").asText();
        fisherman
                .put(answer, Map.of("answer", "ABSENT", "reason", "AT_SEA", "message", "Một", "base", Map.of()))
                .expect(201);
        JsonNode both = fisherman
                .put(answer, Map.of("answer", "ABSENT", "reason", "AT_SEA", "message", "Hai", "base", Map.of()))
                .expect(200)
                .json();
        assertThat(both.path("message").asText()).isEqualTo("Hai");
        assertThat(both.at("/other/message").asText()).isEqualTo("Một");
        assertThat(both.has("base")).isFalse();
        assertThat(fisherman.get("/api/me/data").expect(200).text()).contains("meetings.other-answers");

        // "append": each phone's opinion is one of its own, and the other's cannot be written over
        String opinions = meeting + "/items/" + item + "/opinions";
        String one = opinions + '/' + UUID.randomUUID();
        fisherman.put(one, Map.of("stance", "OTHER", "text", "Từ máy một")).expect(201);
        fisherman
                .put(opinions + '/' + UUID.randomUUID(), Map.of("stance", "OTHER", "text", "Từ máy hai"))
                .expect(201);
        sotay.as("member")
                .put(one, Map.of("stance", "OTHER", "text", "Của người khác"))
                .expect(404);
        assertThat(secretary.get(opinions).expect(200).json().path("items").findValuesAsText("text"))
                .containsExactlyInAnyOrder("Từ máy một", "Từ máy hai");
    }

    @Test
    void whatTwoLeadersPlanAtOnceIsPutTogether() {
        schedule().expect(201);
        Map<String, Object> base = new HashMap<>(plan(List.of()));
        secretary.put(meeting, base).expect(200);
        base.remove("cell");
        Map<String, Object> one = new HashMap<>(plan(List.of()));
        one.put("base", base);
        one.put("place", "Trường học");
        Map<String, Object> other = new HashMap<>(one);
        other.put("place", "Bến cá");
        other.put("title", "Sinh hoạt cuối năm");

        secretary.put(meeting, one).expect(200);
        JsonNode both = secretary.put(meeting, other).expect(200).json();

        assertThat(both.path("place").asText()).isEqualTo("Bến cá");
        assertThat(both.path("title").asText()).isEqualTo("Sinh hoạt cuối năm");
        JsonNode conflicts =
                secretary.get(meeting + "/conflicts").expect(200).json().path("items");
        assertThat(conflicts).hasSize(1);
        assertThat(conflicts.path(0).path("value").asText()).isEqualTo("Trường học");
        fisherman.get(meeting + "/conflicts").expect(403);
        sotay.as("secretary2").get(meeting + "/conflicts").expect(404);
    }

    @Test
    void theDemoShowsTheNextMeeting() {
        JsonNode meetings = fisherman
                .get("/api/meetings?cell=" + cell + "&limit=500")
                .expect(200)
                .json()
                .path("items");

        assertThat(meetings).anyMatch(one -> one.path("state").asText().equals("DOCUMENTS_POSTED"));
        assertThat(meetings).anyMatch(one -> one.path("state").asText().equals("CLOSED"));
    }
}
