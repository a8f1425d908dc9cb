package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.sotay.testkit.Client;
import vn.sotay.testkit.Response;
import vn.sotay.testkit.Sotay;

/** What a phone has written without a network is applied once, in its order, however often and in whatever order it arrives. */
class CommandsIT {

    private static final Sotay SOTAY = Sotay.shared();
    private static final Client SECRETARY = SOTAY.as("secretary");
    private static final Client FISHERMAN = SOTAY.as("fisherman");
    private static final String CELL =
            SECRETARY.get("/api/me").expect(200).json().at("/member/cell/id").asText();
    private static final Duration SOON = Duration.ofSeconds(20);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Outbox phone = Outbox.of(FISHERMAN);
    private final String item = UUID.randomUUID().toString();
    private final String meeting = plan();
    private final String opinion = opinion();

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    private CompletableFuture<Response> beside(Supplier<Response> send) {
        return CompletableFuture.supplyAsync(send, threads);
    }

    private String plan() {
        String path = "/api/meetings/" + UUID.randomUUID();
        SECRETARY
                .put(
                        path,
                        Map.of(
                                "cell",
                                CELL,
                                "kind",
                                "THEMATIC",
                                "startsAt",
                                Instant.now()
                                        .plus(Duration.ofDays(12))
                                        .truncatedTo(ChronoUnit.SECONDS)
                                        .toString(),
                                "place",
                                "Nhà văn hóa thôn",
                                "title",
                                "Gửi sau",
                                "items",
                                List.of(Map.of("id", item, "title", "Bàn việc"))))
                .expect(201);
        SECRETARY.post(path + "/notify").expect(200);
        return path;
    }

    private String opinion() {
        return meeting + "/items/" + item + "/opinions/" + UUID.randomUUID();
    }

    private static Map<String, Object> says(String text) {
        return Map.of("stance", "OTHER", "text", text);
    }

    private Response put(long sequence, String text) {
        return phone.number(sequence).put(opinion, says(text));
    }

    /** Its text and its version: how often it was changed. */
    private static String read(String path) {
        Response reply = SECRETARY.get(path).expect(200);
        return reply.json().path("text").asText() + ' ' + reply.header("ETag");
    }

    private static void assertRepeated(Response again, Response first) {
        assertThat(first.header("Sotay-Repeated")).isEmpty();
        assertThat(again.header("Sotay-Repeated")).isEqualTo("true");
        assertThat(again.status()).isEqualTo(first.status());
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(again.header("ETag")).isEqualTo(first.header("ETag"));
        assertThat(again.header("Content-Type")).isEqualTo(first.header("Content-Type"));
    }

    @Test
    void whatIsSentTwiceIsAppliedOnceAndAnsweredAlike() {
        Response first = put(1, "một").expect(201);
        assertRepeated(put(1, "một"), first);
        Response second = put(2, "hai").expect(200);
        assertThat(read(opinion)).isEqualTo("hai \"2\"");

        // an edit that was lost on the way and comes late does not undo the one after it
        assertRepeated(put(1, "một"), first);
        assertRepeated(put(2, "hai"), second);
        assertThat(read(opinion)).isEqualTo("hai \"2\"");

        // nor what somebody has done meanwhile elsewhere
        FISHERMAN.put(opinion, says("ba")).expect(200);
        assertRepeated(put(2, "hai"), second);
        assertThat(read(opinion)).isEqualTo("ba \"3\"");
        Response gone = phone.number(3).delete(opinion).expect(204);
        assertRepeated(phone.number(3).delete(opinion), gone);
    }

    @Test
    void whatArrivesInAnotherOrderIsAppliedInItsOwn() throws Exception {
        Map<Long, CompletableFuture<Response>> sent = new LinkedHashMap<>();
        for (long sequence = 3; sequence >= 2; sequence--) {
            long number = sequence;
            CompletableFuture<Response> early = beside(() -> put(number, "lần " + number));
            sent.put(number, early);
            assertThatThrownBy(() -> early.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        }
        put(1, "lần 1").expect(201);
        for (long sequence = 2; sequence <= 3; sequence++) {
            Response reply = sent.get(sequence).get(SOON.toSeconds(), TimeUnit.SECONDS);
            assertThat(reply.expect(200).header("ETag")).isEqualTo("\"" + sequence + "\"");
        }
        assertThat(read(opinion)).isEqualTo("lần 3 \"3\"");
    }

    @Test
    void manyAtOnceAreAppliedInTheirOrder() {
        int many = 30;
        List<CompletableFuture<Response>> sent = new ArrayList<>();
        for (int sequence = many; sequence >= 1; sequence--) {
            int number = sequence;
            for (int twice = 0; twice < (number % 10 == 0 ? 2 : 1); twice++) {
                sent.add(beside(() -> put(number, "lần " + number)));
            }
        }
        sent.forEach(each -> assertThat(each.join().status()).isIn(200, 201));
        assertThat(read(opinion)).isEqualTo("lần " + many + " \"" + many + "\"");
    }

    @Test
    void whoWaitsHoldsNoModuleUp() throws Exception {
        CompletableFuture<Response> early = beside(() -> put(2, "hai"));
        assertThatThrownBy(() -> early.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        Client admin = SOTAY.as("admin");
        // otherwise it would end by its time, and not by its turn, before the module stops
        admin.post("/api/modules/meetings/stop").expect(200);
        admin.post("/api/modules/meetings/start").expect(200);
        put(1, "một").expect(201);
        early.get(SOON.toSeconds(), TimeUnit.SECONDS).expect(200);
        assertThat(read(opinion)).isEqualTo("hai \"2\"");
    }

    @Test
    void whatIsMissingIsToldAfterAWhile() {
        put(1, "một").expect(201);
        long begun = System.nanoTime();
        Response early = put(3, "ba").expect(409);

        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isBetween(Duration.ofSeconds(9), Duration.ofSeconds(20));
        assertThat(early.problem()).isEqualTo("command-early");
        assertThat(early.json().path("expected").asLong()).isEqualTo(2);
        assertThat(early.json().path("detail").asText()).contains("2");
        assertThat(early.header("Sotay-Repeated")).isEmpty();
        // which settles nothing
        put(2, "hai").expect(200);
        put(3, "ba").expect(200);
        assertThat(read(opinion)).isEqualTo("ba \"3\"");
    }

    /** T16 of the domain: two phones, out of order, one of them twice. */
    @Test
    void twoPhonesOfOneOwnerKeepTheirOwnOrder() {
        Outbox other = Outbox.of(FISHERMAN);
        String theirs = opinion();
        List<CompletableFuture<Response>> sent = new ArrayList<>();
        for (int sequence : new int[] {3, 1, 2, 2, 1}) {
            sent.add(beside(() -> put(sequence, "máy một, lần " + sequence)));
            sent.add(CompletableFuture.supplyAsync(() ->
                    other.number(sequence).put(sequence == 2 ? opinion : theirs, says("máy hai, lần " + sequence))));
        }
        sent.forEach(each -> assertThat(each.join().status()).isIn(200, 201));

        assertThat(read(theirs)).isEqualTo("máy hai, lần 3 \"2\"");
        // one copy, with what both have written: whichever came last is what it says
        assertThat(read(opinion)).matches("máy (một, lần 3|hai, lần 2) \"4\"");
        JsonNode all = SECRETARY
                .get(meeting + "/items/" + item + "/opinions")
                .expect(200)
                .json()
                .path("items");
        assertThat(all).hasSize(2);
    }

    @Test
    void whatIsRefusedIsRefusedAgainAndHoldsNothingUp() {
        Response wrong = phone.number(1).put(opinion, Map.of("stance", "OTHER")).expect(422);
        Response none = phone.number(2).put("/api/nothing", Map.of()).expect(404);
        Response notAllowed = phone.number(3)
                .put(meeting + "/attendance/" + UUID.randomUUID(), Map.of("present", true))
                .expect(403);
        Response notJson = phone.number(4)
                .send("PUT", opinion, "text/plain", "{}".getBytes(StandardCharsets.UTF_8))
                .expect(415);
        put(5, "năm").expect(201);
        Response changed = phone.number(6)
                .header("If-Match", "\"7\"")
                .put(opinion, says("sáu"))
                .expect(412);
        SECRETARY.post(meeting + "/open").expect(200);
        SECRETARY.post(meeting + "/close").expect(200);
        Response closed = put(7, "bảy").expect(409);
        assertThat(closed.problem()).isEqualTo("meeting.closed");

        assertRepeated(put(7, "bảy"), closed);
        // also if it would pass by now
        assertRepeated(phone.number(6).put(opinion, says("năm")), changed);
        assertRepeated(phone.number(4).put(opinion, says("bốn")), notJson);
        assertRepeated(phone.number(3).put(meeting, Map.of()), notAllowed);
        assertRepeated(phone.number(2).put("/api/nothing", Map.of()), none);
        assertRepeated(phone.number(1).put(opinion, Map.of("stance", "AGREE")), wrong);
        assertThat(read(opinion)).isEqualTo("năm \"1\"");
        phone.number(8)
                .put("/api/me/corrections/" + UUID.randomUUID(), Map.of("field", "OTHER", "value", "a", "reason", "b"))
                .expect(201);
    }

    @Test
    void whatMayPassSettlesNothing() {
        phone.number(1)
                .header("Authorization", "Bearer gone")
                .put(opinion, says("một"))
                .expect(401);
        Response strange = SOTAY.anonymous()
                .header("Cookie", "sotay=" + token())
                .header("Sec-Fetch-Site", "cross-site")
                .header("Sotay-Device", phone.device().toString())
                .header("Sotay-Sequence", "1")
                .put(opinion, says("một"))
                .expect(403);
        assertThat(strange.problem()).isEqualTo("other-origin");
        Client admin = SOTAY.as("admin");
        admin.post("/api/modules/meetings/stop").expect(200);
        try {
            put(1, "một").expect(503);
        } finally {
            admin.post("/api/modules/meetings/start").expect(200);
        }
        Response first = put(1, "một").expect(201);
        assertRepeated(put(1, "một"), first);
    }

    private static String token() {
        return SOTAY.anonymous()
                .post("/api/session", Map.of("login", "fisherman", "password", Sotay.PASSWORD))
                .expect(201)
                .json()
                .path("token")
                .asText();
    }

    @Test
    void numbersAreOfOneAccount() {
        Outbox thief = new Outbox(SOTAY.as("member"), phone.device());
        String own = opinion();
        Response mine = put(1, "của tôi").expect(201);
        Response theirs = thief.number(1).put(own, says("của người khác")).expect(201);
        assertThat(theirs.header("Sotay-Repeated")).isEmpty();
        assertThat(theirs.text()).doesNotContain("của tôi");
        thief.number(2).put(own, says("hai")).expect(200);
        thief.number(3).put(own, says("ba")).expect(200);

        put(2, "hai của tôi").expect(200);
        assertRepeated(put(1, "của tôi"), mine);
        assertThat(read(opinion)).isEqualTo("hai của tôi \"2\"");
        assertThat(read(own)).isEqualTo("ba \"3\"");
    }

    @ParameterizedTest
    @CsvSource({
        "018f5b3e-7a51-7c1e-9a2b-000000000001,,Sotay-Sequence required",
        ",1,Sotay-Device required",
        "máy của tôi,1,Sotay-Device uuid",
        "018f5b3e-7a51-7c1e-9a2b,1,Sotay-Device uuid",
        "018f5b3e-7a51-7c1e-9a2b-000000000001,0,Sotay-Sequence counting-number",
        "018f5b3e-7a51-7c1e-9a2b-000000000001,-1,Sotay-Sequence counting-number",
        "018f5b3e-7a51-7c1e-9a2b-000000000001,1.5,Sotay-Sequence counting-number",
        "018f5b3e-7a51-7c1e-9a2b-000000000001,one,Sotay-Sequence counting-number",
        "018f5b3e-7a51-7c1e-9a2b-000000000001,9999999999999999999,Sotay-Sequence counting-number"
    })
    void headersThatSayNothingAreRefused(String device, String sequence, String error) {
        Client client = FISHERMAN;
        if (device != null) {
            client = client.header("Sotay-Device", device.replaceAll("[^ -~]", "a"));
        }
        if (sequence != null) {
            client = client.header("Sotay-Sequence", sequence);
        }
        Response refused = client.put(opinion, says("một")).expect(400);
        assertThat(refused.problem()).isEqualTo("bad-header");
        assertThat(refused.errors()).containsExactly(error);
        SECRETARY.get(opinion).expect(404);

        // who reads, or signs in, is not asked
        client.get(meeting).expect(200);
        client.send("HEAD", meeting).expect(200);
        client.post("/api/session", Map.of("login", "fisherman", "password", Sotay.PASSWORD))
                .expect(201);
    }

    @Test
    void readsAndSignInsCountNothing() {
        Response read = phone.number(7).get(meeting).expect(200);
        assertThat(read.header("Sotay-Repeated")).isEmpty();
        phone.number(1)
                .post("/api/session", Map.of("login", "fisherman", "password", Sotay.PASSWORD))
                .expect(201);
        assertThat(put(1, "một").expect(201).header("Sotay-Repeated")).isEmpty();
    }

    @Test
    void filesAreSentAsWell() {
        byte[] photo = "ảnh biên lai".repeat(20_000).getBytes(StandardCharsets.UTF_8);
        String path = "/api/files/" + Client.sha256(photo);
        Response first = phone.number(1).send("PUT", path, "application/octet-stream", photo);
        assertThat(first.status()).isIn(200, 201);
        assertRepeated(phone.number(1).send("PUT", path, "application/octet-stream", photo), first);
        FISHERMAN.get(path).expect(200);

        Outbox officer = Outbox.of(SOTAY.as("officer"));
        byte[] roster = "Họ và tên,Ngày sinh\nNguyễn Văn An,01/02/1960\n".getBytes(StandardCharsets.UTF_8);
        Response begun = officer.number(1)
                .postForm("/api/members/import", "a.csv", roster, Map.of("unit", CELL))
                .expect(202);
        assertRepeated(officer.number(1).postForm("/api/members/import", "a.csv", roster, Map.of("unit", CELL)), begun);
        SOTAY.as("officer")
                .post("/api/jobs/" + begun.json().path("id").asText() + "/cancel")
                .expect(200);
    }

    @Test
    void whatWasAnsweredIsNotReadByWhoStealsTheDatabase() {
        String member =
                FISHERMAN.get("/api/me").expect(200).json().at("/member/id").asText();
        String message = "dau-khop-goi-gui-sau";
        Response first = phone.number(1)
                .put(
                        meeting + "/answers/" + member,
                        Map.of("answer", "ABSENT", "reason", "ILLNESS", "message", message));
        assertThat(first.status()).isEqualTo(201);
        assertThat(first.text()).contains(message);
        assertRepeated(phone.number(1).put(meeting + "/answers/" + member, Map.of()), first);
        assertThat(SOTAY.isInDatabase(phone.device().toString())).isTrue();
        assertThat(SOTAY.isInDatabase(message)).isFalse();
    }
}
