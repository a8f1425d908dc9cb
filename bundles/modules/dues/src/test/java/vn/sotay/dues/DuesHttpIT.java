package vn.sotay.dues;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import vn.sotay.testkit.Client;
import vn.sotay.testkit.Response;
import vn.sotay.testkit.Sotay;

/** Dues over HTTP, in the demo province's fishing hamlet, by the rules of region IV. */
class DuesHttpIT {

    private static final YearMonth NOW = YearMonth.now(DuesRules.ZONE);

    private final Sotay sotay = Sotay.shared();
    private final Client secretary = sotay.as("secretary");
    private final Client member = sotay.as("member");
    private final Client fisherman = sotay.as("fisherman");
    private final Client officer = sotay.as("officer2");
    private final String cell = me(secretary).path("cell").path("id").asText();

    private static JsonNode me(Client client) {
        return client.get("/api/me").expect(200).json().path("member");
    }

    private static String id(Client client) {
        return me(client).path("id").asText();
    }

    private static Response declare(Client as, String id, String who, String duesClass, Long base) {
        Map<String, Object> body = new HashMap<>(Map.of(
                "member",
                who,
                "duesClass",
                duesClass,
                "from",
                NOW.minusMonths(2).toString()));
        if (base != null) {
            body.put("base", base);
        }
        return as.put("/api/dues/declarations/" + id, body);
    }

    private static Response declare(Client as, String who, String duesClass, Long base) {
        return declare(as, UUID.randomUUID().toString(), who, duesClass, base);
    }

    private static List<JsonNode> items(Response reply) {
        return StreamSupport.stream(reply.expect(200).json().path("items").spliterator(), false)
                .toList();
    }

    private JsonNode month(Client as, String who, YearMonth month) {
        return items(as.get("/api/dues/assessments?member=" + who + "&period=" + month))
                .get(0);
    }

    @Test
    void whatIsDeclaredIsAssessedAndExplained() {
        String own = id(member);

        declare(member, own, "INSURED", 10_000_000L).expect(201);
        JsonNode assessed = month(member, own, NOW);
        declare(member, own, "UNINSURED", null).expect(201);
        JsonNode later = month(member, own, NOW);

        assertThat(assessed.path("full").asLong()).isEqualTo(100_000);
        assertThat(assessed.at("/rules/0/key").asText()).isEqualTo("dues.rate.insured");
        assertThat(assessed.at("/rules/0/pack").asText()).isEqualTo("01-QD-TW");
        assertThat(assessed.at("/rules/0/citation").asText()).contains("tháng trước");
        assertThat(later.path("full").asLong()).isEqualTo(11_100);
        assertThat(later.path("missing").asBoolean()).isFalse();
    }

    @Test
    void leadersSeeTheClassAndWhatIsDueButNotTheIncome() {
        String own = id(fisherman);
        declare(fisherman, own, "INSURED", 7_654_321L).expect(201);

        Response declared = secretary.get("/api/dues/declarations?cell=" + cell);
        Response written = declare(secretary, own, "INSURED", 7_654_321L).expect(201);
        List<JsonNode> month = items(secretary.get("/api/dues/assessments?limit=500&cell=" + cell + "&period=" + NOW));

        assertThat(items(declared))
                .isNotEmpty()
                .allMatch(one -> one.path("base").isMissingNode()
                        || one.path("member").asText().equals(id(secretary)));
        assertThat(declared.text() + written.text()).doesNotContain("7654321");
        assertThat(written.json().path("recordedBy").asText()).isEqualTo(id(secretary));
        assertThat(items(fisherman.get("/api/dues/declarations"))
                        .get(0)
                        .path("base")
                        .asLong())
                .isEqualTo(7_654_321);
        assertThat(month)
                .hasSize(34)
                .anyMatch(one -> one.path("missing").asBoolean())
                .anyMatch(one -> one.path("member").asText().equals(own)
                        && one.path("full").asLong() == 76_543);
        assertThat(fisherman.get("/api/changes").expect(200).text()).doesNotContain("7654321");
    }

    @Test
    void nothingIsWrittenTwiceOrOver() {
        String own = id(fisherman);
        String one = UUID.randomUUID().toString();

        declare(fisherman, one, own, "STUDENT", null).expect(201);
        declare(fisherman, one, own, "STUDENT", null).expect(200);
        Response other = declare(fisherman, one, own, "UNINSURED", null);
        fisherman.delete("/api/dues/declarations/" + one).expect(204);
        fisherman.delete("/api/dues/declarations/" + one).expect(204);
        Response base = declare(fisherman, own, "STUDENT", 5L);
        Response foreign = declare(fisherman, id(member), "STUDENT", null);

        assertThat(other.expect(409).text()).contains("declaration.made");
        assertThat(base.expect(422).text()).contains("base-none");
        foreign.expect(404);
        assertThat(items(fisherman.get("/api/dues/declarations")))
                .anyMatch(each -> each.path("id").asText().equals(one)
                        && each.path("withdrawn").asBoolean());
    }

    private static Map<String, Object> relief(String who, int percent, int months) {
        return Map.of(
                "member",
                who,
                "kind",
                "RELIEF",
                "ground",
                "HARDSHIP",
                "percent",
                percent,
                "from",
                NOW.toString(),
                "months",
                months,
                "reason",
                "Bão làm tốc mái");
    }

    @Test
    void anExemptionIsDecidedByTheCommitteeAboveTheCell() {
        // the secretary's own: of nobody else's months is told here
        String own = id(secretary);
        declare(secretary, own, "INSURED", 8_000_000L).expect(201);
        String path = "/api/dues/exemptions/" + UUID.randomUUID();

        JsonNode asked = secretary.put(path, relief(own, 50, 12)).expect(201).json();
        Response tooLong = secretary.put("/api/dues/exemptions/" + UUID.randomUUID(), relief(own, 40, 13));
        secretary.put(path + "/decision", Map.of("granted", true)).expect(403);
        sotay.as("officer3").put(path + "/decision", Map.of("granted", true)).expect(404);
        List<JsonNode> waiting = items(officer.get("/api/dues/exemptions/waiting?limit=500"));
        JsonNode granted = officer.put(path + "/decision", Map.of("granted", true, "message", "Đồng ý"))
                .expect(200)
                .json();
        officer.put(path + "/decision", Map.of("granted", true)).expect(200);
        officer.put(path + "/decision", Map.of("granted", false)).expect(409);
        JsonNode month = month(secretary, own, NOW);

        assertThat(asked.path("state").asText()).isEqualTo("APPLIED");
        assertThat(asked.path("to").asText()).isEqualTo(NOW.plusMonths(11).toString());
        assertThat(tooLong.expect(422).text()).contains("percent-of", "months-most");
        assertThat(waiting)
                .anyMatch(one -> path.endsWith(one.path("id").asText())
                        && one.path("reason").asText().startsWith("Bão"));
        assertThat(granted.path("state").asText()).isEqualTo("GRANTED");
        assertThat(month.path("due").asLong()).isEqualTo(40_000);
        assertThat(month.path("full").asLong()).isEqualTo(80_000);
        assertThat(month.path("reduction").asInt()).isEqualTo(50);
    }

    @Test
    void aMonthIsAssessedByAJobAndASecondTimeNothingChanges() {
        Map<String, Object> order =
                Map.of("unit", cell, "period", NOW.plusMonths(1).toString());

        JsonNode first = assess(order);
        JsonNode second = assess(order);
        secretary.post("/api/dues/assessments", order).expect(403);
        Response late = officer.post(
                "/api/dues/assessments",
                Map.of("unit", cell, "period", NOW.plusMonths(3).toString()));

        assertThat(first.path("state").asText()).isEqualTo("APPLIED");
        assertThat(first.at("/result/added").asInt()
                        + first.at("/result/unchanged").asInt())
                .isGreaterThan(25);
        assertThat(second.at("/result/added").asInt()
                        + second.at("/result/changed").asInt())
                .isZero();
        assertThat(second.at("/result/unchanged").asInt())
                .isEqualTo(first.at("/result/taken").asInt());
        assertThat(second.at("/result/warnedLines").asInt()).isPositive();
        assertThat(late.expect(422).text()).contains("month-to-come");
    }

    private JsonNode assess(Map<String, Object> order) {
        String job = officer.post("/api/dues/assessments", order)
                .expect(202)
                .json()
                .path("job")
                .asText();
        long end = System.nanoTime() + 60_000_000_000L;
        while (true) {
            JsonNode now = officer.get("/api/jobs/" + job).expect(200).json();
            if (!now.path("state").asText().equals("RUNNING")) {
                return now;
            }
            assertThat(System.nanoTime()).as(now.toString()).isLessThan(end);
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Test
    void theFirstOfJanuary2028IsForetold() {
        String query = "/api/dues/simulation?from=2027-12&to=2028-01&unit=";
        JsonNode byName = secretary.get(query + cell).expect(200).json();
        String commune =
                officer.get("/api/me").expect(200).json().at("/mandates/0/unit").asText();
        JsonNode totals = officer.get(query + commune).expect(200).json();
        member.get(query + cell).expect(403);

        assertThat(byName.path("changed").asInt()).isPositive();
        assertThat(byName.path("people")).hasSize(byName.path("changed").asInt());
        assertThat(byName.path("after").asLong())
                .isGreaterThan(byName.path("before").asLong());
        assertThat(totals.path("people").isMissingNode()).isTrue();
        assertThat(totals.path("parts")).isNotEmpty();
        assertThat(totals.path("changed").asInt())
                .isEqualTo(byName.path("changed").asInt());
    }

    @Test
    void officersSeeCountsByUnitAndMonth() {
        String commune =
                officer.get("/api/me").expect(200).json().at("/mandates/0/unit").asText();

        List<JsonNode> months =
                items(officer.get("/api/dues/months?limit=500&unit=" + commune + "&year=" + NOW.getYear()));
        member.get("/api/dues/months?unit=" + cell).expect(403);

        assertThat(months)
                .anyMatch(one -> one.path("unit").asText().equals(commune)
                        && one.path("period").asText().equals(NOW.toString())
                        && one.path("assessed").asInt() > 25
                        && one.path("members").asInt() > one.path("assessed").asInt());
        assertThat(months)
                .anyMatch(one -> one.path("unit").asText().equals(cell)
                        && one.path("due").asLong() > 0);
    }
}
