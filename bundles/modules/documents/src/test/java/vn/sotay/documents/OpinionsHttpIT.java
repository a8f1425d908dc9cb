package vn.sotay.documents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import vn.sotay.testkit.Client;
import vn.sotay.testkit.Sotay;

/** Opinions on a draft from its members to the report, over HTTP. */
class OpinionsHttpIT {

    private static final String TEXT = "Dự thảo nghị quyết\n\nĐiều 1. Mục tiêu\n1. Mỗi thôn một nhà văn hóa.\n"
            + "2. Đường ra cảng được trải nhựa.\n\nĐiều 2. Hiệu lực\nTừ ngày ký.\n";

    private static final String CLAUSE = "dieu-1-khoan-1";

    private final Sotay sotay = Sotay.shared();
    private final Client editor = sotay.as("editor");
    private final Client editor2 = sotay.as("editor2");
    private final Client member = sotay.as("member");
    private final Client secretary = sotay.as("secretary");
    private final String id = UUID.randomUUID().toString();
    private final String document = "/api/documents/" + id;
    private final String opinion = document + "/opinions/" + UUID.randomUUID();
    private final LocalDate today = LocalDate.now(DocumentRules.ZONE);

    private Map<String, Object> body(String text, LocalDate until) {
        Map<String, Object> body = new HashMap<>();
        body.put(
                "unit",
                editor.get("/api/me").expect(200).json().at("/mandates/0/unit").asText());
        body.put("title", "Dự thảo " + id);
        body.put("kind", "RESOLUTION");
        body.put("issuer", "Tỉnh ủy");
        body.put("level", "PROVINCE");
        body.put("topics", List.of());
        body.put("relations", List.of());
        body.put(
                "files",
                List.of(Map.of("file", editor.putFile(text.getBytes(StandardCharsets.UTF_8)), "name", "a.txt")));
        if (until != null) {
            body.put("opinionsUntil", until.toString());
        }
        return body;
    }

    private void publish(Map<String, Object> body) {
        assertThat(editor.put(document, body).status()).isIn(200, 201);
        editor.post(document + "/submit").expect(200);
        editor2.post(document + "/approve").expect(200);
    }

    private void publishAnew(Map<String, Object> body) {
        editor.post(document + "/withdraw").expect(200);
        publish(body);
    }

    private static Map<String, Object> said(int edition, String anchor, String stance, String text) {
        Map<String, Object> said = new HashMap<>(Map.of("edition", edition, "anchor", anchor, "stance", stance));
        if (text != null) {
            said.put("text", text);
        }
        return said;
    }

    private static String cellOf(Client who) {
        return who.get("/api/me").expect(200).json().at("/member/cell/id").asText();
    }

    private static String idOf(Client who) {
        return who.get("/api/me").expect(200).json().at("/member/id").asText();
    }

    private boolean isListed(Client who, String query) {
        return who.get("/api/documents?limit=500&" + query)
                .expect(200)
                .json()
                .path("items")
                .findValuesAsText("id")
                .contains(id);
    }

    private JsonNode report(Client who, String unit) {
        return who.get(document + "/report?unit=" + unit).expect(200).json();
    }

    private static JsonNode line(JsonNode report, String anchor, boolean current) {
        for (JsonNode line : report.path("lines")) {
            if (line.path("anchor").asText().equals(anchor)
                    && line.path("current").asBoolean() == current) {
                return line;
            }
        }
        throw new AssertionError("nothing is said of " + anchor + ": " + report);
    }

    @Test
    void aDraftIsNotInForceAndTakesOpinionsUntilItsDay() {
        publish(body(TEXT, today));
        assertThat(isListed(member, "inForce=true")).isFalse();
        assertThat(isListed(member, "inForce=false")).isTrue();
        assertThat(isListed(member, "forOpinions=true")).isTrue();
        member.put(opinion, said(1, "all", "AGREE", null)).expect(201);

        publishAnew(body(TEXT, today.minusDays(1)));
        assertThat(isListed(member, "forOpinions=true")).isFalse();
        JsonNode refused = member.put(opinion, said(1, "all", "AGAINST", "Không"))
                .expect(409)
                .json();
        assertThat(refused.path("title").asText()).isEqualTo("Đã hết hạn góp ý");
        member.delete(opinion).expect(409);
        // the same again was said in time
        member.put(opinion, said(1, "all", "AGREE", null)).expect(200);

        publishAnew(body(TEXT, today.plusDays(7)));
        member.put(opinion, said(1, "all", "AGAINST", "Không")).expect(200);

        publishAnew(body(TEXT, null));
        assertThat(isListed(member, "inForce=true")).isTrue();
        member.put(opinion, said(1, "all", "AGREE", null)).expect(409);
    }

    @Test
    void aMemberSaysChangesAndTakesBack() {
        publish(body(TEXT, today.plusDays(7)));
        Map<String, Object> amend = said(1, CLAUSE, "AMEND", "Thêm sân chơi");
        amend.put("wording", "Mỗi thôn một nhà văn hóa và một sân chơi.");

        JsonNode made = member.put(opinion, amend).expect(201).json();
        member.put(opinion, amend).expect(200);

        assertThat(made.path("quote").asText()).isEqualTo("1. Mỗi thôn một nhà văn hóa.");
        assertThat(made.path("title").asText()).isEqualTo("Dự thảo " + id);
        for (String list : List.of(document + "/opinions", "/api/documents/opinions?limit=500")) {
            assertThat(member.get(list).expect(200).json().path("items").findValuesAsText("id"))
                    .contains(made.path("id").asText());
        }
        assertThat(member.get("/api/changes?limit=500").expect(200).text()).isNotEmpty();
        assertThat(member.get("/api/me/data").expect(200).text()).contains("Thêm sân chơi");
        // one opinion a place: what another phone wrote is told to be a second
        member.put(document + "/opinions/" + UUID.randomUUID(), said(1, CLAUSE, "AGREE", null))
                .expect(409);
        member.put(opinion, said(1, "all", "AGREE", null)).expect(422);
        member.put(document + "/opinions/" + UUID.randomUUID(), said(1, "dieu-9", "AGREE", null))
                .expect(422);
        member.put(document + "/opinions/" + UUID.randomUUID(), said(2, "all", "AGREE", null))
                .expect(422);
        member.put(document + "/opinions/" + UUID.randomUUID(), said(1, "all", "AGAINST", null))
                .expect(422);
        for (String login : List.of("secretary", "member2", "fisherman")) {
            Client other = sotay.as(login);
            other.put(opinion, said(1, CLAUSE, "AGREE", null)).expect(404);
            other.delete(opinion).expect(404);
            assertThat(other.get(document + "/opinions").expect(200).text()).doesNotContain("sân chơi");
        }
        editor.put(document + "/opinions/" + UUID.randomUUID(), said(1, "all", "AGREE", null))
                .expect(403);

        member.put(opinion, said(1, CLAUSE, "AGAINST", "Không cần")).expect(200);
        member.delete(opinion).expect(204);
        member.delete(opinion).expect(204);
        member.put(opinion, said(1, CLAUSE, "AGREE", null)).expect(410);
        member.put(document + "/opinions/" + UUID.randomUUID(), said(1, CLAUSE, "AGREE", null))
                .expect(201);
    }

    @Test
    void theCellSumsUpAndSends() {
        publish(body(TEXT, today.plusDays(7)));
        String cell = cellOf(secretary);
        String ofCell = document + "/cells/" + cell;
        member.put(opinion, said(1, CLAUSE, "AMEND", "Thêm sân chơi")).expect(201);

        JsonNode before = secretary.get(ofCell).expect(200).json();
        assertThat(before.path("gave").asInt()).isEqualTo(1);
        assertThat(before.path("missing").size())
                .isEqualTo(before.path("members").asInt() - 1);
        assertThat(before.at("/places/0").asText()).isEqualTo(CLAUSE);
        assertThat(before.path("missing").findValuesAsText("member")).doesNotContain(idOf(member));
        JsonNode names = secretary.get(ofCell + "/opinions").expect(200).json().at("/items/0");
        assertThat(names.path("memberName").asText()).isNotEmpty();
        assertThat(names.path("text").asText()).isEqualTo("Thêm sân chơi");

        Map<String, Object> summed = Map.of("edition", 1, "stance", "AMEND", "text", "Chi bộ đề nghị thêm sân chơi");
        secretary.put(ofCell + "/opinions/" + CLAUSE, summed).expect(200);
        secretary
                .put(ofCell + "/opinions/all", Map.of("edition", 1, "stance", "AGREE"))
                .expect(200);
        secretary.put(ofCell + "/opinions/dieu-9", summed).expect(422);
        String province =
                editor.get("/api/me").expect(200).json().at("/mandates/0/unit").asText();
        assertThat(report(editor, province).toString()).doesNotContain("Chi bộ đề nghị");
        secretary.put(ofCell + "/sent", Map.of("sent", true)).expect(200);
        JsonNode sent = secretary
                .put(ofCell + "/sent", Map.of("sent", true))
                .expect(200)
                .json();
        assertThat(sent.path("sentAt").asText()).isNotEmpty();
        secretary.put(ofCell + "/opinions/" + CLAUSE, summed).expect(409);
        secretary.delete(ofCell + "/opinions/" + CLAUSE + "?edition=1").expect(409);

        JsonNode report = report(editor, province);
        assertThat(report.path("sent").asInt()).isEqualTo(1);
        assertThat(line(report, CLAUSE, true).at("/cells/0/text").asText()).isEqualTo("Chi bộ đề nghị thêm sân chơi");
        assertThat(line(report, CLAUSE, true).at("/ofCells/amend").asInt()).isEqualTo(1);

        secretary.put(ofCell + "/sent", Map.of("sent", false)).expect(200);
        secretary.delete(ofCell + "/opinions/" + CLAUSE + "?edition=1").expect(200);
        for (String login : List.of("secretary2", "member", "officer", "editor")) {
            assertThat(sotay.as(login).get(ofCell).status()).isIn(403, 404);
            assertThat(sotay.as(login).get(ofCell + "/opinions").status()).isIn(403, 404);
            assertThat(sotay.as(login)
                            .put(ofCell + "/sent", Map.of("sent", true))
                            .status())
                    .isIn(403, 404);
        }
    }

    @Test
    void theReportCountsAndNamesNobody() {
        publish(body(TEXT, today.plusDays(7)));
        Client officer = sotay.as("officer");
        String province =
                officer.get("/api/me").expect(200).json().at("/mandates/0/unit").asText();
        member.put(opinion, said(1, CLAUSE, "AMEND", "Thêm sân chơi")).expect(201);
        sotay.as("member2")
                .put(document + "/opinions/" + UUID.randomUUID(), said(1, CLAUSE, "AGREE", null))
                .expect(201);
        secretary
                .put(document + "/opinions/" + UUID.randomUUID(), said(1, "all", "AGREE", "Nên làm sớm"))
                .expect(201);

        JsonNode report = report(officer, province);

        assertThat(report.path("gave").asInt()).isEqualTo(3);
        JsonNode clause = line(report, CLAUSE, true);
        assertThat(clause.path("text").asText()).isEqualTo("1. Mỗi thôn một nhà văn hóa.");
        assertThat(clause.at("/counts/agree").asInt()).isEqualTo(1);
        assertThat(clause.at("/counts/amend").asInt()).isEqualTo(1);
        assertThat(clause.at("/said/0/text").asText()).isEqualTo("Thêm sân chơi");
        int members = 0;
        for (JsonNode part : report.path("parts")) {
            members += part.path("members").asInt();
        }
        assertThat(members).isEqualTo(report.path("members").asInt()).isGreaterThan(1000);
        assertThat(report.toString()).doesNotContain(idOf(member), "memberName");
        for (Client stranger : List.of(member, secretary)) {
            stranger.get(document + "/report?unit=" + province).expect(403);
        }
        officer.get(document + "/report").expect(422);
        for (String format : List.of("PDF,%PDF-", "XLSX,PK")) {
            byte[] file = officer.get(document + "/report?unit=" + province + "&format=" + format.split(",")[0])
                    .expect(200)
                    .body();
            assertThat(new String(file, StandardCharsets.ISO_8859_1)).startsWith(format.split(",")[1]);
        }

        // other words: what was said of those before is told beside it, and does not count for the new ones
        publishAnew(body(TEXT.replace("một nhà văn hóa", "một nhà văn hóa, sân chơi"), today.plusDays(7)));
        JsonNode anew = report(officer, province);
        assertThat(line(anew, CLAUSE, false).at("/counts/amend").asInt()).isEqualTo(1);
        member.put(document + "/opinions/" + UUID.randomUUID(), said(2, CLAUSE, "AGREE", null))
                .expect(201);
        assertThat(line(report(officer, province), CLAUSE, true)
                        .at("/counts/agree")
                        .asInt())
                .isEqualTo(1);
        assertThat(line(anew, "all", true).at("/counts/agree").asInt()).isEqualTo(1);
    }
}
