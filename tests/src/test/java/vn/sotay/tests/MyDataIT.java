package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.sotay.testkit.Client;
import vn.sotay.testkit.Response;
import vn.sotay.testkit.Sheets;
import vn.sotay.testkit.Sotay;

/** What is kept about oneself, and who can see a thing and why. */
class MyDataIT {

    private final Sotay sotay = Sotay.shared();

    private JsonNode self(String login) {
        return sotay.as(login).get("/api/me").expect(200).json().path("member");
    }

    private static List<JsonNode> list(JsonNode items) {
        return StreamSupport.stream(items.spliterator(), false).toList();
    }

    @Test
    void aMemberSeesAllThatIsKept() {
        JsonNode data = sotay.as("fisherman").get("/api/me/data").expect(200).json();
        JsonNode parts = data.path("parts");

        assertThat(data.path("member")).isEqualTo(self("fisherman").path("id"));
        assertThat(list(parts))
                .extracting(part -> part.path("what").asText())
                .contains(
                        "shell.member",
                        "shell.cells",
                        "shell.account",
                        "shell.sessions",
                        "meetings.answers",
                        "meetings.messages",
                        "meetings.reads")
                .doesNotContain("shell.mandates");
        assertThat(list(parts).stream()
                        .filter(part -> part.path("what").asText().equals("shell.member"))
                        .findFirst()
                        .orElseThrow()
                        .at("/records/0/name"))
                .isEqualTo(self("fisherman").path("name"));
        assertThat(data.toString())
                .doesNotContain("argon2", self("member").path("id").asText());
        sotay.as("admin").get("/api/me/data").expect(404);
        sotay.anonymous().get("/api/me/data").expect(401);
    }

    @Test
    void aMemberSeesWhatLeadersAnswered() throws Exception {
        try (Sotay own = Sotay.start(Sotay.prepared())) {
            JsonNode fisherman =
                    own.as("fisherman").get("/api/me").expect(200).json().path("member");
            String meeting = list(own.as("fisherman")
                            .get("/api/meetings")
                            .expect(200)
                            .json()
                            .path("items"))
                    .stream()
                    .filter(one -> !one.path("state").asText().equals("CLOSED"))
                    .findFirst()
                    .orElseThrow()
                    .path("id")
                    .asText();
            String answer = "/api/meetings/" + meeting + "/answers/"
                    + fisherman.path("id").asText();
            Response asked = own.as("fisherman").put(answer, Map.of("answer", "ABSENT", "reason", "OTHER"));
            assertThat(asked.status()).isIn(200, 201);
            own.as("secretary")
                    .put(answer + "/decision", Map.of("accepted", true, "message", "Đi biển bình an nhé"))
                    .expect(201);

            JsonNode parts =
                    own.as("fisherman").get("/api/me/data").expect(200).json().path("parts");
            JsonNode answers = list(parts).stream()
                    .filter(part -> part.path("what").asText().equals("meetings.answers"))
                    .findFirst()
                    .orElseThrow()
                    .path("records");
            assertThat(list(answers)).anySatisfy(record -> {
                assertThat(record.path("accepted").asBoolean()).isTrue();
                assertThat(record.path("decision").asText()).isEqualTo("Đi biển bình an nhé");
                assertThat(record.path("decidedBy"))
                        .isEqualTo(own.as("secretary").get("/api/me").json().at("/member/name"));
                assertThat(record.path("decidedAt").asText()).endsWith("Z");
            });
            byte[] paper = own.as("fisherman")
                    .get("/api/me/data?format=pdf")
                    .expect(200)
                    .body();
            assertThat(Sheets.text(paper)).contains("Được đồng ý cho vắng", "Đi biển bình an nhé");
        }
    }

    @Test
    void aMemberTakesItOnPaper() throws Exception {
        JsonNode parts =
                sotay.as("fisherman").get("/api/me/data").expect(200).json().path("parts");
        Response reply = sotay.as("fisherman").get("/api/me/data?format=pdf").expect(200);
        assertThat(reply.header("Content-Type")).isEqualTo("application/pdf");
        assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
        Sheets.keep("my-data", reply.body());

        String text = Sheets.text(reply.body()).replaceAll("\\s+", " ");
        assertThat(text)
                .contains(
                        "Dữ liệu của tôi",
                        "Hồ sơ đảng viên",
                        "Trả lời các buổi sinh hoạt",
                        "thôn Hải Ninh",
                        "Trang 1 / ")
                .contains(self("fisherman").path("name").asText())
                .doesNotContain("shell.", "meetings.", "ABSENT", "OFFICIAL");
        assertThat(withoutQuestions(text, parts))
                .as("what the letters of the paper lack is a question mark there")
                .doesNotContain("?");
        for (JsonNode part : parts) {
            for (JsonNode record : part.path("records")) {
                for (String field : List.of("phone", "cardNumber", "message", "text", "title")) {
                    if (record.has(field)) {
                        assertThat(text).contains(record.path(field).asText());
                    }
                }
            }
        }
        sotay.as("admin").get("/api/me/data?format=pdf").expect(404);
        sotay.anonymous().get("/api/me/data?format=pdf").expect(401);
    }

    /** What a paper says, but for what somebody has asked. */
    private static String withoutQuestions(String text, JsonNode parts) {
        String rest = text;
        for (JsonNode part : parts) {
            for (JsonNode record : part.path("records")) {
                for (JsonNode value : record) {
                    if (value.isTextual() && value.asText().contains("?")) {
                        rest = rest.replace(value.asText().replaceAll("\\s+", " "), "");
                    }
                }
            }
        }
        return rest;
    }

    @Test
    void whoSeesAMemberIsToldWithTheReason() {
        JsonNode member = self("member");
        String path =
                "/api/access/explain?resource=member&id=" + member.path("id").asText();
        JsonNode told = sotay.as("member").get(path).expect(200).json();

        assertThat(told.path("permission").asText()).isEqualTo("members.read");
        assertThat(list(told.path("readers")))
                .extracting(one -> one.path("role").asText()
                        + ' '
                        + one.path("scope").asText()
                        + ' '
                        + one.path("unitName").asText())
                .containsSubsequence(
                        "MEMBER OWN thôn Hải Ninh",
                        "SECRETARY UNIT thôn Hải Ninh",
                        "OFFICER BELOW xã Trường Giang",
                        "OFFICER BELOW tỉnh Quảng Ngãi");
        assertThat(told.toString()).contains(member.path("name").asText());
        for (String reader : List.of("secretary", "officer2", "officer")) {
            assertThat(sotay.as(reader).get(path).expect(200).json()).isEqualTo(told);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"member2", "secretary2", "fisherman", "editor", "admin", "officer3"})
    void whoCannotReadAThingIsToldNothing(String login) {
        Client stranger = sotay.as(login);
        String known = "/api/access/explain?resource=member&id="
                + self("member").path("id").asText();
        String unknown = "/api/access/explain?resource=member&id=" + java.util.UUID.randomUUID();

        assertThat(stranger.get(known).expect(404).text())
                .isEqualTo(stranger.get(unknown).expect(404).text());
    }

    @Test
    void modulesExplainTheirThings() {
        String meeting = sotay.as("member")
                .get("/api/meetings")
                .expect(200)
                .json()
                .at("/items/0/id")
                .asText();
        JsonNode told = sotay.as("member")
                .get("/api/access/explain?resource=meeting&id=" + meeting)
                .expect(200)
                .json();
        assertThat(told.at("/readers/0/role").asText()).isEqualTo("MEMBER");
        assertThat(told.at("/readers/0/count").asInt()).isGreaterThan(30);
        assertThat(told.at("/readers/0").has("names")).isFalse();
        sotay.as("member")
                .get("/api/access/explain?resource=nothing&id=" + meeting)
                .expect(404);
        sotay.as("member").get("/api/access/explain?resource=meeting").expect(422);
        sotay.as("member2")
                .get("/api/access/explain?resource=meeting&id=" + meeting)
                .expect(404);
    }
}
