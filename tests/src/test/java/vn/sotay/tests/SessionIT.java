package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vn.sotay.testkit.Client;
import vn.sotay.testkit.Response;
import vn.sotay.testkit.Sotay;

/** Signing in and out, by token and by cookie. */
class SessionIT {

    private static final String FILE_TYPE = "application/octet-stream";

    private final Sotay sotay = Sotay.shared();
    private final Client anonymous = sotay.anonymous();

    private Response signIn(String login, String password) {
        return anonymous.post("/api/session", Map.of("login", login, "password", password));
    }

    private Client bearer(Response session) {
        return anonymous.header(
                "Authorization", "Bearer " + session.json().path("token").asText());
    }

    private static String cookie(Response session) {
        return session.header("Set-Cookie").replaceFirst(";.*", "");
    }

    // ---- signing in

    @ParameterizedTest
    @CsvSource({
        "admin,      ADMINISTRATOR, 38",
        "editor,     EDITOR,        38",
        "editor2,    EDITOR,        38",
        "officer,    OFFICER,       38",
        "officer2,   OFFICER,       38.168",
        "officer3,   OFFICER,       38.001",
        "secretary,  SECRETARY,     38.168.053.000.001",
        "secretary2, SECRETARY,     38.001.001.000.009",
        "member,     ,              38.168.053.000.001",
        "fisherman,  ,              38.168.053.000.001",
        "member2,    ,              38.001.001.000.009",
    })
    void everyoneOfTheDemoSignsIn(String login, String role, String code) {
        Response session = signIn(login, Sotay.PASSWORD).expect(201);
        JsonNode body = session.json();
        Client client = bearer(session);

        assertThat(body.path("token").asText()).matches("[A-Za-z0-9_-]{43}");
        assertThat(Instant.parse(body.path("expires").asText()))
                .isAfter(Instant.now().plus(Duration.ofDays(29)));
        assertThat(body.path("login").asText()).isEqualTo(login);
        JsonNode unit;
        if (role == null) {
            assertThat(body.path("mandates")).isEmpty();
            unit = body.at("/member/cell");
        } else {
            assertThat(body.path("mandates")).hasSize(1);
            assertThat(body.at("/mandates/0/role").asText()).isEqualTo(role);
            assertThat(body.at("/mandates/0/from").asText()).matches("\\d{4}-\\d\\d-01");
            unit = client.get("/api/units/" + body.at("/mandates/0/unit").asText())
                    .expect(200)
                    .json();
        }
        assertThat(unit.path("code").asText()).isEqualTo(code);
        JsonNode me = client.get("/api/me").expect(200).json();
        for (String same : List.of("account", "login", "member", "mandates")) {
            assertThat(me.path(same)).as(same).isEqualTo(body.path(same));
        }
        assertThat(me.has("token")).isFalse();
    }

    @Test
    void theLoginMayBeTypedInAnyCase() {
        signIn(" Fisherman ", Sotay.PASSWORD).expect(201);
    }

    @Test
    void aWrongPasswordAndAnUnknownLoginAreAnsweredAlike() {
        Response wrong = signIn("editor", "sai-mat-khau").expect(401);
        Response unknown = signIn("nobody-" + UUID.randomUUID(), "sai-mat-khau").expect(401);

        assertThat(wrong.problem()).isEqualTo("wrong-password");
        assertThat(unknown.text()).isEqualTo(wrong.text());
        assertThat(unknown.header("Set-Cookie")).isEmpty();
        signIn("editor", Sotay.PASSWORD).expect(201);
    }

    @Test
    void whoGuessesIsSlowedDown() {
        String login = "guessed-" + UUID.randomUUID();
        Response last = signIn(login, "doan-1");
        // a slow machine may need longer for a try than the first pauses last
        for (int i = 2; i <= 10 && last.status() == 401; i++) {
            last = signIn(login, "doan-" + i);
        }

        assertThat(last.expect(429).problem()).isEqualTo("too-many-tries");
        assertThat(Integer.parseInt(last.header("Retry-After"))).isBetween(1, 60);
        assertThat(last.json().path("detail").asText()).contains(last.header("Retry-After"));
        signIn("editor", Sotay.PASSWORD).expect(201);
    }

    // ---- tokens

    @Test
    void aTokenIsOfNoUseOnceSignedOut() {
        Response one = signIn("editor", Sotay.PASSWORD).expect(201);
        Response other = signIn("editor", Sotay.PASSWORD).expect(201);
        bearer(one).get("/api/me").expect(200);

        Response out = bearer(one).delete("/api/session").expect(204);

        assertThat(out.header("Set-Cookie")).startsWith("sotay=;").contains("Max-Age=0");
        Response ended = bearer(one).get("/api/me").expect(401);
        assertThat(ended.problem()).isEqualTo("session-ended");
        assertThat(ended.header("WWW-Authenticate")).isEqualTo("Bearer");
        bearer(one).delete("/api/session").expect(401);
        bearer(other).get("/api/me").expect(200);
        bearer(other).delete("/api/session").expect(204);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer ", "Bearer x", "Bearer ' or 1=1 --", "Basic YWRtaW46eA==", "bearer"})
    void whatIsNoTokenSignsNobodyIn(String authorization) {
        anonymous.header("Authorization", authorization).get("/api/me").expect(401);
    }

    @Test
    void anotherPasswordEndsTheOtherSessions() {
        // this session is the one that the other tests share: it must be the one that stays
        Client member = sotay.as("member2");
        Response other = signIn("member2", Sotay.PASSWORD).expect(201);
        String next = "biển động tháng mười";
        try {
            member.put("/api/me/password", Map.of("current", Sotay.PASSWORD, "password", next))
                    .expect(204);

            bearer(other).get("/api/me").expect(401);
            member.get("/api/me").expect(200);
            signIn("member2", Sotay.PASSWORD).expect(401);
            bearer(signIn("member2", next).expect(201)).get("/api/me").expect(200);
        } finally {
            member.put("/api/me/password", Map.of("current", next, "password", Sotay.PASSWORD));
        }
        signIn("member2", Sotay.PASSWORD).expect(201);
    }

    @ParameterizedTest
    @CsvSource({
        "sai-mat-khau,      biển động tháng mười, current password.wrong",
        Sotay.PASSWORD + ", ngan,                 password password.short-or-pin",
        Sotay.PASSWORD + ", " + Sotay.PASSWORD + ", password password.same",
        Sotay.PASSWORD + ", của-Member2-thôi,     password password.easy",
        Sotay.PASSWORD + ", 12121212121212,       password pin.easy",
    })
    void aWeakPasswordIsRefused(String current, String next, String error) {
        Response refused = sotay.as("member2")
                .put("/api/me/password", Map.of("current", current, "password", next))
                .expect(422);

        assertThat(refused.errors()).containsExactly(error);
        assertThat(refused.text()).doesNotContain(next);
        signIn("member2", Sotay.PASSWORD).expect(201);
    }

    @Test
    void noTokenLiesInTheDatabase() throws IOException, InterruptedException {
        Response session = signIn("editor", Sotay.PASSWORD).expect(201);
        String token = session.json().path("token").asText();
        byte[] bytes = token.getBytes(StandardCharsets.US_ASCII);

        // its hash is found by the same search, so that the search is known to look where sessions are
        assertThat(sotay.isInDatabase(Client.sha256(bytes))).isTrue();
        assertThat(sotay.isInDatabase(token)).isFalse();
        assertThat(sotay.isInDatabase(Sotay.PASSWORD)).isFalse();
    }

    // ---- cookies

    @Test
    void aBrowserGetsACookieThatNoScriptReads() {
        Response session = signIn("editor", Sotay.PASSWORD).expect(201);

        assertThat(session.header("Set-Cookie"))
                .startsWith("sotay=" + session.json().path("token").asText() + ';')
                .contains("; Path=/;", "; HttpOnly", "; SameSite=Strict")
                .doesNotContain("Secure", "Domain");
        assertThat(session.header("Cache-Control")).isEqualTo("no-store");
        assertThat(anonymous
                        .header("Origin", "https://sotay.example")
                        .post("/api/session", Map.of("login", "editor", "password", Sotay.PASSWORD))
                        .expect(201)
                        .header("Set-Cookie"))
                .startsWith("__Host-sotay=")
                .endsWith("; Secure");
        anonymous.header("Cookie", cookie(session)).get("/api/me").expect(200);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "Origin,         http://evil.example, 403",
        "Origin,         null,                403",
        "Sec-Fetch-Site, cross-site,          403",
        "Sec-Fetch-Site, same-site,           403",
        "Sec-Fetch-Site, same-origin,         201",
        "Origin,         SELF,                201",
        "Accept,         */*,                 201",
    })
    void aPageElsewhereCannotWriteByTheCookie(String header, String value, int status) {
        Response session = signIn("editor", Sotay.PASSWORD).expect(201);
        String origin = sotay.url().toString().replaceFirst("/$", "");
        byte[] content = ("tệp " + UUID.randomUUID()).getBytes(StandardCharsets.UTF_8);
        String file = "/api/files/" + Client.sha256(content);
        String sent = value.equals("SELF") ? origin : value;

        Response written =
                anonymous.header("Cookie", cookie(session)).header(header, sent).send("PUT", file, FILE_TYPE, content);

        assertThat(written.status()).isEqualTo(status);
        if (status == 403) {
            assertThat(written.problem()).isEqualTo("other-origin");
            // reading does no harm: the browser keeps the answer from that page
            anonymous
                    .header("Cookie", cookie(session))
                    .header(header, sent)
                    .get("/api/me")
                    .expect(200);
            // a client that sends a token is no browser that was talked into it
            bearer(session)
                    .header(header, sent)
                    .send("PUT", file, FILE_TYPE, content)
                    .expect(201);
        }
    }

    /** A proxy sends the requests of many by one connection: what one of them sends must not change how another's are read. */
    @ParameterizedTest
    @ValueSource(strings = {"Authorization: Bearer ", "Cookie: sotay="})
    void aTokenIsReadAsItIsSentWhateverCameBeforeIt(String header) throws IOException {
        String token = signIn("editor", Sotay.PASSWORD)
                .expect(201)
                .json()
                .path("token")
                .asText();
        String likeIt = token.substring(0, 20);
        String stranger = likeIt.toLowerCase(Locale.ROOT).equals(likeIt)
                ? likeIt.toUpperCase(Locale.ROOT)
                : likeIt.toLowerCase(Locale.ROOT);
        String request = "GET /api/me HTTP/1.1\r\nHost: localhost\r\n" + header;
        try (Socket socket = new Socket("localhost", sotay.url().getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write((request + stranger + "\r\n\r\n" + request + token + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));

            String answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(Pattern.compile("HTTP/1\\.1 (\\d{3})").matcher(answers).results())
                    .extracting(found -> found.group(1))
                    .containsExactly("401", "200");
        }
    }

    @Test
    void theCookieEndsWithTheSession() {
        Response session = signIn("editor", Sotay.PASSWORD).expect(201);
        Client browser = anonymous.header("Cookie", "theme=dark; " + cookie(session));

        browser.header("Sec-Fetch-Site", "same-origin").delete("/api/session").expect(204);

        browser.get("/api/me").expect(401);
    }
}
