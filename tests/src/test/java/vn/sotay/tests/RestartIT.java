package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import vn.sotay.testkit.Client;
import vn.sotay.testkit.Response;
import vn.sotay.testkit.Sotay;

/** What was acknowledged is there after an orderly stop, and after a power cut. */
class RestartIT {

    private final String meeting = "/api/meetings/" + UUID.randomUUID();
    private final String item = UUID.randomUUID().toString();
    private final String opinion = meeting + "/items/" + item + "/opinions/" + UUID.randomUUID();
    private final byte[] document = "Dự thảo nghị quyết".repeat(9_000).getBytes(StandardCharsets.UTF_8);

    private Map<String, Object> plan(String cell, String file) {
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
                "Sinh hoạt tháng 12",
                "items",
                List.of(Map.of(
                        "id",
                        item,
                        "title",
                        "Nhiệm vụ tháng tới",
                        "documents",
                        List.of(Map.of(
                                "file", file, "name", "Dự thảo.txt", "type", "text/plain", "size", document.length)))));
    }

    @Test
    void everythingIsThereAfterAStopAndAfterAPowerCut() {
        try (Sotay sotay = Sotay.start(Sotay.fresh())) {
            Client secretary = sotay.as("secretary");
            Client fisherman = sotay.as("fisherman");
            JsonNode self = fisherman.get("/api/me").expect(200).json().path("member");
            String answer = meeting + "/answers/" + self.path("id").asText();

            // the secretary plans the meeting with a document; the fisherman, at sea, asks for leave and says what he
            // thinks
            secretary
                    .put(meeting, plan(self.at("/cell/id").asText(), secretary.putFile(document)))
                    .expect(201);
            secretary.post(meeting + "/notify").expect(200);
            fisherman
                    .put(answer, Map.of("answer", "ABSENT", "reason", "AT_SEA", "message", "Đang ở Hoàng Sa"))
                    .expect(201);
            fisherman
                    .put(opinion, Map.of("stance", "OTHER", "text", "Nên mua bộ đàm cho tàu nhỏ"))
                    .expect(201);
            Map<String, String> planned = everything(sotay, answer);
            sotay.awaitTopics();
            String token = changes(fisherman, "").json().path("token").asText();

            assertThat(sotay.stop()).isEqualTo(128 + 15);
            sotay.startAgain();

            assertThat(everything(sotay, answer)).isEqualTo(planned);
            changes(sotay.as("fisherman"), token).expect(204);

            // the secretary accepts, calls the roll and closes; the lights go out at once
            secretary = sotay.as("secretary");
            secretary.put(answer + "/decision", Map.of("accepted", true)).expect(201);
            secretary
                    .put(answer.replace("/answers/", "/attendance/"), Map.of("present", false, "reason", "AT_SEA"))
                    .expect(201);
            secretary.put(meeting + "/minutes", Map.of("text", "Kết luận")).expect(201);
            secretary.post(meeting + "/close").expect(200);
            Map<String, String> closed = everything(sotay, answer);
            sotay.kill();
            sotay.startAgain();

            assertThat(everything(sotay, answer)).isEqualTo(closed).isNotEqualTo(planned);
            assertThat(closed.get(answer)).contains("\"accepted\":true");
            assertThat(closed.get(meeting)).contains("\"state\":\"CLOSED\"");
            JsonNode news = changes(sotay.as("fisherman"), token).expect(200).json();
            assertThat(news.path("changes"))
                    .extracting(change -> change.path("type").asText())
                    .contains("meeting", "meeting-answer", "meeting-attendance", "meeting-minutes");
            assertThat(sotay.output()).doesNotContain(" ERROR ");
        }
    }

    private static Response changes(Client client, String since) {
        return client.get("/api/changes" + (since.isEmpty() ? "" : "?since=" + since));
    }

    /** All that the two of them may read about it, with the versions. */
    private Map<String, String> everything(Sotay sotay, String answer) {
        Map<String, String> all = new LinkedHashMap<>();
        Client secretary = sotay.as("secretary");
        for (String path : List.of(
                meeting,
                meeting + "/answers",
                meeting + "/items/" + item + "/opinions",
                meeting + "/attendance",
                meeting + "/summary",
                answer,
                opinion,
                "/api/files/" + Client.sha256(document))) {
            Response reply = secretary.get(path).expect(200);
            all.put(path, reply.header("ETag") + ' ' + reply.text());
        }
        all.put("the fisherman's", sotay.as("fisherman").get(answer).expect(200).text());
        return all;
    }
}
