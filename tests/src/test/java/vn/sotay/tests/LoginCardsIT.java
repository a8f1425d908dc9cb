package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import vn.sotay.testkit.Client;
import vn.sotay.testkit.Response;
import vn.sotay.testkit.Sheets;
import vn.sotay.testkit.Sotay;

/** Login cards over HTTP. */
class LoginCardsIT {

    private static final String PIN = "730291";
    private static final String PHONE =
            "Mozilla/5.0 (Linux; Android 10; SM-A105F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Mobile Safari/537.36";

    private final Sotay sotay = Sotay.shared();
    private final Client secretary = sotay.as("secretary2");
    private final Client phone = sotay.anonymous().header("User-Agent", PHONE);

    private JsonNode cell() {
        return secretary.get("/api/me").expect(200).json().at("/member/cell");
    }

    /** Somebody of the other cell who has no account yet: each test takes its own. */
    private JsonNode somebody() {
        return StreamSupport.stream(
                        secretary
                                .get("/api/cards?unit=" + cell().path("id").asText())
                                .expect(200)
                                .json()
                                .path("items")
                                .spliterator(),
                        false)
                .filter(one ->
                        !one.path("account").asBoolean() && one.path("card").isMissingNode())
                .findFirst()
                .orElseThrow();
    }

    private JsonNode issue(String member) {
        return secretary
                .post("/api/cards", Map.of("members", List.of(member)))
                .expect(201)
                .json()
                .at("/items/0");
    }

    private Response redeem(String code) {
        return phone.send(
                "PUT",
                "/api/session/card",
                "application/json",
                ("{\"code\": \"" + code + "\", \"password\": \"" + PIN + "\"}")
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    @Test
    void aCardIsOpenedOnceAndItsMemberIsSignedIn() {
        JsonNode one = somebody();
        JsonNode card = issue(one.path("member").asText());
        String code = card.path("code").asText();
        assertThat(code).matches("[0-9A-HJKMNP-TV-Z]{8}");
        assertThat(card.at("/qr/path").asText()).startsWith("M0 0h7v1h-7z");
        assertThat(card.path("cell").asText()).isEqualTo(cell().path("name").asText());

        JsonNode opened = phone.post("/api/session/card", Map.of("code", code))
                .expect(200)
                .json();
        assertThat(opened.path("name").asText()).isEqualTo(one.path("name").asText());
        JsonNode session = redeem(code).expect(201).json();
        assertThat(session.at("/member/id").asText())
                .isEqualTo(one.path("member").asText());
        assertThat(session.has("login"))
                .as("nobody types what the account is called")
                .isFalse();
        assertThat(redeem(code).expect(410).problem()).isEqualTo("card.used");
        String telephone = secretary
                .get("/api/members/" + one.path("member").asText())
                .expect(200)
                .json()
                .path("phone")
                .asText();
        if (!telephone.isEmpty()) {
            phone.post("/api/session", Map.of("login", telephone.replaceFirst("^0", "+84 "), "password", PIN))
                    .expect(201);
        }
        assertThat(sotay.isInDatabase(code)).isFalse();
        assertThat(sotay.output()).doesNotContain(code);
    }

    @Test
    void cardsAreIssuedAsSheetsToBePrinted() throws Exception {
        JsonNode one = somebody();
        Response reply = secretary
                .post(
                        "/api/cards?format=pdf",
                        Map.of("members", List.of(one.path("member").asText())))
                .expect(201);
        assertThat(reply.header("Content-Type")).isEqualTo("application/pdf");
        assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
        String link = Sheets.qrCodes(reply.body(), 0).get(0);
        String code = link.substring(link.indexOf('#') + 1);
        assertThat(link).matches("https?://[^/]+/card#[0-9A-HJKMNP-TV-Z]{8}");
        assertThat(Sheets.text(reply.body()))
                .contains(
                        one.path("name").asText(),
                        cell().path("name").asText(),
                        code.substring(0, 4) + ' ' + code.substring(4));
        assertThat(sotay.isInDatabase(code)).isFalse();
        redeem(code).expect(201);
        assertThat(sotay.output()).doesNotContain(code);

        secretary
                .post(
                        "/api/cards?format=docx",
                        Map.of("members", List.of(one.path("member").asText())))
                .expect(400);
        sotay.as("secretary")
                .post(
                        "/api/cards?format=pdf",
                        Map.of("members", List.of(one.path("member").asText())))
                .expect(404);
    }

    @Test
    void aBoundDeviceAsksForThePin() {
        JsonNode one = somebody();
        JsonNode session = redeem(
                        issue(one.path("member").asText()).path("code").asText())
                .expect(201)
                .json();
        Client signedIn =
                phone.header("Authorization", "Bearer " + session.path("token").asText());
        assertThat(phone.get("/api/session/device").expect(204).text()).isEmpty();
        Response bound = signedIn.send("PUT", "/api/session/device").expect(204);
        assertThat(bound.header("Set-Cookie"))
                .matches("sotay-device=[A-Za-z0-9_-]{43}; Path=/; Max-Age=34560000; HttpOnly; SameSite=Strict");
        Client device = phone.header("Cookie", bound.header("Set-Cookie").replaceFirst(";.*", ""));

        assertThat(device.get("/api/session/device")
                        .expect(200)
                        .json()
                        .path("name")
                        .asText())
                .isEqualTo(one.path("name").asText());
        assertThat(device.post("/api/session", Map.of("password", "000000"))
                        .expect(401)
                        .problem())
                .isEqualTo("wrong-pin");
        device.post("/api/session", Map.of("password", PIN)).expect(201);
        JsonNode sessions = signedIn.get("/api/me/sessions").expect(200).json().path("items");
        assertThat(sessions).hasSize(2);
        assertThat(sessions).allMatch(row -> row.path("name").asText().equals("Android · Chrome"));
        assertThat(sessions).filteredOn(row -> row.path("current").asBoolean()).hasSize(1);

        String path = "/api/members/" + one.path("member").asText() + "/sessions";
        assertThat(secretary.get(path).expect(200).json().path("items")).hasSize(2);
        sotay.as("secretary").get(path).expect(404);
        sotay.as("member").get(path).expect(403);
        secretary.delete(path + '/' + UUID.randomUUID()).expect(404);
        secretary.delete(path + '/' + sessions.path(0).path("id").asText()).expect(204);
        signedIn.get("/api/me").expect(401);
        device.get("/api/session/device").expect(204);
        device.delete("/api/session/device").expect(204);
    }

    @Test
    void cardsAreForThoseOneIsResponsibleFor() {
        String member = somebody().path("member").asText();
        Map<String, Object> body = Map.of("members", List.of(member));
        sotay.anonymous().post("/api/cards", body).expect(401);
        sotay.as("member2").post("/api/cards", body).expect(403);
        sotay.as("secretary").post("/api/cards", body).expect(404);
        sotay.as("officer2").post("/api/cards", body).expect(404);
        sotay.as("admin").post("/api/cards", body).expect(403);
        sotay.as("editor").post("/api/cards", body).expect(403);
        sotay.as("secretary")
                .get("/api/cards?unit=" + cell().path("id").asText())
                .expect(404);
        assertThat(secretary
                        .get("/api/cards")
                        .expect(422)
                        .json()
                        .at("/errors/0/field")
                        .asText())
                .isEqualTo("unit");
        assertThat(secretary
                        .post("/api/cards", Map.of("members", List.of(member), "hours", 721))
                        .expect(422)
                        .json()
                        .at("/errors/0/field")
                        .asText())
                .isEqualTo("hours");
        secretary.post("/api/cards", Map.of("members", List.of())).expect(422);
        String card = sotay.as("officer")
                .post("/api/cards", body)
                .expect(201)
                .json()
                .at("/items/0/id")
                .asText();
        sotay.as("secretary").delete("/api/cards/" + card).expect(404);
        secretary.delete("/api/cards/" + card).expect(204);
    }

    @Test
    void somebodyWhoGuessesIsSlowedDown() {
        Client guesser = sotay.anonymous().header("Accept-Language", "en");
        Response last = guesser.post("/api/session/card", Map.of("code", "00000000"));
        assertThat(last.expect(404).problem()).isEqualTo("card.unknown");
        for (int i = 0; i < 10 && last.status() == 404; i++) {
            last = guesser.post("/api/session/card", Map.of("code", "00000000"));
        }
        assertThat(last.expect(429).problem()).isEqualTo("too-many-tries");
    }
}
