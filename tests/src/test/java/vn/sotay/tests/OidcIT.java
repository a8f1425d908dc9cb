package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import vn.sotay.testkit.Client;
import vn.sotay.testkit.Response;
import vn.sotay.testkit.Sotay;

/** Signing in by an identity provider, one that lies and one that is away; OidcPagesIT goes to a real one. */
class OidcIT {

    private static FakeProvider provider;
    private static Sotay sotay;

    @BeforeAll
    static void start() throws IOException {
        provider = FakeProvider.start();
        sotay = sotay("\"claim\": \"preferred_username\", \"acr\": \"hai-lop\"");
    }

    private static Sotay sotay(String settings) throws IOException {
        Path config = Sotay.temporary();
        Path secret = Files.writeString(config.resolve("secret"), FakeProvider.SECRET + '\n');
        Files.writeString(
                config.resolve("sotay.json"), """
                {"http": {"proxies": "127.0.0.0/8, ::1"},
                 "oidc": {"issuer": "%s", "clientId": "%s", "clientSecretFile": "%s", %s}}
                """.formatted(provider.issuer(), FakeProvider.CLIENT, secret, settings));
        return Sotay.start(Sotay.prepared().with("--config", config.toString()));
    }

    @AfterAll
    static void stop() {
        sotay.close();
        provider.close();
    }

    @BeforeEach
    void honest() {
        provider.honest();
    }

    /** A browser that is on its way. */
    private record Gone(Client browser, String way) {}

    private static Gone go(Sotay to) {
        Response sent = to.anonymous().post("/api/session/provider").expect(201);
        String cookie = sent.header("Set-Cookie");
        assertThat(cookie).contains("HttpOnly").contains("SameSite=Strict");
        return new Gone(
                to.anonymous().header("Cookie", cookie.substring(0, cookie.indexOf(';'))),
                sent.json().path("address").asText());
    }

    private static Map<String, Object> body(Map<String, String> back) {
        Map<String, Object> body = new HashMap<>(back);
        body.remove("redirect");
        return body;
    }

    private static Response come(Gone gone, Map<String, Object> token, Map<String, Object> person) {
        return gone.browser().put("/api/session/provider", body(provider.approve(gone.way(), token, person)));
    }

    private static Response come(String login) {
        return come(go(sotay), Map.of("preferred_username", login), Map.of());
    }

    @Test
    void letsInWhomItNames() {
        assertThat(sotay.anonymous().get("/api/session/provider").expect(200).text())
                .isEqualTo("{}");
        Gone gone = go(sotay);
        Map<String, String> back = provider.approve(gone.way(), Map.of("preferred_username", "Secretary"), Map.of());
        assertThat(back.get("redirect"))
                .isEqualTo(sotay.url().resolve("/provider").toString());
        Response session =
                gone.browser().put("/api/session/provider", body(back)).expect(201);
        assertThat(session.header("Set-Cookie")).startsWith("sotay=");
        Client who = sotay.anonymous()
                .header(
                        "Authorization",
                        "Bearer " + session.json().path("token").asText());
        assertThat(who.get("/api/me").expect(200).json().path("login").asText()).isEqualTo("secretary");
        String account = session.json().path("account").asText();
        assertThat(sotay.as("admin")
                        .get("/api/audit?limit=50&account=" + account)
                        .expect(200)
                        .text())
                .contains("\"detail\":\"identity provider\"");
        who.delete("/api/session").expect(204);
        who.get("/api/me").expect(401);
        // once
        assertThat(gone.browser()
                        .put("/api/session/provider", body(back))
                        .expect(409)
                        .problem())
                .isEqualTo("provider.expired");
        assertThat(sotay.output()).doesNotContain(FakeProvider.SECRET);
    }

    @Test
    void makesNobody() {
        assertThat(come("nguoi-la").expect(403).problem()).isEqualTo("provider.unknown");
        assertThat(come(go(sotay), Map.of(), Map.of("sub", "người 1"))
                        .expect(403)
                        .problem())
                .isEqualTo("provider.unknown");
        assertThat(come("x".repeat(200)).expect(403).problem()).isEqualTo("provider.unknown");
        // what another claim says of whom nobody asks is not looked at
        assertThat(come(go(sotay), Map.of("email", "secretary"), Map.of("sub", "người 1"))
                        .expect(403)
                        .problem())
                .isEqualTo("provider.unknown");
    }

    @Test
    void onlyTheBrowserThatWasSentComesBack() {
        Gone gone = go(sotay);
        Gone other = go(sotay);
        Map<String, Object> brought =
                body(provider.approve(gone.way(), Map.of("preferred_username", "secretary"), Map.of()));
        for (Client stranger : List.of(sotay.anonymous(), sotay.anonymous().header("Cookie", "sotay-provider=x"))) {
            Gone again = go(sotay);
            Map<String, Object> theirs =
                    body(provider.approve(again.way(), Map.of("preferred_username", "secretary"), Map.of()));
            assertThat(stranger.put("/api/session/provider", theirs).expect(409).problem())
                    .isEqualTo("provider.expired");
            // and it is of no use then
            again.browser().put("/api/session/provider", theirs).expect(409);
        }
        assertThat(other.browser()
                        .put("/api/session/provider", brought)
                        .expect(409)
                        .problem())
                .isEqualTo("provider.expired");
        // somebody else's code in one's own way: the provider knows by the verifier
        Map<String, Object> own =
                new HashMap<>(body(provider.approve(other.way(), Map.of("preferred_username", "secretary"), Map.of())));
        Gone victim = go(sotay);
        own.put(
                "code",
                provider.approve(victim.way(), Map.of("preferred_username", "admin"), Map.of())
                        .get("code"));
        assertThat(other.browser().put("/api/session/provider", own).expect(401).problem())
                .isEqualTo("provider.refused");
    }

    @ParameterizedTest
    @EnumSource(value = FakeProvider.Signing.class, names = "RIGHT", mode = EnumSource.Mode.EXCLUDE)
    void aTokenThatIsNotSignedByTheProviderIsRefused(FakeProvider.Signing how) {
        provider.signing = how;
        assertThat(come("secretary").expect(401).problem()).isEqualTo("provider.refused");
    }

    private static UnaryOperator<Map<String, Object>> with(String claim, Object value) {
        return claims -> {
            Map<String, Object> changed = new LinkedHashMap<>(claims);
            changed.put(claim, value);
            return changed;
        };
    }

    private static final Map<String, UnaryOperator<Map<String, Object>>> LIES = Map.of(
            "another nonce", with("nonce", "x"),
            "no nonce", claims -> without(claims, "nonce"),
            "another client", with("aud", "khac"),
            "several clients, and none is named", with("aud", List.of(FakeProvider.CLIENT, "khac")),
            "another party", with("azp", "khac"),
            "it has ended", with("exp", 1_700_000_000L),
            "it has no end", claims -> without(claims, "exp"),
            "another issuer", with("iss", "https://id.khac.vn"),
            "it is of nobody", claims -> without(claims, "sub"),
            "it is not valid yet", with("nbf", 4_000_000_000L));

    private static Map<String, Object> without(Map<String, Object> claims, String claim) {
        Map<String, Object> changed = new LinkedHashMap<>(claims);
        changed.remove(claim);
        return changed;
    }

    @Test
    void aTokenThatSaysWhatIsNotSoIsRefused() {
        LIES.forEach((lie, changed) -> {
            provider.claims = changed;
            Response reply = come("secretary");
            assertThat(reply.status()).as(lie).isEqualTo(401);
            assertThat(reply.problem()).as(lie).isEqualTo("provider.refused");
        });
        provider.honest();
        come("secretary").expect(201);
    }

    @Test
    void whoComesFromAnotherIssuerIsRefused() {
        Gone gone = go(sotay);
        Map<String, Object> brought =
                body(provider.approve(gone.way(), Map.of("preferred_username", "secretary"), Map.of()));
        brought.put("issuer", "https://id.khac.vn");
        assertThat(gone.browser()
                        .put("/api/session/provider", brought)
                        .expect(401)
                        .problem())
                .isEqualTo("provider.refused");
        Gone again = go(sotay);
        brought = body(provider.approve(again.way(), Map.of("preferred_username", "secretary"), Map.of()));
        brought.put("issuer", provider.issuer());
        again.browser().put("/api/session/provider", brought).expect(201);
    }

    @Test
    void keysMayChange() {
        come("secretary").expect(201);
        provider.rotate();
        come("secretary").expect(201);
    }

    /** Sotay asks its own second factor, unless the provider says in a way that counts that it has asked for one. */
    @Test
    void asksForTheSecondFactor() {
        Client officer = sotay.as("officer2");
        String secret = officer.post("/api/me/factors/totp")
                .expect(201)
                .json()
                .path("secret")
                .asText();
        officer.put("/api/me/factors/totp", Map.of("code", FactorsIT.code(secret, 0)))
                .expect(200);
        Gone gone = go(sotay);
        assertThat(gone.way()).contains("acr_values=hai-lop");
        Map<String, Object> brought = body(
                provider.approve(gone.way(), Map.of("preferred_username", "officer2", "acr", "mot-lop"), Map.of()));
        assertThat(gone.browser()
                        .put("/api/session/provider", brought)
                        .expect(401)
                        .problem())
                .isEqualTo("second-factor");
        Map<String, Object> next = new HashMap<>(Map.of("state", brought.get("state"), "factor", "000000"));
        assertThat(gone.browser().put("/api/session/provider", next).expect(401).problem())
                .isEqualTo("wrong-code");
        next.put("factor", FactorsIT.code(secret, 1));
        // not by another browser
        Gone good = go(sotay);
        gone.browser().put("/api/session/provider", next).expect(201);
        come(good, Map.of("preferred_username", "officer2", "acr", "hai-lop"), Map.of())
                .expect(201);
    }

    @Test
    void whileItIsAwayTheOtherWaysAreOpen() throws IOException {
        // one to whom it has told nothing yet
        try (Sotay fresh = sotay("\"claim\": \"preferred_username\"")) {
            provider.answer = 500;
            assertTold(fresh, 503, "provider.away");
            provider.answer = 302;
            assertTold(fresh, 401, "provider.refused");
            provider.honest();
            provider.description = with("jwks_uri", "http://localhost:1/keys");
            assertTold(fresh, 401, "provider.refused");
            provider.description = with("token_endpoint", "http://192.0.2.1/token");
            assertTold(fresh, 401, "provider.refused");
            provider.description = with("authorization_endpoint", "javascript:alert(1)");
            assertTold(fresh, 401, "provider.refused");
            provider.description = with("issuer", "https://id.khac.vn");
            assertTold(fresh, 401, "provider.refused");
            // it takes the question and says nothing
            provider.answer = -1;
            assertTold(fresh, 503, "provider.away");
            provider.honest();
            fresh.anonymous().post("/api/session/provider").expect(201);
        }
    }

    private static void assertTold(Sotay fresh, int status, String problem) {
        Response reply = fresh.anonymous().header("Accept-Language", "en").post("/api/session/provider");
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.problem()).isEqualTo(problem);
        assertThat(reply.text()).contains("PIN");
        fresh.as("secretary").get("/api/me").expect(200);
    }

    @Test
    void namesACardOrAPhone() throws IOException {
        JsonNode member = sotay.as("secretary")
                .get("/api/members?limit=500")
                .expect(200)
                .json()
                .path("items");
        JsonNode self = sotay.as("member").get("/api/me").expect(200).json();
        JsonNode record = null;
        for (JsonNode one : member) {
            record = one.path("id").equals(self.at("/member/id")) ? one : record;
        }
        try (Sotay byCard = sotay("\"claim\": \"party_card\", \"holds\": \"CARD\", \"title\": \"Tài khoản tỉnh\"")) {
            assertThat(byCard.anonymous()
                            .get("/api/session/provider")
                            .expect(200)
                            .json()
                            .path("title")
                            .asText())
                    .isEqualTo("Tài khoản tỉnh");
            String card = record.path("cardNumber").asText();
            // told by the endpoint of people alone
            Response session = come(go(byCard), Map.of(), Map.of("sub", "người 1", "party_card", card));
            assertThat(session.expect(201).json().path("login").asText()).isEqualTo("member");
            assertThat(come(go(byCard), Map.of(), Map.of("sub", "người 2", "party_card", card))
                            .expect(401)
                            .problem())
                    .isEqualTo("provider.refused");
        }
        try (Sotay byPhone = sotay("\"claim\": \"phone_number\", \"holds\": \"PHONE\"")) {
            String phone = record.path("phone").asText();
            Map<String, Object> verified = Map.of("phone_number", phone, "phone_number_verified", true);
            assertThat(come(go(byPhone), verified, Map.of())
                            .expect(201)
                            .json()
                            .path("login")
                            .asText())
                    .isEqualTo("member");
            assertThat(come(go(byPhone), Map.of("phone_number", phone), Map.of("sub", "người 1"))
                            .expect(403)
                            .problem())
                    .isEqualTo("provider.unknown");
        }
    }

    @Test
    void isOffUnlessItIsConfigured() {
        Client nobody = Sotay.shared().anonymous();
        nobody.get("/api/session/provider").expect(204);
        assertThat(nobody.post("/api/session/provider").expect(404).problem()).isEqualTo("provider.off");
        nobody.put("/api/session/provider", Map.of("state", "x")).expect(404);
    }
}
