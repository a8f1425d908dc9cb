package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import vn.sotay.testkit.Client;
import vn.sotay.testkit.Sotay;

/** Who has published something urgent by mistake sees how far it has gone out, and stops the rest. The gateway of text messages is slow. */
@PageTest
class NoticeStopPagesIT {

    private static final String TITLE = "Bão số 12 đổ bộ đêm nay";
    private static final Duration SOON = Duration.ofMinutes(1);

    /** Messages of a channel that are on their way at once. */
    private static final int ON_THEIR_WAY = 16;

    private final CountDownLatch answers = new CountDownLatch(1);
    private final AtomicInteger taken = new AtomicInteger();

    private HttpServer gateway() throws IOException {
        HttpServer gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        gateway.setExecutor(Executors.newCachedThreadPool());
        gateway.createContext("/sms", exchange -> {
            exchange.getRequestBody().readAllBytes();
            taken.incrementAndGet();
            try {
                answers.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.sendResponseHeaders(202, -1);
            exchange.close();
        });
        gateway.start();
        return gateway;
    }

    private static Path config(HttpServer gateway) throws IOException {
        Path config = Sotay.temporary();
        Files.createDirectories(config);
        Files.writeString(
                config.resolve("sotay.json"), """
                {"notices": {"address": "https://sotay.example.vn"}, "sms": {"url": "http://127.0.0.1:%d/sms"}}
                """.formatted(gateway.getAddress().getPort()));
        return config;
    }

    /** More than are on their way at once; whose record has a telephone. */
    private static int givePhones(Client secretary, String cell) {
        int number = 0;
        for (JsonNode member : secretary
                .get("/api/members?unit=" + cell + "&limit=500")
                .expect(200)
                .json()
                .path("items")) {
            Map<String, Object> body = new HashMap<>();
            member.fields().forEachRemaining(field -> {
                if (!List.of("id", "version").contains(field.getKey())) {
                    body.put(field.getKey(), field.getValue());
                }
            });
            body.put("phone", "0905%06d".formatted(++number));
            secretary.put("/api/members/" + member.path("id").asText(), body).expect(200);
        }
        return number;
    }

    private static String published(Sotay sotay) {
        Client editor = sotay.as("editor");
        String unit =
                editor.get("/api/me").expect(200).json().at("/mandates/0/unit").asText();
        String news = "/api/news/" + UUID.randomUUID();
        editor.put(
                        news,
                        Map.of(
                                "unit",
                                unit,
                                "target",
                                Map.of("unit", unit, "to", "MEMBERS"),
                                "title",
                                TITLE,
                                "lead",
                                "Gia cố nhà cửa",
                                "text",
                                "Gia cố nhà cửa, sẵn sàng sơ tán.",
                                "pictures",
                                List.of(),
                                "urgent",
                                true))
                .expect(201);
        editor.post(news + "/submit").expect(200);
        sotay.as("editor2").post(news + "/approve").expect(200);
        return news;
    }

    private static JsonNode sent(Client who, String news) {
        return who.get("/api/notices/sent?about=news:" + news.substring(news.lastIndexOf('/') + 1))
                .expect(200)
                .json()
                .path("items");
    }

    @Test
    void theRestDoesNotGoOut() throws IOException {
        HttpServer gateway = gateway();
        try (Sotay sotay = Sotay.start(
                        Sotay.prepared().with("--config", config(gateway).toString()));
                Browser browser = Browser.of(sotay)) {
            Client secretary = sotay.as("secretary");
            String cell = secretary
                    .get("/api/me")
                    .expect(200)
                    .json()
                    .at("/member/cell/id")
                    .asText();
            assertThat(givePhones(secretary, cell)).isGreaterThan(ON_THEIR_WAY);
            String news = published(sotay);
            browser.size(Browser.PHONE);
            browser.signIn("editor");
            browser.go(news.substring("/api".length()));
            browser.see("#news-told");
            browser.read("Đang chờ gửi");
            browser.picture("notice-goes-out-phone");
            browser.press("#reached-stop");
            browser.read("Dừng gửi phần còn lại?");
            browser.picture("notice-stop-phone");
            assertThat(browser.faults()).isEmpty();

            browser.press("#reached-stop-really");

            browser.see("#reached-stopped");
            browser.picture("notice-stopped-phone");
            assertThat(browser.faults()).isEmpty();
            answers.countDown();
            String id = sent(secretary, news).path(0).path("id").asText();
            Faults.await(
                    "nothing is on its way",
                    SOON,
                    () -> secretary
                                    .get("/api/notices/" + id + "/reached?unit=" + cell)
                                    .expect(200)
                                    .json()
                                    .path("waiting")
                                    .asInt()
                            == 0,
                    sotay::output);
            assertThat(taken.get()).isPositive().isLessThanOrEqualTo(ON_THEIR_WAY);
            // the cell's secretary sees its own, and stops nothing of the province; a member learns nothing
            assertThat(sent(secretary, news).path(0).path("mayStop").asBoolean())
                    .isFalse();
            secretary.delete("/api/notices/" + id + "/deliveries").expect(404);
            sotay.as("member")
                    .get("/api/notices/sent?about=news:" + UUID.randomUUID())
                    .expect(403);
            assertThat(sent(sotay.as("officer2"), news).path(0).path("unit").asText())
                    .isNotEqualTo(
                            sent(sotay.as("officer"), news).path(0).path("unit").asText());
            assertThat(browser.console()).isEmpty();
        } finally {
            answers.countDown();
            gateway.stop(0);
        }
    }
}
