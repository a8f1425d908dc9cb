package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import vn.sotay.testkit.Client;
import vn.sotay.testkit.Response;
import vn.sotay.testkit.Sotay;

/** A phone that follows the change feed through whatever happens to the server: it keeps its token and asks again. */
final class Follower implements AutoCloseable {

    private static final long AGAIN_MS = 100;
    private static final long BETWEEN_MS = 20;

    private final Client client;
    private final int waitSeconds;
    private final Map<String, JsonNode> things = new TreeMap<>();
    private final AtomicInteger pages = new AtomicInteger();
    private final CompletableFuture<Void> end;
    private String token = "";
    private volatile boolean last;
    private volatile boolean stopped;

    private Follower(Client client, int waitSeconds) {
        this.client = client;
        this.waitSeconds = waitSeconds;
        this.end = CompletableFuture.runAsync(this::follow, task -> new Thread(task, "follower").start());
    }

    /** Starts to follow as one of the demo's people. */
    static Follower start(Sotay sotay, String login, int waitSeconds) {
        return new Follower(sotay.as(login), waitSeconds);
    }

    private void follow() {
        while (!stopped) {
            boolean finishing = last;
            try {
                Response reply = client.get("/api/changes?wait=" + (finishing ? 0 : waitSeconds)
                        + (token.isEmpty() ? "" : "&since=" + token));
                if (reply.status() == 200) {
                    apply(reply.json());
                }
                if (reply.status() == 503) {
                    Faults.pause(AGAIN_MS);
                } else if (finishing
                        && (reply.status() == 204
                                || reply.expect(200).json().path("complete").asBoolean())) {
                    return;
                } else {
                    assertThat(reply.status()).as(reply.toString()).isIn(200, 204);
                    if (waitSeconds == 0) {
                        Faults.pause(BETWEEN_MS);
                    }
                }
            } catch (UncheckedIOException e) {
                Faults.pause(AGAIN_MS);
            }
        }
    }

    private void apply(JsonNode page) {
        pages.incrementAndGet();
        for (JsonNode change : page.path("changes")) {
            String thing = change.path("audience").asText()
                    + ' '
                    + change.path("type").asText()
                    + ' '
                    + change.path("id").asText();
            JsonNode before = things.get(thing);
            if (before != null) {
                assertThat(change.path("version").asLong())
                        .as(() -> "after " + before + " came " + change)
                        .isGreaterThanOrEqualTo(before.path("version").asLong());
            }
            if (change.path("deleted").asBoolean()) {
                things.remove(thing);
            } else {
                things.put(thing, change);
            }
        }
        token = page.path("token").asText();
    }

    /** Reads on to the end; then has what {@link #things} gives. */
    void finish() {
        last = true;
        end.join();
    }

    /** What it has, as the feed's changes, by audience, type and id. Only after {@link #finish}. */
    Map<String, JsonNode> things() {
        assertThat(end).isCompleted();
        return things;
    }

    int pages() {
        return pages.get();
    }

    /** Passes if somebody who asks for all of it now gets the same. */
    void verify(Sotay sotay, String login) {
        try (Follower fresh = start(sotay, login, 0)) {
            fresh.finish();
            assertThat(things).isEqualTo(fresh.things);
        }
    }

    @Override
    public void close() {
        stopped = true;
    }
}
