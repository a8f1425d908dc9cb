package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import vn.sotay.testkit.Client;
import vn.sotay.testkit.Sotay;

/** Somebody without a phone: a leader of the cell writes down what is said, and it stays whose it is. */
class AssistIT {

    private static Sotay sotay;
    private static Client secretary;
    private static String cell;

    @BeforeAll
    static void start() {
        sotay = Sotay.start(Sotay.fresh());
        secretary = sotay.as("secretary");
        cell = me("secretary").at("/cell/id").asText();
    }

    @AfterAll
    static void stop() {
        sotay.close();
    }

    private static JsonNode me(String login) {
        return sotay.as(login).get("/api/me").expect(200).json().path("member");
    }

    private static String member(String login) {
        return me(login).path("id").asText();
    }

    private static String name(String login) {
        return me(login).path("name").asText();
    }

    private static List<JsonNode> list(JsonNode items) {
        return StreamSupport.stream(items.spliterator(), false).toList();
    }

    /** A meeting of the cell with one item; the path of its opinions. */
    private static String opinions() {
        String meeting = "/api/meetings/" + UUID.randomUUID();
        String item = UUID.randomUUID().toString();
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
                                List.of(Map.of("id", item, "title", "Nhiệm vụ", "documents", List.of()))))
                .expect(201);
        return meeting + "/items/" + item + "/opinions/";
    }

    @Test
    void anOpinionIsWrittenDownForAMember() {
        String member = member("fisherman");
        String path = opinions() + UUID.randomUUID();
        Map<String, String> said = Map.of("member", member, "stance", "OTHER", "text", "Nên sửa bến cá");

        JsonNode made = secretary.put(path, said).expect(201).json();
        secretary.put(path, said).expect(200);

        assertThat(made.path("member").asText()).isEqualTo(member);
        assertThat(made.path("recordedBy").asText()).isEqualTo(member("secretary"));
        assertThat(made.path("recordedByName").asText()).isEqualTo(name("secretary"));
        JsonNode seen = sotay.as("fisherman").get(path).expect(200).json();
        assertThat(seen).isEqualTo(made);
        for (String login : List.of("member", "member2", "secretary2", "officer2")) {
            assertThat(sotay.as(login).get(path).status()).as(login).isEqualTo(404);
            assertThat(sotay.as(login).put(path, said).status()).as(login).isIn(403, 404);
            assertThat(sotay.as(login).delete(path).status()).as(login).isIn(403, 404);
        }
        assertThat(list(sotay.as("fisherman")
                        .get("/api/changes")
                        .expect(200)
                        .json()
                        .path("changes")))
                .filteredOn(one -> path.endsWith(one.path("id").asText()))
                .singleElement()
                .satisfies(
                        one -> assertThat(one.at("/data/recordedBy").asText()).isEqualTo(member("secretary")));
        assertThat(list(sotay.as("admin")
                        .get("/api/audit?type=meeting-opinion&member=" + member)
                        .expect(200)
                        .json()
                        .path("items")))
                .filteredOn(row -> path.endsWith(row.path("id").asText())
                        && row.path("action").asText().equals("WRITE"))
                .singleElement()
                .satisfies(row -> assertThat(row.toString()).contains(name("secretary"), name("fisherman")));

        JsonNode own = sotay.as("fisherman")
                .put(path, Map.of("stance", "OTHER", "text", "Nên sửa bến cá ngay"))
                .expect(200)
                .json();
        assertThat(own.has("recordedBy")).isFalse();
        secretary.put(path, said).expect(403);
        secretary.delete(path).expect(403);
        sotay.as("fisherman").delete(path).expect(204);
    }

    @Test
    void whatWasWrittenDownByMistakeIsTakenBack() {
        String path = opinions() + UUID.randomUUID();
        secretary
                .put(path, Map.of("member", member("member"), "stance", "AGREE"))
                .expect(201);

        secretary.delete(path).expect(204);
        secretary.delete(path).expect(204);

        sotay.as("member").get(path).expect(404);
        secretary
                .put(path, Map.of("member", member("member"), "stance", "AGREE"))
                .expect(410);
    }

    @Test
    void nobodyIsWrittenDownForWhoIsNotOfTheCell() {
        String opinions = opinions();
        for (String stranger : List.of(member("member2"), UUID.randomUUID().toString())) {
            secretary
                    .put(opinions + UUID.randomUUID(), Map.of("member", stranger, "stance", "AGREE"))
                    .expect(404);
        }
        sotay.as("member")
                .put(opinions + UUID.randomUUID(), Map.of("member", member("fisherman"), "stance", "AGREE"))
                .expect(403);
        sotay.as("admin")
                .put(opinions + UUID.randomUUID(), Map.of("member", member("fisherman"), "stance", "AGREE"))
                .expect(403);
    }

    @Test
    void anAnswerTellsWhoWroteItDown() {
        String meeting = opinions().replaceFirst("/items/.*", "");
        String path = meeting + "/answers/" + member("fisherman");
        secretary.put(path, Map.of("answer", "ATTENDING")).expect(201);

        JsonNode seen = sotay.as("fisherman").get(path).expect(200).json();

        assertThat(seen.path("recordedBy").asText()).isEqualTo(member("secretary"));
        assertThat(seen.path("recordedByName").asText()).isEqualTo(name("secretary"));
    }
}
