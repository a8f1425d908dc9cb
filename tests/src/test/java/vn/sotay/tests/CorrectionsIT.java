package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.sotay.testkit.Client;
import vn.sotay.testkit.Response;
import vn.sotay.testkit.Sotay;

/** Members ask for corrections of their record, and agree to more than they have to. */
class CorrectionsIT {

    private static Sotay sotay;

    @BeforeAll
    static void start() {
        sotay = Sotay.start(Sotay.prepared());
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

    private static Response ask(String login, String id, String field, String value) {
        return sotay.as(login)
                .put(
                        "/api/me/corrections/" + id,
                        Map.of("field", field, "value", value, "reason", "Theo giấy khai sinh"));
    }

    private static String asked(String login, String field, String value) {
        return ask(login, UUID.randomUUID().toString(), field, value)
                .expect(201)
                .json()
                .path("id")
                .asText();
    }

    private static List<String> waiting(String login, String... query) {
        return sotay.as(login)
                .get("/api/corrections" + String.join("", query))
                .expect(200)
                .json()
                .path("items")
                .findValuesAsText("id");
    }

    @Test
    void theLongestIsKeptWhole() {
        String id = UUID.randomUUID().toString();
        String sign = "\uD83D\uDCDE";
        String path = "/api/members/" + member("fisherman") + "/corrections/" + id;
        sotay.as("fisherman")
                .put(
                        "/api/me/corrections/" + id,
                        Map.of("field", "OTHER", "value", sign.repeat(200), "reason", sign.repeat(1000)))
                .expect(201);
        sotay.as("secretary")
                .put(path + "/decision", Map.of("done", false, "answer", sign.repeat(1000)))
                .expect(204);
        assertThat(sotay.as("secretary")
                        .get(path)
                        .expect(200)
                        .json()
                        .path("answer")
                        .asText())
                .isEqualTo(sign.repeat(1000));
    }

    @Test
    void aBirthdayIsPutRightByTheSecretary() {
        String member = member("fisherman");
        String id = UUID.randomUUID().toString();
        JsonNode made = ask("fisherman", id, "BIRTH", "1979-03-26").expect(201).json();
        String path = "/api/members/" + member + "/corrections/" + id;

        assertThat(made.path("state").asText()).isEqualTo("ASKED");
        LocalDate today = LocalDate.now(ZoneId.of("Asia/Ho_Chi_Minh"));
        assertThat(LocalDate.parse(made.path("acknowledgeBy").asText()))
                .as("two working days")
                .isBetween(today.plusDays(2), today.plusDays(12));
        assertThat(LocalDate.parse(made.path("answerBy").asText())).isEqualTo(today.plusDays(10));
        ask("fisherman", id, "BIRTH", "1979-03-26").expect(200);
        ask("fisherman", id, "BIRTH", "1979-03-27").expect(409);
        assertThat(ask("member", id, "BIRTH", "1979-03-26").status()).isEqualTo(409);

        assertThat(waiting("secretary")).contains(id);
        for (String other : List.of("officer", "officer2", "officer3", "secretary2")) {
            assertThat(waiting(other)).as(other).doesNotContain(id);
        }
        for (String stranger : List.of("secretary2", "officer3")) {
            sotay.as(stranger).get(path).expect(404);
            sotay.as(stranger).send("PUT", path + "/acknowledgement").expect(404);
            sotay.as(stranger).put(path + "/decision", Map.of("done", true)).expect(404);
        }
        sotay.as("fisherman").get(path).expect(403);
        sotay.as("admin").get(path).expect(403);

        Client secretary = sotay.as("secretary");
        JsonNode seen = secretary.get(path).expect(200).json();
        assertThat(seen.path("wanted").asText()).isEqualTo("1979-03-26");
        assertThat(seen.path("reason").asText()).isEqualTo("Theo giấy khai sinh");
        secretary.send("PUT", path + "/acknowledgement").expect(204);
        secretary.send("PUT", path + "/acknowledgement").expect(204);
        assertThat(sotay.as("fisherman")
                        .get("/api/me/corrections")
                        .expect(200)
                        .json()
                        .at("/items/0/state")
                        .asText())
                .isEqualTo("ACKNOWLEDGED");
        secretary.put(path + "/decision", Map.of("done", true)).expect(204);
        secretary.put(path + "/decision", Map.of("done", true)).expect(204);
        secretary
                .put(path + "/decision", Map.of("done", false, "answer", "Nhầm"))
                .expect(409);

        assertThat(secretary
                        .get("/api/members/" + member)
                        .expect(200)
                        .json()
                        .path("birthDate")
                        .asText())
                .isEqualTo("1979-03-26");
        assertThat(waiting("secretary")).doesNotContain(id);
        assertThat(waiting("secretary", "?decided=true")).contains(id);
        JsonNode trail = sotay.as("admin")
                .get("/api/audit?type=correction")
                .expect(200)
                .json()
                .path("items");
        assertThat(trail.findValuesAsText("detail")).contains("asked for BIRTH", "acknowledged", "DONE");
        assertThat(trail.toString()).doesNotContain("1979-03-26", "khai sinh");
        assertThat(sotay.as("fisherman").get("/api/me/data").expect(200).text()).contains("shell.corrections");
    }

    @Test
    void aRefusalSaysWhy() {
        String id = asked("member", "OTHER", "Tôi đã chuyển chỗ ở");
        String path = "/api/members/" + member("member") + "/corrections/" + id;

        assertThat(sotay.as("secretary")
                        .put(path + "/decision", Map.of("done", false))
                        .expect(422)
                        .text())
                .contains("lý do");
        sotay.as("secretary")
                .put(path + "/decision", Map.of("done", false, "answer", "Sổ tay không ghi chỗ ở"))
                .expect(204);

        assertThat(sotay.as("member").get("/api/me/corrections").expect(200).text())
                .contains("REFUSED", "Sổ tay không ghi chỗ ở");
        sotay.as("member")
                .send("PUT", "/api/me/corrections/" + id + "/withdrawal")
                .expect(409);
    }

    @Test
    void whatASecretaryAsksForGoesToTheOfficers() {
        String id = asked("secretary", "OTHER", "Số quyết định");
        String path = "/api/members/" + member("secretary") + "/corrections/" + id;

        assertThat(waiting("secretary")).doesNotContain(id);
        assertThat(waiting("officer2")).contains(id);
        assertThat(waiting("officer")).contains(id);
        assertThat(waiting("officer3")).doesNotContain(id);
        sotay.as("secretary").get(path).expect(404);
        sotay.as("secretary").put(path + "/decision", Map.of("done", true)).expect(404);
        sotay.as("officer2").put(path + "/decision", Map.of("done", true)).expect(204);
        assertThat(waiting("officer")).doesNotContain(id);
    }

    @Test
    void aSecretaryHandsItUp() {
        String id = asked("member", "OTHER", "Ngày cấp thẻ");
        assertThat(waiting("officer2")).doesNotContain(id);

        sotay.as("secretary")
                .send("PUT", "/api/members/" + member("member") + "/corrections/" + id + "/passing")
                .expect(204);

        assertThat(waiting("officer2")).contains(id);
        assertThat(waiting("secretary")).doesNotContain(id);
    }

    @Test
    void aMemberTakesItBack() {
        String id = asked("member2", "OTHER", "Nhầm");

        sotay.as("member")
                .send("PUT", "/api/me/corrections/" + id + "/withdrawal")
                .expect(404);
        sotay.as("member2")
                .send("PUT", "/api/me/corrections/" + id + "/withdrawal")
                .expect(204);
        sotay.as("member2")
                .send("PUT", "/api/me/corrections/" + id + "/withdrawal")
                .expect(204);
        assertThat(waiting("secretary2")).doesNotContain(id);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "BIRTH,    hôm qua,      ngày",
        "BIRTH,    2999-01-01,   tương lai",
        "PHONE,    123,          ",
        "GENDER,   X,            nam hoặc nữ",
        "NAME,     123,          ",
        "ADMITTED, 1900-01-01,   ",
    })
    void whatCannotBeIsRefusedAtOnce(String field, String value, String words) {
        Response refused =
                ask("member", UUID.randomUUID().toString(), field, value).expect(422);

        assertThat(refused.json().at("/errors/0/field").asText()).isEqualTo("value");
        assertThat(refused.text()).contains(words == null ? "" : words);
    }

    @Test
    void whatStandsThereAlreadyIsNoCorrection() {
        String name = me("member").path("name").asText();

        assertThat(ask("member", UUID.randomUUID().toString(), "NAME", name)
                        .expect(422)
                        .text())
                .contains("đúng như vậy");
    }

    @Test
    void aPhoneNumberIsShownToTheCellOnceItsOwnerAgrees() {
        Client fisherman = sotay.as("fisherman");
        String number = sotay.as("secretary")
                .get("/api/members/" + member("fisherman"))
                .expect(200)
                .json()
                .path("phone")
                .asText();
        String consent = "/api/me/consents/platform.phone-in-cell";
        assertThat(number).isNotEmpty();
        assertThat(fisherman.get("/api/me/consents").expect(200).json().at("/items/0/given"))
                .isEqualTo(com.fasterxml.jackson.databind.node.BooleanNode.FALSE);
        assertThat(sotay.as("member").get("/api/me/contacts").expect(200).text())
                .doesNotContain(number);

        fisherman.put(consent, Map.of("version", 2, "given", true)).expect(422);
        fisherman
                .put("/api/me/consents/nothing.here", Map.of("version", 1, "given", true))
                .expect(404);
        sotay.as("admin").put(consent, Map.of("version", 1, "given", true)).expect(404);
        fisherman.put(consent, Map.of("version", 1, "given", true)).expect(204);
        fisherman.put(consent, Map.of("version", 1, "given", true)).expect(204);

        assertThat(sotay.as("member").get("/api/me/contacts").expect(200).text())
                .contains(number);
        assertThat(sotay.as("member2").get("/api/me/contacts").expect(200).text())
                .doesNotContain(number);
        assertThat(fisherman.get("/api/me/contacts").expect(200).text())
                .as("one's own")
                .doesNotContain(number);

        fisherman.put(consent, Map.of("version", 1, "given", false)).expect(204);
        assertThat(sotay.as("member").get("/api/me/contacts").expect(200).text())
                .doesNotContain(number);
        JsonNode kept = sotay.as("fisherman").get("/api/me/data").expect(200).json();
        assertThat(kept.toString()).contains("shell.consents", "withdrawn");
        assertThat(sotay.as("admin")
                        .get("/api/audit?type=consent")
                        .expect(200)
                        .json()
                        .path("items")
                        .findValuesAsText("detail"))
                .hasSize(2);
    }
}
