package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import vn.sotay.testkit.Client;
import vn.sotay.testkit.Sotay;

/**
 * A notice reaches everybody: on a browser by its push service, by mail through a real SMTP server, by text message through a gateway, and at
 * last by word of mouth; the service and the gateway fail three times in ten, sometimes after they have taken the message, and Sotay is killed
 * in between. Nobody gets it twice, and nobody is forgotten.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NoticesIT {

    private static final Duration SOON = Duration.ofMinutes(3);
    private static final double FAILS = 0.3;

    private static final Map<String, String> taken = new ConcurrentHashMap<>();
    private static final ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();
    private static final AtomicInteger failures = new AtomicInteger();
    private static final Map<String, PushReceiver> receivers = new ConcurrentHashMap<>();
    private static GreenMail mail;
    private static HttpServer gateway;
    private static Sotay sotay;
    private static Client secretary;
    private static String cell;

    @BeforeAll
    static void open() throws IOException {
        mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mail.start();
        gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        gateway.setExecutor(Executors.newCachedThreadPool());
        Random random = new Random(20261128);
        gateway.createContext("/sms", exchange -> take(exchange, random));
        gateway.createContext(
                "/push",
                exchange -> receivers.get(exchange.getRequestURI().getPath()).take(exchange));
        gateway.start();
        Path config = Sotay.temporary();
        Files.createDirectories(config);
        Files.writeString(config.resolve("sotay.json"), """
                {
                  "notices": {"retrySeconds": 1, "address": "https://sotay.example.vn"},
                  "push": {"contact": "mailto:sotay@example.vn", "services": "fcm.googleapis.com, http://127.0.0.1:%2$d"},
                  "mail": {"host": "127.0.0.1", "port": %1$d, "security": "NONE", "from": "sotay@example.vn"},
                  "sms": {"url": "http://127.0.0.1:%2$d/sms", "secret": "bi-mat", "headers": "Authorization: Bearer {secret}"}
                }
                """.formatted(
                        mail.getSmtp().getPort(), gateway.getAddress().getPort()));
        sotay = Sotay.start(Faults.quick(Sotay.prepared().with("--config", config.toString())));
        secretary = sotay.as("secretary");
        cell = secretary.get("/api/me").expect(200).json().at("/member/cell/id").asText();
        givePhones();
    }

    /** The demo's people have no telephones; here all but two of the cell have. */
    private static void givePhones() {
        ObjectMapper json = new ObjectMapper();
        Set<String> known = Set.of(self("secretary"), self("member"), self("fisherman"));
        int number = 0;
        int numbers = 0;
        for (JsonNode member : items(secretary, "/api/members?unit=" + cell + "&limit=500")) {
            if (!known.contains(member.path("id").asText()) && number++ < 2) {
                continue;
            }
            numbers++;
            Map<String, Object> body = new HashMap<>();
            for (String field : List.of(
                    "name",
                    "birthDate",
                    "birthYear",
                    "gender",
                    "cardNumber",
                    "admittedOn",
                    "officialOn",
                    "status",
                    "cell")) {
                if (member.hasNonNull(field)) {
                    body.put(field, json.convertValue(member.get(field), Object.class));
                }
            }
            body.put("phone", "0905%06d".formatted(numbers));
            secretary.put("/api/members/" + member.path("id").asText(), body).expect(200);
        }
    }

    private static void take(HttpExchange exchange, Random random) throws IOException {
        JsonNode body = new ObjectMapper().readTree(exchange.getRequestBody());
        boolean knows = "Bearer bi-mat".equals(exchange.getRequestHeaders().getFirst("Authorization"));
        boolean fails;
        boolean arrives;
        synchronized (random) {
            fails = random.nextDouble() < FAILS;
            arrives = !fails || random.nextBoolean();
        }
        String key = body.path("id").asText();
        asked.add(key);
        if (knows && arrives) {
            // as gateways do: the same key is the same message
            taken.put(key, body.path("to").asText() + '\n' + body.path("text").asText());
        }
        if (fails) {
            failures.incrementAndGet();
        }
        exchange.sendResponseHeaders(!knows ? 401 : fails ? 503 : 202, -1);
        exchange.close();
    }

    @AfterAll
    static void close() {
        if (sotay != null) {
            sotay.close();
        }
        gateway.stop(0);
        mail.stop();
    }

    private static JsonNode items(Client client, String path) {
        return client.get(path).expect(200).json().path("items");
    }

    /** A meeting of tomorrow that is told, and then moved to another house: that is urgent. */
    private static String meeting(String place) {
        String id = UUID.randomUUID().toString();
        Map<String, Object> plan = plan(place);
        secretary.put("/api/meetings/" + id, plan).expect(201);
        secretary.post("/api/meetings/" + id + "/notify").expect(200);
        plan.put("place", place);
        secretary.put("/api/meetings/" + id, plan).expect(200);
        return id;
    }

    private static Map<String, Object> plan(String place) {
        String startsAt = Instant.now()
                .plus(Duration.ofHours(20))
                .truncatedTo(ChronoUnit.MINUTES)
                .toString();
        return new HashMap<>(Map.of(
                "cell",
                cell,
                "kind",
                "ORDINARY",
                "startsAt",
                startsAt,
                "place",
                "Nhà văn hoá",
                "title",
                "Họp " + place,
                "items",
                List.of()));
    }

    private static JsonNode notice(Client client, String meeting) {
        for (JsonNode one : items(client, "/api/notices")) {
            if (one.path("link").asText().equals("/meetings/" + meeting)) {
                return one;
            }
        }
        return null;
    }

    private static JsonNode reached(String notice) {
        return secretary
                .get("/api/notices/" + notice + "/reached?unit=" + cell)
                .expect(200)
                .json();
    }

    private static void awaitOut(String notice) {
        Faults.await(
                "all is out",
                SOON,
                () -> reached(notice).path("spread").asBoolean()
                        && reached(notice).path("waiting").asInt() == 0,
                () -> reached(notice) + "\n" + sotay.output());
    }

    /** The last, since connections from before the kill are of no use to the others. */
    @Test
    @Order(Integer.MAX_VALUE)
    void everyNoticeEndsWithItsReaderOrOnTheListAndNoneComesTwice() throws Exception {
        Client fisherman = sotay.as("fisherman");
        String address = "bien@example.vn";
        fisherman
                .put(
                        "/api/me/notices/preference",
                        Map.of("mail", address, "channels", List.of("MAIL", "SMS"), "daily", false))
                .expect(204);

        Client told = sotay.as("member");
        PushReceiver phone = receiver(told, FAILS);
        told.put("/api/me/push", phone.subscription()).expect(204);

        String meeting = meeting("Nhà ông Hải");
        JsonNode notice = notice(fisherman, meeting);
        assertThat(notice.path("template").asText()).isEqualTo("meeting-moved");
        assertThat(notice.path("urgency").asText()).isEqualTo("URGENT");
        assertThat(notice.at("/data/place").asText()).isEqualTo("Nhà ông Hải");
        String id = notice.path("id").asText();

        Faults.await("some are out", SOON, () -> taken.size() >= 3, () -> sotay.output());
        sotay.kill();
        sotay.startAgain();
        secretary = sotay.as("secretary");
        awaitOut(id);

        Set<String> phones = new HashSet<>();
        int people = 0;
        for (JsonNode member : items(secretary, "/api/members?unit=" + cell + "&limit=500")) {
            people++;
            if (!member.path("phone").isMissingNode() && !member.path("phone").isNull()) {
                phones.add(member.path("phone").asText());
            }
        }
        List<String> ofThis = taken.values().stream()
                .filter(one -> one.contains("da doi: Hop Nha ong Hai"))
                .toList();
        List<String> numbers =
                ofThis.stream().map(one -> one.substring(0, one.indexOf('\n'))).toList();
        List<MimeMessage> mails = Arrays.stream(mail.getReceivedMessages())
                .filter(one -> body(one).contains("Nhà ông Hải"))
                .toList();
        JsonNode counts = reached(id);
        assertThat(numbers)
                .as("text messages, each number once")
                .doesNotHaveDuplicates()
                .isSubsetOf(phones);
        assertThat(mails.stream().map(NoticesIT::key)).as("mail, by its key").hasSize(mails.size());
        assertThat(mails.stream().map(NoticesIT::key).distinct()).hasSize(1);
        assertThat(mails.get(0).getAllRecipients()[0].toString()).isEqualTo(address);
        // what still waited for an address comes in the same message, which then leads to both
        boolean alone = !body(mails.get(0)).startsWith("- ");
        assertThat(body(mails.get(0)))
                .contains("https://sotay.example.vn" + (alone ? "/meetings/" + meeting : "/notices"));
        assertThat(mails.get(0).getSubject()).contains(alone ? "Họp Nhà ông Hải" : "thông báo");
        List<String> toCall = new ArrayList<>();
        for (JsonNode call : items(secretary, "/api/notices/calls?unit=" + cell)) {
            if (call.path("notice").asText().equals(id)) {
                call.path("people")
                        .forEach(person -> toCall.add(person.path("member").asText()));
            }
        }
        assertThat(toCall).doesNotHaveDuplicates();
        assertThat(counts.path("people").asInt()).isEqualTo(people);
        assertThat(phone.faults()).isEmpty();
        List<PushReceiver.Come> come = phone.come().stream()
                // not that the meeting is called, or near, which are messages of their own
                .filter(one -> one.content().path("title").asText().contains("đã đổi: Họp Nhà ông Hải"))
                .toList();
        // what was tried again took the place of what had come: it is shown once
        assertThat(come.stream().map(PushReceiver.Come::topic).distinct().count())
                .isEqualTo(counts.path("push").asInt());
        assertThat(come.stream()
                        .map(one -> one.content().path("key").asText())
                        .distinct()
                        .count())
                .as("%s", come)
                .isLessThanOrEqualTo(1);
        assertThat(counts.path("push").asInt()
                        + counts.path("sms").asInt()
                        + counts.path("mail").asInt()
                        + counts.path("toCall").asInt())
                .as("sent to the phone, by text message, by mail, or to be told: %s", counts)
                .isEqualTo(people);
        assertThat(counts.path("toCall").asInt()).isEqualTo(toCall.size());
        // whom the gateway has told and has not said so may be called as well: better twice than never
        assertThat(ofThis.size()).isGreaterThanOrEqualTo(counts.path("sms").asInt());
        assertThat(asked.size())
                .as("the gateway failed %d times", failures.get())
                .isGreaterThan(taken.size());
        assertThat(sotay.output()).doesNotContain("\tat ");

        // what came to him before there was an address, such as an answer to his question, stands there too
        assertThat(items(sotay.as("fisherman"), "/api/me/notices/log"))
                .filteredOn(one -> one.path("notice").asText().equals(id))
                .first()
                .satisfies(one -> assertThat(one.path("by").asText()).isEqualTo("MAIL"));
        System.out.printf(
                "NoticesIT: %d people, %d by push, %d text messages, %d mails, %d to call; push failed %d times, the gateway %d%n",
                people,
                counts.path("push").asInt(),
                numbers.size(),
                mails.size(),
                toCall.size(),
                phone.failures(),
                failures.get());
    }

    /** A browser with a push service of its own. */
    private static PushReceiver receiver(Client who, double fails) {
        JsonNode standing = who.get("/api/me/push").expect(200).json();
        PushReceiver receiver = new PushReceiver(
                "http://127.0.0.1:" + gateway.getAddress().getPort(),
                standing.path("key").asText(),
                fails);
        receivers.put(receiver.path(), receiver);
        return receiver;
    }

    /** Somebody on one more device. */
    private static Client another(String login) {
        String token = sotay.anonymous()
                .post("/api/session", Map.of("login", login, "password", Sotay.PASSWORD))
                .expect(201)
                .json()
                .path("token")
                .asText();
        return sotay.anonymous().header("Authorization", "Bearer " + token);
    }

    @Test
    void whoHasABrowserIsToldOnItAndByTheNextWayWhenItIsGone() {
        Client phone = another("member");
        // at night too, since this is tried at any hour
        phone.put(
                        "/api/me/notices/preference",
                        Map.of("channels", List.of("SMS"), "daily", false, "quietFrom", "00:00", "quietTo", "00:00"))
                .expect(204);
        JsonNode standing = phone.get("/api/me/push").expect(200).json();
        assertThat(standing.path("here").asBoolean()).isFalse();
        PushReceiver receiver = receiver(phone, 0);
        phone.put("/api/me/push", receiver.subscription()).expect(204);
        assertThat(phone.get("/api/me/push").expect(200).json().path("here").asBoolean())
                .isTrue();
        assertThat(sotay.as("member")
                        .get("/api/me/push")
                        .expect(200)
                        .json()
                        .path("here")
                        .asBoolean())
                .isFalse();

        String meeting = meeting("Nhà bà Đẩy");
        JsonNode notice = notice(phone, meeting);
        awaitOut(notice.path("id").asText());
        PushReceiver.Come come = receiver.come().stream()
                .filter(one -> one.content().path("path").asText().equals("/meetings/" + meeting))
                .reduce((first, second) -> second)
                .orElseThrow();
        assertThat(receiver.faults()).isEmpty();
        assertThat(come.content().path("title").asText()).contains("Họp Nhà bà Đẩy");
        assertThat(come.content().path("text").asText()).contains("Nhà bà Đẩy");
        assertThat(come.content().path("language").asText()).isEqualTo("vi");
        assertThat(come.urgency()).isEqualTo("high");
        assertThat(come.holds()).isEqualTo(Duration.ofDays(1));
        assertThat(come.topic()).matches("[A-Za-z0-9_-]{1,32}");
        assertThat(items(phone, "/api/me/notices/log"))
                .anySatisfy(one -> assertThat(one.path("by").asText()).isEqualTo("PUSH"));

        // what is for the member alone is not read on a table
        secretary
                .post("/api/meetings/" + meeting + "/reminders", Map.of("whom", "UNANSWERED"))
                .expect(200);
        Faults.await(
                "the reminder is there",
                SOON,
                () -> receiver.come().stream()
                        .anyMatch(one -> one.content().path("text").asText().equals("Mở sổ tay để xem.")),
                () -> receiver.come() + "\n" + sotay.output());

        receiver.go();
        String next = meeting("Nhà bà Đi");
        String id = notice(phone, next).path("id").asText();
        awaitOut(id);
        assertThat(phone.get("/api/me/push").json().path("here").asBoolean()).isFalse();
        assertThat(items(phone, "/api/me/notices/log"))
                .filteredOn(one -> one.path("notice").asText().equals(id))
                .allSatisfy(one -> assertThat(one.path("by").asText()).isEqualTo("SMS"));
    }

    @Test
    void aPhoneThatIsTakenAwayIsToldNothingAndNobodyPointsUsElsewhere() {
        Client phone = another("fisherman");
        Client desk = another("fisherman");
        PushReceiver receiver = receiver(phone, 0);
        for (String endpoint : List.of(
                "http://127.0.0.1:1/push",
                "https://10.0.0.1/push",
                "https://sotay.example.vn/push",
                "https://fcm.googleapis.com@10.0.0.1/push")) {
            Map<String, Object> wrong = new HashMap<>(receiver.subscription());
            wrong.put("endpoint", endpoint);
            assertThat(phone.put("/api/me/push", wrong).expect(422).text()).contains("endpoint");
        }
        Map<String, Object> noKey = new HashMap<>(receiver.subscription());
        noKey.put("auth", "AAAA");
        phone.put("/api/me/push", noKey).expect(422);

        // a browser has one subscription, whoever is signed in there
        desk.put("/api/me/push", receiver.subscription()).expect(204);
        phone.put("/api/me/push", receiver.subscription()).expect(204);
        phone.put("/api/me/push", receiver.subscription()).expect(204);
        assertThat(devices(desk)).isEqualTo(1);
        desk.put("/api/me/push", receiver(desk, 0).subscription()).expect(204);
        assertThat(devices(desk)).isEqualTo(2);
        for (JsonNode session : items(phone, "/api/me/sessions")) {
            if (session.path("current").asBoolean()) {
                desk.delete("/api/me/sessions/" + session.path("id").asText()).expect(204);
            }
        }
        assertThat(devices(desk)).isEqualTo(1);
        // a phone that stays with its owner: told also when its session has ended, and not when it is let go
        Client kept = another("fisherman");
        String cookie = kept.send("PUT", "/api/session/device").expect(204).header("Set-Cookie");
        kept.put("/api/me/push", receiver(kept, 0).subscription()).expect(204);
        kept.delete("/api/session").expect(204);
        assertThat(devices(desk)).isEqualTo(2);
        sotay.anonymous()
                .header("Cookie", cookie.substring(0, cookie.indexOf(';')))
                .header("Origin", sotay.url().toString().replaceAll("/$", ""))
                .delete("/api/session/device");
        assertThat(devices(desk)).isEqualTo(1);
        desk.delete("/api/me/push").expect(204);
        assertThat(devices(desk)).isZero();
    }

    private static int devices(Client who) {
        return who.get("/api/me/push").expect(200).json().path("devices").asInt();
    }

    private static String body(MimeMessage message) {
        try {
            return String.valueOf(message.getContent());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static String key(MimeMessage message) {
        try {
            return message.getMessageID();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whoWasTalkedToIsOffTheListAndMayBePutBack() {
        // nobody wants it by text message, so that nobody has a channel: a probationary member without an account
        Client officer = sotay.as("officer2");
        String member = UUID.randomUUID().toString();
        secretary
                .put(
                        "/api/members/" + member,
                        Map.of("name", "Lê Thị Gọi", "birthYear", 1948, "officialOn", "2000-01-01", "cell", cell))
                .expect(201);
        String meeting = meeting("Nhà bà Gọi");
        String id = notice(sotay.as("member"), meeting).path("id").asText();
        awaitOut(id);
        assertThat(people(id)).contains(member);

        String told = "/api/notices/" + id + "/calls/" + member;
        String today = LocalDate.now(ZoneId.of("Asia/Ho_Chi_Minh")).toString();
        secretary
                .put(told, Map.of("on", LocalDate.parse(today).plusDays(2).toString()))
                .expect(422);
        sotay.as("member").put(told, Map.of("on", today)).expect(403);
        sotay.as("secretary2").put(told, Map.of("on", today)).expect(404);
        secretary.put(told, Map.of("on", today)).expect(204);
        assertThat(people(id)).doesNotContain(member);
        assertThat(reached(id).path("told").asInt()).isEqualTo(1);
        secretary.put(told, Map.of()).expect(204);
        assertThat(people(id)).contains(member);

        assertThat(secretary.get("/api/notices/calls?format=pdf").expect(200).header("Content-Type"))
                .isEqualTo("application/pdf");
        assertThat(secretary.get("/api/notices/calls?format=csv").expect(200).text())
                .contains("Lê Thị Gọi", "Nhà bà Gọi");
        assertThat(items(secretary, "/api/notices/never?unit=" + cell))
                .anyMatch(one -> one.path("member").asText().equals(member));
        officer.get("/api/notices/never?unit=" + cell).expect(403);
        JsonNode counted = items(officer, "/api/notices/adoption?unit=" + cell).get(0);
        assertThat(counted.path("never").asInt())
                .isPositive()
                .isLessThan(counted.path("people").asInt());
    }

    /** What the list says of a meeting. */
    private static String calls(Client leader, String meeting) {
        StringBuilder said = new StringBuilder();
        for (JsonNode call : items(leader, "/api/notices/calls")) {
            if (call.path("link").asText().endsWith(meeting)) {
                said.append(call);
            }
        }
        return said.toString();
    }

    /** Whom to call when a member is reached in no other way stands on the list of those who lead its cell, and nowhere else. */
    @Test
    void byWhomSomebodyIsReachedStandsOnTheListAndIsSealed() {
        Client member2 = sotay.as("member2");
        Client secretary2 = sotay.as("secretary2");
        String reachedBy = "con trai Bền, 0905 999 111";
        member2.put(
                        "/api/me/notices/preference",
                        Map.of("channels", List.of(), "daily", false, "reachedBy", "x".repeat(121)))
                .expect(422);
        member2.put("/api/me/notices/preference", Map.of("channels", List.of(), "daily", false, "reachedBy", reachedBy))
                .expect(204);
        assertThat(member2.get("/api/me/notices/preference")
                        .expect(200)
                        .json()
                        .at("/chosen/reachedBy")
                        .asText())
                .isEqualTo(reachedBy);
        assertThat(member2.get("/api/me/data").expect(200).text()).contains(reachedBy);

        // a phone that is gone, and no other way: somebody has to tell it
        PushReceiver phone = receiver(member2, 0);
        member2.put("/api/me/push", phone.subscription()).expect(204);
        phone.go();
        String meeting = UUID.randomUUID().toString();
        Map<String, Object> plan = plan("Nhà ông Bền");
        plan.put(
                "cell",
                secretary2
                        .get("/api/me")
                        .expect(200)
                        .json()
                        .at("/member/cell/id")
                        .asText());
        secretary2.put("/api/meetings/" + meeting, plan).expect(201);
        secretary2.post("/api/meetings/" + meeting + "/notify").expect(200);
        plan.put("place", "Nhà bà Bền");
        secretary2.put("/api/meetings/" + meeting, plan).expect(200);
        Faults.await(
                "it is on the list",
                SOON,
                () -> calls(secretary2, meeting).contains(reachedBy),
                () -> secretary2.get("/api/notices/calls").text() + sotay.output());
        assertThat(secretary2.get("/api/notices/calls?format=csv").expect(200).text())
                .contains(reachedBy);
        assertThat(secretary2.get("/api/notices/calls?format=pdf").expect(200).header("Content-Type"))
                .isEqualTo("application/pdf");
    }

    /** Who hears once a day waits until the next one, and can be spared until then. */
    @Test
    void whatIsStoppedDoesNotGoOut() {
        Client fisherman = sotay.as("fisherman");
        fisherman
                .put(
                        "/api/me/notices/preference",
                        Map.of("channels", List.of("SMS"), "daily", true, "quietFrom", "00:00", "quietTo", "00:00"))
                .expect(204);
        String meeting = UUID.randomUUID().toString();
        Map<String, Object> plan = plan("Nhà ông Dừng");
        secretary.put("/api/meetings/" + meeting, plan).expect(201);
        secretary.post("/api/meetings/" + meeting + "/notify").expect(200);
        String id = notice(fisherman, meeting).path("id").asText();
        Faults.await("it is spread", SOON, () -> reached(id).path("spread").asBoolean(), () -> sotay.output());
        assertThat(reached(id).path("waiting").asInt()).isPositive();
        assertThat(sotay.as("member")
                        .delete("/api/notices/" + id + "/deliveries")
                        .status())
                .isEqualTo(403);
        String sent = "/api/notices/sent?about=meeting:" + meeting;
        assertThat(items(secretary, sent).findValuesAsText("id")).containsExactly(id);
        assertThat(items(secretary, sent).path(0).path("mayStop").asBoolean()).isTrue();
        assertThat(items(sotay.as("secretary2"), sent)).isEmpty();
        assertThat(secretary
                        .delete("/api/notices/" + id + "/deliveries")
                        .expect(200)
                        .json()
                        .path("stopped")
                        .asInt())
                .isPositive();
        Faults.await("nothing waits", SOON, () -> reached(id).path("waiting").asInt() == 0, () -> reached(id)
                .toString());
        assertThat(secretary
                        .delete("/api/notices/" + id + "/deliveries")
                        .expect(200)
                        .json()
                        .path("stopped")
                        .asInt())
                .isZero();
        assertThat(items(fisherman, "/api/me/notices/log"))
                .noneMatch(one -> one.path("notice").asText().equals(id));
    }

    private static List<String> people(String notice) {
        List<String> people = new ArrayList<>();
        for (JsonNode call : items(secretary, "/api/notices/calls?unit=" + cell)) {
            if (call.path("notice").asText().equals(notice)) {
                call.path("people")
                        .forEach(person -> people.add(person.path("member").asText()));
            }
        }
        return people;
    }

    @Test
    void aLeaderRemindsTheSilentOnceADay() {
        String meeting = meeting("Nhà ông Nhắc");
        sotay.as("member")
                .put("/api/meetings/" + meeting + "/answers/" + self("member"), Map.of("answer", "ATTENDING"))
                .expect(201);
        String reminders = "/api/meetings/" + meeting + "/reminders";
        int silent = secretary
                .post(reminders, Map.of("whom", "UNANSWERED"))
                .expect(200)
                .json()
                .path("reminded")
                .asInt();
        assertThat(silent).isGreaterThan(1);
        secretary.post(reminders, Map.of("whom", "UNANSWERED")).expect(200);
        assertThat(templates("fisherman", meeting)).containsExactly("meeting-reminder", "meeting-moved");
        assertThat(templates("member", meeting)).containsExactly("meeting-moved");
        sotay.as("member").post(reminders, Map.of("whom", "UNANSWERED")).expect(403);
    }

    private static List<String> templates(String login, String meeting) {
        List<String> templates = new ArrayList<>();
        for (JsonNode one : items(sotay.as(login), "/api/notices")) {
            if (one.path("link").asText().equals("/meetings/" + meeting)) {
                templates.add(one.path("template").asText());
            }
        }
        return templates;
    }

    private static String self(String login) {
        return sotay.as(login).get("/api/me").json().at("/member/id").asText();
    }

    @Test
    void whatWasSeenIsSeenAndPreferencesAreChecked() {
        String meeting = meeting("Nhà ông Xem");
        Client member = sotay.as("member");
        assertThat(notice(member, meeting).path("seen").asBoolean()).isFalse();
        member.put("/api/notices/seen", Map.of("until", Instant.now().toString()))
                .expect(204);
        assertThat(notice(member, meeting).path("seen").asBoolean()).isTrue();
        assertThat(notice(sotay.as("fisherman"), meeting).path("seen").asBoolean())
                .isFalse();

        member.put("/api/me/notices/preference", Map.of("mail", "khong phai", "channels", List.of(), "daily", false))
                .expect(422);
        member.put("/api/me/notices/preference", Map.of("channels", List.of("CALL"), "daily", false))
                .expect(422);
        member.put(
                        "/api/me/notices/preference",
                        Map.of("channels", List.of("SMS"), "daily", true, "quietFrom", "22:30", "quietTo", "05:30"))
                .expect(204);
        JsonNode chosen = member.get("/api/me/notices/preference").expect(200).json();
        assertThat(chosen.at("/chosen/quietFrom").asText()).isEqualTo("22:30");
        assertThat(chosen.at("/usualFrom").asText()).isEqualTo("21:00");
    }
}
