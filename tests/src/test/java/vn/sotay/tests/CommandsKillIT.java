package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import vn.sotay.testkit.Client;
import vn.sotay.testkit.Response;
import vn.sotay.testkit.Sotay;

/**
 * Sotay is killed at random moments while a phone empties its outbox, some at once. The phone begins again with the first that it has no
 * answer for. Before it does its owner writes the same things anew on another device: what was applied and is applied once more would
 * undo that, and count. {@code -Dsotay.kills=} says how often.
 */
class CommandsKillIT {

    private static final int KILLS = Faults.times("sotay.kills", 20, 500);
    private static final int THINGS = 2;
    private static final int AT_ONCE = 4;
    private static final int LONGEST_MS = 120;
    private static final Duration SOON = Duration.ofMinutes(1);

    private final List<String> things = new ArrayList<>();
    /** By thing, the version that was last answered. */
    private final long[] versions = new long[THINGS];

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private Sotay sotay;
    private Client owner;
    private Outbox phone;
    /** All before it are answered. */
    private volatile long first = 1;

    private int lost;
    private int repeated;
    private int unknown;

    @Test
    void eachIsAppliedOnceAndInOrder() throws Exception {
        sotay = Sotay.start(Faults.quick(Sotay.prepared()));
        try {
            owner = sotay.as("fisherman");
            phone = Outbox.of(owner);
            plan();
            for (int kill = 1; kill <= KILLS; kill++) {
                long begun = first;
                Future<?> sending = threads.submit(this::sendUntilItIsCutOff);
                Faults.await(
                        "commands are answered",
                        SOON,
                        () -> first > begun + AT_ONCE || sending.isDone(),
                        () -> "the first without an answer is " + first + "\n" + sotay.output());
                Faults.pause(ThreadLocalRandom.current().nextInt(LONGEST_MS));
                sotay.kill();
                end(sending);
                sotay.startAgain();
                for (String thing : things) {
                    assertThat(owner.put(thing, says("lúc khác " + kill)).status())
                            .isIn(200, 201);
                }
            }
            long last = first + 2 * AT_ONCE;
            while (first <= last) {
                assertThat(sendSome()).as(sotay.output()).isTrue();
            }
            verify();
            assertThat(sotay.output()).doesNotContain("\tat ");
            System.out.printf(
                    "%d kills, %d commands, %d without an answer at first, %d answered again, %d of them without their reply%n",
                    KILLS, first - 1, lost, repeated, unknown);
        } finally {
            threads.shutdownNow();
            sotay.close();
        }
    }

    private void plan() {
        Client secretary = sotay.as("secretary");
        String cell = secretary
                .get("/api/me")
                .expect(200)
                .json()
                .at("/member/cell/id")
                .asText();
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
        for (int i = 0; i < THINGS; i++) {
            things.add(meeting + "/items/" + item + "/opinions/" + UUID.randomUUID());
        }
    }

    private static Map<String, Object> says(String text) {
        return Map.of("stance", "OTHER", "text", text);
    }

    private static int thing(long sequence) {
        return (int) (sequence % THINGS);
    }

    private void sendUntilItIsCutOff() {
        boolean isWhole = true;
        while (isWhole) {
            isWhole = sendSome();
        }
    }

    /** Sends some at once, in whatever order they arrive, and whether all were answered. */
    private boolean sendSome() {
        List<Future<Response>> sent = new ArrayList<>();
        for (long sequence = first; sequence < first + AT_ONCE; sequence++) {
            long number = sequence;
            sent.add(threads.submit(() -> send(number)));
        }
        long begun = first;
        boolean isWhole = true;
        for (int i = 0; i < AT_ONCE; i++) {
            Response reply = end(sent.get(i));
            if (reply == null) {
                lost++;
                isWhole = false;
            } else if (isWhole) {
                check(begun + i, reply);
                first = begun + i + 1;
            }
        }
        return isWhole;
    }

    /** Null if there was no answer, or none that settles it. */
    private Response send(long sequence) {
        try {
            Response reply = phone.number(sequence).put(things.get(thing(sequence)), says("lần " + sequence));
            return reply.status() == 503 ? null : reply;
        } catch (UncheckedIOException e) {
            return null;
        }
    }

    private void check(long sequence, Response reply) {
        String seen = sequence + ": " + reply + "\n" + sotay.output();
        boolean isAgain = reply.header("Sotay-Repeated").equals("true");
        if (isAgain) {
            repeated++;
        }
        if (isAgain && reply.status() == 204) {
            unknown++;
            return;
        }
        assertThat(reply.status()).as(seen).isIn(200, 201);
        assertThat(reply.json().path("text").asText()).as(seen).isEqualTo("lần " + sequence);
        long version = Long.parseLong(reply.header("ETag").replace("\"", ""));
        assertThat(version).as("in order: " + seen).isGreaterThan(versions[thing(sequence)]);
        versions[thing(sequence)] = version;
    }

    /** Each command has changed its thing once, as has each time that it was written elsewhere; and what came last is what it says. */
    private void verify() {
        for (int i = 0; i < THINGS; i++) {
            Response reply = owner.get(things.get(i)).expect(200);
            long last = 0;
            long commands = 0;
            for (long sequence = 1; sequence < first; sequence++) {
                if (thing(sequence) == i) {
                    commands++;
                    last = sequence;
                }
            }
            assertThat(reply.json().path("text").asText()).isEqualTo("lần " + last);
            assertThat(reply.header("ETag")).isEqualTo("\"" + (commands + KILLS) + "\"");
        }
    }

    private static <T> T end(Future<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
