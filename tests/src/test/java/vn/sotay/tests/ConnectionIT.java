package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import vn.sotay.testkit.Client;
import vn.sotay.testkit.Response;
import vn.sotay.testkit.SelfSigned;
import vn.sotay.testkit.Sotay;

/** What lies below the requests: TLS with HTTP/2 and HTTP/1.1, compression, the access log. */
class ConnectionIT {

    @TempDir
    static Path config;

    private static Sotay sotay;
    private static SSLContext trusting;

    @BeforeAll
    static void start() throws Exception {
        SelfSigned own = SelfSigned.make(config.resolve("keystore.p12"), "EC");
        trusting = SelfSigned.trusting(own);
        Files.writeString(config.resolve("sotay.json"), """
                {"http": {"keystore": "%s", "keystorePassword": "%s", "accessLog": true}}
                """.formatted(own.keystore(), own.password()));
        sotay = Sotay.start(Sotay.prepared().with("--config", config.toString()));
    }

    @AfterAll
    static void stop() {
        sotay.close();
    }

    private static HttpClient client(Version version) {
        return HttpClient.newBuilder().version(version).sslContext(trusting).build();
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(sotay.url().resolve(path)).timeout(Duration.ofSeconds(30));
    }

    private static HttpResponse<String> signIn(HttpClient client, String login)
            throws IOException, InterruptedException {
        return client.send(
                request("/api/session")
                        .header("Content-Type", "application/json")
                        .header("Origin", sotay.url().toString().replaceFirst("/$", ""))
                        .POST(BodyPublishers.ofString(
                                "{\"login\":\"" + login + "\",\"password\":\"" + Sotay.PASSWORD + "\"}"))
                        .build(),
                BodyHandlers.ofString());
    }

    // ---- TLS

    @ParameterizedTest
    @EnumSource(Version.class)
    void bothVersionsOfHttpAreSpokenOverTls(Version version) throws Exception {
        HttpClient client = client(version);

        HttpResponse<String> session = signIn(client, "secretary");
        HttpResponse<String> page = client.send(request("/").build(), BodyHandlers.ofString());

        assertThat(sotay.url().getScheme()).isEqualTo("https");
        assertThat(session.statusCode()).isEqualTo(201);
        assertThat(session.version()).isEqualTo(version);
        assertThat(session.headers().firstValue("Set-Cookie").orElse(""))
                .startsWith("__Host-sotay=")
                .endsWith("; Secure");
        assertThat(session.headers().firstValue("Strict-Transport-Security")).isPresent();
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.version()).isEqualTo(version);
    }

    @Test
    void manyRequestsShareAConnectionOfHttp2() throws Exception {
        HttpClient client = client(Version.HTTP_2);
        String cookie = signIn(client, "officer")
                .headers()
                .firstValue("Set-Cookie")
                .orElseThrow()
                .replaceFirst(";.*", "");
        List<CompletableFuture<HttpResponse<String>>> replies = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            replies.add(client.sendAsync(
                    request("/api/units?limit=" + (i + 1))
                            .header("Cookie", cookie)
                            .build(),
                    BodyHandlers.ofString()));
        }

        for (CompletableFuture<HttpResponse<String>> reply : replies) {
            assertThat(reply.get(60, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
            assertThat(reply.get().version()).isEqualTo(Version.HTTP_2);
        }
    }

    @Test
    void plainHttpIsNotSpokenThere() {
        URI plain = URI.create(sotay.url().toString().replace("https:", "http:"));

        assertThatThrownBy(() -> HttpClient.newHttpClient()
                        .send(HttpRequest.newBuilder(plain).build(), BodyHandlers.ofString()))
                .isInstanceOf(IOException.class);
    }

    // ---- compression

    @ParameterizedTest
    @CsvSource({
        "/api/openapi.json,     gzip,           true",
        "/api/openapi.json,     'br, gzip;q=1', true",
        "/api/openapi.json,     identity,       false",
        "/api/openapi.json,     gzip;q=0,       false",
        "/api/openapi.json,     '',             false",
        "/,                     gzip,           true",
        "/api/units?limit=500,  gzip,           true",
        "/health,               gzip,           false",
    })
    void compressesWhatIsLargeForThoseWhoAsk(String path, String accepts, boolean compressed) throws IOException {
        Client officer = Sotay.shared().as("officer");
        byte[] plain = officer.get(path).expect(200).body();

        Response reply = (accepts.isEmpty() ? officer : officer.header("Accept-Encoding", accepts))
                .get(path)
                .expect(200);

        assertThat(reply.headers().allValues("Vary").toString()).contains("Accept-Encoding");
        if (compressed) {
            assertThat(reply.header("Content-Encoding")).isEqualTo("gzip");
            assertThat(reply.body().length).isLessThan(plain.length / 2);
            try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(reply.body()))) {
                assertThat(in.readAllBytes()).isEqualTo(plain);
            }
        } else {
            assertThat(reply.header("Content-Encoding")).isEmpty();
            assertThat(reply.body()).startsWith('{').hasSameSizeAs(plain);
        }
    }

    @Test
    void aCompressedAnswerIsKnownAgainByItsTag() {
        Client client = Sotay.shared().anonymous().header("Accept-Encoding", "gzip");
        Response page = client.get("/").expect(200);

        assertThat(page.header("Content-Encoding")).isEqualTo("gzip");
        client.header("If-None-Match", page.header("ETag")).get("/").expect(304);
    }

    @Test
    void filesAreSentAsTheyAre() {
        Client secretary = Sotay.shared().as("secretary");
        byte[] text = "Nghị quyết ".repeat(1_000).getBytes(StandardCharsets.UTF_8);
        String hash = secretary.putFile(text);

        Response read = secretary
                .header("Accept-Encoding", "gzip")
                .get("/api/files/" + hash)
                .expect(200);

        // their ranges count bytes of the file
        assertThat(read.header("Content-Encoding")).isEmpty();
        assertThat(read.body()).isEqualTo(text);
    }

    // ---- the access log

    @Test
    void theAccessLogNamesNobody() throws Exception {
        HttpClient client = client(Version.HTTP_1_1);
        String cookie = signIn(client, "secretary")
                .headers()
                .firstValue("Set-Cookie")
                .orElseThrow()
                .replaceFirst(";.*", "");
        String me = client.send(request("/api/me").header("Cookie", cookie).build(), BodyHandlers.ofString())
                .body();
        String member = me.replaceFirst(".*\"member\":\\{\"id\":\"([^\"]*)\".*", "$1");
        List<String> paths = List.of(
                "/api/members/" + member, "/api/members?q=Nguy%E1%BB%85n+Lan", "/api/nothing/Nguyen?phone=0905123456");
        for (String path : paths) {
            client.send(request(path).header("Cookie", cookie).build(), BodyHandlers.ofString());
        }
        signIn(client, "0905123456");

        sotay.awaitOutput(Pattern.compile("GET /api/members/\\{id} 200 \\d+ ms"), Duration.ofSeconds(10));
        sotay.awaitOutput(Pattern.compile("GET /api/members 200 \\d+ ms"), Duration.ofSeconds(10));
        sotay.awaitOutput(Pattern.compile("GET - 404 \\d+ ms"), Duration.ofSeconds(10));
        sotay.awaitOutput(Pattern.compile("POST /api/session 401 \\d+ ms"), Duration.ofSeconds(10));
        assertThat(sotay.output())
                .doesNotContain(member, "Nguy", "0905123456", "127.0.0.1", cookie.substring("__Host-sotay=".length()));
    }
}
