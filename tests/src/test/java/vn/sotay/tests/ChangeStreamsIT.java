package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.sotay.testkit.Client;
import vn.sotay.testkit.Response;
import vn.sotay.testkit.Sotay;

/** {@code /api/changes} as a stream of events: who is online hears at once that there is something new. */
class ChangeStreamsIT {

    private static final int CONNECTIONS = 1_500;
    /** Four fifths of the connections. */
    private static final int MOST = 1_200;

    private static final int MANY = 1_000;
    private static final String EVENT = "event: changes\ndata: new";
    private static final String SIGN_OF_LIFE = ":";
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    static Path config;

    private static Sotay sotay;

    @BeforeAll
    static void start() throws IOException {
        Files.writeString(
                config.resolve("sotay.json"),
                "{\"http\": {\"heartbeatSeconds\": 1, \"connections\": " + CONNECTIONS + "}}");
        sotay = Sotay.start(Sotay.prepared().with("--config", config.toString()));
    }

    @AfterAll
    static void stop() {
        assertThat(sotay.output()).doesNotContain("\tat ");
        sotay.close();
    }

    /** One who listens, by a connection of its own. Not thread-safe. */
    private static final class Listener implements Closeable {

        private final Socket socket = new Socket();
        private final InputStream in;
        private final StringBuilder heard = new StringBuilder();
        final String head;

        Listener(URI url, String token, String query, String... headers) {
            try {
                socket.connect(new java.net.InetSocketAddress(url.getHost(), url.getPort()), 10_000);
                socket.setSoTimeout((int) SOON.toMillis());
                String request = "GET /api/changes" + query + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                        + token + "\r\nAccept: text/event-stream\r\n";
                for (String header : headers) {
                    request += header + "\r\n";
                }
                socket.getOutputStream().write((request + "\r\n").getBytes(StandardCharsets.US_ASCII));
                in = new BufferedInputStream(socket.getInputStream());
                StringBuilder lines = new StringBuilder();
                for (String line = line(); !line.isEmpty(); line = line()) {
                    lines.append(line).append('\n');
                }
                head = lines.toString().toLowerCase(Locale.ROOT);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        int status() {
            return Integer.parseInt(head.split("\\s")[1]);
        }

        private String line() throws IOException {
            StringBuilder line = new StringBuilder();
            for (int next = in.read(); next != '\n'; next = in.read()) {
                if (next < 0) {
                    throw new IOException("the connection was closed after " + line);
                }
                line.append((char) next);
            }
            return line.toString().stripTrailing();
        }

        /** The next block of lines; null when the stream has ended in order. */
        @Nullable String next() {
            try {
                while (heard.indexOf("\n\n") < 0) {
                    // the end of a chunk comes with the beginning of the next
                    String line = line();
                    int size = Integer.parseInt(line.isEmpty() ? line() : line, 16);
                    if (size == 0) {
                        return null;
                    }
                    heard.append(new String(in.readNBytes(size), StandardCharsets.US_ASCII));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            int end = heard.indexOf("\n\n");
            String block = heard.substring(0, end);
            heard.delete(0, end + 2);
            return block;
        }

        /** The next that is no sign of life; fails if there is none soon. */
        @Nullable String news() {
            long end = System.nanoTime() + SOON.toNanos();
            String next = next();
            while (SIGN_OF_LIFE.equals(next)) {
                assertThat(System.nanoTime()).as("nothing is told").isLessThan(end);
                next = next();
            }
            return next;
        }

        /** Passes if nothing is told before the second sign of life from now. */
        void requireSilence() {
            assertThat(List.of(String.valueOf(next()), String.valueOf(next())))
                    .containsExactly(SIGN_OF_LIFE, SIGN_OF_LIFE);
        }

        @Override
        public void close() {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static String signIn(String login) {
        return sotay.anonymous()
                .post("/api/session", Map.of("login", login, "password", Sotay.PASSWORD))
                .expect(201)
                .json()
                .path("token")
                .asText();
    }

    /** A listener that stands at a token of the feed, and has been told so. */
    private static Listener listen(String token, String since) {
        Listener listener = new Listener(sotay.url(), token, "?since=" + since);
        assertThat(listener.status()).as(listener.head).isEqualTo(200);
        assertThat(listener.next()).matches("retry: \\d{4,5}\nid: " + since);
        return listener;
    }

    /** The token of who knows all. */
    private static String readAll(Client client) {
        String token = "";
        while (true) {
            Response reply = client.get("/api/changes" + (token.isEmpty() ? "" : "?since=" + token));
            if (reply.status() == 204) {
                return token;
            }
            token = reply.expect(200).json().path("token").asText();
        }
    }

    /** Plans a meeting of the cell of this secretary, of which all of the cell are told. */
    private static String plan(String secretary) {
        Client client = sotay.as(secretary);
        String id = UUID.randomUUID().toString();
        client.put(
                        "/api/meetings/" + id,
                        Map.of(
                                "cell",
                                client.get("/api/me")
                                        .expect(200)
                                        .json()
                                        .at("/member/cell/id")
                                        .asText(),
                                "kind",
                                "THEMATIC",
                                "startsAt",
                                Instant.now()
                                        .plus(Duration.ofDays(40))
                                        .truncatedTo(ChronoUnit.SECONDS)
                                        .toString(),
                                "place",
                                "Nhà văn hóa",
                                "title",
                                "Đang nghe",
                                "items",
                                List.of(Map.of("id", UUID.randomUUID(), "title", "Bàn việc"))))
                .expect(201);
        client.post("/api/meetings/" + id + "/notify").expect(200);
        return id;
    }

    // ---- telling

    @Test
    void tellsOfWhatAnotherHasWritten() {
        Client member = sotay.as("member2");
        String since = readAll(member);
        try (Listener listener = listen(signIn("member2"), since)) {
            String meeting = plan("secretary2");

            assertThat(listener.news()).isEqualTo(EVENT);
            assertThat(listener.head)
                    .contains("content-type: text/event-stream", "cache-control: no-store", "x-accel-buffering: no")
                    .doesNotContain("content-encoding");
            JsonNode page =
                    member.get("/api/changes?since=" + since).expect(200).json();
            assertThat(page.at("/changes/0/id").asText()).isEqualTo(meeting);
            // and of the next, without a word of the listener
            plan("secretary2");
            assertThat(listener.news()).isEqualTo(EVENT);
        }
    }

    @Test
    void tellsAtOnceOfWhatIsThere() {
        String token = signIn("member2");
        String since = readAll(sotay.as("member2"));
        plan("secretary2");
        try (Listener listener = listen(token, since)) {
            assertThat(listener.news()).isEqualTo(EVENT);
        }
        try (Listener listener = new Listener(sotay.url(), token, "")) {
            assertThat(listener.next()).startsWith("retry: ").doesNotContain("id:");
            assertThat(listener.news()).isEqualTo(EVENT);
        }
    }

    @Test
    void tellsNothingOfWhatOneMayNotSee() {
        String since = readAll(sotay.as("fisherman"));
        try (Listener listener = listen(signIn("fisherman"), since)) {
            plan("secretary2");
            listener.requireSilence();

            plan("secretary");
            assertThat(listener.news()).isEqualTo(EVENT);
        }
    }

    @Test
    void goesOnWhereABrowserThatComesBackHasStood() {
        String token = signIn("member2");
        Client member = sotay.as("member2");
        String before = readAll(member);
        plan("secretary2");
        String now = readAll(member);
        try (Listener listener = new Listener(sotay.url(), token, "?since=" + before, "Last-Event-ID: " + now)) {
            assertThat(listener.next()).endsWith("id: " + now);
            listener.requireSilence();
        }
        try (Listener listener = new Listener(sotay.url(), token, "?since=" + now, "Last-Event-ID: " + before)) {
            assertThat(listener.next()).endsWith("id: " + before);
            assertThat(listener.news()).isEqualTo(EVENT);
        }
    }

    // ---- ending

    @Test
    void endsWithItsSession() {
        String since = readAll(sotay.as("member2"));
        String token = signIn("member2");
        try (Listener listener = listen(token, since);
                Listener other = listen(signIn("member2"), since)) {
            sotay.anonymous()
                    .header("Authorization", "Bearer " + token)
                    .delete("/api/session")
                    .expect(204);

            assertThat(listener.news()).isNull();
            other.requireSilence();
        }
        try (Listener listener = new Listener(sotay.url(), token, "?since=" + since)) {
            assertThat(listener.status()).isEqualTo(401);
        }
    }

    @Test
    void endsWhenItsCallerMayKnowOtherThings() {
        Client officer = sotay.as("officer");
        Client member = sotay.as("member2");
        String path = "/api/members/"
                + member.get("/api/me").expect(200).json().at("/member/id").asText();
        JsonNode record = officer.get(path).expect(200).json();
        String there = sotay.as("secretary")
                .get("/api/me")
                .expect(200)
                .json()
                .at("/member/cell/id")
                .asText();
        String since = readAll(member);
        String token = signIn("member2");
        try (Listener listener = listen(token, since)) {
            officer.put(
                            path,
                            ((ObjectNode) record.deepCopy()).put("cell", there).toString())
                    .expect(200);
            // its own record has changed as well, of which it may be told before
            String last = listener.news();
            assertThat(EVENT.equals(last) ? listener.news() : last).isNull();
            try (Listener again = listen(token, since)) {
                assertThat(again.news()).isEqualTo(EVENT);
            }
        } finally {
            officer.put(path, record.toString()).expect(200);
        }
    }

    @Test
    void endsAtOnceWhenTheServerStops() {
        try (Sotay other = Sotay.start(Sotay.prepared())) {
            String token = other.anonymous()
                    .post("/api/session", Map.of("login", "member", "password", Sotay.PASSWORD))
                    .expect(201)
                    .json()
                    .path("token")
                    .asText();
            try (Listener listener = new Listener(other.url(), token, "")) {
                assertThat(listener.next()).startsWith("retry: ");
                assertThat(listener.news()).isEqualTo(EVENT);
                assertThat(other.stop()).isEqualTo(128 + 15);
                assertThat(listener.news()).isNull();
            }
        }
    }

    @Test
    void refusesAsEverByAProblem() {
        try (Listener listener = new Listener(sotay.url(), signIn("member2"), "?since=garbage")) {
            assertThat(listener.status()).isEqualTo(410);
            assertThat(listener.head).contains("content-type: application/problem+json");
        }
        try (Listener nobody = new Listener(sotay.url(), "x", "")) {
            assertThat(nobody.status()).isEqualTo(401);
        }
        Client member = sotay.as("member2").header("Accept", "text/event-stream");
        assertThat(member.send("HEAD", "/api/changes").expect(200).header("Content-Type"))
                .isEqualTo("text/event-stream");
    }

    // ---- many

    @Test
    void aThousandTakeNoThreadsAndNoMoreThanThereIsRoomForAreTaken() throws IOException {
        String token = signIn("member2");
        String since = readAll(sotay.as("member2"));
        List<Listener> all = new ArrayList<>();
        try {
            int before = threads();
            for (int i = 0; i < MANY; i++) {
                all.add(listen(token, since));
            }
            assertThat(threads()).isLessThan(before + 30);

            long written = System.nanoTime();
            plan("secretary2");
            for (Listener each : all) {
                assertThat(each.news()).isEqualTo(EVENT);
            }
            System.out.printf(
                    "%d streams: %d threads, %d before; all had heard %d ms after the write began%n",
                    MANY, threads(), before, (System.nanoTime() - written) / 1_000_000);

            while (all.get(all.size() - 1).status() == 200) {
                assertThat(all.size()).isLessThanOrEqualTo(MOST);
                all.add(new Listener(sotay.url(), token, "?since=" + since));
            }
            Listener refused = all.get(all.size() - 1);
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.head).contains("retry-after: 60", "content-type: application/problem+json");
            sotay.as("member2").get("/api/changes?since=" + since).expect(200);
        } finally {
            all.forEach(Listener::close);
        }
        // who has gone without a word is known by the second sign of life that it does not take
        Faults.await(
                "there is room again",
                SOON,
                () -> {
                    try (Listener one = new Listener(sotay.url(), token, "?since=" + since)) {
                        return one.status() == 200;
                    }
                },
                sotay::output);
    }

    private static int threads() throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(sotay.pid()), "status")).stream()
                .filter(line -> line.startsWith("Threads:"))
                .mapToInt(line -> Integer.parseInt(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }
}
