package vn.sotay.documents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import vn.sotay.testkit.Adoption;
import vn.sotay.testkit.Adoption.Read;
import vn.sotay.testkit.Client;
import vn.sotay.testkit.Sotay;

/** What members answer to a document, what leaders see of it, and what is published at a time, over HTTP. */
class AcknowledgementsHttpIT {

    private final Sotay sotay = Sotay.shared();
    private final Client editor = sotay.as("editor");
    private final Client editor2 = sotay.as("editor2");
    private final Client member = sotay.as("member");
    private final Client secretary = sotay.as("secretary");
    private final String id = UUID.randomUUID().toString();
    private final String document = "/api/documents/" + id;

    private Map<String, Object> body() {
        String file = editor.putFile(("Quy định " + id).getBytes(StandardCharsets.UTF_8));
        Map<String, Object> body = new HashMap<>();
        body.put(
                "unit",
                editor.get("/api/me").expect(200).json().at("/mandates/0/unit").asText());
        body.put("title", "Quy định phải đọc " + id);
        body.put("kind", "REGULATION");
        body.put("issuer", "Tỉnh ủy");
        body.put("level", "PROVINCE");
        body.put("topics", List.of());
        body.put("relations", List.of());
        body.put("files", List.of(Map.of("file", file, "name", "quy-dinh.txt")));
        body.put("acknowledge", true);
        return body;
    }

    private void publish(Map<String, Object> body) {
        assertThat(editor.put(document, body).status()).isIn(200, 201);
        editor.post(document + "/submit").expect(200);
        editor2.post(document + "/approve").expect(200);
    }

    private static String idOf(Client who) {
        return who.get("/api/me").expect(200).json().at("/member/id").asText();
    }

    private static String cellOf(Client who) {
        return who.get("/api/me").expect(200).json().at("/member/cell/id").asText();
    }

    private boolean isAsked(Client who) {
        return who.get("/api/documents?toAcknowledge=true&limit=500")
                .expect(200)
                .json()
                .path("items")
                .findValuesAsText("id")
                .contains(id);
    }

    private JsonNode share(Client who, String unit) {
        return who.get(document + "/share?unit=" + unit).expect(200).json();
    }

    private List<String> missing() {
        return secretary
                .get(document + "/missing?cell=" + cellOf(secretary))
                .expect(200)
                .json()
                .path("items")
                .findValuesAsText("member");
    }

    @Test
    void untilWhenItIsToBeReadIsThereForWhatAsks() {
        Map<String, Object> body = body();
        body.put("acknowledgeBy", "2026-12-24");
        publish(body);
        assertThat(member.get(document).expect(200).json().path("acknowledgeBy").asText())
                .isEqualTo("2026-12-24");

        editor.post(document + "/withdraw").expect(200);
        body.remove("acknowledge");
        publish(body);
        assertThat(member.get(document).expect(200).json().has("acknowledgeBy")).isFalse();

        editor.post(document + "/withdraw").expect(200);
        body.put("acknowledgeBy", "24/12/2026");
        editor.put(document, body).expect(422);
    }

    @Test
    void whatACellReadsIsCounted() {
        String cell = cellOf(secretary);
        Read before = Adoption.now(secretary, "documents", cell);
        publish(body());
        int asked = before.asked() + share(secretary, cell).path("members").asInt();
        assertThat(Adoption.now(secretary, "documents", cell)).isEqualTo(new Read(before.read(), asked));

        member.put(document + "/acknowledgements/" + idOf(member), Map.of("edition", 1))
                .expect(201);
        assertThat(Adoption.now(secretary, "documents", cell)).isEqualTo(new Read(before.read() + 1, asked));
        editor.post(document + "/withdraw").expect(200);
        assertThat(Adoption.now(secretary, "documents", cell)).isEqualTo(before);
    }

    @Test
    void aMemberAcknowledgesAndTheLeadersSeeIt() {
        publish(body());
        String me = idOf(member);
        String own = document + "/acknowledgements/" + me;
        String cell = cellOf(secretary);
        JsonNode before = share(secretary, cell);
        assertThat(isAsked(member)).isTrue();
        assertThat(missing()).contains(me);

        member.put(own, Map.of("edition", 1)).expect(201);
        JsonNode again = member.put(own, Map.of("edition", 1)).expect(200).json();

        assertThat(again.path("at").asText()).isNotEmpty();
        assertThat(isAsked(member)).isFalse();
        assertThat(missing()).doesNotContain(me);
        assertThat(share(secretary, cell).path("acknowledged").asInt())
                .isEqualTo(before.path("acknowledged").asInt() + 1);
        assertThat(share(secretary, cell).path("members").asInt()).isGreaterThan(1);
        assertThat(member.get(document + "/acknowledgements")
                        .expect(200)
                        .json()
                        .path("items")
                        .findValuesAsText("member"))
                .containsExactly(me);
        assertThat(secretary.get(document + "/acknowledgements").expect(200).text())
                .contains(me);
        assertThat(sotay.as("member2")
                        .get(document + "/acknowledgements")
                        .expect(200)
                        .text())
                .doesNotContain(me);
        assertThat(member.get("/api/me/data").expect(200).text()).contains("Quy định phải đọc " + id);

        // officers see counts by unit, and nobody by name
        Client officer = sotay.as("officer");
        String province =
                officer.get("/api/me").expect(200).json().at("/mandates/0/unit").asText();
        JsonNode all = share(officer, province);
        assertThat(all.path("acknowledged").asInt()).isEqualTo(1);
        int sum = 0;
        for (JsonNode part : all.path("parts")) {
            sum += part.path("members").asInt();
        }
        assertThat(sum).isEqualTo(all.path("members").asInt()).isGreaterThan(1000);
        assertThat(all.toString()).doesNotContain(me);
        officer.get(document + "/missing?cell=" + cell).expect(403);
        officer.get(document + "/missing").expect(403);
    }

    @Test
    void nobodyAcknowledgesForAnotherNorWhatIsNotAsked() {
        Map<String, Object> body = body();
        publish(body);
        String me = idOf(member);
        for (String login : List.of("secretary", "member2", "officer", "editor")) {
            sotay.as(login)
                    .put(document + "/acknowledgements/" + me, Map.of("edition", 1))
                    .expect(404);
        }
        member.put(document + "/acknowledgements/" + me, Map.of("edition", 2)).expect(422);
        sotay.as("secretary2")
                .get(document + "/missing?cell=" + cellOf(secretary))
                .expect(404);
        sotay.as("member").get(document + "/share?unit=" + cellOf(secretary)).expect(403);

        editor.post(document + "/withdraw").expect(200);
        member.put(document + "/acknowledgements/" + me, Map.of("edition", 1)).expect(404);
        body.remove("acknowledge");
        publish(body);
        member.put(document + "/acknowledgements/" + me, Map.of("edition", 2)).expect(409);
        secretary.get(document + "/missing?cell=" + cellOf(secretary)).expect(409);
    }

    @Test
    void aNewEditionAsksAnew() {
        Map<String, Object> body = body();
        publish(body);
        String own = document + "/acknowledgements/" + idOf(member);
        member.put(own, Map.of("edition", 1)).expect(201);
        editor.post(document + "/withdraw").expect(200);
        body.put("title", "Quy định phải đọc, sửa " + id);
        publish(body);

        assertThat(member.get(document).expect(200).json().path("edition").asInt())
                .isEqualTo(2);
        assertThat(isAsked(member)).isTrue();
        // what was said at sea of the edition before does not count for this one
        member.put(own, Map.of("edition", 1)).expect(200);
        assertThat(isAsked(member)).isTrue();
        member.put(own, Map.of("edition", 2)).expect(200);
        assertThat(isAsked(member)).isFalse();

        JsonNode editions =
                editor.get(document + "/editions").expect(200).json().path("items");
        assertThat(editions.findValuesAsText("title"))
                .containsExactly("Quy định phải đọc, sửa " + id, "Quy định phải đọc " + id);
        member.get(document + "/editions").expect(403);
    }

    @Test
    void whatIsApprovedForATimeIsToldWhenItComes() throws InterruptedException {
        Map<String, Object> body = body();
        Instant at = Instant.now().plusSeconds(10);
        body.put("publishAt", at.toString());
        publish(body);
        assertThat(editor.get(document).expect(200).json().path("state").asText())
                .isEqualTo("APPROVED");
        member.get(document).expect(404);
        assertThat(editor.put(document, Map.copyOf(body)).status()).isEqualTo(200);
        body.put("title", "Khác");
        editor.put(document, body).expect(409);

        long end = System.nanoTime() + 60_000_000_000L;
        while (member.get(document).status() != 200) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.sleep(100);
        }

        JsonNode read = member.get(document).expect(200).json();
        assertThat(Instant.parse(read.path("publishedAt").asText())).isAfterOrEqualTo(at);
        assertThat(read.has("publishAt")).isFalse();
    }
}
