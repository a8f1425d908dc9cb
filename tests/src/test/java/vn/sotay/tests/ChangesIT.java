package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import vn.sotay.testkit.Client;
import vn.sotay.testkit.Response;
import vn.sotay.testkit.Sotay;

/** {@code /api/changes}: how a phone comes to know all that it may, and then what is new. In a cell of the demo's ward. */
class ChangesIT {

    private static final Sotay SOTAY = Sotay.shared();
    private static final Client SECRETARY = SOTAY.as("secretary2");
    private static final String CELL = cellOf(SECRETARY);

    private final Phone phone = new Phone(SOTAY.as("member2"));

    /** What a phone keeps: its token, and by audience, type and id what came last. */
    private static final class Phone {

        final Client client;
        final Map<String, JsonNode> kept = new LinkedHashMap<>();
        final List<String> added = new ArrayList<>();
        final List<String> removed = new ArrayList<>();
        String token = "";
        int pages;

        Phone(Client client) {
            this.client = client;
        }

        /** Asks until there is nothing more, and returns what came. */
        List<JsonNode> sync() {
            List<JsonNode> came = new ArrayList<>();
            added.clear();
            removed.clear();
            pages = 0;
            while (true) {
                Response reply = ask("");
                if (reply.status() == 204) {
                    return came;
                }
                JsonNode page = reply.expect(200).json();
                take(page, came);
                if (page.path("complete").asBoolean()) {
                    return came;
                }
            }
        }

        Response ask(String more) {
            return client.get("/api/changes" + (token.isEmpty() ? "?" : "?since=" + token + '&') + more);
        }

        private void take(JsonNode page, List<JsonNode> came) {
            token = page.path("token").asText();
            pages++;
            page.at("/audiences/added").forEach(one -> added.add(one.asText()));
            page.at("/audiences/removed").forEach(one -> {
                removed.add(one.asText());
                kept.keySet().removeIf(key -> key.startsWith(one.asText() + ' '));
            });
            for (JsonNode change : page.path("changes")) {
                came.add(change);
                String key = change.path("audience").asText()
                        + ' '
                        + change.path("id").asText();
                if (change.path("deleted").asBoolean()) {
                    kept.remove(key);
                } else {
                    kept.put(key, change);
                }
            }
        }

        boolean knows(String id) {
            return kept.values().stream()
                    .anyMatch(change -> change.path("id").asText().equals(id));
        }
    }

    private static JsonNode ofType(List<JsonNode> changes, String type) {
        return changes.stream()
                .filter(one -> one.path("type").asText().equals(type))
                .findFirst()
                .orElseThrow();
    }

    private static String cellOf(Client client) {
        return client.get("/api/me").expect(200).json().at("/member/cell/id").asText();
    }

    /** Plans a meeting of the cell and tells its members. */
    private static String plan(String title) {
        String id = UUID.randomUUID().toString();
        SECRETARY
                .put(
                        "/api/meetings/" + id,
                        Map.of(
                                "cell",
                                CELL,
                                "kind",
                                "THEMATIC",
                                "startsAt",
                                Instant.now()
                                        .plus(Duration.ofDays(40))
                                        .truncatedTo(ChronoUnit.SECONDS)
                                        .toString(),
                                "place",
                                "Nhà văn hóa",
                                "title",
                                title,
                                "items",
                                List.of(Map.of("id", UUID.randomUUID(), "title", "Bàn việc"))))
                .expect(201);
        SECRETARY.post("/api/meetings/" + id + "/notify").expect(200);
        return id;
    }

    @Test
    void aPhoneGetsAllAndThenOnlyWhatIsNew() {
        phone.sync();
        assertThat(phone.added)
                .contains("everyone", "members:" + CELL)
                .anyMatch(audience -> audience.startsWith("member:"))
                .noneMatch(audience -> audience.startsWith("leaders") || audience.startsWith("officers"));
        assertThat(phone.kept.values())
                .extracting(change -> change.path("type").asText())
                .contains("unit", "member");
        phone.ask("").expect(204);

        String id = plan("Có gì mới");
        List<JsonNode> news = phone.sync();

        assertThat(news).extracting(one -> one.path("type").asText()).containsExactlyInAnyOrder("meeting", "notice");
        assertThat(news).allMatch(one -> one.path("audience").asText().equals("members:" + CELL));
        JsonNode change = ofType(news, "meeting");
        assertThat(change.path("id").asText()).isEqualTo(id);
        assertThat(change.at("/data/title").asText()).isEqualTo("Có gì mới");
        assertThat(Instant.parse(change.path("at").asText())).isBefore(Instant.now());
        assertThat(change.has("deleted")).isFalse();
        assertThat(phone.added).isEmpty();
        Response nothing = phone.ask("").expect(204);
        assertThat(nothing.headers().map().entrySet().stream()
                        .mapToInt(header -> header.getKey().length()
                                + header.getValue().get(0).length()
                                + 4)
                        .sum())
                .as("bytes of headers that a phone hears all day long: " + nothing.headers())
                .isLessThan(150);
        SECRETARY.delete("/api/meetings/" + id).expect(204);
    }

    @Test
    void whatIsTakenAwayLeavesATombstoneForThoseWhoHadIt() {
        String id = plan("Sẽ hủy");
        phone.sync();
        assertThat(phone.knows(id)).isTrue();

        SECRETARY.delete("/api/meetings/" + id).expect(204);
        List<JsonNode> news = phone.sync();

        // the notice that called it goes, another says that it is not held
        assertThat(news)
                .extracting(
                        one -> one.path("type").asText() + one.path("deleted").asBoolean())
                .containsExactlyInAnyOrder("meetingtrue", "noticetrue", "noticefalse");
        assertThat(ofType(news, "meeting").path("id").asText()).isEqualTo(id);
        assertThat(ofType(news, "meeting").has("data")).isFalse();
        Phone other = new Phone(SOTAY.as("member2"));
        assertThat(other.sync())
                .noneMatch(change -> change.path("id").asText().equals(id))
                .noneMatch(change -> change.has("deleted"));
    }

    @Test
    void theFirstTimeItComesInPages() {
        Map<String, String> minutes = new HashMap<>();
        for (int i = 0; i < 8; i++) {
            String id = plan("Dài " + i);
            String text = ("Biên bản " + i + ' ').repeat(8_000);
            minutes.put(id, text);
            SECRETARY
                    .put("/api/meetings/" + id + "/minutes", Map.of("text", text))
                    .expect(201);
        }
        Phone leader = new Phone(SECRETARY);

        List<JsonNode> came = leader.sync();

        assertThat(leader.pages).isGreaterThan(1);
        // a page may be cut anywhere: nothing is left out, and nothing comes twice
        assertThat(came)
                .extracting(change -> change.path("audience").asText()
                        + change.path("type").asText()
                        + change.path("id").asText())
                .doesNotHaveDuplicates();
        minutes.forEach((id, text) -> assertThat(came)
                .filteredOn(change -> change.path("id").asText().equals(id)
                        && change.path("type").asText().equals("meeting-minutes"))
                .extracting(change -> change.at("/data/text").asText().equals(text))
                .containsExactly(true));
        leader.ask("").expect(204);
        phone.sync();
        assertThat(phone.kept.values())
                .as("minutes are the leaders' until the meeting is closed")
                .noneMatch(change -> minutes.containsKey(change.path("id").asText())
                        && change.path("type").asText().equals("meeting-minutes"));
        minutes.keySet().forEach(id -> SECRETARY.delete("/api/meetings/" + id).expect(204));
    }

    @Test
    void whoWaitsIsAnsweredByTheNextWrite() throws Exception {
        phone.sync();
        CompletableFuture<Response> waiting = CompletableFuture.supplyAsync(() -> phone.ask("wait=50"));
        assertThatThrownBy(() -> waiting.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);

        String id = plan("Đang chờ");
        long written = System.nanoTime();
        Response reply = waiting.get(10, TimeUnit.SECONDS).expect(200);

        assertThat(Duration.ofNanos(System.nanoTime() - written)).isLessThan(Duration.ofSeconds(1));
        assertThat(reply.json().at("/changes/0/id").asText()).isEqualTo(id);
        SECRETARY.delete("/api/meetings/" + id).expect(204);
    }

    @Test
    void whoWaitsInVainIsToldSo() {
        phone.sync();

        long begun = System.nanoTime();
        phone.ask("wait=1").expect(204);

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(900));
    }

    @Test
    void whoMovesToAnotherCellForgetsTheOneAndGetsTheOther() {
        Client officer = SOTAY.as("officer");
        String member =
                phone.client.get("/api/me").expect(200).json().at("/member/id").asText();
        String path = "/api/members/" + member;
        JsonNode record = officer.get(path).expect(200).json();
        JsonNode there = officer.get("/api/units?q=38.168.053.000.001")
                .expect(200)
                .json()
                .at("/items/0");
        String meeting = plan("Ở chi bộ cũ");
        phone.sync();
        assertThat(phone.knows(meeting)).isTrue();
        try {
            officer.put(path, with(record, "cell", there.path("id").asText())).expect(200);
            phone.sync();

            assertThat(phone.added).contains("members:" + there.path("id").asText());
            assertThat(phone.removed).contains("members:" + CELL);
            assertThat(phone.knows(meeting)).isFalse();
            assertThat(phone.kept.keySet()).noneMatch(key -> key.startsWith("members:" + CELL));
            assertThat(phone.kept.values())
                    .anyMatch(change -> change.path("type").asText().equals("meeting"));
        } finally {
            officer.put(path, record.toString()).expect(200);
        }
        phone.sync();
        assertThat(phone.knows(meeting)).isTrue();
        SECRETARY.delete("/api/meetings/" + meeting).expect(204);
    }

    private static JsonNode with(JsonNode record, String field, String value) {
        return ((ObjectNode) record.deepCopy()).put(field, value);
    }

    @Test
    void theCallersAudiencesCountNotThoseOfTheToken() {
        Phone leader = new Phone(SECRETARY);
        leader.sync();
        Phone thief = new Phone(SOTAY.as("fisherman"));
        thief.token = leader.token;

        thief.sync();

        assertThat(thief.removed).contains("leaders:" + CELL, "members:" + CELL);
        assertThat(thief.kept.keySet()).noneMatch(key -> key.contains(CELL));
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage", "%20", "AA", "-1", "' or 1=1"})
    void whatIsNoTokenStartsAfresh(String token) {
        String since = URLEncoder.encode(token, StandardCharsets.UTF_8);

        Response gone = phone.client.get("/api/changes?since=x" + since).expect(410);

        assertThat(gone.problem()).isEqualTo("feed.start-afresh");
    }

    /** Bytes of a token: the form, 16 of the database's generation, then numbers and audiences. */
    static Stream<Integer> places() {
        return Stream.of(0, 1, 16);
    }

    @ParameterizedTest
    @MethodSource("places")
    void aTokenOfAnotherFormOrDatabaseStartsAfresh(int place) {
        phone.sync();
        byte[] bytes = Base64.getUrlDecoder().decode(phone.token);
        bytes[place] ^= 1;
        phone.token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);

        phone.ask("").expect(410);
    }

    @ParameterizedTest
    @ValueSource(strings = {"wait=-1", "wait=56", "wait=long", "limit=0", "limit=501"})
    void waitsForLessThanAMinuteAndGivesPagesOfABoundedSize(String query) {
        assertThat(phone.ask(query).expect(400).problem()).isEqualTo("bad-parameter");
    }

    @Test
    void isForThoseWhoAreSignedIn() {
        SOTAY.anonymous().get("/api/changes").expect(401);
        SOTAY.anonymous().get("/api/changes?since=" + phone.token).expect(401);
    }
}
