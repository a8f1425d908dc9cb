package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import vn.sotay.testkit.Client;
import vn.sotay.testkit.Response;
import vn.sotay.testkit.SelfSigned;
import vn.sotay.testkit.Sotay;

/** By which way a browser comes: TLS with PEM files that are replaced while it runs, or a proxy that is believed. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TransportIT {

    private static final String KEY_PASSWORD = "mat-khau-pem";
    private static final String DATABASE_PASSWORD = "mat-khau-csdl";
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    static Path folder;

    private static SelfSigned first;
    private static SelfSigned second;
    private static SSLContext trusting;
    private static Sotay tls;
    private static Sotay behindProxy;

    @BeforeAll
    static void start() throws IOException {
        first = SelfSigned.make(folder.resolve("first.p12"), "EC");
        second = SelfSigned.make(folder.resolve("second.p12"), "RSA");
        trusting = SelfSigned.trusting(first, second);
        put("cert.pem", first.certificatePem());
        put("key.pem", first.keyPem(KEY_PASSWORD));
        put("key.password", KEY_PASSWORD + '\n');
        tls = Sotay.start(Sotay.prepared().with("--config", config("tls", """
                                {"http": {"certificate": "%s", "key": "%s", "keyPasswordFile": "%s"}}
                                """.formatted(
                        folder.resolve("cert.pem"), folder.resolve("key.pem"), folder.resolve("key.password")))));
        behindProxy = Sotay.start(Sotay.prepared().with("--config", config("proxy", """
                                {"http": {"proxies": "127.0.0.0/8, ::1"}, "store": {"password": "%s"}}
                                """.formatted(DATABASE_PASSWORD))));
    }

    @AfterAll
    static void stop() {
        tls.close();
        behindProxy.close();
    }

    /** Replaces a file in one moment, as programs do that fetch certificates. */
    private static void put(String name, String content) throws IOException {
        Path written = Files.writeString(folder.resolve(name + ".new"), content);
        Files.setPosixFilePermissions(written, PosixFilePermissions.fromString("rw-------"));
        Files.move(written, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    private static String config(String name, String settings) throws IOException {
        Path config = Files.createDirectory(folder.resolve(name));
        Files.writeString(config.resolve("sotay.json"), settings);
        return config.toString();
    }

    private static HttpClient client(Version version) {
        return HttpClient.newBuilder().version(version).sslContext(trusting).build();
    }

    private static HttpResponse<String> send(HttpClient client, String method, String path, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(tls.url().resolve(path))
                .timeout(Duration.ofSeconds(30))
                .method(method, BodyPublishers.noBody());
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static String signIn(HttpClient client) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(tls.url().resolve("/api/session"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"login\":\"editor\",\"password\":\"" + Sotay.PASSWORD + "\"}"))
                .build();
        return client.send(request, BodyHandlers.ofString())
                .headers()
                .firstValue("Set-Cookie")
                .orElseThrow();
    }

    // ---- TLS

    @ParameterizedTest
    @EnumSource(Version.class)
    @Order(1)
    void theCookieIsOfThisHostAndOfHttpsAlone(Version version) throws Exception {
        HttpClient client = client(version);
        String cookie = signIn(client);
        String token = cookie.replaceFirst("__Host-sotay=([^;]*);.*", "$1");

        assertThat(cookie)
                .startsWith("__Host-sotay=")
                .contains("; Path=/;", "; HttpOnly", "; SameSite=Strict")
                .endsWith("; Secure")
                .doesNotContain("Domain");
        // a session that began under the other name goes on
        assertThat(send(client, "GET", "/api/me", "Cookie", "sotay=" + token).statusCode())
                .isEqualTo(200);
        // but what another host of the domain has set under it does not count
        assertThat(send(client, "GET", "/api/me", "Cookie", "sotay=other; __Host-sotay=" + token)
                        .statusCode())
                .isEqualTo(200);
        assertThat(send(client, "DELETE", "/api/session", "Cookie", "__Host-sotay=" + token)
                        .headers()
                        .firstValue("Set-Cookie")
                        .orElseThrow())
                .startsWith("__Host-sotay=;")
                .contains("Max-Age=0")
                .endsWith("; Secure");
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Order(1)
    void aPageOfTheSameNameWithoutHttpsIsAnotherOrigin(Version version) throws Exception {
        HttpClient client = client(version);
        String cookie = signIn(client).replaceFirst(";.*", "");
        String own = tls.url().toString().replaceFirst("/$", "");

        HttpResponse<String> other =
                send(client, "DELETE", "/api/session", "Cookie", cookie, "Origin", own.replace("https:", "http:"));
        HttpResponse<String> same = send(client, "DELETE", "/api/session", "Cookie", cookie, "Origin", own);

        assertThat(other.statusCode()).isEqualTo(403);
        assertThat(same.statusCode()).isEqualTo(204);
    }

    @ParameterizedTest
    @CsvSource({"/", "/health", "/api/me", "/api/nothing", "/nothing.txt"})
    @Order(1)
    void browsersAreToldToComeByHttpsAlone(String path) throws Exception {
        HttpResponse<String> reply = send(client(Version.HTTP_2), "GET", path, "X-Forwarded-Proto", "http");

        assertThat(reply.headers().firstValue("Strict-Transport-Security").orElse(""))
                .isEqualTo("max-age=31536000");
        assertThat(reply.headers().firstValue("Referrer-Policy").orElse("")).isEqualTo("no-referrer");
    }

    @ParameterizedTest
    @CsvSource({
        "TLSv1.3, TLS_AES_256_GCM_SHA384,                  true",
        "TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, true",
        "TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384, false",
        "TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA,    false",
    })
    @Order(1)
    void noWeakCipherIsSpoken(String protocol, String cipher, boolean spoken) throws Exception {
        SSLParameters parameters = new SSLParameters(new String[] {cipher}, new String[] {protocol});
        HttpClient client = HttpClient.newBuilder()
                .version(Version.HTTP_1_1)
                .sslContext(trusting)
                .sslParameters(parameters)
                .build();

        if (spoken) {
            assertThat(send(client, "GET", "/health").statusCode()).isEqualTo(200);
        } else {
            assertThatThrownBy(() -> send(client, "GET", "/health")).isInstanceOf(SSLException.class);
        }
    }

    @Test
    @Order(2)
    void newFilesAreTakenWhileItRuns() throws Exception {
        HttpClient before = client(Version.HTTP_1_1);
        assertThat(certificate(before)).isEqualTo(first.certificate());

        put("key.pem", second.keyPem());
        put("cert.pem", second.certificatePem());
        tls.awaitOutput(Pattern.compile("The certificate was replaced; the new one is good until 2"), SOON);

        assertThat(certificate(client(Version.HTTP_2))).isEqualTo(second.certificate());
        // who is connected stays so
        assertThat(certificate(before)).isEqualTo(first.certificate());
    }

    @Test
    @Order(3)
    void filesThatAreNoGoodLeaveTheOneBefore() throws Exception {
        put("key.pem", first.keyPem(KEY_PASSWORD));
        tls.awaitOutput(
                Pattern.compile(
                        "The new certificate is not taken, and the one before goes on: \\S+key.pem holds another"
                                + " key than that of the first certificate in \\S+cert.pem"),
                SOON);
        put("cert.pem", "-----BEGIN CERT");
        tls.awaitOutput(Pattern.compile("goes on: \\S+cert.pem holds no certificate in PEM"), SOON);
        assertThat(certificate(client(Version.HTTP_2))).isEqualTo(second.certificate());

        put("cert.pem", first.certificatePem());
        tls.awaitOutput(Pattern.compile("(?s)The certificate was replaced.*The certificate was replaced"), SOON);
        assertThat(certificate(client(Version.HTTP_2))).isEqualTo(first.certificate());
        assertThat(tls.output().split("holds no certificate in PEM"))
                .as("told once")
                .hasSize(2);
    }

    private static Certificate certificate(HttpClient client) throws IOException, InterruptedException {
        try {
            return send(client, "GET", "/health").sslSession().orElseThrow().getPeerCertificates()[0];
        } catch (SSLPeerUnverifiedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @Order(4)
    void aPlaceWithoutItsKeyDoesNotStart() throws Exception {
        Path certificate = folder.resolve("first.pem");
        Files.writeString(certificate, first.certificatePem());
        Sotay refused = Sotay.startAndExit(Sotay.fresh()
                .demo("none")
                .with("--config", config("broken", "{\"http\": {\"certificate\": \"" + certificate + "\"}}")));

        assertThat(refused.output())
                .contains("Sotay cannot start: " + certificate + " holds no key in PEM")
                .doesNotContain("Sotay is ready", "\tat ");
        assertThat(refused.awaitExit()).isEqualTo(1);
    }

    // ---- a proxy before it

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "https,       true",
        "http,        false",
        "'https, http', false",
        "'',          false",
    })
    void theProxySaysWhetherItWasHttps(String proto, boolean secure) {
        Client browser = behindProxy.anonymous().header("X-Forwarded-For", "203.0.113.1");
        Response reply = (proto.isEmpty() ? browser : browser.header("X-Forwarded-Proto", proto))
                .post("/api/session", Map.of("login", "editor", "password", Sotay.PASSWORD))
                .expect(201);

        assertThat(reply.header("Set-Cookie")).startsWith(secure ? "__Host-sotay=" : "sotay=");
        assertThat(reply.header("Strict-Transport-Security").isEmpty()).isEqualTo(!secure);
    }

    @Test
    void theProxySaysUnderWhichNameItWasAsked() {
        Client browser = behindProxy
                .anonymous()
                .header("X-Forwarded-Proto", "https")
                .header("X-Forwarded-Host", "sotay.example");
        Client signedIn = browser.header(
                "Cookie",
                browser.post("/api/session", Map.of("login", "editor", "password", Sotay.PASSWORD))
                        .expect(201)
                        .header("Set-Cookie")
                        .replaceFirst(";.*", ""));

        signedIn.header("Origin", "http://sotay.example").delete("/api/session").expect(403);
        signedIn.header("Origin", behindProxy.url().toString().replaceFirst("/$", ""))
                .delete("/api/session")
                .expect(403);
        signedIn.header("Origin", "https://sotay.example")
                .delete("/api/session")
                .expect(204);
    }

    @Test
    void whoIsNoProxyOfOursIsNotBelieved() {
        Response reply = Sotay.shared()
                .anonymous()
                .header("X-Forwarded-Proto", "https")
                .header("Forwarded", "proto=https")
                .post("/api/session", Map.of("login", "editor", "password", Sotay.PASSWORD))
                .expect(201);

        assertThat(reply.header("Set-Cookie")).startsWith("sotay=");
        assertThat(reply.header("Strict-Transport-Security")).isEmpty();
    }

    @Test
    void guessesAreCountedForTheClientNotForTheProxy() {
        Response last = guess("2001:db8:1:2::1");
        // what is written before the address that the proxy saw, and another address of the same network, change
        // nothing
        for (int i = 0; i < 60 && last.status() == 401; i++) {
            last = guess("198.51.100." + i + ", 2001:db8:1:2::" + i);
        }

        assertThat(last.expect(429).problem()).isEqualTo("too-many-tries");
        guess("2001:db8:1:3::1").expect(401);
    }

    private static Response guess(String from) {
        return behindProxy
                .anonymous()
                .header("X-Forwarded-For", from)
                .post("/api/session", Map.of("login", "guessed-" + UUID.randomUUID(), "password", "doan"));
    }

    // ---- secrets

    @Test
    @Order(9)
    void noSecretIsInTheLog() {
        assertThat(behindProxy.output())
                .containsOnlyOnce("sotay.json: \"store.password\" is a secret")
                .doesNotContain(DATABASE_PASSWORD, Sotay.PASSWORD);
        assertThat(tls.output()).doesNotContain(KEY_PASSWORD, first.password(), "PRIVATE KEY", Sotay.PASSWORD);
    }
}
