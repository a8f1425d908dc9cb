package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import vn.sotay.testkit.Client;
import vn.sotay.testkit.Response;
import vn.sotay.testkit.Sotay;

/**
 * Sotay is killed at random moments while two take dues of one cell, one by the cell's book and one by the own book of a phone, and take
 * some of it back. Who gets no answer sends the same again. No money is lost or counted twice, and no receipt's number is missing.
 * {@code -Dsotay.kills=} says how often.
 */
class DuesKillIT {

    private static final int KILLS = Faults.times("sotay.kills", 8, 300);
    private static final int BETWEEN = 4;
    private static final int LONGEST_MS = 300;
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final ZoneId VIET_NAM = ZoneId.of("Asia/Ho_Chi_Minh");

    private final ExecutorService threads = Executors.newCachedThreadPool();
    /** What was acknowledged: đồng by payment, and by member. */
    private final Map<String, Long> acknowledged = new ConcurrentHashMap<>();

    private final Map<String, Long> paid = new ConcurrentHashMap<>();
    private Sotay sotay;
    private Client secretary;
    private String cell;
    private volatile boolean done;

    @Test
    void noMoneyIsLostOrCountedTwiceAndNoNumberIsMissing() {
        sotay = Sotay.start(Faults.quick(Sotay.prepared()));
        try {
            secretary = sotay.as("secretary");
            cell = secretary
                    .get("/api/me")
                    .expect(200)
                    .json()
                    .at("/member/cell/id")
                    .asText();
            String phone = UUID.randomUUID().toString();
            secretary.put("/api/dues/books/" + phone, Map.of("unit", cell)).expect(201);
            Map<String, Long> before = owed();
            List<String> members = List.copyOf(before.keySet());
            List<Future<?>> takers =
                    List.of(threads.submit(() -> take(members, null)), threads.submit(() -> take(members, phone)));
            for (int kill = 1; kill <= KILLS; kill++) {
                int begun = acknowledged.size();
                Faults.await(
                        "dues are taken",
                        SOON,
                        () -> {
                            takers.stream().filter(Future::isDone).forEach(DuesKillIT::end);
                            return acknowledged.size() > begun + BETWEEN;
                        },
                        sotay::output);
                Faults.pause(ThreadLocalRandom.current().nextInt(LONGEST_MS));
                sotay.kill();
                sotay.startAgain();
            }
            done = true;
            takers.forEach(DuesKillIT::end);
            verify(before);
            assertThat(sotay.output()).doesNotContain("\tat ");
            System.out.printf("%d kills, %d payments%n", KILLS, acknowledged.size());
        } finally {
            done = true;
            threads.shutdownNow();
            sotay.close();
        }
    }

    /** @param book the phone's own, in which it numbers by itself; null for the cell's */
    private void take(List<String> members, String book) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        Map<String, Object> last = null;
        String lastId = "";
        for (int number = 1; !done; number++) {
            String id = UUID.randomUUID().toString();
            Map<String, Object> body = new LinkedHashMap<>();
            boolean isBack = last != null && random.nextInt(5) == 0;
            long amount = isBack ? -((Long) last.get("amount")) : 1 + random.nextInt(50_000);
            body.put("member", isBack ? last.get("member") : members.get(random.nextInt(members.size())));
            body.put("amount", amount);
            body.put("day", LocalDate.now(VIET_NAM).toString());
            body.put("channel", "CASH");
            if (isBack) {
                body.put("reverses", lastId);
                body.put("reason", "Ghi nhầm người đóng");
            }
            if (book != null) {
                body.put("book", book);
                body.put("number", number);
            }
            putUntilAnswered("/api/dues/payments/" + id, body);
            paid.merge((String) body.get("member"), amount, Long::sum);
            acknowledged.put(id, amount);
            last = isBack ? null : body;
            lastId = id;
        }
    }

    private void putUntilAnswered(String path, Map<String, Object> body) {
        long end = System.nanoTime() + SOON.toNanos();
        int status = 0;
        while (status != 200 && status != 201) {
            try {
                Response reply = secretary.put(path, body);
                status = reply.status();
                assertThat(status).as(reply + "\n" + sotay.output()).isIn(200, 201, 503);
            } catch (UncheckedIOException e) {
                // there is no server: it was killed
                status = 0;
            }
            assertThat(System.nanoTime()).as(sotay.output()).isLessThan(end);
            if (status != 200 && status != 201) {
                Faults.pause(50);
            }
        }
    }

    /** By member, what is open less what was paid ahead. */
    private Map<String, Long> owed() {
        Map<String, Long> owed = new HashMap<>();
        all("/api/dues/balances?cell=" + cell)
                .forEach(one -> owed.put(
                        one.path("member").asText(),
                        one.path("open").asLong() - one.path("ahead").asLong()));
        return owed;
    }

    private List<JsonNode> all(String path) {
        List<JsonNode> all = new ArrayList<>();
        String next = "";
        while (next != null) {
            JsonNode page = secretary
                    .get(path + "&limit=500"
                            + (next.isEmpty() ? "" : "&after=" + URLEncoder.encode(next, StandardCharsets.UTF_8)))
                    .expect(200)
                    .json();
            page.path("items").forEach(all::add);
            next = page.path("next").textValue();
        }
        return all;
    }

    private void verify(Map<String, Long> before) {
        Map<String, Long> written = new HashMap<>();
        Map<String, List<Integer>> numbers = new TreeMap<>();
        for (JsonNode one : all("/api/dues/payments?unit=" + cell)) {
            String id = one.path("id").asText();
            if (acknowledged.containsKey(id)) {
                assertThat(written.put(id, one.path("amount").asLong())).as(id).isNull();
            }
            String receipt = one.path("receipt").asText();
            numbers.computeIfAbsent(receipt.substring(0, receipt.lastIndexOf('-')), series -> new ArrayList<>())
                    .add(one.path("number").asInt());
        }
        assertThat(written).isEqualTo(Map.copyOf(acknowledged));
        numbers.forEach((series, all) -> assertThat(all)
                .as(series)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(1, all.size()).boxed().toList()));
        assertThat(numbers).hasSizeGreaterThan(1);
        Map<String, Long> expected = new HashMap<>(before);
        paid.forEach((member, amount) -> expected.merge(member, -amount, Long::sum));
        assertThat(owed()).isEqualTo(expected);
        JsonNode sums = secretary
                .get("/api/dues/reports/roll-up?unit=" + cell)
                .expect(200)
                .json();
        assertThat(sums.path("faults")).as(sums.toString()).isEmpty();
    }

    private static void end(Future<?> taker) {
        try {
            taker.get();
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
