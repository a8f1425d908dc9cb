package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.sotay.testkit.Client;
import vn.sotay.testkit.Response;
import vn.sotay.testkit.Sotay;

/** {@code /api/files}: sent under their hash, read whole or in parts by those for whom they are held. */
class FilesIT {

    private static final int MOST = 20 * 1024 * 1024;
    private static final String TYPE = "application/octet-stream";

    private final Sotay sotay = Sotay.shared();
    private final Client secretary = sotay.as("secretary");

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random().nextBytes(bytes);
        return bytes;
    }

    private static String path(byte[] content) {
        return "/api/files/" + Client.sha256(content);
    }

    @Test
    void isSentOnceAndReadAsItWasSent() {
        // some chunks of the database and a part of one
        byte[] content = random(300_001);

        Response sent = secretary.send("PUT", path(content), TYPE, content).expect(201);
        secretary.send("PUT", path(content), TYPE, content).expect(200);
        Response read = secretary.get(path(content)).expect(200);

        assertThat(sent.json().path("sha256").asText()).isEqualTo(Client.sha256(content));
        assertThat(sent.json().path("size").asInt()).isEqualTo(content.length);
        assertThat(read.body()).isEqualTo(content);
        assertThat(read.header("Content-Length")).isEqualTo("300001");
        assertThat(read.header("ETag")).isEqualTo('"' + Client.sha256(content) + '"');
        assertThat(read.header("Cache-Control")).isEqualTo("private, no-cache");
    }

    @Test
    void isNotTakenUnderAnotherHash() {
        byte[] content = random(1000);
        byte[] other = random(1000);

        Response refused = secretary.send("PUT", path(other), TYPE, content).expect(422);

        assertThat(refused.problem()).isEqualTo("file.wrong-hash");
        assertThat(refused.json().path("detail").asText()).contains(Client.sha256(content));
        secretary.get(path(content)).expect(404);
        secretary.get(path(other)).expect(404);
    }

    @ParameterizedTest
    @CsvSource({"abc", "%20", "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855"})
    void isNamedByItsHashAlone(String name) {
        assertThat(secretary
                        .send("PUT", "/api/files/" + name, TYPE, new byte[0])
                        .expect(422)
                        .errors())
                .containsExactly("sha256 sha256");
        secretary.get("/api/files/" + name).expect(404);
    }

    @Test
    void maySayItsSizeOrNotButNotPassTheLimit() {
        byte[] largest = random(MOST);
        Response streamed = secretary
                .send("PUT", path(largest), TYPE, BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(largest)))
                .expect(201);
        assertThat(streamed.json().path("size").asInt()).isEqualTo(MOST);
        assertThat(Client.sha256(secretary.get(path(largest)).expect(200).body()))
                .isEqualTo(Client.sha256(largest));

        byte[] larger = Arrays.copyOf(largest, MOST + 1);
        Response refused = secretary
                .send("PUT", path(larger), TYPE, BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(larger)))
                .expect(413);
        assertThat(refused.json().path("detail").asText()).contains(String.valueOf(MOST));
        secretary.get(path(larger)).expect(404);
    }

    @Test
    void isRefusedBeforeItIsReadWhenItSaysThatItIsTooLarge() throws IOException {
        try (Socket socket = new Socket("localhost", sotay.url().getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(("PUT " + path(new byte[0]) + " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + session()
                                    + "\r\nContent-Type: " + TYPE + "\r\nContent-Length: " + (MOST + 1) + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));

            String answer = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);

            assertThat(answer).isEqualTo("HTTP/1.1 413");
        }
    }

    /** 200 MB that do not say how many they are: the server hangs up soon after the limit, and holds no more than before. */
    @Test
    void isReadNoFurtherThanTheLimit() throws IOException {
        byte[] chunk = random(1 << 16);
        long before = resident();
        long sent = 0;
        try (Socket socket = new Socket("localhost", sotay.url().getPort())) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            out.write(("PUT " + path(new byte[0]) + " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + session()
                            + "\r\nContent-Type: " + TYPE + "\r\nTransfer-Encoding: chunked\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            while (sent < 200L << 20 && socket.getInputStream().available() == 0) {
                out.write("10000\r\n".getBytes(StandardCharsets.US_ASCII));
                out.write(chunk);
                out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
                sent += chunk.length;
            }
            String answer = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);

            assertThat(answer).isEqualTo("HTTP/1.1 413");
        } catch (SocketException e) {
            // it has hung up while we were still sending
        }
        long more = resident() - before;
        System.out.println(
                "FilesIT: of 200 MB " + (sent >> 20) + " MB were sent, and " + more + " MB more are in memory");

        assertThat(sent).isBetween((long) MOST, MOST + (12L << 20));
        assertThat(more).isLessThan(100);
    }

    /** Megabytes of the server's process. */
    private long resident() throws IOException {
        return Files.readAllLines(Path.of("/proc", String.valueOf(sotay.pid()), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .sum();
    }

    private String session() {
        return sotay.anonymous()
                .post("/api/session", Map.of("login", "secretary", "password", Sotay.PASSWORD))
                .expect(201)
                .json()
                .path("token")
                .asText();
    }

    // ---- parts

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "bytes=0-9,             0,      10",
        "bytes=65530-65545,     65530,  65546",
        "bytes=131000-,         131000, 200000",
        "bytes=-7,              199993, 200000",
        "bytes=199999-999999,   199999, 200000",
    })
    void isReadInParts(String range, int from, int to) {
        byte[] content = random(200_000);
        secretary.putFile(content);

        Response part = secretary.header("Range", range).get(path(content)).expect(206);

        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(content, from, to));
        assertThat(part.header("Content-Range")).isEqualTo("bytes " + from + '-' + (to - 1) + "/200000");
        assertThat(part.header("Accept-Ranges")).isEqualTo("bytes");
    }

    @Test
    void isReadOnAfterABreakOnlyIfItIsTheSame() {
        byte[] content = random(1000);
        secretary.putFile(content);
        String tag = '"' + Client.sha256(content) + '"';
        Client broken = secretary.header("Range", "bytes=500-");

        assertThat(broken.header("If-Range", tag).get(path(content)).expect(206).body())
                .hasSize(500);
        assertThat(broken.header("If-Range", "\"other\"")
                        .get(path(content))
                        .expect(200)
                        .body())
                .hasSize(1000);
        secretary.header("Range", "bytes=1000-").get(path(content)).expect(416);
        secretary.header("Range", "bytes=0-1,5-6").get(path(content)).expect(200);
        Response same = secretary
                .header("If-None-Match", "W/\"old\", " + tag)
                .get(path(content))
                .expect(304);
        assertThat(same.body()).isEmpty();
        assertThat(same.header("ETag")).isEqualTo(tag);
        assertThat(secretary.send("HEAD", path(content)).expect(200).header("Content-Length"))
                .isEqualTo("1000");
    }

    // ---- what a browser makes of it

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    <!doctype html><script>alert(1)</script>                  | text/plain; charset=utf-8
                    <svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>     | text/plain; charset=utf-8
                    <?xml version='1.0'?><x/>                                  | text/plain; charset=utf-8
                    function f() { return 1; }                                 | text/plain; charset=utf-8
                    %PDF-1.7 something                                         | application/pdf
                    """)
    void isNeverRunByABrowser(String text, String type) {
        byte[] content = (text + "\n<!-- " + UUID.randomUUID() + " -->").getBytes(StandardCharsets.UTF_8);
        secretary.send("PUT", path(content), "text/html", content).expect(201);

        Response read = secretary.get(path(content)).expect(200);

        assertThat(read.header("Content-Type")).isEqualTo(type);
        assertThat(read.header("Content-Disposition")).isEqualTo("attachment");
        assertThat(read.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(read.header("Content-Security-Policy")).startsWith("default-src 'none'");
    }

    @Test
    void isSavedUnderTheNameThatIsAskedFor() {
        byte[] content = random(10);
        secretary.putFile(content);
        String name = URLEncoder.encode("Nghị quyết \"05\"\r\n/../x.pdf", StandardCharsets.UTF_8);

        Response read = secretary.get(path(content) + "?name=" + name).expect(200);

        assertThat(read.header("Content-Disposition"))
                .startsWith("attachment; filename=\"nghi quyet _05_")
                .contains("filename*=UTF-8''Ngh%E1%BB%8B%20quy%E1%BA%BFt%20_05_")
                .doesNotContain("/", "\r", "\n");
    }

    // ---- who may read

    @Test
    void isReadByWhoSentItAndForWhomItIsHeld() {
        byte[] content = random(100);
        String file = path(content);
        secretary.putFile(content);
        for (String login : List.of("fisherman", "officer", "officer2", "secretary2", "admin")) {
            sotay.as(login).get(file).expect(404);
        }
        sotay.anonymous().get(file).expect(401);
        sotay.anonymous().send("PUT", file, TYPE, content).expect(401);

        String meeting = "/api/meetings/" + UUID.randomUUID();
        secretary.put(meeting, meeting(content)).expect(201);
        for (String login : List.of("fisherman", "officer2")) {
            sotay.as(login).get(file).expect(200);
        }
        for (String login : List.of("secretary2", "member2", "admin", "editor")) {
            sotay.as(login).get(file).expect(404);
        }
        secretary.delete(meeting).expect(204);
        sotay.as("fisherman").get(file).expect(404);
    }

    @Test
    void isNotHeldBeforeItIsThere() {
        assertThat(secretary
                        .put("/api/meetings/" + UUID.randomUUID(), meeting(random(100)))
                        .expect(422)
                        .errors())
                .hasSize(1)
                .allMatch(error -> error.endsWith(" file-missing"));
    }

    private Map<String, Object> meeting(byte[] document) {
        JsonNode cell = secretary.get("/api/me").expect(200).json().at("/member/cell/id");
        return Map.of(
                "cell",
                cell.asText(),
                "kind",
                "THEMATIC",
                "startsAt",
                Instant.now()
                        .plus(Duration.ofDays(50))
                        .truncatedTo(ChronoUnit.SECONDS)
                        .toString(),
                "place",
                "Nhà văn hóa",
                "title",
                "Có tài liệu",
                "items",
                List.of(Map.of(
                        "id",
                        UUID.randomUUID(),
                        "title",
                        "Bàn tài liệu",
                        "documents",
                        List.of(Map.of(
                                "file",
                                Client.sha256(document),
                                "name",
                                "Tài liệu.pdf",
                                "type",
                                "application/pdf",
                                "size",
                                document.length)))));
    }
}
