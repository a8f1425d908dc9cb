package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import vn.sotay.testkit.Client;
import vn.sotay.testkit.Response;
import vn.sotay.testkit.Sotay;

/**
 * Two phones of one member and the secretary, in random order: commands come late, early, twice, after the meeting was closed. Compared
 * with a model that is told what was applied in which order: the same end state, no command lost, none applied twice (T16 of the golden
 * cases). Short by default; {@code -Dsotay.long=true} plays a thousand.
 */
class InterleavingsIT {

    private static final Sotay SOTAY = Sotay.shared();
    private static final Client SECRETARY = SOTAY.as("secretary");
    private static final Client FISHERMAN = SOTAY.as("fisherman");
    private static final JsonNode ME = FISHERMAN.get("/api/me").expect(200).json();
    private static final int GAMES = Boolean.getBoolean("sotay.long") ? 1_000 : 60;
    private static final int MOVES = 24;

    /** What the change feed says of opinions. */
    private static final Map<String, String> TOLD = new HashMap<>();

    private static String token = "";

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void theEndIsThatOfTheModel() throws Exception {
        for (int seed = 0; seed < GAMES; seed++) {
            new Game(seed).play();
        }
    }

    /** What a phone has written: where to, and its words; of an answer what its writer saw. */
    private record Command(String path, Map<String, Object> body, String words, Leave sent, Leave saw) {}

    /** What the model knows of a thing: its words, and how often it was changed. */
    private record Thing(String words, int version) {}

    /** What an answer says: why its writer cannot come, and a message. */
    private record Leave(String reason, String message) {

        static final Leave NONE = new Leave(null, null);

        static Leave of(JsonNode answer) {
            return answer.isMissingNode()
                    ? NONE
                    : new Leave(
                            answer.path("reason").asText(),
                            answer.path("message").asText());
        }

        Map<String, Object> body() {
            return reason == null ? Map.of() : Map.of("answer", "ABSENT", "reason", reason, "message", message);
        }
    }

    /** What the model knows of the answer: what counts, what gave way, and how often it was changed. */
    private record Both(Leave counts, Leave other, int version) {

        /** What both phones have changed is the later one's, and the other is kept; what one alone has changed is that one's. */
        Both and(Leave saw, Leave sent) {
            boolean chooses = other != Leave.NONE && counts.equals(saw);
            if (counts.equals(sent)) {
                return chooses ? new Both(counts, Leave.NONE, version + 1) : this;
            }
            String reason = sent.reason().equals(saw.reason()) ? counts.reason() : sent.reason();
            String message = sent.message().equals(saw.message()) ? counts.message() : sent.message();
            Leave merged = new Leave(reason, message);
            if (merged.equals(counts)) {
                return this;
            }
            boolean gaveWay = differ(saw.reason(), counts.reason(), sent.reason())
                    || differ(saw.message(), counts.message(), sent.message());
            return new Both(merged, gaveWay ? counts : chooses ? Leave.NONE : other, version + 1);
        }

        private static boolean differ(String saw, String counts, String sent) {
            return !sent.equals(saw) && !counts.equals(saw) && !sent.equals(counts);
        }
    }

    private final class Phone {

        final String name;
        final Outbox outbox = Outbox.of(FISHERMAN);
        final List<Command> written = new ArrayList<>();
        final List<Response> answered = new ArrayList<>();
        /** The answer as its screen shows it. */
        Leave saw = Leave.NONE;

        Phone(String name) {
            this.name = name;
        }

        Response send(int number) {
            Command command = written.get(number - 1);
            return outbox.number(number).put(command.path(), command.body());
        }
    }

    private final class Game {

        private final int seed;
        private final Random random;
        private final String item = UUID.randomUUID().toString();
        private final String meeting = "/api/meetings/" + UUID.randomUUID();
        private final List<String> opinions = new ArrayList<>();
        private final String answer =
                meeting + "/answers/" + ME.at("/member/id").asText();
        private final Map<String, Thing> model = new HashMap<>();
        private Both both;
        private final List<Phone> phones = List.of(new Phone("A"), new Phone("B"));
        private boolean closed;

        Game(int seed) {
            this.seed = seed;
            this.random = new Random(seed);
            for (int i = 0; i < 2; i++) {
                opinions.add(meeting + "/items/" + item + "/opinions/" + UUID.randomUUID());
            }
        }

        void play() throws Exception {
            plan();
            for (int move = 0; move < MOVES; move++) {
                Phone phone = phones.get(random.nextInt(phones.size()));
                switch (random.nextInt(12)) {
                    case 0, 1, 2, 3 -> {
                        write(phone);
                        settle(phone, phone.send(phone.written.size()));
                    }
                    case 4, 5 -> repeat(phone);
                    case 6, 7 -> outOfOrder(phone);
                    case 8 -> decide();
                    case 9, 10 -> look(phone);
                    default -> {
                        if (move > MOVES - 6 && random.nextInt(3) == 0) {
                            close();
                        }
                    }
                }
            }
            phones.forEach(this::repeat);
            compare();
        }

        private void plan() {
            SECRETARY
                    .put(
                            meeting,
                            Map.of(
                                    "cell",
                                    ME.at("/member/cell/id").asText(),
                                    "kind",
                                    "THEMATIC",
                                    "startsAt",
                                    Instant.now()
                                            .minus(Duration.ofMinutes(5))
                                            .truncatedTo(ChronoUnit.SECONDS)
                                            .toString(),
                                    "place",
                                    "Nhà văn hóa thôn",
                                    "title",
                                    "Ván " + seed,
                                    "items",
                                    List.of(Map.of("id", item, "title", "Bàn việc"))))
                    .expect(201);
            SECRETARY.post(meeting + "/notify").expect(200);
            SECRETARY.post(meeting + "/open").expect(200);
        }

        private void write(Phone phone) {
            String words = phone.name + (phone.written.size() + 1) + " của ván " + seed;
            int which = random.nextInt(opinions.size() + 1);
            phone.written.add(
                    which < opinions.size()
                            ? new Command(
                                    opinions.get(which), Map.of("stance", "OTHER", "text", words), words, null, null)
                            : leave(phone, words));
        }

        /** Changes why, or what is said about it, or both; or says the same again. */
        private Command leave(Phone phone, String words) {
            Leave saw = phone.saw;
            int what = saw == Leave.NONE ? 3 : random.nextInt(4);
            String reason = List.of("AT_SEA", "FAMILY", "STUDY").get(random.nextInt(3));
            Leave sent = new Leave((what & 1) == 1 ? reason : saw.reason(), (what & 2) == 2 ? words : saw.message());
            phone.saw = sent;
            Map<String, Object> body = new HashMap<>(sent.body());
            body.put("base", saw.body());
            return new Command(answer, body, words, sent, saw);
        }

        /** The phone is shown what there is. */
        private void look(Phone phone) {
            Response reply = FISHERMAN.get(answer);
            phone.saw = reply.status() == 404 ? Leave.NONE : Leave.of(reply.json());
        }

        /** The next number of a phone was answered: the model does the same. */
        private void settle(Phone phone, Response reply) {
            Command command = phone.written.get(phone.answered.size());
            phone.answered.add(reply);
            assertThat(reply.header("Sotay-Repeated")).isEmpty();
            if (command.sent() != null) {
                settleAnswer(command, reply);
                return;
            }
            if (closed) {
                assertThat(reply.status()).as(reply.toString()).isEqualTo(409);
                return;
            }
            Thing before = model.get(command.path());
            Thing after = new Thing(command.words(), before == null ? 1 : before.version() + 1);
            assertThat(reply.status()).as(reply.toString()).isEqualTo(before == null ? 201 : 200);
            assertThat(reply.header("ETag")).isEqualTo("\"" + after.version() + '"');
            model.put(command.path(), after);
        }

        private void settleAnswer(Command command, Response reply) {
            Both before = both;
            Both after = before == null
                    ? new Both(command.sent(), Leave.NONE, 1)
                    : before.and(command.saw(), command.sent());
            if (closed
                    && (before == null
                            || !after.equals(before)
                            || !before.counts().equals(command.sent()))) {
                assertThat(reply.status()).as(reply.toString()).isEqualTo(409);
                return;
            }
            both = after;
            assertThat(reply.status()).as(reply.toString()).isEqualTo(before == null ? 201 : 200);
            assertThat(reply.header("ETag")).isEqualTo("\"" + after.version() + '"');
            assertThat(Leave.of(reply.json())).as(reply.toString()).isEqualTo(after.counts());
            assertThat(Leave.of(reply.json().path("other")))
                    .as(reply.toString())
                    .isEqualTo(after.other());
        }

        private void repeat(Phone phone) {
            if (phone.answered.isEmpty()) {
                return;
            }
            int number = random.nextInt(phone.answered.size()) + 1;
            Response again = phone.send(number);
            Response first = phone.answered.get(number - 1);
            assertThat(again.header("Sotay-Repeated")).isEqualTo("true");
            assertThat(again.status()).isEqualTo(first.status());
            assertThat(again.text()).isEqualTo(first.text());
        }

        /** Two or three that were written one after the other leave at once, the last one first. */
        private void outOfOrder(Phone phone) throws Exception {
            int from = phone.written.size() + 1;
            int to = from + 1 + random.nextInt(2);
            for (int number = from; number <= to; number++) {
                write(phone);
            }
            List<CompletableFuture<Response>> sent = new ArrayList<>();
            for (int number = to; number >= from; number--) {
                int each = number;
                sent.add(0, CompletableFuture.supplyAsync(() -> phone.send(each), threads));
            }
            for (CompletableFuture<Response> each : sent) {
                settle(phone, each.get(20, TimeUnit.SECONDS));
            }
        }

        private void decide() {
            if (both == null || closed) {
                return;
            }
            Response reply = SECRETARY.put(
                    answer + "/decision", Map.of("accepted", random.nextBoolean(), "message", "lần " + both.version()));
            assertThat(reply.status()).as(reply.toString()).isIn(200, 201);
            both = new Both(both.counts(), both.other(), both.version() + 1);
        }

        private void close() {
            if (!closed) {
                SECRETARY.post(meeting + "/close").expect(200);
                closed = true;
            }
        }

        /** Reads on in the change feed, as both phones do. */
        private void listen() {
            for (boolean complete = false; !complete; ) {
                Response page = FISHERMAN.get("/api/changes" + (token.isEmpty() ? "" : "?since=" + token));
                complete = page.status() == 204 || page.json().path("complete").asBoolean();
                if (page.status() == 200) {
                    token = page.json().path("token").asText();
                    page.json()
                            .path("changes")
                            .forEach(change -> TOLD.put(
                                    change.path("id").asText(),
                                    change.at("/data/text").asText()));
                }
            }
        }

        private void compare() {
            listen();
            model.forEach((path, thing) -> {
                Response reply = SECRETARY.get(path).expect(200);
                assertThat(reply.json().path("text").asText())
                        .as("%s of game %s", path, seed)
                        .isEqualTo(thing.words());
                assertThat(reply.header("ETag"))
                        .as("%s of game %s", path, seed)
                        .isEqualTo("\"" + thing.version() + '"');
                assertThat(TOLD.get(path.substring(path.lastIndexOf('/') + 1)))
                        .as("what both phones are told of %s", path)
                        .isEqualTo(thing.words());
            });
            if (both != null) {
                JsonNode reply = SECRETARY.get(answer).expect(200).json();
                assertThat(Leave.of(reply)).as("game %s", seed).isEqualTo(both.counts());
                assertThat(Leave.of(reply.path("other"))).as("game %s", seed).isEqualTo(both.other());
            }
        }
    }
}
