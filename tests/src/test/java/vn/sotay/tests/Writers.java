package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import vn.sotay.testkit.Client;
import vn.sotay.testkit.Response;
import vn.sotay.testkit.Sotay;

/**
 * People who write at the same time and remember what was acknowledged, whatever happens to the server. Who gets no answer sends the
 * same again until there is one, as a phone does; that must not count twice. Each thing has one writer, so that its version says how
 * often it was written.
 */
final class Writers implements AutoCloseable {

    /** So long a writer repeats itself before the test gives up. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final long AGAIN_MS = 100;
    private static final Set<Integer> COME_BACK = Set.of(503, 507);
    private static final int THINGS_OF_A_WRITER = 60;

    /**
     * What was acknowledged of a thing.
     *
     * @param version how many different bodies were
     */
    record Kept(String text, long version) {}

    /** How the things of a writer are written. */
    private record Kind(Client client, IntFunction<String> path, IntFunction<Map<String, Object>> body, String text) {

        Map<String, Object> body(int thing, String content) {
            Map<String, Object> body = new LinkedHashMap<>(this.body.apply(thing));
            body.put(text, content);
            return body;
        }
    }

    private final Sotay sotay;
    private final Client secretary;
    private final Map<String, Kept> kept = new ConcurrentHashMap<>();
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final AtomicInteger unanswered = new AtomicInteger();
    private final Map<Integer, Integer> refusals = new ConcurrentHashMap<>();
    private final List<Future<?>> running = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile long longest;
    private volatile boolean done;

    private Writers(Sotay sotay) {
        this.sotay = sotay;
        this.secretary = sotay.as("secretary");
    }

    /** Plans a meeting of the demo's fishing cell, and has six write opinions, answers and members until {@link #close}. */
    static Writers start(Sotay sotay) {
        Writers writers = new Writers(sotay);
        writers.begin();
        return writers;
    }

    private void begin() {
        JsonNode self = secretary.get("/api/me").expect(200).json().path("member");
        String cell = self.path("cell").path("id").asText();
        List<JsonNode> members = new ArrayList<>();
        secretary
                .get("/api/members?limit=500&unit=" + cell)
                .expect(200)
                .json()
                .path("items")
                .forEach(members::add);
        String item = UUID.randomUUID().toString();
        String meeting = "/api/meetings/" + UUID.randomUUID();
        secretary
                .put(
                        meeting,
                        Map.of(
                                "cell",
                                cell,
                                "kind",
                                "ORDINARY",
                                "startsAt",
                                Instant.now()
                                        .plus(Duration.ofDays(9))
                                        .truncatedTo(ChronoUnit.SECONDS)
                                        .toString(),
                                "place",
                                "Nhà văn hóa thôn",
                                "title",
                                "Sinh hoạt tháng 12",
                                "items",
                                List.of(Map.of("id", item, "title", "Nhiệm vụ tháng tới"))))
                .expect(201);
        secretary.post(meeting + "/notify").expect(200);
        String opinions = meeting + "/items/" + item + "/opinions/";
        for (String login : List.of("fisherman", "fisherman", "member")) {
            List<String> paths = new ArrayList<>();
            for (int i = 0; i < THINGS_OF_A_WRITER; i++) {
                paths.add(opinions + UUID.randomUUID());
            }
            write(new Kind(sotay.as(login), paths::get, thing -> Map.of("stance", "OTHER"), "text"), paths.size());
        }
        int half = members.size() / 2;
        for (List<JsonNode> some : List.of(members.subList(0, half), members.subList(half, members.size()))) {
            write(
                    new Kind(
                            secretary,
                            thing -> meeting + "/answers/"
                                    + some.get(thing).path("id").asText(),
                            thing -> Map.of("answer", "ABSENT", "reason", "AT_SEA"),
                            "message"),
                    some.size());
        }
        List<String> names = new ArrayList<>();
        for (int i = 0; i < THINGS_OF_A_WRITER; i++) {
            names.add("/api/members/" + UUID.randomUUID());
        }
        write(
                new Kind(
                        secretary,
                        names::get,
                        thing -> Map.of("cell", cell, "birthYear", 1960 + thing % 40, "gender", "MALE"),
                        "name"),
                names.size());
    }

    private void write(Kind kind, int things) {
        int writer = running.size();
        running.add(threads.submit(() -> {
            ThreadLocalRandom random = ThreadLocalRandom.current();
            for (int i = 1; !done; i++) {
                int thing = random.nextInt(things);
                String path = kind.path().apply(thing);
                long version = kept.containsKey(path) ? kept.get(path).version() + 1 : 1;
                String text = "Người " + writer + " Lần " + words(i);
                putUntilAnswered(kind, thing, path, text, version);
                kept.put(path, new Kept(text, version));
                acknowledged.incrementAndGet();
                Faults.pause(random.nextInt(10));
            }
        }));
    }

    /** A number that also passes for a name. */
    private static String words(int number) {
        return Integer.toString(number, 26)
                .chars()
                .map(digit -> digit < 'a' ? digit - '0' + 'a' : digit + 10)
                .collect(StringBuilder::new, (text, letter) -> text.append((char) letter), StringBuilder::append)
                .toString();
    }

    private void putUntilAnswered(Kind kind, int thing, String path, String text, long version) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            long began = System.nanoTime();
            try {
                Response reply = kind.client().put(path, kind.body(thing, text));
                longest = Math.max(longest, System.nanoTime() - began);
                if (reply.status() == 200 || reply.status() == 201) {
                    assertThat(reply.header("ETag"))
                            .as("neither lost nor done twice: " + reply)
                            .isEqualTo("\"" + version + "\"");
                    return;
                }
                assertThat(reply.status()).as(reply + "\n" + sotay.output()).isIn(COME_BACK);
                assertThat(reply.header("Retry-After")).as(reply.toString()).matches("\\d+");
                assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
                refusals.merge(reply.status(), 1, Integer::sum);
            } catch (UncheckedIOException e) {
                unanswered.incrementAndGet();
            }
            assertThat(System.nanoTime())
                    .as(() -> "no answer to " + path + "\n" + sotay.output())
                    .isLessThan(end);
            Faults.pause(AGAIN_MS);
        }
    }

    /** How many writes were acknowledged so far. */
    int acknowledged() {
        return acknowledged.get();
    }

    /** How many ended without an answer. */
    int unanswered() {
        return unanswered.get();
    }

    /** How many were told to come back, by status. */
    Map<Integer, Integer> refusals() {
        return refusals;
    }

    /** How long somebody waited for an answer at most. */
    Duration longest() {
        return Duration.ofNanos(longest);
    }

    /** Fails if a writer has. */
    void check() {
        for (Future<?> writer : running) {
            if (writer.isDone()) {
                end(writer);
            }
        }
    }

    private static void end(Future<?> writer) {
        try {
            writer.get();
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Lets each finish what it is at. */
    void finish() {
        done = true;
        running.forEach(Writers::end);
    }

    /** Passes if the server has exactly what was acknowledged, at its paths and in the change feed. */
    void verify(Follower follower) {
        Map<String, Kept> read = new LinkedHashMap<>();
        kept.forEach((path, promised) -> {
            Response reply = secretary.get(path).expect(200);
            JsonNode json = reply.json();
            String text = json.path(
                            path.contains("/answers/") ? "message" : path.contains("/opinions/") ? "text" : "name")
                    .asText();
            read.put(path, new Kept(text, Long.parseLong(reply.header("ETag").replaceAll("\\D", ""))));
        });
        assertThat(read).isEqualTo(Map.copyOf(kept));
        Map<String, Kept> fed = new LinkedHashMap<>();
        follower.things().forEach((thing, change) -> path(change)
                .filter(kept::containsKey)
                .ifPresent(path -> fed.put(
                        path, new Kept(text(change), change.path("version").asLong()))));
        assertThat(fed).isEqualTo(Map.copyOf(kept));
    }

    private static java.util.Optional<String> path(JsonNode change) {
        JsonNode data = change.path("data");
        String meeting = "/api/meetings/" + data.path("meeting").asText();
        return switch (change.path("type").asText()) {
            case "meeting-opinion" ->
                java.util.Optional.of(meeting + "/items/" + data.path("item").asText() + "/opinions/"
                        + data.path("id").asText());
            case "meeting-answer" ->
                java.util.Optional.of(
                        meeting + "/answers/" + data.path("member").asText());
            case "member" ->
                java.util.Optional.of("/api/members/" + data.path("id").asText());
            default -> java.util.Optional.empty();
        };
    }

    private static String text(JsonNode change) {
        JsonNode data = change.path("data");
        return switch (change.path("type").asText()) {
            case "meeting-opinion" -> data.path("text").asText();
            case "meeting-answer" -> data.path("message").asText();
            default -> data.path("name").asText();
        };
    }

    @Override
    public void close() {
        done = true;
        threads.shutdownNow();
    }
}
