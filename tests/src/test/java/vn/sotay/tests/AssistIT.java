package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import vn.sotay.testkit.Client;
import vn.sotay.testkit.Response;
import vn.sotay.testkit.Sheets;
import vn.sotay.testkit.Sotay;

/** Somebody without a phone: a leader of the cell writes down what is said, and it stays whose it is. */
class AssistIT {

    private static Sotay sotay;
    private static Client secretary;
    private static String cell;

    @BeforeAll
    static void start() {
        sotay = Sotay.start(Sotay.fresh());
        secretary = sotay.as("secretary");
        cell = me("secretary").at("/cell/id").asText();
    }

    @AfterAll
    static void stop() {
        sotay.close();
    }

    private static JsonNode me(String login) {
        return sotay.as(login).get("/api/me").expect(200).json().path("member");
    }

    private static String member(String login) {
        return me(login).path("id").asText();
    }

    private static String name(String login) {
        return me(login).path("name").asText();
    }

    private static List<JsonNode> list(JsonNode items) {
        return StreamSupport.stream(items.spliterator(), false).toList();
    }

    /** A meeting of the cell with one item; the path of its opinions. */
    private static String opinions() {
        String meeting = "/api/meetings/" + UUID.randomUUID();
        String item = UUID.randomUUID().toString();
        secretary
                .put(
                        meeting,
                        Map.of(
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
                                List.of(Map.of("id", item, "title", "Nhiệm vụ", "documents", List.of()))))
                .expect(201);
        return meeting + "/items/" + item + "/opinions/";
    }

    @Test
    void anOpinionIsWrittenDownForAMember() {
        String member = member("fisherman");
        String path = opinions() + UUID.randomUUID();
        Map<String, String> said = Map.of("member", member, "stance", "OTHER", "text", "Nên sửa bến cá");

        JsonNode made = secretary.put(path, said).expect(201).json();
        secretary.put(path, said).expect(200);

        assertThat(made.path("member").asText()).isEqualTo(member);
        assertThat(made.path("recordedBy").asText()).isEqualTo(member("secretary"));
        assertThat(made.path("recordedByName").asText()).isEqualTo(name("secretary"));
        JsonNode seen = sotay.as("fisherman").get(path).expect(200).json();
        assertThat(seen).isEqualTo(made);
        for (String login : List.of("member", "member2", "secretary2", "officer2")) {
            assertThat(sotay.as(login).get(path).status()).as(login).isEqualTo(404);
            assertThat(sotay.as(login).put(path, said).status()).as(login).isIn(403, 404);
            assertThat(sotay.as(login).delete(path).status()).as(login).isIn(403, 404);
        }
        assertThat(list(sotay.as("fisherman")
                        .get("/api/changes")
                        .expect(200)
                        .json()
                        .path("changes")))
                .filteredOn(one -> path.endsWith(one.path("id").asText()))
                .singleElement()
                .satisfies(
                        one -> assertThat(one.at("/data/recordedBy").asText()).isEqualTo(member("secretary")));
        assertThat(list(sotay.as("admin")
                        .get("/api/audit?type=meeting-opinion&member=" + member)
                        .expect(200)
                        .json()
                        .path("items")))
                .filteredOn(row -> path.endsWith(row.path("id").asText())
                        && row.path("action").asText().equals("WRITE"))
                .singleElement()
                .satisfies(row -> assertThat(row.toString()).contains(name("secretary"), name("fisherman")));

        JsonNode own = sotay.as("fisherman")
                .put(path, Map.of("stance", "OTHER", "text", "Nên sửa bến cá ngay"))
                .expect(200)
                .json();
        assertThat(own.has("recordedBy")).isFalse();
        secretary.put(path, said).expect(403);
        secretary.delete(path).expect(403);
        sotay.as("fisherman").delete(path).expect(204);
    }

    @Test
    void whatWasWrittenDownByMistakeIsTakenBack() {
        String path = opinions() + UUID.randomUUID();
        secretary
                .put(path, Map.of("member", member("member"), "stance", "AGREE"))
                .expect(201);

        secretary.delete(path).expect(204);
        secretary.delete(path).expect(204);

        sotay.as("member").get(path).expect(404);
        secretary
                .put(path, Map.of("member", member("member"), "stance", "AGREE"))
                .expect(410);
    }

    @Test
    void nobodyIsWrittenDownForWhoIsNotOfTheCell() {
        String opinions = opinions();
        for (String stranger : List.of(member("member2"), UUID.randomUUID().toString())) {
            secretary
                    .put(opinions + UUID.randomUUID(), Map.of("member", stranger, "stance", "AGREE"))
                    .expect(404);
        }
        sotay.as("member")
                .put(opinions + UUID.randomUUID(), Map.of("member", member("fisherman"), "stance", "AGREE"))
                .expect(403);
        sotay.as("admin")
                .put(opinions + UUID.randomUUID(), Map.of("member", member("fisherman"), "stance", "AGREE"))
                .expect(403);
    }

    private static Map<String, String> wanted(String value) {
        return Map.of("field", "OTHER", "value", value, "reason", "Đảng viên nói tại nhà");
    }

    private static List<String> waiting(String login) {
        return sotay.as(login)
                .get("/api/corrections")
                .expect(200)
                .json()
                .path("items")
                .findValuesAsText("id");
    }

    @Test
    void whatTheOnlySecretaryWroteDownAnOfficerAnswers() {
        String member = member("fisherman");
        String id = UUID.randomUUID().toString();
        String path = "/api/members/" + member + "/corrections/" + id;

        JsonNode made = secretary.put(path, wanted("Đã chuyển nhà")).expect(201).json();
        secretary.put(path, wanted("Đã chuyển nhà")).expect(200);
        secretary.put(path, wanted("Đã chuyển nhà rồi")).expect(409);

        assertThat(made.path("member").asText()).isEqualTo(member);
        assertThat(made.path("recordedBy").asText()).isEqualTo(member("secretary"));
        assertThat(made.path("recordedByName").asText()).isEqualTo(name("secretary"));
        assertThat(made.path("passedUp").asBoolean()).isTrue();
        assertThat(waiting("secretary")).doesNotContain(id);
        assertThat(waiting("officer2")).contains(id);
        assertThat(waiting("officer3")).doesNotContain(id);
        secretary.get(path).expect(404);
        for (String way : List.of("acknowledgement", "passing")) {
            secretary.send("PUT", path + '/' + way).expect(404);
        }
        secretary.put(path + "/decision", Map.of("done", true)).expect(404);
        JsonNode own =
                sotay.as("fisherman").get("/api/me/corrections").expect(200).json();
        assertThat(list(own.path("items")))
                .filteredOn(one -> one.path("id").asText().equals(id))
                .singleElement()
                .satisfies(
                        one -> assertThat(one.path("recordedByName").asText()).isEqualTo(name("secretary")));

        sotay.as("officer2")
                .put(path + "/decision", Map.of("done", false, "answer", "Sổ tay không ghi chỗ ở"))
                .expect(204);

        assertThat(secretary
                        .get("/api/members/" + member + "/corrections")
                        .expect(200)
                        .text())
                .contains(id, "REFUSED", "Sổ tay không ghi chỗ ở");
        secretary.send("PUT", path + "/withdrawal").expect(409);
        assertThat(list(sotay.as("admin")
                        .get("/api/audit?type=correction&member=" + member)
                        .expect(200)
                        .json()
                        .path("items")))
                .filteredOn(row -> row.path("id").asText().equals(id))
                .extracting(row ->
                        row.at("/by/name").asText() + ": " + row.path("detail").asText())
                .contains(name("secretary") + ": wrote down that the member asks for OTHER");
    }

    @Test
    void whatAHelperWroteDownTheSecretaryAnswers() {
        String member = member("fisherman");
        String path = "/api/members/" + member + "/corrections/" + UUID.randomUUID();
        String id = path.substring(path.lastIndexOf('/') + 1);
        String mandate = "/api/mandates/" + UUID.randomUUID();
        secretary
                .put(mandate, Map.of("unit", cell, "role", "HELPER", "member", member("member")))
                .expect(201);
        Client helper = sotay.as("member");

        JsonNode made = helper.put(path, Map.of("field", "BIRTH", "value", "1961-02-03", "reason", "Giấy khai sinh"))
                .expect(201)
                .json();

        assertThat(made.path("passedUp").asBoolean()).isFalse();
        assertThat(waiting("secretary")).contains(id);
        assertThat(waiting("officer2")).doesNotContain(id);
        helper.put(path + "/decision", Map.of("done", true)).expect(403);
        assertThat(secretary.get(path).expect(200).json().path("recordedByName").asText())
                .isEqualTo(name("member"));
        assertThat(secretary
                        .get("/api/members/" + member + "/corrections")
                        .expect(200)
                        .text())
                .as("what somebody else wrote down")
                .doesNotContain(id);
        secretary.send("PUT", path + "/withdrawal").expect(404);
        secretary.put(path + "/decision", Map.of("done", true)).expect(204);
        assertThat(helper.get("/api/members/" + member)
                        .expect(200)
                        .json()
                        .path("birthDate")
                        .asText())
                .isEqualTo("1961-02-03");
        secretary.delete(mandate).expect(204);
        helper.get("/api/members/" + member + "/corrections").expect(403);
    }

    @Test
    void aRequestIsTakenBackByWhoWroteItDownAndByTheMember() {
        String member = member("fisherman");
        String corrections = "/api/members/" + member + "/corrections/";
        for (String way : List.of("leader", "member")) {
            String id = UUID.randomUUID().toString();
            secretary.put(corrections + id, wanted("Nhầm")).expect(201);
            if (way.equals("leader")) {
                secretary.send("PUT", corrections + id + "/withdrawal").expect(204);
                secretary.send("PUT", corrections + id + "/withdrawal").expect(204);
            } else {
                sotay.as("fisherman")
                        .send("PUT", "/api/me/corrections/" + id + "/withdrawal")
                        .expect(204);
            }
            assertThat(waiting("officer2")).doesNotContain(id);
        }
    }

    @Test
    void requestsAreWrittenDownByLeadersOfTheCellAlone() {
        String path = "/api/members/" + member("fisherman") + "/corrections";
        for (String stranger : List.of("secretary2")) {
            sotay.as(stranger).get(path).expect(404);
            sotay.as(stranger).put(path + '/' + UUID.randomUUID(), wanted("A")).expect(404);
        }
        for (String other : List.of("member2", "fisherman", "officer2", "officer", "editor", "admin")) {
            sotay.as(other).get(path).expect(403);
            sotay.as(other).put(path + '/' + UUID.randomUUID(), wanted("A")).expect(403);
        }
        String own = "/api/members/" + member("secretary") + "/corrections/" + UUID.randomUUID();
        secretary.put(own, wanted("A")).expect(403);
        secretary
                .put("/api/members/" + UUID.randomUUID() + "/corrections/" + UUID.randomUUID(), wanted("A"))
                .expect(404);
    }

    @Test
    void myDataTellsWhoWroteItDown() throws Exception {
        String member = member("fisherman");
        String opinions = opinions();
        secretary
                .put(opinions + UUID.randomUUID(), Map.of("member", member, "stance", "OTHER", "text", "Nên nạo luồng"))
                .expect(201);
        secretary
                .put(
                        opinions.replaceFirst("/items/.*", "") + "/answers/" + member,
                        Map.of("answer", "ABSENT", "reason", "ILLNESS", "message", "Còn nằm viện"))
                .expect(201);
        secretary
                .put("/api/members/" + member + "/corrections/" + UUID.randomUUID(), wanted("Đã nghỉ hưu"))
                .expect(201);

        JsonNode parts =
                sotay.as("fisherman").get("/api/me/data").expect(200).json().path("parts");
        Map<String, String> told = Map.of(
                "meetings.answers",
                "Còn nằm viện",
                "meetings.opinions",
                "Nên nạo luồng",
                "shell.corrections",
                "Đã nghỉ hưu");
        told.forEach((what, words) -> assertThat(list(parts))
                .filteredOn(part -> part.path("what").asText().equals(what))
                .flatExtracting(part -> list(part.path("records")))
                .filteredOn(one -> one.toString().contains(words))
                .as(what)
                .isNotEmpty()
                .allSatisfy(one -> assertThat(one.path("recordedBy").asText()).isEqualTo(name("secretary"))));
        String paper = Sheets.text(sotay.as("fisherman")
                        .get("/api/me/data?format=pdf")
                        .expect(200)
                        .body())
                .replaceAll("\\s+", " ");
        assertThat(paper.split("Người ghi hộ " + name("secretary"), -1)).hasSizeGreaterThan(3);
    }

    @Test
    void whatWasWrittenDownIsPrintedToBeSigned() throws Exception {
        String member = member("fisherman");
        String opinions = opinions();
        String meeting = opinions.replaceFirst("/items/.*", "");
        String slip = meeting + "/slips/" + member;
        secretary.get(slip).expect(404);
        sotay.as("fisherman")
                .put(opinions + UUID.randomUUID(), Map.of("stance", "ASK", "text", "Tự viết"))
                .expect(201);
        secretary.get(slip).expect(404);
        String words = "Bến phía nam cần nạo vét trước mùa gió, tàu nhỏ mắc cạn nhiều lần. ".repeat(50);
        secretary
                .put(opinions + UUID.randomUUID(), Map.of("member", member, "stance", "OTHER", "text", words))
                .expect(201);
        secretary
                .put(opinions + UUID.randomUUID(), Map.of("member", member, "stance", "AGREE"))
                .expect(201);
        secretary
                .put(
                        meeting + "/answers/" + member,
                        Map.of("answer", "ABSENT", "reason", "ILLNESS", "message", "Còn nằm viện"))
                .expect(201);

        Response reply = secretary.get(slip).expect(200);
        assertThat(reply.header("Content-Type")).isEqualTo("application/pdf");
        Sheets.keep("slip-meeting", reply.body());
        String text = Sheets.text(reply.body()).replaceAll("\\s+", " ");
        assertThat(text)
                .contains("Phiếu ghi hộ", "Sinh hoạt tháng 12", "1. Nhiệm vụ", "Xin vắng", "Đau ốm", "Còn nằm viện")
                .contains("Ý kiến khác", "Nhất trí", words.substring(0, 200), "(Ký, ghi rõ họ tên)")
                .contains(
                        "Người ghi hộ " + name("secretary"),
                        name("fisherman"),
                        me("fisherman").at("/cell/name").asText())
                .doesNotContain("Tự viết", "slip.", "data.", "reason.", "stance.", "?");
        assertThat(sotay.as("fisherman").get(slip).expect(200).body()).isNotEmpty();
        for (String login : List.of("member", "member2", "secretary2", "officer2")) {
            sotay.as(login).get(slip).expect(404);
        }
        sotay.as("admin").get(slip).expect(403);
        assertThat(sotay.as("admin")
                        .get("/api/audit?type=meeting-slip&member=" + member)
                        .expect(200)
                        .json()
                        .path("items")
                        .findValuesAsText("action"))
                .contains("EXPORT");

        String corrections = "/api/members/" + member + "/corrections/" + UUID.randomUUID();
        secretary
                .put(
                        corrections,
                        Map.of(
                                "field",
                                "BIRTH",
                                "value",
                                "1961-02-04",
                                "reason",
                                "Giấy khai sinh bản gốc, đã xem tại nhà"))
                .expect(201);
        byte[] paper = secretary.get(corrections + "/slip").expect(200).body();
        Sheets.keep("slip-correction", paper);
        assertThat(Sheets.text(paper).replaceAll("\\s+", " "))
                .contains("Phiếu ghi hộ đề nghị sửa hồ sơ", "Ngày sinh", "04/02/1961", "Giấy khai sinh bản gốc")
                .contains("Người ghi hộ " + name("secretary"), name("fisherman"), "(Ký, ghi rõ họ tên)");
        sotay.as("secretary2").get(corrections + "/slip").expect(404);
        sotay.as("officer2").get(corrections + "/slip").expect(403);
        sotay.as("fisherman").get(corrections + "/slip").expect(403);
    }

    @Test
    void anAnswerTellsWhoWroteItDown() {
        String meeting = opinions().replaceFirst("/items/.*", "");
        String path = meeting + "/answers/" + member("fisherman");
        secretary.put(path, Map.of("answer", "ATTENDING")).expect(201);

        JsonNode seen = sotay.as("fisherman").get(path).expect(200).json();

        assertThat(seen.path("recordedBy").asText()).isEqualTo(member("secretary"));
        assertThat(seen.path("recordedByName").asText()).isEqualTo(name("secretary"));
    }
}
