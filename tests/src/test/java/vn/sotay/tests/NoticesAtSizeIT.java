package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import vn.sotay.testkit.Client;
import vn.sotay.testkit.Database;
import vn.sotay.testkit.PostgresCluster;
import vn.sotay.testkit.Sotay;

/**
 * A storm is told to a whole province of 130,000 members, each of whom has a telephone, beside people who read: in one short transaction, and
 * in a heap that does not grow with them. Long: {@code ./test --long}, with PostgreSQL.
 */
class NoticesAtSizeIT {

    private static final Duration SOON = Duration.ofMinutes(10);
    private static final int ASKED = 2_000;
    private static final String HEAP = "-Xmx512m";

    /** How what is stopped begins, as it goes out by text message. The demo has urgent news of its own, which go on. */
    private static final String STOPPED = "Bao so";

    /** What is told after the stop, to see what went out before it. */
    private static final String AFTER = "SAU KHI DUNG";

    /** Messages of a channel that are on their way at once; as many may just have been marked to go. */
    private static final int IN_FLIGHT = 32;

    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicInteger takenOfStopped = new AtomicInteger();
    private final AtomicInteger takenAfter = new AtomicInteger();

    @Test
    void aProvinceIsTold() throws IOException {
        assumeTrue(Faults.LONG && Database.ofThisRun() == Database.POSTGRESQL, "long, with PostgreSQL");
        HttpServer gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        gateway.setExecutor(Executors.newCachedThreadPool());
        gateway.createContext("/sms", exchange -> {
            String text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            taken.incrementAndGet();
            if (text.contains(STOPPED)) {
                takenOfStopped.incrementAndGet();
            }
            if (text.contains(AFTER)) {
                takenAfter.incrementAndGet();
            }
            exchange.sendResponseHeaders(202, -1);
            exchange.close();
        });
        gateway.start();
        Path config = Sotay.temporary();
        Files.createDirectories(config);
        Files.writeString(
                config.resolve("sotay.json"), """
                {"sms": {"url": "http://127.0.0.1:%d/sms"}}
                """.formatted(gateway.getAddress().getPort()));
        PostgresCluster postgres = PostgresCluster.shared();
        String url = postgres.newDatabase();
        try (Sotay sotay =
                Sotay.start(Sotay.fresh().demo("full").database(url).java(HEAP).with("--config", config.toString()))) {
            postgres.sql(url, "update member set phone = '0905' || lpad((abs(hashtext(id)) % 1000000)::text, 6, '0')");
            tell(sotay);
        } finally {
            gateway.stop(0);
        }
    }

    private void tell(Sotay sotay) {
        Client member = sotay.as("member");
        Client officer = sotay.as("officer");
        long before = p99(member);
        Client editor = sotay.as("editor");
        String unit =
                editor.get("/api/me").expect(200).json().at("/mandates/0/unit").asText();
        String news = written(editor, unit, unit, "Bão số 12");
        Client second = sotay.as("editor2");
        long began = System.nanoTime();
        second.post(news + "/approve").expect(200);
        long queued = (System.nanoTime() - began) / 1_000_000;

        String id = notice(member, news.substring("/api".length()));
        Faults.await("it goes out", SOON, () -> taken.get() > 500, () -> sotay.output());
        int from = taken.get();
        began = System.nanoTime();
        long beside = p99(member);
        double perSecond = (taken.get() - from) / ((System.nanoTime() - began) / 1e9);
        Faults.await(
                "it is worked out who gets it by what",
                SOON,
                () -> reached(officer, id, unit).path("spread").asBoolean(),
                () -> reached(officer, id, unit) + sotay.output());
        began = System.nanoTime();
        JsonNode counts = reached(officer, id, unit);
        long counted = (System.nanoTime() - began) / 1_000_000;
        System.out.printf(
                "NoticesAtSizeIT: %d people; queued in %d ms; %.0f messages a second; p99 of reading %d ms before, %d ms beside; counts in %d ms: %s%n",
                counts.path("people").asInt(), queued, perSecond, before, beside, counted, counts);
        assertThat(counts.path("people").asInt()).isGreaterThan(100_000);
        assertThat(queued).isLessThan(1_000);
        assertThat(counts.path("waiting").asInt()).isPositive();
        stop(sotay, id, unit);
        assertThat(sotay.output()).doesNotContain("OutOfMemory").doesNotContain("\tat ");
    }

    private static String written(Client editor, String unit, String to, String title) {
        String news = "/api/news/" + UUID.randomUUID();
        editor.put(
                        news,
                        Map.of(
                                "unit",
                                unit,
                                "target",
                                Map.of("unit", to, "to", "MEMBERS"),
                                "title",
                                title,
                                "lead",
                                "Gia cố nhà cửa, sẵn sàng sơ tán",
                                "text",
                                "Gia cố nhà cửa.",
                                "pictures",
                                List.of(),
                                "urgent",
                                true))
                .expect(201);
        editor.post(news + "/submit").expect(200);
        return news;
    }

    /** It was a mistake: one row is written, nothing goes out but what is on its way, and what is told next does not wait for what was stopped. */
    private void stop(Sotay sotay, String id, String unit) {
        Client officer = sotay.as("officer");
        Client editor = sotay.as("editor");
        String cell = sotay.as("member")
                .get("/api/me")
                .expect(200)
                .json()
                .at("/member/cell/id")
                .asText();
        String next = written(editor, unit, cell, AFTER);
        long began = System.nanoTime();
        int stopped = officer.delete("/api/notices/" + id + "/deliveries")
                .expect(200)
                .json()
                .path("stopped")
                .asInt();
        long took = (System.nanoTime() - began) / 1_000_000;
        // what goes out until the stop is written is as it should be
        int before = takenOfStopped.get();
        JsonNode counts = reached(officer, id, unit);
        began = System.nanoTime();
        sotay.as("editor2").post(next + "/approve").expect(200);
        Faults.await("what is told next goes out", SOON, () -> takenAfter.get() > 0, () -> sotay.output());
        long until = (System.nanoTime() - began) / 1_000_000;
        int after = takenOfStopped.get() - before;
        System.out.printf(
                "NoticesAtSizeIT: stopped for %d in %d ms; %d went out after that; what was told next went out after %d ms: %s%n",
                stopped, took, after, until, counts);
        assertThat(stopped).isGreaterThan(100_000);
        assertThat(took).isLessThan(1_000);
        assertThat(after).as("what was on its way").isLessThanOrEqualTo(IN_FLIGHT);
        assertThat(counts.path("waiting").asInt()).isLessThanOrEqualTo(IN_FLIGHT);
    }

    private static String notice(Client who, String link) {
        for (JsonNode one : who.get("/api/notices").expect(200).json().path("items")) {
            if (one.path("link").asText().equals(link)) {
                return one.path("id").asText();
            }
        }
        throw new AssertionError("no notice about " + link);
    }

    private static JsonNode reached(Client who, String notice, String unit) {
        return who.get("/api/notices/" + notice + "/reached?unit=" + unit)
                .expect(200)
                .json();
    }

    /** Of reading a page of meetings, one after the other, in milliseconds. */
    private static long p99(Client who) {
        long[] times = new long[ASKED];
        for (int i = 0; i < ASKED; i++) {
            long began = System.nanoTime();
            who.get("/api/meetings").expect(200);
            times[i] = System.nanoTime() - began;
        }
        Arrays.sort(times);
        return times[ASKED * 99 / 100] / 1_000_000;
    }
}
