package vn.sotay.news;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.rometools.rome.feed.synd.SyndFeed;
import com.rometools.rome.io.SyndFeedInput;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import vn.sotay.testkit.Adoption;
import vn.sotay.testkit.Adoption.Read;
import vn.sotay.testkit.Client;
import vn.sotay.testkit.Response;
import vn.sotay.testkit.Sotay;

/** News over HTTP, in the demo province. */
class NewsHttpIT {

    private final Sotay sotay = Sotay.shared();
    private final Client editor = sotay.as("editor");
    private final Client editor2 = sotay.as("editor2");
    private final Client member = sotay.as("member");
    private final Client secretary = sotay.as("secretary");
    private final Client officer2 = sotay.as("officer2");
    private final String id = UUID.randomUUID().toString();
    private final String news = "/api/news/" + id;

    private static String unitOf(Client who) {
        return who.get("/api/me").expect(200).json().at("/mandates/0/unit").asText();
    }

    private static String idOf(Client who) {
        return who.get("/api/me").expect(200).json().at("/member/id").asText();
    }

    private static String cellOf(Client who) {
        return who.get("/api/me").expect(200).json().at("/member/cell/id").asText();
    }

    private Map<String, Object> body() {
        return body(unitOf(editor), "MEMBERS");
    }

    private Map<String, Object> body(String unit, String to) {
        Map<String, Object> body = new HashMap<>();
        body.put("unit", unitOf(editor));
        body.put("target", Map.of("unit", unit, "to", to));
        body.put("title", "Tin thử " + id);
        body.put("lead", "Tóm tắt của tin thử");
        body.put("text", "## Việc cần làm\n\n- **một** [xem](/meetings)\n- hai\n\n<script>alert(1)</script>");
        body.put("pictures", List.of());
        return body;
    }

    private void publish(Map<String, Object> body) {
        assertThat(editor.put(news, body).status()).isIn(200, 201);
        editor.post(news + "/submit").expect(200);
        editor2.post(news + "/approve").expect(200);
    }

    private boolean isListed(Client who, String query) {
        return who.get("/api/news?limit=500" + query)
                .expect(200)
                .json()
                .path("items")
                .findValuesAsText("id")
                .contains(id);
    }

    private String told(Client who) {
        StringBuilder all = new StringBuilder();
        String since = "";
        while (true) {
            JsonNode page =
                    who.get("/api/changes?limit=500" + since).expect(200).json();
            page.path("changes").forEach(one -> {
                if (one.path("type").asText().startsWith("news")) {
                    all.append(one).append('\n');
                }
            });
            if (page.path("complete").asBoolean()) {
                return all.toString();
            }
            since = "&since=" + page.path("token").asText();
        }
    }

    private static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    @Test
    void fromTheDraftToEveryMemberAndBack() {
        editor.put(news, body()).expect(201);
        String etag = editor.get(news).expect(200).header("ETag");
        assertThat(editor.put(news, body()).expect(200).header("ETag")).isEqualTo(etag);
        member.get(news).expect(404);
        assertThat(isListed(editor2, "&state=DRAFT")).isTrue();
        member.get("/api/news?state=DRAFT").expect(403);
        member.put(news, body()).expect(403);
        assertThat(told(member)).doesNotContain(id);

        editor.post(news + "/submit").expect(200);
        assertThat(editor.post(news + "/approve").expect(409).problem()).contains("news.four-eyes");
        editor2.post(news + "/approve").expect(200);
        editor2.post(news + "/approve").expect(200);

        JsonNode read = member.get(news).expect(200).json();
        assertThat(read.path("text").isMissingNode()).isTrue();
        assertThat(read.path("changedBy").isMissingNode()).isTrue();
        assertThat(read.path("edition").asInt()).isEqualTo(1);
        assertThat(read.at("/blocks/0/kind").asText()).isEqualTo("HEADING");
        assertThat(read.at("/blocks/1/spans/0/strong").asBoolean()).isTrue();
        assertThat(read.at("/blocks/1/spans/2/link").asText()).isEqualTo("/meetings");
        assertThat(read.at("/blocks/3/spans/0/text").asText()).isEqualTo("<script>alert(1)</script>");
        assertThat(isListed(member, "")).isTrue();
        assertThat(isListed(sotay.as("officer"), "")).isTrue();
        assertThat(told(member)).contains(id, "Việc cần làm").doesNotContain("\"text\":\"## ");
        Map<String, Object> other = body();
        other.put("title", "Khác");
        assertThat(editor.put(news, other).expect(409).problem()).contains("news.published");
        editor.delete(news).expect(409);

        editor.post(news + "/withdraw").expect(200);
        member.get(news).expect(404);
        assertThat(told(member)).doesNotContain("Tin thử " + id);
        publish(other);
        JsonNode editions = editor.get(news + "/editions").expect(200).json().path("items");
        assertThat(editions).hasSize(2);
        assertThat(editions.at("/0/news/title").asText()).isEqualTo("Khác");
        member.get(news + "/editions").expect(403);

        editor.post(news + "/withdraw").expect(200);
        editor.delete(news).expect(204);
        editor.delete(news).expect(204);
        editor.put(news, body()).expect(410);
    }

    @Test
    void faultsAreNamed() {
        Map<String, Object> body = body();
        body.put("text", "[x](javascript:alert(1))");
        assertThat(editor.put(news, body).expect(422).errors()).containsExactly("text link-unsafe");
        body.put("text", ">".repeat(500) + "x");
        assertThat(editor.put(news, body).expect(422).errors()).containsExactly("text too-deep");
        body.put("text", "x".repeat(16_001));
        editor.put(news, body).expect(422);
        body.remove("text");
        assertThat(editor.put(news, body).expect(422).errors()).containsExactly("text required");
        body = body();
        body.put("pictures", List.of(Map.of("file", "a".repeat(64), "alt", "Tàu")));
        assertThat(editor.put(news, body).expect(422).errors()).containsExactly("pictures[0].file picture-missing");
        body = body(UUID.randomUUID().toString(), "MEMBERS");
        assertThat(editor.put(news, body).expect(422).errors()).containsExactly("target.unit not-below");
        body = body();
        body.put("expiresAt", Instant.now().minusSeconds(60).toString());
        editor.put(news, body).expect(201);
        assertThat(editor.post(news + "/submit").expect(422).errors()).containsExactly("expiresAt over");
        JsonNode preview = editor.post("/api/news/preview", Map.of("text", "[x](data:text/html,y) **đậm**"))
                .expect(200)
                .json();
        assertThat(preview.at("/faults/0").asText()).isEqualTo("link-unsafe");
        assertThat(preview.findValue("link")).isNull();
        member.post("/api/news/preview", Map.of("text", "x")).expect(403);
    }

    @Test
    void whatIsForLeadersOrOfficersIsForThemAlone() {
        String commune = unitOf(officer2);
        Map<String, Object> first = body(commune, "LEADERS");
        first.put("urgent", true);
        publish(first);
        secretary.get(news).expect(200);
        assertThat(isListed(secretary, "")).isTrue();
        assertThat(told(secretary)).contains(id);
        assertThat(isTold(secretary)).isTrue();
        assertThat(isTold(member)).isFalse();
        for (String login : List.of("member", "secretary2", "officer2", "officer", "member2")) {
            sotay.as(login).get(news).expect(404);
            assertThat(isListed(sotay.as(login), "")).as(login).isFalse();
            assertThat(told(sotay.as(login))).as(login).doesNotContain(id);
        }

        editor.post(news + "/withdraw").expect(200);
        publish(body(commune, "OFFICERS"));
        officer2.get(news).expect(200);
        assertThat(told(officer2)).contains(id);
        for (String login : List.of("member", "secretary", "officer3", "officer")) {
            sotay.as(login).get(news).expect(404);
            assertThat(isListed(sotay.as(login), "")).as(login).isFalse();
        }
        assertThat(told(secretary)).doesNotContain("Tin thử " + id);

        editor.post(news + "/withdraw").expect(200);
        publish(body(commune, "MEMBERS"));
        for (String login : List.of("member", "secretary", "officer2", "officer")) {
            sotay.as(login).get(news).expect(200);
            assertThat(isListed(sotay.as(login), "")).as(login).isTrue();
        }
        for (String login : List.of("member2", "secretary2", "officer3")) {
            sotay.as(login).get(news).expect(404);
            assertThat(isListed(sotay.as(login), "")).as(login).isFalse();
        }
    }

    @Test
    void whatIsUrgentIsAcknowledgedAndTheLeadersSeeIt() {
        Map<String, Object> body = body();
        body.put("urgent", true);
        body.put("asks", "ACKNOWLEDGED");
        publish(body);
        String me = idOf(member);
        String cell = cellOf(secretary);
        String own = news + "/receipts/" + me;
        assertThat(isListed(member, "&toAcknowledge=true")).isTrue();
        String missing = news + "/missing?cell=" + cell;
        assertThat(secretary.get(missing).expect(200).text()).contains(me);
        for (String login : List.of("secretary", "member2", "officer", "editor")) {
            sotay.as(login).put(own, Map.of("edition", 1)).expect(404);
        }
        member.put(own, Map.of("edition", 2)).expect(422);

        member.put(own, Map.of("edition", 1)).expect(201);
        member.put(own, Map.of("edition", 1)).expect(200);

        assertThat(isListed(member, "&toAcknowledge=true")).isFalse();
        assertThat(secretary.get(missing).expect(200).text()).doesNotContain(me);
        sotay.as("secretary2").get(missing).expect(404);
        assertThat(sotay.as("member2").get(news + "/receipts").expect(200).text())
                .doesNotContain(me);
        assertThat(secretary.get(news + "/receipts").expect(200).text()).contains(me);
        Client officer = sotay.as("officer");
        JsonNode share =
                officer.get(news + "/share?unit=" + unitOf(officer)).expect(200).json();
        assertThat(share.path("read").asInt()).isEqualTo(1);
        assertThat(share.path("members").asInt()).isGreaterThan(1000);
        assertThat(share.toString()).doesNotContain(me);
        officer.get(missing).expect(403);
        assertThat(editor.get(news + "/share?unit=" + unitOf(editor))
                        .expect(200)
                        .json()
                        .path("read")
                        .asInt())
                .isEqualTo(1);
        assertThat(member.get("/api/me/data").expect(200).text()).contains("Tin thử " + id);
        assertThat(isTold(member)).isTrue();
        editor.post(news + "/withdraw").expect(200);
        assertThat(isTold(member)).isFalse();
        body.remove("urgent");
        publish(body);
        assertThat(isTold(member)).isFalse();
    }

    private Map<String, Object> forAges(Map<String, Object> ages) {
        Map<String, Object> body = body();
        body.put("target", Map.of("unit", unitOf(editor), "to", "MEMBERS", "ages", ages));
        return body;
    }

    private LocalDate birthOf(Client who) {
        return LocalDate.parse(who.get("/api/members/" + idOf(who))
                .expect(200)
                .json()
                .path("birthDate")
                .asText());
    }

    private static LocalDate today() {
        return LocalDate.now(NewsRules.ZONE);
    }

    private static int membersIn(Client who, String path) {
        return who.get(path).expect(200).json().path("members").asInt();
    }

    @Test
    void whatACellReadsIsCountedOfThoseWhoWereAsked() {
        String cell = cellOf(secretary);
        Read before = Adoption.now(secretary, "news", cell);
        int age = (int) ChronoUnit.YEARS.between(birthOf(member), today());
        Map<String, Object> body = forAges(Map.of("from", age, "to", age));
        body.put("asks", "ACKNOWLEDGED");
        publish(body);
        int asked = before.asked() + membersIn(secretary, news + "/share?unit=" + cell);
        assertThat(asked).isGreaterThan(before.asked());
        assertThat(Adoption.now(secretary, "news", cell)).isEqualTo(new Read(before.read(), asked));

        for (Client who : List.of(member, sotay.as("fisherman"))) {
            who.put(news + "/receipts/" + idOf(who), Map.of("edition", 1)).expect(201);
        }
        assertThat(Adoption.now(secretary, "news", cell))
                .as("the fisherman is of another age")
                .isEqualTo(new Read(before.read() + 1, asked));
        editor.post(news + "/withdraw").expect(200);
        assertThat(Adoption.now(secretary, "news", cell)).isEqualTo(before);
    }

    @Test
    void whoIsOfTheAgeIsToldAndAskedAndNobodyElse() {
        Client fisherman = sotay.as("fisherman");
        int age = (int) ChronoUnit.YEARS.between(birthOf(member), today());
        int other = (int) ChronoUnit.YEARS.between(birthOf(fisherman), today());
        int leader = (int) ChronoUnit.YEARS.between(birthOf(secretary), today());
        assertThat(List.of(other, leader)).doesNotContain(age);
        String cell = cellOf(secretary);
        String me = idOf(member);
        Map<String, Object> body = forAges(Map.of("from", age, "to", age));
        body.put("asks", "ACKNOWLEDGED");
        body.put("urgent", true);
        publish(body);

        JsonNode read = fisherman.get(news).expect(200).json();
        assertThat(read.at("/target/ages/from").asInt()).isEqualTo(age);
        assertThat(read.at("/born/from").asText())
                .isEqualTo(today().minusYears(age + 1L).plusDays(1).toString());
        assertThat(read.at("/born/to").asText())
                .isEqualTo(today().minusYears(age).toString());
        assertThat(isListed(member, "")).isTrue();
        assertThat(isListed(member, "&toAcknowledge=true")).isTrue();
        assertThat(isTold(member)).isTrue();
        assertThat(isListed(fisherman, "")).isFalse();
        assertThat(isListed(fisherman, "&toAcknowledge=true")).isFalse();
        assertThat(isTold(fisherman)).isFalse();
        // who leads or works looks after those whom it is for, and is asked for nothing
        assertThat(isListed(secretary, "")).isTrue();
        assertThat(isListed(secretary, "&toAcknowledge=true")).isFalse();
        assertThat(isTold(secretary)).isFalse();
        assertThat(isListed(sotay.as("officer"), "")).isTrue();
        // all phones of the audience have it, with the days of birth by which each leaves it out
        assertThat(told(fisherman)).contains(id).contains("\"born\":{\"from\"");

        String missing =
                secretary.get(news + "/missing?cell=" + cell).expect(200).text();
        assertThat(missing).contains(me).doesNotContain(idOf(fisherman), idOf(secretary));
        int asked = secretary
                .get(news + "/missing?cell=" + cell)
                .expect(200)
                .json()
                .path("items")
                .size();
        assertThat(membersIn(secretary, news + "/share?unit=" + cell)).isEqualTo(asked);
        String notice = secretary
                .get("/api/notices/sent?about=news:" + id)
                .expect(200)
                .json()
                .at("/items/0/id")
                .asText();
        assertThat(secretary
                        .get("/api/notices/" + notice + "/reached?unit=" + cell)
                        .expect(200)
                        .json()
                        .path("people")
                        .asInt())
                .isEqualTo(asked);
        assertThat(membersIn(editor, news + "/share?unit=" + unitOf(editor))).isBetween(1, 700);
        // whoever reads it may say so, and counts only if it was asked
        fisherman
                .put(news + "/receipts/" + idOf(fisherman), Map.of("edition", 1))
                .expect(201);
        member.put(news + "/receipts/" + me, Map.of("edition", 1)).expect(201);
        JsonNode share = secretary.get(news + "/share?unit=" + cell).expect(200).json();
        assertThat(share.path("read").asInt()).isEqualTo(1);
        assertThat(share.path("members").asInt()).isEqualTo(asked);

        editor.post(news + "/withdraw").expect(200);
        assertThat(editor.get(news).expect(200).json().has("born")).isFalse();
        body.put("target", forAges(Map.of("from", Math.max(age, leader) + 1)).get("target"));
        publish(body);
        assertThat(isListed(member, "")).isFalse();
        assertThat(isTold(member)).isFalse();
        JsonNode editions = editor.get(news + "/editions").expect(200).json().path("items");
        assertThat(editions.at("/1/news/target/ages/to").asInt()).isEqualTo(age);
        assertThat(editions.at("/0/news/target/ages").has("to")).isFalse();
        assertThat(editions.at("/0/news/born").has("from")).isFalse();
    }

    @Test
    void whoseBirthdayIsNotKnownIsToldRatherThanLeftOut() {
        Client fisherman = sotay.as("fisherman");
        String path = "/api/members/" + idOf(fisherman);
        ObjectNode record = (ObjectNode) secretary.get(path).expect(200).json();
        int year = birthOf(fisherman).getYear();
        ObjectNode yearAlone = record.deepCopy();
        yearAlone.remove("birthDate");
        yearAlone.put("birthYear", year);
        ObjectNode nothing = yearAlone.deepCopy();
        nothing.remove("birthYear");
        Client officer = sotay.as("officer2");
        try {
            officer.put(path, yearAlone).expect(200);
            int age = today().getYear() - year;
            // somebody born in that year is as old, or a year younger
            publish(forAges(Map.of("to", age - 1)));
            assertThat(isListed(fisherman, "")).isEqualTo(!isLastDayOfYear());
            editor.post(news + "/withdraw").expect(200);
            publish(forAges(Map.of("from", age)));
            assertThat(isListed(fisherman, "")).isTrue();
            editor.post(news + "/withdraw").expect(200);
            publish(forAges(Map.of("from", age + 1)));
            assertThat(isListed(fisherman, "")).isFalse();
            officer.put(path, nothing).expect(200);
            assertThat(isListed(fisherman, "")).isTrue();
        } finally {
            officer.put(path, record).expect(200);
        }
    }

    private static boolean isLastDayOfYear() {
        return today().getDayOfYear() == today().lengthOfYear();
    }

    @Test
    void agesThatMakeNoSenseAreNamed() {
        assertThat(editor.put(news, forAges(Map.of())).expect(422).errors())
                .containsExactly("target.ages ages-missing");
        assertThat(editor.put(news, forAges(Map.of("from", 36, "to", 35)))
                        .expect(422)
                        .errors())
                .containsExactly("target.ages.to ages-turned");
        assertThat(editor.put(news, forAges(Map.of("from", 15))).expect(422).errors())
                .containsExactly("target.ages.from out-of-range");
        assertThat(editor.put(news, forAges(Map.of("to", 121))).expect(422).errors())
                .containsExactly("target.ages.to out-of-range");
        Map<String, Object> body = body();
        body.put("target", Map.of("unit", unitOf(editor), "to", "LEADERS", "ages", Map.of("to", 35)));
        assertThat(editor.put(news, body).expect(422).errors()).containsExactly("target.ages ages-members-alone");
        String etag = editor.put(news, forAges(Map.of("to", 35))).expect(201).header("ETag");
        assertThat(editor.put(news, forAges(Map.of("to", 35))).expect(200).header("ETag"))
                .isEqualTo(etag);
        assertThat(editor.put(news, forAges(Map.of("to", 34))).expect(200).header("ETag"))
                .isNotEqualTo(etag);
    }

    @Test
    void whoApprovesHasReadWhatIsThere() {
        Map<String, Object> body = body();
        editor.put(news, body).expect(201);
        editor.post(news + "/submit").expect(200);
        String read = editor2.get(news).expect(200).header("ETag");
        body.put("title", "Khác");
        editor.put(news, body).expect(200);
        sotay.as("editor2").header("If-Match", read).post(news + "/approve").expect(412);
        String now = editor2.get(news).expect(200).header("ETag");
        sotay.as("editor2").header("If-Match", now).post(news + "/approve").expect(200);
    }

    @Test
    void whomAnEditionHasPromisedNotToNameTheNextDoesNotName() {
        Map<String, Object> body = body();
        body.put("asks", "OPENED");
        publish(body);
        String me = idOf(member);
        member.put(news + "/receipts/" + me, Map.of("edition", 1)).expect(201);
        editor.post(news + "/withdraw").expect(200);
        body.put("asks", "ACKNOWLEDGED");
        publish(body);

        assertThat(secretary.get(news + "/receipts").expect(200).text()).doesNotContain(me);
        assertThat(member.get(news + "/receipts").expect(200).text()).contains(me);
        Client fisherman = sotay.as("fisherman");
        String other = idOf(fisherman);
        fisherman.put(news + "/receipts/" + other, Map.of("edition", 1)).expect(201);
        assertThat(told(secretary)).doesNotContain("\"news\":\"" + id + "\",\"member\":\"" + other);
        member.put(news + "/receipts/" + me, Map.of("edition", 2)).expect(200);
        assertThat(secretary.get(news + "/receipts").expect(200).text())
                .contains(me)
                .doesNotContain(other);
    }

    /** By a notice. */
    private boolean isTold(Client who) {
        return who.get("/api/notices?limit=500").expect(200).text().contains("/news/" + id);
    }

    @Test
    void whoHasMerelyOpenedItIsCountedAndNotNamed() {
        Map<String, Object> body = body();
        body.put("asks", "OPENED");
        publish(body);
        String me = idOf(member);
        String cell = cellOf(secretary);
        member.put(news + "/receipts/" + me, Map.of("edition", 1)).expect(201);
        assertThat(secretary
                        .get(news + "/share?unit=" + cell)
                        .expect(200)
                        .json()
                        .path("read")
                        .asInt())
                .isEqualTo(1);
        secretary.get(news + "/missing?cell=" + cell).expect(409);
        assertThat(secretary.get(news + "/receipts").expect(200).text()).doesNotContain(me);
        assertThat(told(secretary)).contains(id).doesNotContain("\"news\":\"" + id + "\",\"member\"");
        assertThat(isListed(member, "&toAcknowledge=true")).isFalse();

        editor.post(news + "/withdraw").expect(200);
        body.remove("asks");
        publish(body);
        member.put(news + "/receipts/" + me, Map.of("edition", 2)).expect(409);
        body.put("target", Map.of("unit", unitOf(editor), "to", "LEADERS"));
        body.put("asks", "OPENED");
        editor.post(news + "/withdraw").expect(200);
        assertThat(editor.put(news, body).expect(422).errors()).containsExactly("asks members-alone");
    }

    @Test
    void appearsAtItsTimeAndGoesAtItsTime() {
        Map<String, Object> body = body();
        Instant at = Instant.now().plusSeconds(8);
        body.put("publishAt", at.toString());
        body.put("expiresAt", at.plusSeconds(8).toString());
        publish(body);
        assertThat(editor.get(news).expect(200).json().path("state").asText()).isEqualTo("APPROVED");
        member.get(news).expect(404);
        body.put("title", "Khác");
        editor.put(news, body).expect(409);

        await("published", () -> member.get(news).status() == 200);
        assertThat(Instant.parse(
                        editor.get(news).expect(200).json().path("publishedAt").asText()))
                .isAfterOrEqualTo(at.minusMillis(1));
        await("over", () -> member.get(news).status() == 404);
        assertThat(editor.get(news).expect(200).json().path("state").asText()).isEqualTo("EXPIRED");
        assertThat(isListed(editor, "&state=EXPIRED")).isTrue();
        assertThat(told(member)).doesNotContain("Tin thử " + id);
        editor.post(news + "/withdraw").expect(200);
        assertThat(editor.get(news).expect(200).json().path("state").asText()).isEqualTo("DRAFT");
    }

    private static byte[] picture(String format, int width, int height) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), format, bytes);
        return bytes.toByteArray();
    }

    private Response send(Client who, byte[] content) {
        return who.send("POST", "/api/news/pictures", "application/octet-stream", content);
    }

    @Test
    void picturesAreWrittenAnewAndShownToWhomTheNewsAreFor() throws IOException {
        byte[] sent = picture("png", 3000, 1500);
        member.get("/api/me").expect(200);
        send(member, sent).expect(403);
        JsonNode kept = send(editor, sent).expect(201).json();
        String file = kept.path("file").asText();
        assertThat(kept.path("width").asInt()).isEqualTo(1280);
        assertThat(kept.path("height").asInt()).isEqualTo(640);
        assertThat(file).isNotEqualTo(Client.sha256(sent));
        Map<String, Object> body = body(unitOf(officer2), "MEMBERS");
        body.put("pictures", List.of(Map.of("file", file, "alt", "Tàu về bến")));
        publish(body);

        JsonNode read = member.get(news).expect(200).json();
        assertThat(read.at("/pictures/0/width").asInt()).isEqualTo(1280);
        Response shown = member.get("/api/files/" + file).expect(200);
        assertThat(shown.header("Content-Type")).startsWith("image/jpeg");
        assertThat(shown.body()[0]).isEqualTo((byte) 0xff);
        sotay.as("member2").get("/api/files/" + file).expect(404);
        member.get("/api/files/" + Client.sha256(sent)).expect(404);

        // a file that came by another way is no picture, also where the editor may read it
        String svg = editor.putFile("<svg onload='alert(1)'/>".getBytes(StandardCharsets.UTF_8));
        editor.post(news + "/withdraw").expect(200);
        member.get("/api/files/" + file).expect(404);
        body.put("pictures", List.of(Map.of("file", svg, "alt", "x")));
        assertThat(editor.put(news, body).expect(422).errors()).containsExactly("pictures[0].file picture-missing");
    }

    @Test
    void whatIsNoPictureIsRefused() throws IOException {
        assertThat(send(editor, "<svg/>".getBytes(StandardCharsets.UTF_8))
                        .expect(422)
                        .errors())
                .containsExactly("picture picture-kind");
        assertThat(send(editor, picture("gif", 8, 8)).expect(422).errors()).containsExactly("picture picture-kind");
        byte[] cut = picture("png", 100, 100);
        cut = Arrays.copyOf(cut, 40);
        assertThat(send(editor, cut).expect(422).errors()).containsExactly("picture picture-broken");
        byte[] bomb = picture("png", 8, 8);
        // its head says 30,000 by 30,000
        bomb[18] = 0x75;
        bomb[19] = 0x30;
        bomb[22] = 0x75;
        bomb[23] = 0x30;
        assertThat(send(editor, bomb).expect(422).errors()).first().asString().startsWith("picture picture-");
        send(editor, new byte[16 * 1024 * 1024]).expect(413);
    }

    @Test
    void aMembersProgrammeReadsWhatIsForEverybody() throws Exception {
        publish(body());
        Client reader = sotay.as("member2");
        reader.delete("/api/news/subscription").expect(204);
        assertThat(reader.get("/api/news/subscription").expect(200).json().has("since"))
                .isFalse();
        String address = reader.post("/api/news/subscription")
                .expect(201)
                .json()
                .path("address")
                .asText();
        assertThat(reader.get("/api/news/subscription")
                        .expect(200)
                        .json()
                        .path("address")
                        .isMissingNode())
                .isTrue();
        String path = URI.create(address).getPath();
        Client nobody = sotay.anonymous();
        editor.post(news + "/withdraw").expect(200);
        publish(forAges(Map.of("from", 18)));
        assertThat(nobody.get(path).expect(200).text()).as("not for everybody").doesNotContain(id);
        editor.post(news + "/withdraw").expect(200);
        publish(body());

        Response feed = nobody.get(path).expect(200);

        assertThat(feed.header("Content-Type")).startsWith("application/atom+xml");
        SyndFeed read = new SyndFeedInput().build(new StringReader(feed.text()));
        assertThat(read.getEntries()).anyMatch(one -> one.getUri().equals("urn:uuid:" + id));
        assertThat(read.getEntries()).noneMatch(one -> one.getTitle().contains("Gửi các bí thư"));
        assertThat(feed.text()).doesNotContain("<script");
        nobody.header("If-None-Match", feed.header("ETag")).get(path).expect(304);

        // it opens nothing else, and a session is none
        nobody.get("/api/news").expect(401);
        nobody.get("/api/news/feed/" + "A".repeat(43)).expect(404);
        editor.post(news + "/withdraw").expect(200);
        assertThat(nobody.get(path).expect(200).text()).doesNotContain(id);

        String again = URI.create(reader.post("/api/news/subscription")
                        .expect(201)
                        .json()
                        .path("address")
                        .asText())
                .getPath();
        nobody.get(path).expect(404);
        nobody.get(again).expect(200);
        assertThat(reader.get("/api/me/data").expect(200).text()).contains("news.subscription");
        reader.delete("/api/news/subscription").expect(204);
        nobody.get(again).expect(404);
        editor.post("/api/news/subscription").expect(403);
    }

    @Test
    void isFound() {
        publish(body());
        String asked = "/api/search?q=" + id;
        await("found", () -> member.get(asked).expect(200).text().contains("/news/" + id));
        editor.post(news + "/withdraw").expect(200);
        await("not found any more", () -> !member.get(asked).expect(200).text().contains("/news/" + id));
    }
}
