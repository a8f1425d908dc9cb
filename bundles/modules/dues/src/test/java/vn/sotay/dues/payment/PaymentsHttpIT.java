package vn.sotay.dues.payment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vn.sotay.testkit.Client;
import vn.sotay.testkit.Response;
import vn.sotay.testkit.Sheets;
import vn.sotay.testkit.Sotay;

/** Payments over HTTP, in the demo province's fishing hamlet. */
class PaymentsHttpIT {

    private static final String DAY = LocalDate.now(Payments.ZONE).toString();

    private final Sotay sotay = Sotay.shared();
    private final Client secretary = sotay.as("secretary");
    private final Client member = sotay.as("member");
    private String memberId;
    private String cell;

    @BeforeEach
    void whoTheyAre() {
        JsonNode me = member.get("/api/me").expect(200).json().path("member");
        memberId = me.path("id").asText();
        cell = me.at("/cell/id").asText();
    }

    private static String newPayment() {
        return "/api/dues/payments/" + UUID.randomUUID();
    }

    private Map<String, Object> cash(long amount) {
        return new HashMap<>(Map.of("member", memberId, "amount", amount, "day", DAY, "channel", "CASH"));
    }

    @Test
    void fromTheCashToTheReceiptAndBack() throws Exception {
        String path = newPayment();
        JsonNode made = secretary.put(path, cash(25_000)).expect(201).json();
        Response again = secretary.put(path, cash(25_000)).expect(200);
        byte[] paper = member.get(path + "/receipt").expect(200).body();
        JsonNode code = member.get(path + "/code").expect(200).json();
        Sheets.keep("receipt", paper);

        assertThat(made.path("receipt").asText()).matches("CP\\d\\d-A-\\d{6}");
        assertThat(again.json()).isEqualTo(made);
        assertThat(Sheets.text(paper))
                .contains("Biên lai thu đảng phí", made.path("receipt").asText(), "25.000 đ");
        assertThat(Sheets.qrCodes(paper, 0)).containsExactly(code.path("text").asText());
        assertThat(code.path("svg").asText()).startsWith("<svg ");
        JsonNode checked = sotay.as("member2")
                .get("/api/dues/receipts?code=" + code.path("text").asText())
                .expect(200)
                .json();
        assertThat(checked.path("genuine").asBoolean()).isTrue();
        assertThat(checked.path("amount").asLong()).isEqualTo(25_000);
        assertThat(checked.toString()).doesNotContain(memberId);

        Response fixed = secretary.put(path, cash(26_000)).expect(409);
        assertThat(fixed.json().path("title").asText()).isEqualTo("Khoản thu đã ghi, không sửa được");
        Map<String, Object> back = cash(-25_000);
        back.put("reverses", made.path("id").asText());
        back.put("reason", "Ghi nhầm người");
        secretary.put(newPayment(), back).expect(201);
        secretary.put(newPayment(), back).expect(409);
        assertThat(member.get(path).expect(200).json().path("reversedBy").asText())
                .isNotEmpty();
    }

    @Test
    void othersSeeNothingOfIt() {
        String path = newPayment();
        secretary.put(path, cash(1_000)).expect(201);

        sotay.as("fisherman").get(path).expect(404);
        sotay.as("secretary2").get(path).expect(404);
        sotay.as("secretary2").get(path + "/receipt").expect(404);
        sotay.as("secretary2").put(newPayment(), cash(1_000)).expect(404);
        sotay.as("member2").put(newPayment(), cash(1_000)).expect(403);
        sotay.as("admin").get(path).expect(403);
        sotay.as("fisherman").get("/api/dues/payments?member=" + memberId).expect(404);
        sotay.as("secretary2").get("/api/dues/balances?cell=" + cell).expect(404);
        assertThat(secretary
                        .get("/api/dues/balances?cell=" + cell)
                        .expect(200)
                        .json()
                        .path("items"))
                .isNotEmpty();
    }

    @Test
    void aPhoneWithoutANetworkNumbersItsReceiptsInItsOwnBook() {
        String book = UUID.randomUUID().toString();
        JsonNode opened = secretary
                .put("/api/dues/books/" + book, Map.of("unit", cell))
                .expect(201)
                .json();
        UUID phone = UUID.randomUUID();
        Client[] commands = new Client[3];
        for (int i = 0; i < commands.length; i++) {
            commands[i] = secretary
                    .header("Sotay-Device", phone.toString())
                    .header("Sotay-Sequence", Integer.toString(i + 1));
        }
        String second = newPayment();

        commands[0].put(newPayment(), numbered(book, 1)).expect(201);
        Response made = commands[1].put(second, numbered(book, 2)).expect(201);
        Response repeated = commands[1].put(second, numbered(book, 2)).expect(201);
        Response gap = commands[2].put(newPayment(), numbered(book, 4)).expect(409);

        assertThat(made.json().path("receipt").asText())
                .endsWith("-" + opened.path("series").asText() + "-000002");
        assertThat(repeated.header("Sotay-Repeated")).isEqualTo("true");
        assertThat(gap.json().path("detail").asText()).contains(" 3.");
    }

    private Map<String, Object> numbered(String book, int number) {
        Map<String, Object> cash = cash(500);
        cash.put("book", book);
        cash.put("number", number);
        return cash;
    }

    @Test
    void aDayIsClosedByTwo() {
        String book = "/api/dues/books/" + UUID.randomUUID();
        secretary.put(book, Map.of("unit", cell)).expect(201);
        String day = book + "/closings/" + DAY;

        secretary.put(day, Map.of("counted", 5)).expect(422);
        secretary.put(day, Map.of("counted", 0)).expect(201);
        Response alone = secretary.post(day + "/confirm").expect(409);

        assertThat(alone.json().path("title").asText()).isEqualTo("Cần người thứ hai xác nhận");
        assertThat(secretary.get(day).expect(200).json().has("confirmedBy")).isFalse();
        sotay.as("secretary2").get(day).expect(404);
    }

    @Test
    void aStatementIsLookedThroughAndTaken() {
        Client officer = sotay.as("officer2");
        String commune =
                officer.get("/api/me").expect(200).json().at("/mandates/0/unit").asText();
        String reference = UUID.randomUUID().toString();
        byte[] csv = ("Ngày giao dịch,Số tham chiếu,Số tiền ghi có,Mô tả\n01/11/2026," + reference
                        + ",\"12,000\",NOP DANG PHI\n")
                .getBytes(StandardCharsets.UTF_8);
        Map<String, String> unit = Map.of("unit", commune);

        JsonNode first = officer.postForm("/api/dues/statements", "sao-ke.csv", csv, unit)
                .expect(201)
                .json();
        JsonNode again = officer.postForm("/api/dues/statements", "sao-ke.csv", csv, unit)
                .expect(201)
                .json();
        JsonNode open = officer.get("/api/dues/transfers?limit=500&state=OPEN&unit=" + commune)
                .expect(200)
                .json()
                .path("items");
        JsonNode transfer = StreamSupport.stream(open.spliterator(), false)
                .filter(one -> one.path("reference").asText().equals(reference))
                .findFirst()
                .orElseThrow();
        String decision = "/api/dues/transfers/" + transfer.path("id").asText() + "/decision";
        officer.put(decision, Map.of("take", true)).expect(422);
        officer.put(decision, Map.of("take", true, "member", memberId)).expect(200);
        officer.put(decision, Map.of("take", true, "member", memberId)).expect(200);

        assertThat(first.path("added").asInt()).isEqualTo(1);
        assertThat(again.path("added").asInt()).isZero();
        assertThat(transfer.path("outcome").asText()).isEqualTo("UNKNOWN");
        JsonNode receipts = member.get("/api/dues/payments?limit=500&member=" + memberId)
                .expect(200)
                .json()
                .path("items");
        assertThat(receipts.findValuesAsText("reference")).containsOnlyOnce(reference);
        String reversal = "/api/dues/transfers/" + transfer.path("id").asText() + "/reversal";
        secretary.put(reversal, Map.of("reason", "Nhầm người")).expect(403);
        officer.put(reversal, Map.of("reason", "")).expect(422);
        JsonNode back = officer.put(reversal, Map.of("reason", "Nhầm người"))
                .expect(200)
                .json();
        officer.put(reversal, Map.of("reason", "Nhầm người")).expect(200);
        assertThat(back.path("state").asText()).isEqualTo("OPEN");
        assertThat(member.get("/api/dues/payments?limit=500&member=" + memberId)
                        .expect(200)
                        .json()
                        .path("items")
                        .findValuesAsText("reason"))
                .contains("Nhầm người");
        officer.put(decision, Map.of("take", true, "member", memberId)).expect(200);
        JsonNode sent = officer.get("/api/dues/statements?unit=" + commune)
                .expect(200)
                .json()
                .path("items");
        assertThat(sent.findValuesAsText("added"))
                .startsWith("0", first.path("added").asText());
        assertThat(sent.at("/1/id")).isEqualTo(first.path("id"));
        assertThat(sent.at("/1/open").asInt()).isEqualTo(first.path("added").asInt() - 1);
        secretary.get("/api/dues/statements?unit=" + commune).expect(403);
        secretary.postForm("/api/dues/statements", "sao-ke.csv", csv, unit).expect(403);
        officer.postForm("/api/dues/statements", "a.csv", "Họ và tên\nAn\n".getBytes(StandardCharsets.UTF_8), unit)
                .expect(422);
    }
}
