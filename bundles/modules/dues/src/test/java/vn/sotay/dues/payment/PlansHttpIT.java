package vn.sotay.dues.payment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vn.sotay.testkit.Client;
import vn.sotay.testkit.Response;
import vn.sotay.testkit.Sotay;

/** How arrears are paid off, over HTTP, in the demo province's fishing hamlet. */
class PlansHttpIT {

    private static final LocalDate TODAY = LocalDate.now(Payments.ZONE);

    private final Sotay sotay = Sotay.shared();
    private final Client secretary = sotay.as("secretary");
    private final Client fisherman = sotay.as("fisherman");
    private String who;
    private String cell;

    /** Somebody who owes the two months that have ended; what was agreed before is taken back. */
    @BeforeEach
    void whoOwes() {
        JsonNode me = fisherman.get("/api/me").expect(200).json().path("member");
        who = me.path("id").asText();
        cell = me.at("/cell/id").asText();
        Map<String, Object> declared = Map.of(
                "member",
                who,
                "duesClass",
                "INSURED",
                "base",
                9_000_000L,
                "from",
                YearMonth.from(TODAY).minusMonths(2).toString());
        secretary.put("/api/dues/declarations/" + UUID.randomUUID(), declared).expect(201);
        for (JsonNode plan : items(secretary.get("/api/dues/plans?limit=500&cell=" + cell))) {
            if (plan.path("state").asText().equals("OPEN")) {
                secretary
                        .put("/api/dues/plans/" + plan.path("id").asText() + "/ending", Map.of("reason", "Lập lại"))
                        .expect(200);
            }
        }
    }

    private static List<JsonNode> items(Response reply) {
        return StreamSupport.stream(reply.expect(200).json().path("items").spliterator(), false)
                .toList();
    }

    /** What is open of the months that have ended, by month. */
    private List<JsonNode> open() {
        return StreamSupport.stream(
                        items(secretary.get("/api/dues/balances?member=" + who))
                                .get(0)
                                .path("months")
                                .spliterator(),
                        false)
                .filter(one -> one.path("period")
                                .asText()
                                .compareTo(YearMonth.from(TODAY).toString())
                        < 0)
                .toList();
    }

    private static long sum(List<JsonNode> months) {
        return months.stream()
                .mapToLong(one -> one.path("due").asLong() - one.path("paid").asLong())
                .sum();
    }

    private static String path() {
        return "/api/dues/plans/" + UUID.randomUUID();
    }

    /** In two parts. */
    private Map<String, Object> plan(LocalDate agreedOn, LocalDate first, LocalDate second, long total) {
        List<String> periods = new ArrayList<>();
        open().forEach(one -> periods.add(one.path("period").asText()));
        return Map.of(
                "member",
                who,
                "agreedOn",
                agreedOn.toString(),
                "periods",
                periods,
                "instalments",
                List.of(
                        Map.of("day", first.toString(), "amount", 20_000),
                        Map.of("day", second.toString(), "amount", total - 20_000)));
    }

    private boolean isBehind() {
        return items(secretary.get("/api/dues/assessments?limit=500&cell=" + cell)).stream()
                .filter(one -> one.path("member").asText().equals(who))
                .anyMatch(one -> one.hasNonNull("behind"));
    }

    @Test
    void whatIsOpenIsPaidOffByInstalments() {
        long total = sum(open());
        Map<String, Object> good = plan(TODAY, TODAY.plusMonths(1), TODAY.plusMonths(2), total);
        boolean before = isBehind();
        String path = path();

        JsonNode sum = secretary
                .put(path(), plan(TODAY, TODAY.plusMonths(1), TODAY.plusMonths(2), total - 1))
                .expect(409)
                .json();
        JsonNode late = secretary
                .put(path(), plan(TODAY, TODAY.plusMonths(1), TODAY.plusMonths(14), total))
                .expect(422)
                .json();
        fisherman.put(path(), good).expect(403);
        sotay.as("secretary2").put(path(), good).expect(404);
        JsonNode made = secretary.put(path, good).expect(201).json();
        secretary.put(path, good).expect(200);
        secretary
                .put(path, plan(TODAY, TODAY.plusMonths(1), TODAY.plusMonths(3), total))
                .expect(409);
        secretary.put(path(), good).expect(409);

        assertThat(before).isTrue();
        assertThat(sum.path("detail").asText().replace(".", "")).contains(Long.toString(total));
        assertThat(late.at("/errors/0/field").asText()).isEqualTo("instalments[1].day");
        assertThat(late.at("/errors/0/message").asText()).contains("12 tháng");
        assertThat(made.path("state").asText()).isEqualTo("OPEN");
        assertThat(made.path("open").asLong()).isEqualTo(total);
        assertThat(isBehind()).isFalse();

        secretary
                .put(
                        "/api/dues/payments/" + UUID.randomUUID(),
                        Map.of("member", who, "amount", 30_000, "day", TODAY.toString(), "channel", "CASH"))
                .expect(201);
        JsonNode own = items(fisherman.get("/api/dues/plans")).stream()
                .filter(one -> path.endsWith(one.path("id").asText()))
                .findFirst()
                .orElseThrow();
        assertThat(own.at("/instalments/0/paid").asLong()).isEqualTo(20_000);
        assertThat(own.at("/instalments/1/paid").asLong()).isEqualTo(10_000);
        assertThat(fisherman.get(path).expect(200).json()).isEqualTo(own);
        assertThat(fisherman.get("/api/changes").expect(200).text()).contains("dues-plan");
        sotay.as("member").get(path).expect(404);
        sotay.as("member").get("/api/dues/plans?member=" + who).expect(404);

        fisherman.put(path + "/ending", Map.of("reason", "Tôi không muốn")).expect(403);
        secretary.put(path + "/ending", Map.of("reason", " ")).expect(422);
        secretary.put(path + "/ending", Map.of("reason", "Lập lại cho dễ đóng")).expect(200);
        JsonNode ended = secretary
                .put(path + "/ending", Map.of("reason", "Lập lại cho dễ đóng"))
                .expect(200)
                .json();
        assertThat(ended.path("state").asText()).isEqualTo("WITHDRAWN");
        assertThat(ended.path("reason").asText()).isEqualTo("Lập lại cho dễ đóng");
    }

    @Test
    void whoDoesNotKeepIsTheSecretarysToAskUntilAllIsPaid() {
        long total = sum(open());
        String path = path();
        secretary
                .put(path, plan(TODAY.minusMonths(2), TODAY.minusDays(1), TODAY.plusMonths(2), total))
                .expect(201);
        boolean broken = isBehind();

        secretary
                .put(
                        "/api/dues/payments/" + UUID.randomUUID(),
                        Map.of("member", who, "amount", total, "day", TODAY.toString(), "channel", "CASH"))
                .expect(201);
        JsonNode paid = secretary.get(path).expect(200).json();
        secretary.put(path + "/ending", Map.of("reason", "Thôi")).expect(409);

        assertThat(broken).isTrue();
        assertThat(paid.path("state").asText()).isEqualTo("PAID");
        assertThat(paid.path("open").asLong()).isZero();
        assertThat(isBehind()).isFalse();
        JsonNode own = secretary.get("/api/me").expect(200).json().path("member");
        Map<String, Object> forOneself = Map.of(
                "member",
                own.path("id").asText(),
                "agreedOn",
                TODAY.toString(),
                "periods",
                List.of("2026-02"),
                "instalments",
                List.of(Map.of("day", TODAY.toString(), "amount", 1)));
        secretary.put(path(), forOneself).expect(409);
    }
}
