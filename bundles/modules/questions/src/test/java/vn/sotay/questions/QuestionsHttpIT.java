package vn.sotay.questions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import vn.sotay.testkit.Client;
import vn.sotay.testkit.Response;
import vn.sotay.testkit.Sotay;

/** Questions over HTTP, in the demo province: an asker, the team that answers, and everybody else. */
class QuestionsHttpIT {

    private static final String DUES = "6f1c1d7e-0001-7000-8000-000000000004";
    private static final String MOVING = "6f1c1d7e-0001-7000-8000-000000000002";

    private final Sotay sotay = Sotay.shared();
    private final Client editor = sotay.as("editor");
    private final Client editor2 = sotay.as("editor2");
    private final Client officer2 = sotay.as("officer2");
    private final Client member = sotay.as("member");
    private final Client member2 = sotay.as("member2");
    private final String id = UUID.randomUUID().toString();
    private final String question = "/api/questions/" + id;
    private final String text = "Đảng viên đi học xa hai năm thì sinh hoạt ở đâu? " + id.substring(0, 8);

    private static Map<String, Object> answer(String text) {
        return Map.of(
                "text",
                text,
                "citations",
                List.of(Map.of("title", "khoản 2 Điều 9 Quy định 01-QĐ/TW", "number", "01-QĐ/TW")));
    }

    private static JsonNode json(Response reply) {
        return reply.expect(200).json();
    }

    private static List<String> ids(Client who, String path) {
        return json(who.get(path)).path("items").findValuesAsText("id");
    }

    private static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            LockSupport.parkNanos(50_000_000);
        }
    }

    private boolean isTold(Client who) {
        return who.get("/api/notices?limit=500").expect(200).text().contains("/questions/" + id);
    }

    /** The token with which somebody knows all. */
    private static String all(Client who, String since) {
        String token = since;
        while (true) {
            Response reply = who.get("/api/changes" + (token.isEmpty() ? "" : "?since=" + token));
            if (reply.status() == 204) {
                return token;
            }
            token = reply.expect(200).json().path("token").asText();
            if (reply.json().path("complete").asBoolean()) {
                return token;
            }
        }
    }

    private static String changes(Client who, String since) {
        Response reply = who.get("/api/changes?since=" + since);
        return reply.status() == 204 ? "" : reply.expect(200).text();
    }

    private void answered() {
        member.put(question, Map.of("topic", MOVING, "text", text, "publishable", true))
                .expect(201);
        editor.put(question + "/answer", answer("Sinh hoạt tạm thời nơi học.")).expect(200);
        editor2.post(question + "/release").expect(200);
    }

    @Test
    void aQuestionFromTheAskerToTheAnswerAndBack() {
        String mine = all(member, "");
        String others = all(member2, "");
        Map<String, Object> body = Map.of("topic", MOVING, "text", text, "about", Map.of("title", "Điều 6, " + id));
        member.put(question, body).expect(201);
        member.put(question, body).expect(200);
        assertThat(member.put(question, Map.of("topic", MOVING, "text", text + "?"))
                        .expect(409)
                        .problem())
                .isEqualTo("question.sent");
        assertThat(member.put(question.replace(id, UUID.randomUUID().toString()), Map.of("text", "a", "topic", id))
                        .expect(422)
                        .json()
                        .at("/errors/0/rule")
                        .asText())
                .isEqualTo("no-such-topic");
        member2.put(question, body).expect(404);
        for (Client stranger : List.of(member2, officer2, sotay.as("secretary"), sotay.as("officer3"))) {
            stranger.get(question).expect(404);
            stranger.get(question + "/messages").expect(404);
            stranger.put(question + "/messages/" + UUID.randomUUID(), Map.of("text", "a"))
                    .expect(404);
        }
        sotay.as("admin").get(question).expect(403);
        editor.put("/api/questions/" + UUID.randomUUID(), Map.of("text", "a")).expect(403);

        assertThat(isTold(editor)).isTrue();
        assertThat(isTold(officer2) || isTold(member) || isTold(member2)).isFalse();
        assertThat(ids(editor, "/api/questions/queue?topic=" + MOVING)).contains(id);
        assertThat(ids(officer2, "/api/questions/queue")).doesNotContain(id);
        JsonNode asked = json(editor.get(question));
        assertThat(asked.at("/desk/name").asText()).isNotEmpty();
        assertThat(asked.path("due").asText()).isNotEmpty();
        editor.put(question + "/answer", answer("Sinh hoạt tạm thời nơi học.")).expect(200);
        assertThat(editor.post(question + "/release").expect(409).problem()).isEqualTo("question.four-eyes");
        JsonNode waits = json(member.get(question));
        assertThat(waits.path("state").asText()).isEqualTo("ASKED");
        assertThat(waits.has("answer") || waits.has("desk")).isFalse();
        officer2.post(question + "/release").expect(404);
        editor2.post(question + "/release").expect(200);
        assertThat(isTold(member)).isTrue();
        assertThat(isTold(member2)).isFalse();

        JsonNode read = json(member.get(question));
        assertThat(read.path("state").asText()).isEqualTo("ANSWERED");
        assertThat(read.at("/answer/text").asText()).isEqualTo("Sinh hoạt tạm thời nơi học.");
        assertThat(read.at("/answer/citations/0/title").asText()).contains("Điều 9");
        assertThat(read.path("answer").has("writtenBy")).isFalse();
        assertThat(changes(member, mine)).contains(id).doesNotContain("writtenBy", "desk");
        assertThat(changes(member2, others)).doesNotContain(id);

        member.put(question + "/rating", Map.of("useful", false)).expect(200);
        assertThat(json(member.put(question + "/rating", Map.of("useful", true)))
                        .path("useful")
                        .asBoolean())
                .isTrue();
        member2.put(question + "/rating", Map.of("useful", true)).expect(404);

        String message = question + "/messages/" + UUID.randomUUID();
        assertThat(editor.put(message, Map.of("text", "Hỏi lại", "reopens", true))
                        .expect(422)
                        .json()
                        .at("/errors/0/rule")
                        .asText())
                .isEqualTo("asker-alone");
        Map<String, Object> again = Map.of("text", "Học hai năm thì sao?", "reopens", true);
        member.put(message, again).expect(201);
        member.put(message, again).expect(200);
        editor.put(question + "/messages/" + UUID.randomUUID(), Map.of("text", "Đồng chí học ở đâu?"))
                .expect(201);
        assertThat(json(member.get(question)).path("state").asText()).isEqualTo("ASKED");
        assertThat(json(member.get(question + "/messages")).path("items")).hasSize(2);
        assertThat(json(editor.get(question)).at("/desk/reopened").asInt()).isOne();
        assertThat(member.put(message, Map.of("text", "khác")).expect(409).problem())
                .isEqualTo("question.message-sent");
        editor2.put(question + "/answer", answer("Trên 12 tháng thì chuyển chính thức."))
                .expect(200);
        editor.post(question + "/release").expect(200);
        assertThat(json(member.get(question)).at("/answer/text").asText()).startsWith("Trên 12");
        assertThat(member.get("/api/me/data").expect(200).text())
                .contains(text, "Học hai năm thì sao?", "Điều 6, " + id);
    }

    @Test
    void aQuestionGoesToWhomItsTopicBelongsAndUpwards() {
        member.put(question, Map.of("topic", DUES, "text", text)).expect(201);
        assertThat(ids(officer2, "/api/questions/queue")).contains(id);
        assertThat(isTold(officer2)).isTrue();
        assertThat(isTold(editor)).isFalse();
        editor.get(question).expect(404);
        sotay.as("officer3").put(question + "/route", Map.of("above", true)).expect(404);
        JsonNode passed = json(officer2.put(question + "/route", Map.of("above", true)));
        assertThat(passed.path("team").asText())
                .isEqualTo(json(editor.get("/api/me")).at("/mandates/0/unit").asText());
        assertThat(isTold(editor)).isTrue();
        officer2.get(question).expect(404);
        editor.put(question + "/route", Map.of("above", true)).expect(422);
        editor.put(question + "/route", Map.of("topic", DUES, "above", false)).expect(200);
        officer2.get(question).expect(200);

        String topic = "/api/questions/topics/" + UUID.randomUUID();
        Map<String, Object> body = Map.of("name", "Chủ đề " + id, "active", true, "position", 80);
        member.put(topic, body).expect(403);
        officer2.put(topic, body).expect(403);
        editor.put(topic, body).expect(201);
        editor.put(topic, body).expect(200);
        assertThat(member2.get("/api/questions/topics").expect(200).text()).contains("Chủ đề " + id);
        editor.put(topic, Map.of("name", "Chủ đề " + id, "active", false, "position", 80))
                .expect(200);
        String closed = topic.substring(topic.lastIndexOf('/') + 1);
        member.put("/api/questions/" + UUID.randomUUID(), Map.of("text", text, "topic", closed))
                .expect(422);
    }

    @Test
    void whatIsTheSameIsAnsweredOnce() {
        String same = UUID.randomUUID().toString();
        member.put(question, Map.of("text", text)).expect(201);
        member2.put("/api/questions/" + same, Map.of("text", "Đi học xa thì sinh hoạt thế nào?"))
                .expect(201);
        editor.put("/api/questions/" + same + "/merge", Map.of("into", id)).expect(200);
        editor.put(question + "/merge", Map.of("into", id)).expect(422);
        assertThat(json(member2.get("/api/questions/" + same)).path("state").asText())
                .isEqualTo("ASKED");
        String since = all(member2, "");
        editor.put(question + "/answer", answer("Sinh hoạt tạm thời nơi học.")).expect(200);
        editor2.post(question + "/release").expect(200);
        JsonNode given = json(member2.get("/api/questions/" + same));
        assertThat(given.path("state").asText()).isEqualTo("ANSWERED");
        assertThat(given.at("/answer/text").asText()).contains("nơi học");
        assertThat(given.toString()).doesNotContain(id);
        assertThat(changes(member2, since)).contains("nơi học").doesNotContain(id);
        member2.get(question).expect(404);
        member2.put(
                        "/api/questions/" + same + "/messages/" + UUID.randomUUID(),
                        Map.of("text", "Tôi hỏi khác", "reopens", true))
                .expect(201);
        assertThat(json(editor.get("/api/questions/" + same))
                        .at("/desk/mergedInto")
                        .isMissingNode())
                .isTrue();
    }

    @Test
    void whatBothSidesAllowIsForEverybodyWithoutAName() {
        answered();
        String entry = "/api/questions/entries/" + id;
        Map<String, Object> words = Map.of("text", "Học xa thì sinh hoạt ở đâu? Mã " + id.substring(0, 8));
        String since = all(member2, "");
        String name = json(member.get("/api/me")).at("/member/name").asText();
        String cell = json(member.get("/api/me")).at("/member/cell/name").asText();
        member.put(question + "/publish", words).expect(403);
        officer2.put(question + "/publish", words).expect(404);
        for (String named : List.of(name, cell)) {
            assertThat(editor.put(question + "/publish", Map.of("text", "Đồng chí " + named + " hỏi"))
                            .expect(422)
                            .json()
                            .at("/errors/0/rule")
                            .asText())
                    .isEqualTo("names-asker");
        }
        editor.put(question + "/publish", words).expect(201);
        editor.put(question + "/publish", words).expect(200);
        JsonNode read = json(member2.get(entry));
        assertThat(read.path("answer").asText()).contains("nơi học");
        assertThat(read.toString()).doesNotContain(name, "asker", text);
        assertThat(changes(member2, since)).contains("Học xa").doesNotContain(text, name);
        assertThat(ids(member2, "/api/questions/entries?topic=" + MOVING)).contains(id);
        member2.get(question).expect(404);
        String search = "/api/search?type=question-entry&q=hoc+xa+" + id.substring(0, 8);
        await("found", () -> found(search).contains("/questions/base/" + id));

        // a newer answer takes its place
        editor.put(question + "/answer", answer("Báo chi bộ trước khi đi.")).expect(200);
        assertThat(json(member2.get(entry)).path("answer").asText()).contains("nơi học");
        editor2.post(question + "/release").expect(200);
        assertThat(json(member2.get(entry)).path("answer").asText()).contains("Báo chi bộ");

        // the asker's leave can be taken back, at once
        member.put(question, Map.of("topic", MOVING, "text", text)).expect(200);
        member2.get(entry).expect(404);
        assertThat(editor.put(question + "/publish", words).expect(409).problem())
                .isEqualTo("question.not-allowed");
        await("not found any more", () -> !found(search).contains("/questions/base/" + id));
        member.put(question, Map.of("topic", MOVING, "text", text, "publishable", true))
                .expect(200);
        editor.put(question + "/publish", words).expect(201);
        editor.delete(question + "/publish").expect(204);
        member2.get(entry).expect(404);
    }

    private List<String> found(String path) {
        Response reply = member2.get(path);
        return reply.status() == 503 ? List.of() : json(reply).path("items").findValuesAsText("link");
    }

    private String document(String number, Map<String, Object> more) {
        Map<String, Object> body = new HashMap<>(more);
        body.put("unit", json(editor.get("/api/me")).at("/mandates/0/unit").asText());
        body.put("number", number);
        body.put("title", "Quy định " + number);
        body.put("kind", "REGULATION");
        body.put("issuer", "Tỉnh ủy");
        body.put("level", "PROVINCE");
        body.put("signed", "2026-11-02");
        body.put("topics", List.of());
        String file = editor.putFile(number.getBytes(StandardCharsets.UTF_8));
        body.put("files", List.of(Map.of("file", file, "name", "quy-dinh.txt")));
        String document = UUID.randomUUID().toString();
        editor.put("/api/documents/" + document, body).expect(201);
        editor.post("/api/documents/" + document + "/submit").expect(200);
        editor2.post("/api/documents/" + document + "/approve").expect(200);
        return document;
    }

    @Test
    void anAnswerIsMarkedWhenWhatItRestsOnIsReplaced() {
        String number = id.substring(0, 5) + "-QĐ/TU";
        String cited = document(number, Map.of("relations", List.of()));
        member.put(question, Map.of("text", text, "publishable", true)).expect(201);
        editor.put(
                        question + "/answer",
                        Map.of(
                                "text",
                                "Theo Quy định " + number,
                                "citations",
                                List.of(Map.of("document", cited, "title", "Điều 2 Quy định " + number))))
                .expect(200);
        editor2.post(question + "/release").expect(200);
        editor.put(question + "/publish", Map.of("text", "Hỏi " + id)).expect(201);
        assertThat(json(member.get(question)).path("answer").has("stale")).isFalse();

        String since = all(member2, "");
        String next = document(
                id.substring(9, 13) + "-QĐ/TU",
                Map.of("relations", List.of(Map.of("kind", "REPLACES", "document", cited))));
        await("marked", () -> json(member.get(question)).at("/answer/stale").asBoolean());
        assertThat(json(member2.get("/api/questions/entries/" + id))
                        .path("stale")
                        .asBoolean())
                .isTrue();
        assertThat(changes(member2, since)).contains("\"stale\":true");
        assertThat(ids(editor, "/api/questions/queue?stale=true")).contains(id);
        assertThat(ids(officer2, "/api/questions/queue?stale=true")).doesNotContain(id);

        // what replaced it is withdrawn: it is in force again
        editor.post("/api/documents/" + next + "/withdraw").expect(200);
        await(
                "not marked any more",
                () -> !json(member.get(question)).path("answer").has("stale"));
        editor.post("/api/documents/" + next + "/submit").expect(200);
        editor2.post("/api/documents/" + next + "/approve").expect(200);
        await(
                "marked again",
                () -> json(member.get(question)).at("/answer/stale").asBoolean());
        // a newer answer that rests on something else has no mark
        editor.put(question + "/answer", answer("Theo quy định mới.")).expect(200);
        editor2.post(question + "/release").expect(200);
        assertThat(json(member.get(question)).path("answer").has("stale")).isFalse();
        assertThat(ids(editor, "/api/questions/queue?stale=true")).doesNotContain(id);
    }

    @Test
    void figuresNameNobody() {
        answered();
        Response figures = sotay.as("officer")
                .get("/api/questions/statistics?from=2026-01-01")
                .expect(200);
        assertThat(figures.json().path("items")).isNotEmpty();
        assertThat(figures.text()).doesNotContain("name\"", "asker", text);
        JsonNode moving = null;
        for (JsonNode one : figures.json().path("items")) {
            moving = one.path("topic").asText().equals(MOVING) ? one : moving;
        }
        assertThat(moving).isNotNull();
        assertThat(moving.path("median").asInt()).isZero();
        assertThat(officer2.get("/api/questions/statistics").expect(200).text()).doesNotContain(MOVING);
        member.get("/api/questions/statistics").expect(403);
    }
}
