package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import vn.sotay.testkit.Client;
import vn.sotay.testkit.Response;
import vn.sotay.testkit.Sotay;

/** Whatever goes wrong is told by one form (RFC 9457), in the reader's language, with the way out. */
class ProblemsIT {

    private static final Sotay SOTAY = Sotay.shared();
    private static final String JSON = "application/json";
    private static final String SOMETHING = "/api/units/" + UUID.randomUUID();
    private static final Pattern UNSAID = Pattern.compile("[{}]|problem\\.|rule\\.");
    private static final Pattern VIETNAMESE = Pattern.compile("[\\u00c0-\\u1ef9]");
    private static final Pattern KOREAN = Pattern.compile("[\\uac00-\\ud7a3]");

    /** A request that goes wrong, as one of the demo's people or as nobody. */
    private record Wrong(int status, String problem, String login, Function<Client, Response> request) {

        Response send(Function<Client, Client> as) {
            return request.apply(as.apply(login.isEmpty() ? SOTAY.anonymous() : SOTAY.as(login)))
                    .expect(status);
        }

        @Override
        public String toString() {
            return status + " " + problem;
        }
    }

    private static Wrong wrong(int status, String problem, String login, Function<Client, Response> request) {
        return new Wrong(status, problem, login, request);
    }

    private static Response put(Client client, String type, byte[] body) {
        return client.send("PUT", SOMETHING, type, body);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, Object> province(Client officer) {
        JsonNode unit =
                officer.get("/api/units?kind=PROVINCE").expect(200).json().at("/items/0");
        return Map.of(
                "id",
                unit.path("id").asText(),
                "kind",
                "PROVINCE",
                "code",
                "38",
                "name",
                unit.path("name").asText() + '!');
    }

    private static String closedMeeting(Client secretary) {
        for (JsonNode meeting :
                secretary.get("/api/meetings?limit=500").expect(200).json().path("items")) {
            if (meeting.path("state").asText().equals("CLOSED")) {
                return "/api/meetings/" + meeting.path("id").asText();
            }
        }
        throw new AssertionError("the demo has a meeting that is closed");
    }

    static Stream<Wrong> wrongs() {
        return Stream.of(
                wrong(400, "malformed-json", "officer", who -> put(who, JSON, bytes("{\n \"name\": ,}"))),
                wrong(400, "malformed-json", "officer", who -> put(who, JSON, bytes(""))),
                wrong(400, "malformed-json", "officer", who -> put(who, JSON, bytes("null"))),
                wrong(400, "not-utf8", "officer", who -> put(who, JSON, new byte[] {'{', (byte) 0xff, '}'})),
                wrong(400, "bad-parameter", "officer", who -> who.get("/api/units?limit=many")),
                wrong(400, "bad-parameter", "officer", who -> who.get("/api/units?colour=red")),
                wrong(400, "malformed-query", "officer", who -> who.get("/api/units?q=%FF")),
                wrong(400, "no-body-expected", "officer", who -> who.send("DELETE", "/api/session", JSON, bytes("{}"))),
                wrong(401, "not-signed-in", "", who -> who.get("/api/me")),
                wrong(401, "session-ended", "", who -> who.header("Authorization", "Bearer gone")
                        .get("/api/me")),
                wrong(
                        401,
                        "wrong-password",
                        "",
                        who -> who.post("/api/session", Map.of("login", "nobody", "password", "sai"))),
                wrong(403, "forbidden", "secretary", who -> who.put(SOMETHING, Map.of())),
                wrong(403, "other-origin", "", who -> who.header("Cookie", "sotay=x")
                        .header("Sec-Fetch-Site", "cross-site")
                        .delete("/api/session")),
                wrong(404, "not-found", "officer", who -> who.get(SOMETHING)),
                wrong(404, "no-such-path", "officer", who -> who.get("/api/nothing")),
                wrong(404, "no-such-path", "", who -> who.get("/nothing.html")),
                wrong(405, "method-not-allowed", "officer", who -> who.delete(SOMETHING)),
                wrong(405, "method-not-allowed", "", who -> who.send("PUT", "/", JSON, bytes("{}"))),
                wrong(409, "unit.kind-kept", "officer", who -> {
                    Map<String, Object> body = new java.util.HashMap<>(province(who));
                    body.put("kind", "CELL");
                    return who.put("/api/units/" + body.get("id"), body);
                }),
                wrong(409, "meeting.closed", "secretary", who -> who.post(closedMeeting(who) + "/open")),
                wrong(410, "feed.start-afresh", "officer", who -> who.get("/api/changes?since=garbage")),
                wrong(412, "changed-meanwhile", "officer", who -> {
                    Map<String, Object> body = province(who);
                    return who.header("If-Match", "\"none\"").put("/api/units/" + body.get("id"), body);
                }),
                wrong(413, "too-large", "officer", who -> put(who, JSON, new byte[2_000_000])),
                wrong(415, "not-json", "officer", who -> put(who, "text/plain", bytes("{}"))),
                wrong(415, "not-a-form", "officer", who -> who.send("POST", "/api/members/import", JSON, bytes("{}"))),
                wrong(416, "file.no-such-range", "officer", who -> who.header("Range", "bytes=100-")
                        .get("/api/files/" + who.putFile(bytes("ngắn")))),
                wrong(422, "invalid", "officer", who -> who.put(SOMETHING, Map.of("name", "", "level", 3))),
                wrong(422, "invalid", "officer", who -> who.put(SOMETHING, Map.of("name", 3))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongs")
    void areToldInTheReadersLanguage(Wrong wrong) {
        Response vi = wrong.send(who -> who);
        Response en = wrong.send(who -> who.header("Accept-Language", "en-GB,en;q=0.8"));
        Response ko = wrong.send(who -> who.header("Accept-Language", "ko-KR,ko;q=0.9,en;q=0.1"));

        for (Response each : List.of(vi, en, ko)) {
            assertThat(each.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(each.header("Cache-Control")).isEqualTo("no-store");
            assertThat(each.headers().allValues("Vary").toString()).contains("Accept-Language", "Accept-Encoding");
            assertThat(each.json().path("type").asText()).isEqualTo("urn:sotay:problem:" + wrong.problem());
            assertThat(each.json().path("status").asInt()).isEqualTo(wrong.status());
            assertThat(texts(each)).noneMatch(UNSAID.asPredicate());
        }
        assertThat(vi.header("Content-Language")).isEqualTo("vi");
        assertThat(en.header("Content-Language")).isEqualTo("en");
        assertThat(ko.header("Content-Language")).isEqualTo("ko");
        assertThat(texts(vi)).allMatch(VIETNAMESE.asPredicate());
        assertThat(texts(en)).noneMatch(VIETNAMESE.asPredicate()).noneMatch(KOREAN.asPredicate());
        assertThat(texts(ko)).allMatch(KOREAN.asPredicate());
    }

    /** All that a problem says to people. */
    private static Set<String> texts(Response problem) {
        Set<String> texts = new HashSet<>();
        texts.add(problem.json().path("title").asText());
        if (problem.json().has("detail")) {
            texts.add(problem.json().path("detail").asText());
        }
        problem.json()
                .path("errors")
                .forEach(error -> texts.add(error.path("message").asText()));
        return texts;
    }

    // ---- what they name

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"name": "a",\\n "kind": ]    | Xem dòng 2, cột 10.
                    {"name": "a"                  | Xem dòng 1, cột 13.
                    {"name": "a", "name": "b"}    | Xem dòng 1, cột 21.
                    {"name": "a"} {}              | Xem dòng 1, cột 15.
                    """)
    void namePlaceInJson(String json, String detail) {
        Response refused = SOTAY.as("officer")
                .send("PUT", SOMETHING, JSON, bytes(json.replace("\\n", "\n")))
                .expect(400);

        assertThat(refused.json().path("detail").asText()).isEqualTo(detail);
    }

    @ParameterizedTest
    @CsvSource({
        "/api/me,             'GET, HEAD, OPTIONS',      DELETE",
        "/api/units/1,        'GET, HEAD, OPTIONS, PUT', POST",
        "/api/session,        'DELETE, OPTIONS, POST',   GET",
        "/health,             'GET, HEAD, OPTIONS',      PUT",
        "/,                   'GET, HEAD',               POST",
    })
    void nameTheMethodsThatThereAre(String path, String allowed, String method) {
        Response refused = SOTAY.anonymous().send(method, path).expect(405);

        assertThat(refused.header("Allow")).isEqualTo(allowed);
        assertThat(refused.json().path("detail").asText()).contains(allowed);
    }

    @Test
    void nameTheFieldsThatThereAre() {
        Response refused = SOTAY.as("officer")
                .header("Accept-Language", "en")
                .put(SOMETHING, Map.of("nmae", "xã"))
                .expect(422);

        assertThat(refused.errors()).containsExactly("nmae unknown-field");
        assertThat(refused.json().at("/errors/0/message").asText()).contains("name", "code", "kind", "parent");
    }

    @Test
    void nameFieldsWithinFields() {
        Response refused = SOTAY.as("secretary")
                .put(
                        "/api/meetings/" + UUID.randomUUID(),
                        Map.of(
                                "items",
                                List.of(
                                        Map.of("id", UUID.randomUUID(), "title", "a"),
                                        Map.of("id", UUID.randomUUID(), "title", List.of()))))
                .expect(422);

        assertThat(refused.errors()).containsExactly("items[1].title text");
    }

    // ---- heads, and what is refused before it is read

    @Test
    void headIsAnsweredAsGetWithoutTheBody() {
        Client officer = SOTAY.as("officer");
        for (String path : List.of("/api/units?limit=2", "/api/nothing", "/health", "/", "/api/docs")) {
            Response get = officer.get(path);
            Response head = officer.send("HEAD", path);

            assertThat(head.status()).as(path).isEqualTo(get.status());
            assertThat(head.body()).as(path).isEmpty();
            assertThat(head.header("Content-Type")).as(path).isEqualTo(get.header("Content-Type"));
            assertThat(head.header("ETag")).as(path).isEqualTo(get.header("ETag"));
        }
    }

    @Test
    void optionsTellWhatThereIs() {
        Response options = SOTAY.anonymous().send("OPTIONS", "/api/members/1").expect(204);

        assertThat(options.header("Allow")).isEqualTo("GET, HEAD, OPTIONS, PUT");
        // nothing of this is for pages of others
        assertThat(options.headers().map().keySet()).noneMatch(name -> name.startsWith("access-control"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/me", "/api/nothing", "/health", "/", "/nothing", "/api/docs", "/api/openapi.json"})
    void everyAnswerBindsTheBrowser(String path) {
        Response reply = SOTAY.anonymous().get(path);

        assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(reply.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(reply.header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
        assertThat(reply.header("Permissions-Policy")).contains("geolocation=()");
        assertThat(reply.header("Content-Security-Policy"))
                .startsWith("default-src 'none'")
                .contains("frame-ancestors 'none'")
                .doesNotContain("unsafe-eval", "*", "http:", "https:")
                .doesNotContainPattern("(script|default)-src[^;]*unsafe-inline");
        assertThat(reply.header("Server")).isEmpty();
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', textBlock = """
                    GET /api/units?q=LONG HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n            | 414 | address-too-long
                    GET /api/units HTTP/1.1\\r\\nHost: a\\r\\nX-A: LONG\\r\\n\\r\\n    | 431 | headers-too-large
                    GET /api/units HTTP/1.1\\r\\n\\r\\n                                | 400 | malformed-request
                    GET /api/units/%FF HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n                | 400 | malformed-request
                    GET /api/units/%00 HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n                | 400 | malformed-request
                    GET /api/units%zz HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n                | 400 | malformed-request
                    GET /api/../../etc/passwd HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n        | 400 | malformed-request
                    GET /api/units HTTP/1.1\\r\\nHost: a\\r\\nno header\\r\\n\\r\\n    | 400 | malformed-request
                    WHAT\\r\\n\\r\\n                                                   | 400 | malformed-request
                    """)
    void whatIsNoRequestIsAProblemToo(String request, int status, String problem) throws IOException {
        String sent = request.replace("\\r", "\r").replace("\\n", "\n").replace("LONG", "a".repeat(20_000));

        String answer = raw(sent);

        assertThat(answer)
                .startsWith("HTTP/1.1 " + status + ' ')
                .contains("Content-Type: application/problem+json", "X-Content-Type-Options: nosniff")
                .contains("\"type\":\"urn:sotay:problem:" + problem + '"')
                .doesNotContain("<html", "etc/passwd");
    }

    @Test
    void aBodyThatIsCutOffIsAProblem() throws IOException {
        String answer = raw("POST /api/session HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                + "Content-Length: 100\r\n\r\n{\"login\"");

        assertThat(answer).startsWith("HTTP/1.1 408 ").contains("\"type\":\"urn:sotay:problem:cut-off\"");
    }

    /** Sends this, says that no more comes, and reads to the end. */
    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket("localhost", SOTAY.url().getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(bytes(request));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void aStrangersLanguageIsAnsweredInVietnamese() {
        List<String> languages = new ArrayList<>();
        for (String asked : List.of("fr", "", "*", "vi-VN", "x".repeat(600), "en;q=nonsense", "zh, en;q=0.5")) {
            languages.add(SOTAY.anonymous()
                    .header("Accept-Language", asked)
                    .get("/api/me")
                    .expect(401)
                    .header("Content-Language"));
        }

        assertThat(languages).containsExactly("vi", "vi", "vi", "vi", "vi", "vi", "en");
    }
}
