package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import vn.sotay.testkit.Client;
import vn.sotay.testkit.Response;
import vn.sotay.testkit.Sotay;

/** Passkeys over HTTP, by a phone that is made of software and can cheat. Each test has people of its own. The page does the same. */
class PasskeysIT {

    private static Sotay sotay;

    @BeforeAll
    static void start() throws IOException {
        Path config = Sotay.temporary();
        Files.writeString(config.resolve("sotay.json"), "{\"http\": {\"proxies\": \"127.0.0.0/8, ::1\"}}");
        sotay = Sotay.start(Sotay.prepared().with("--config", config.toString()));
    }

    @AfterAll
    static void stop() {
        sotay.close();
    }

    private static String origin() {
        return sotay.url().toString().replaceAll("/$", "");
    }

    private static Client with(Response session) {
        return with(sotay.anonymous(), session);
    }

    private static Client with(Client nobody, Response session) {
        return nobody.header(
                "Authorization",
                "Bearer " + session.expect(201).json().path("token").asText());
    }

    private static Response byPassword(String login) {
        return sotay.anonymous().post("/api/session", Map.of("login", login, "password", Sotay.PASSWORD));
    }

    private static String account(Client who) {
        return who.get("/api/me").expect(200).json().path("account").asText();
    }

    private static JsonNode offer(Client who, Map<String, Object> proof) {
        return who.post("/api/me/passkeys/challenge", proof).expect(201).json();
    }

    private static Map<String, Object> password() {
        return Map.of("password", Sotay.PASSWORD);
    }

    /** Adds the first passkey of one who is signed in. */
    private static JsonNode add(Client who, Authenticator phone) {
        return who.post("/api/me/passkeys", phone.make(offer(who, password())))
                .expect(201)
                .json();
    }

    private static JsonNode ask(Client nobody) {
        return nobody.post("/api/session/passkey/challenge", Map.of())
                .expect(201)
                .json();
    }

    private static Response byPasskey(Authenticator phone) {
        Client nobody = sotay.anonymous();
        return nobody.post("/api/session/passkey", phone.sign(ask(nobody)));
    }

    private static Map<String, Object> proof(Client who, Authenticator phone) {
        JsonNode ask = who.post("/api/me/factors/challenge").expect(201).json();
        return Map.of("passkey", phone.sign(ask));
    }

    private static String rule(Response reply) {
        return reply.expect(422).json().at("/errors/0/rule").asText();
    }

    @Test
    void signsInByItselfAndBesideThePassword() {
        Client who = with(byPassword("secretary"));
        Client other = with(byPassword("secretary"));
        Authenticator phone = Authenticator.at(origin());
        JsonNode added = add(who, phone);
        assertThat(added.path("codes")).hasSize(10);
        assertThat(added.at("/passkey/host").asText()).isEqualTo("localhost");
        assertThat(who.get("/api/me").json().path("factor").asText()).isEqualTo("SET");
        other.get("/api/me").expect(401);

        Client again = with(byPasskey(phone));
        assertThat(account(again)).isEqualTo(account(who));
        JsonNode mine = again.get("/api/me/factors").expect(200).json();
        assertThat(mine.path("app").asBoolean()).isFalse();
        assertThat(mine.path("codes").asInt()).isEqualTo(10);
        assertThat(mine.path("passkeys")).hasSize(1);
        assertThat(mine.at("/passkeys/0/used").asText()).isNotEmpty();

        // the password alone is not enough any more, and says what is
        assertThat(byPassword("secretary").expect(401).problem()).isEqualTo("second-factor-passkey");
        Map<String, Object> known = Map.of("login", "secretary", "password", Sotay.PASSWORD);
        JsonNode ask = sotay.anonymous()
                .post("/api/session/passkey/challenge", known)
                .expect(201)
                .json();
        assertThat(ask.at("/passkeys/0/id").asText()).isEqualTo(phone.id());
        assertThat(ask.at("/passkeys/0/transports").toString()).isEqualTo("[\"internal\"]");
        with(sotay.anonymous().post("/api/session/passkey", phone.user("").sign(ask)));
        Map<String, Object> wrong = Map.of("login", "secretary", "password", "khong-phai-the");
        assertThat(sotay.anonymous()
                        .post("/api/session/passkey/challenge", wrong)
                        .expect(401)
                        .problem())
                .isEqualTo("wrong-password");
        Map<String, Object> none = Map.of("login", "officer3", "password", Sotay.PASSWORD);
        assertThat(sotay.anonymous()
                        .post("/api/session/passkey/challenge", none)
                        .expect(409)
                        .problem())
                .isEqualTo("passkey.none");
        Map<String, Object> recovery = new HashMap<>(known);
        recovery.put("code", added.path("codes").path(2).asText());
        sotay.anonymous().post("/api/session", recovery).expect(201);
        sotay.anonymous().post("/api/session", recovery).expect(401);

        // what the owner is told of it, and what stands on the trail
        String data = who.get("/api/me/data").expect(200).text();
        assertThat(data).contains("shell.passkeys").contains("localhost").doesNotContain(phone.id());
        String trail = sotay.as("admin")
                .get("/api/audit?limit=200&account=" + account(who))
                .expect(200)
                .text();
        assertThat(trail).contains("passkey added").contains("\"detail\":\"passkey\"");
        assertThat(sotay.output()).doesNotContain(phone.id());
    }

    @Test
    void whatDoesNotHoldIsRefused() {
        Client who = with(byPassword("member"));
        Client stranger = with(byPassword("member2"));
        Authenticator phone = Authenticator.at(origin());
        Authenticator theirs = Authenticator.at(origin());
        add(who, phone);
        add(stranger, theirs);
        with(byPasskey(phone));

        Map<String, UnaryOperator<Authenticator>> lies = Map.of(
                "another page", one -> one.origin("https://sotay.example"),
                "another port", one -> one.origin("http://localhost:1"),
                "another host", one -> one.host("sotay.example"),
                "nobody looked", Authenticator::unverified,
                "nobody was there", Authenticator::absent,
                "a counter that has stood still", one -> one.count(one.count() - 2),
                "a counter that went back", one -> one.count(one.count() - 3),
                "another key", one -> Authenticator.at(origin()).pretending(one),
                "another account", one -> one.user(theirsUser(theirs)));
        int count = 10;
        for (Map.Entry<String, UnaryOperator<Authenticator>> lie : lies.entrySet()) {
            // each from an address of its own, from which the owner comes as well: so none is slowed down
            Client nobody = sotay.anonymous().header("X-Forwarded-For", "192.0.2." + count);
            nobody.post("/api/session/passkey", phone.count(count).sign(ask(nobody)))
                    .expect(201);
            Authenticator liar = lie.getValue().apply(phone.count(count + 2));
            Response reply = nobody.post("/api/session/passkey", liar.sign(ask(nobody)));
            assertThat(reply.status()).as(lie.getKey()).isEqualTo(401);
            assertThat(reply.problem()).as(lie.getKey()).isEqualTo("wrong-passkey");
            count += 10;
        }
        Client nobody = sotay.anonymous().header("X-Forwarded-For", "198.51.100.7");
        assertThat(nobody.post("/api/session/passkey", phone.count(501).sign(ask(nobody), "webauthn.create"))
                        .expect(401)
                        .problem())
                .isEqualTo("wrong-passkey");
        assertThat(nobody.post(
                                "/api/session/passkey",
                                Authenticator.at(origin()).sign(ask(nobody)))
                        .expect(401)
                        .problem())
                .isEqualTo("wrong-passkey");

        // a challenge is good once, for what it was made, and must be ours
        JsonNode asked = ask(nobody);
        Map<String, Object> signed = phone.count(600).sign(asked);
        nobody.post("/api/session/passkey", signed).expect(201);
        assertThat(nobody.post("/api/session/passkey", signed).expect(409).problem())
                .isEqualTo("passkey.expired");
        JsonNode proof = who.post("/api/me/factors/challenge").expect(201).json();
        assertThat(nobody.post("/api/session/passkey", phone.count(700).sign(proof))
                        .expect(409)
                        .problem())
                .isEqualTo("passkey.expired");
        assertThat(nobody.post(
                                "/api/session/passkey",
                                phone.count(701)
                                        .sign(JsonNodeFactory.instance
                                                .objectNode()
                                                .put("challenge", "AAAA")))
                        .expect(409)
                        .problem())
                .isEqualTo("passkey.expired");

        // after the password it must be one of the account's
        JsonNode ask = nobody.post(
                        "/api/session/passkey/challenge", Map.of("login", "member2", "password", Sotay.PASSWORD))
                .expect(201)
                .json();
        assertThat(nobody.post("/api/session/passkey", phone.count(702).sign(ask))
                        .expect(401)
                        .problem())
                .isEqualTo("wrong-passkey");
        // none of this has hurt its owner
        with(byPasskey(phone.count(800)));
    }

    private static String theirsUser(Authenticator theirs) {
        return (String) theirs.sign(JsonNodeFactory.instance.objectNode().put("challenge", "AAAA"))
                .get("user");
    }

    @Test
    void aNewOneMustBeWhatWasOffered() {
        Client who = with(byPassword("officer"));
        Client stranger = with(byPassword("officer2"));
        Authenticator phone = Authenticator.at(origin());
        List<Authenticator> liars = List.of(
                phone.origin("https://sotay.example"), phone.host("sotay.example"), phone.unverified(), phone.absent());
        for (Authenticator liar : liars) {
            assertThat(rule(who.post("/api/me/passkeys", liar.make(offer(who, password())))))
                    .isEqualTo("passkey.refused");
        }
        // what was offered to somebody else
        Map<String, Object> forStranger = phone.count(100).make(offer(stranger, password()));
        assertThat(rule(who.post("/api/me/passkeys", forStranger))).isEqualTo("passkey.refused");
        JsonNode offered = offer(who, password());
        who.post("/api/me/passkeys", phone.make(offered)).expect(201);
        assertThat(who.post("/api/me/passkeys", phone.make(offered)).expect(409).problem())
                .isEqualTo("passkey.expired");
        // the same device again, whoever tries
        assertThat(stranger.post("/api/me/passkeys", phone.count(100).make(offer(stranger, password())))
                        .expect(409)
                        .problem())
                .isEqualTo("passkey.there");
        assertThat(stranger.get("/api/me/factors").json().path("passkeys")).isEmpty();
        for (int i = 1; i < 10; i++) {
            Authenticator further = Authenticator.at(origin());
            JsonNode next = offer(who, proof(who, phone));
            assertThat(next.path("passkeys")).hasSize(i);
            assertThat(who.post("/api/me/passkeys", further.make(next))
                            .expect(201)
                            .json()
                            .path("codes"))
                    .isEmpty();
        }
        assertThat(who.post("/api/me/passkeys/challenge", proof(who, phone))
                        .expect(409)
                        .problem())
                .isEqualTo("passkey.too-many");
    }

    /** Who finds a device that is signed in has no password, no code and no passkey. */
    @Test
    void aFoundDeviceNeitherAddsNorRemoves() {
        Client who = with(byPassword("editor"));
        assertThat(rule(who.post("/api/me/passkeys/challenge", Map.of()))).isEqualTo("required");
        assertThat(rule(who.post("/api/me/passkeys/challenge", Map.of("password", "khong-phai-the"))))
                .isEqualTo("password.wrong");
        Authenticator phone = Authenticator.at(origin());
        JsonNode added = add(who, phone);
        String path = "/api/me/passkeys/" + added.at("/passkey/id").asText() + "/removal";

        // with a factor the password is no proof any more
        assertThat(rule(who.post("/api/me/passkeys/challenge", password()))).isEqualTo("required");
        assertThat(rule(who.post(path, Map.of()))).isEqualTo("required");
        assertThat(rule(who.post(path, password()))).isEqualTo("required");
        assertThat(rule(who.post(path, Map.of("code", "000000")))).isEqualTo("factor.wrong-code");
        assertThat(rule(who.post(path, proof(who, Authenticator.at(origin()))))).isEqualTo("passkey.wrong");
        assertThat(rule(who.post(path, proof(who, phone.unverified())))).isEqualTo("passkey.wrong");
        // nor does it get a factor of its own
        String secret = who.post("/api/me/factors/totp")
                .expect(201)
                .json()
                .path("secret")
                .asText();
        assertThat(rule(who.put("/api/me/factors/totp", Map.of("code", FactorsIT.code(secret, 0)))))
                .isEqualTo("required");
        who.post("/api/me/passkeys/" + UUID.randomUUID() + "/removal", proof(who, phone))
                .expect(404);
        Client stranger = with(byPassword("fisherman"));
        stranger.post(path, password()).expect(404);
        stranger.post("/api/me/factors/challenge").expect(409);

        // its owner does all of that
        Map<String, Object> confirm = new HashMap<>(proof(who, phone.count(50)));
        confirm.put("code", FactorsIT.code(secret, 0));
        JsonNode codes =
                who.put("/api/me/factors/totp", confirm).expect(200).json().path("codes");
        assertThat(byPassword("editor").expect(401).problem()).isEqualTo("second-factor");
        who.post("/api/me/factors/totp/removal", proof(who, phone.count(60))).expect(204);
        assertThat(byPassword("editor").expect(401).problem()).isEqualTo("second-factor-passkey");
        who.post(path, Map.of("code", codes.path(0).asText())).expect(204);
        byPassword("editor").expect(201);
        assertThat(byPasskey(phone.count(70)).expect(401).problem()).isEqualTo("wrong-passkey");
        assertThat(who.get("/api/me/factors").json().path("codes").asInt()).isZero();
    }

    @Test
    void isResetWithTheRest() {
        Client who = with(byPassword("secretary2"));
        Authenticator phone = Authenticator.at(origin());
        add(who, phone);
        String path = "/api/accounts/" + account(who) + "/factors";
        with(byPassword("officer2")).delete(path).expect(404);
        assertThat(byPassword("secretary2").expect(401).problem()).isEqualTo("second-factor-passkey");
        sotay.as("admin").delete(path).expect(204);
        who.get("/api/me").expect(401);
        byPassword("secretary2").expect(201);
        byPasskey(phone).expect(401);
    }

    @Test
    void guessingIsSlowed() {
        Authenticator nobodys = Authenticator.at(origin());
        Client nobody = sotay.anonymous().header("X-Forwarded-For", "203.0.113.9");
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            statuses.add(nobody.post("/api/session/passkey", nobodys.sign(ask(nobody)))
                    .status());
        }
        assertThat(statuses).contains(401, 429);
    }

    /** As behind a proxy that ends TLS; a number is no name. */
    @Test
    void isForOneHost() {
        Client there = sotay.anonymous()
                .header("X-Forwarded-Host", "sotay.example")
                .header("X-Forwarded-Proto", "https")
                .header("X-Forwarded-For", "192.0.2.200");
        Client who = with(there, there.post("/api/session", Map.of("login", "fisherman", "password", Sotay.PASSWORD)));
        Authenticator phone = Authenticator.at("https://sotay.example");
        JsonNode offered = offer(who, password());
        assertThat(offered.path("host").asText()).isEqualTo("sotay.example");
        who.post("/api/me/passkeys", phone.make(offered)).expect(201);
        with(there, there.post("/api/session/passkey", phone.sign(ask(there))));
        assertThat(there.post(
                                "/api/session/passkey",
                                phone.origin("http://sotay.example").sign(ask(there)))
                        .expect(401)
                        .problem())
                .isEqualTo("wrong-passkey");

        // here it is not offered, and would not be taken
        assertThat(sotay.anonymous()
                        .post(
                                "/api/session/passkey/challenge",
                                Map.of("login", "fisherman", "password", Sotay.PASSWORD))
                        .expect(409)
                        .problem())
                .isEqualTo("passkey.none");
        byPasskey(phone.origin(origin()).host("localhost")).expect(401);
        Client byNumber = Sotay.stranger(URI.create(origin().replace("localhost", "127.0.0.1")));
        assertThat(byNumber.post("/api/session/passkey/challenge", Map.of())
                        .expect(409)
                        .problem())
                .isEqualTo("passkey.host");
        byNumber.post("/api/session", Map.of("login", "officer3", "password", Sotay.PASSWORD))
                .expect(201);
    }

    /** Of the roles that need a second factor. */
    @Test
    void isASecondFactor() {
        try (Sotay province = Sotay.start(Sotay.fresh().demo("none"))) {
            String password = province.awaitOutput(
                            Pattern.compile("First sign-in: admin; password: (\\S+)"), Duration.ofSeconds(20))
                    .group(1);
            Client nobody = province.anonymous();
            Client admin = with(nobody, nobody.post("/api/session", Map.of("login", "admin", "password", password)));
            assertThat(admin.get("/api/units").expect(403).problem()).isEqualTo("factor-required");
            Authenticator phone = Authenticator.at(province.url().toString().replaceAll("/$", ""));
            JsonNode offered = offer(admin, Map.of("password", password));
            JsonNode added = admin.post("/api/me/passkeys", phone.make(offered))
                    .expect(201)
                    .json();
            admin.get("/api/units").expect(200);
            Client again = with(nobody, nobody.post("/api/session/passkey", phone.sign(ask(nobody))));
            again.get("/api/units").expect(200);
            // it is needed still when it is gone
            again.post("/api/me/passkeys/" + added.at("/passkey/id").asText() + "/removal", proof(again, phone))
                    .expect(204);
            assertThat(again.get("/api/units").expect(403).problem()).isEqualTo("factor-required");
        }
    }
}
