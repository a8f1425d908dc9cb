package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import vn.sotay.testkit.Client;
import vn.sotay.testkit.Response;
import vn.sotay.testkit.Sotay;

/**
 * What a month of a cell's life costs on a bad line: the ordinary meeting and one on a theme, in which everybody reads, answers and says
 * something. Of the two who follow it, one asks after each thing that happens, the other once at the end.
 */
class MonthIT {

    private static final String PIN = "730291";
    private static final int MOST = 150_000;

    private static Sotay sotay;
    private static Client secretary;

    @BeforeAll
    static void start() {
        sotay = Sotay.start(Sotay.prepared());
        secretary = sotay.as("secretary2");
    }

    @AfterAll
    static void stop() {
        sotay.close();
    }

    /** A phone that counts what comes over its line: compressed, with the heads of the replies. */
    private static final class Phone {

        private final Client client;
        private String token = "";
        private long bytes;
        private int requests;

        Phone(Client client) {
            this.client = client.header("Accept-Encoding", "gzip");
            sync();
            bytes = 0;
            requests = 0;
        }

        void sync() {
            for (boolean more = true; more; ) {
                Response reply = client.get("/api/changes" + (token.isEmpty() ? "" : "?since=" + token));
                requests++;
                bytes += head(reply) + reply.body().length;
                more = false;
                if (reply.status() != 204) {
                    JsonNode page = page(reply.expect(200));
                    token = page.path("token").asText();
                    more = !page.path("complete").asBoolean();
                }
            }
        }

        private static int head(Response reply) {
            int status = "HTTP/1.1 200 OK\r\n\r\n".length();
            return status
                    + reply.headers().map().entrySet().stream()
                            .flatMap(header -> header.getValue().stream()
                                    .map(value -> header.getKey().length() + value.length() + 4))
                            .mapToInt(Integer::intValue)
                            .sum();
        }

        private static JsonNode page(Response reply) {
            if (!reply.header("Content-Encoding").equals("gzip")) {
                return reply.json();
            }
            try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(reply.body()))) {
                return new Response(reply.request(), reply.status(), reply.headers(), in.readAllBytes()).json();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Everybody of the cell, by the id of the member; who has no account yet opens a card. */
    private static Map<String, Client> everybody(String cell) {
        Map<String, Client> all = new LinkedHashMap<>();
        for (String login : List.of("secretary2", "member2")) {
            Client one = sotay.as(login);
            all.put(one.get("/api/me").expect(200).json().at("/member/id").asText(), one);
        }
        List<String> without = new ArrayList<>();
        secretary
                .get("/api/cards?unit=" + cell + "&limit=500")
                .expect(200)
                .json()
                .path("items")
                .forEach(one -> {
                    if (!one.path("account").asBoolean()) {
                        without.add(one.path("member").asText());
                    }
                });
        secretary
                .post("/api/cards", Map.of("members", without))
                .expect(201)
                .json()
                .path("items")
                .forEach(card -> {
                    JsonNode session = sotay.anonymous()
                            .put(
                                    "/api/session/card",
                                    Map.of("code", card.path("code").asText(), "password", PIN))
                            .expect(201)
                            .json();
                    all.put(
                            session.at("/member/id").asText(),
                            sotay.anonymous()
                                    .header(
                                            "Authorization",
                                            "Bearer " + session.path("token").asText()));
                });
        return all;
    }

    /** Passes the time of a meeting from its plan to its report; {@code each} is run after each thing that happens. */
    private static void meet(String cell, String kind, Map<String, Client> all, Runnable each) {
        String path = "/api/meetings/" + UUID.randomUUID();
        List<String> items = new ArrayList<>();
        List<Map<String, Object>> plan = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            items.add(UUID.randomUUID().toString());
            byte[] paper = ("Dự thảo " + path + i).getBytes(StandardCharsets.UTF_8);
            plan.add(Map.of(
                    "id",
                    items.get(i),
                    "title",
                    "Thảo luận nhiệm vụ tháng sau, mục " + (i + 1) + ": an toàn tàu cá và chống khai thác trái phép",
                    "documents",
                    List.of(Map.of(
                            "file",
                            secretary.putFile(paper),
                            "name",
                            "Dự thảo nghị quyết tháng, mục " + (i + 1) + ".txt",
                            "type",
                            "text/plain",
                            "size",
                            paper.length))));
        }
        done(secretary.put(
                path,
                Map.of(
                        "cell",
                        cell,
                        "kind",
                        kind,
                        "startsAt",
                        Instant.now()
                                .plus(Duration.ofDays(4))
                                .truncatedTo(ChronoUnit.SECONDS)
                                .toString(),
                        "place",
                        "Nhà văn hóa thôn",
                        "title",
                        "Sinh hoạt chi bộ tháng 12",
                        "items",
                        plan)));
        each.run();
        done(secretary.post(path + "/notify"));
        each.run();
        int number = 0;
        for (Map.Entry<String, Client> one : all.entrySet()) {
            boolean comes = number++ % 3 > 0;
            done(one.getValue().send("PUT", path + "/reads/" + one.getKey()));
            each.run();
            done(one.getValue()
                    .put(
                            path + "/answers/" + one.getKey(),
                            comes
                                    ? Map.of("answer", "ATTENDING")
                                    : Map.of(
                                            "answer", "ABSENT",
                                            "reason", "AT_SEA",
                                            "message", "Tàu đang ở ngư trường Hoàng Sa, chưa về kịp, xin vắng")));
            each.run();
            if (!comes) {
                done(secretary.put(path + "/answers/" + one.getKey() + "/decision", Map.of("accepted", true)));
                each.run();
            }
            done(one.getValue()
                    .put(
                            path + "/items/" + items.get(number % items.size()) + "/opinions/" + UUID.randomUUID(),
                            Map.of(
                                    "stance",
                                    number % 2 == 0 ? "AGREE" : "OTHER",
                                    "text",
                                    "Đề nghị bổ sung việc trực canh ở cảng trong mùa bão, và phân công từng tổ một, lần thứ "
                                            + number)));
            each.run();
        }
        done(secretary.post(path + "/open"));
        each.run();
        int called = 0;
        for (String member : all.keySet()) {
            done(secretary.put(path + "/attendance/" + member, Map.of("present", called++ % 3 > 0)));
            each.run();
        }
        done(secretary.put(
                path + "/minutes",
                Map.of("text", "Chi bộ thống nhất các nội dung sau, giao từng đồng chí. ".repeat(60))));
        each.run();
        for (String step : List.of("close", "publish", "report")) {
            done(secretary.post(path + "/" + step));
            each.run();
        }
    }

    private static void done(Response reply) {
        assertThat(reply.status()).as(reply.toString()).isIn(200, 201);
    }

    @Test
    void costsLittle() {
        JsonNode me = secretary.get("/api/me").expect(200).json();
        String cell = me.at("/member/cell/id").asText();
        Map<String, Client> all = everybody(cell);
        assertThat(all.size()).isGreaterThan(15);
        List<Phone> live = List.of(new Phone(secretary), new Phone(sotay.as("member2")));
        List<Phone> later = List.of(new Phone(secretary), new Phone(sotay.as("member2")));
        Runnable each = () -> live.forEach(Phone::sync);
        meet(cell, "ORDINARY", all, each);
        meet(cell, "THEMATIC", all, each);
        // somebody's telephone number changes
        String member = all.keySet().iterator().next();
        ObjectNode changed =
                (ObjectNode) secretary.get("/api/members/" + member).expect(200).json();
        secretary
                .put("/api/members/" + member, changed.put("phone", "0905000999"))
                .expect(200);
        each.run();
        later.forEach(Phone::sync);
        say(all.size(), "asking once at the end", later);
        say(all.size(), "asking after each change", live);
        assertThat(later).allMatch(phone -> phone.bytes < MOST);
        assertThat(live.get(1).bytes).isLessThan(MOST);
        // who leads the cell and looks all the time pays for the head of a reply to each answer of each member
        assertThat(live.get(0).bytes).isLessThan(2 * MOST);
    }

    private static void say(int people, String how, List<Phone> phones) {
        System.out.printf(
                "MonthIT: a cell of %d, %s: its secretary %,d bytes in %d requests, a member %,d in %d%n",
                people, how, phones.get(0).bytes, phones.get(0).requests, phones.get(1).bytes, phones.get(1).requests);
    }
}
