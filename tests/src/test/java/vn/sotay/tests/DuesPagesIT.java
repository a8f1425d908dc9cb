package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import vn.sotay.testkit.Client;
import vn.sotay.testkit.Sotay;

/** Dues by the page alone, on a phone: a secretary takes them, with a network and without, closes the day and passes them on; a member pays. */
@PageTest
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DuesPagesIT {

    private static final String TAKE = ".dues-actions .main";

    private static Sotay sotay;
    private static Browser phone;

    @BeforeAll
    static void open() {
        // what a browser keeps belongs to host and port
        sotay = Sotay.start(Sotay.prepared().with("--port", String.valueOf(Faults.freePort())));
        phone = Browser.of(sotay);
        phone.size(Browser.PHONE);
        phone.signIn("secretary", true);
        phone.read("Đã cập nhật");
    }

    @AfterAll
    static void close() {
        if (phone != null) {
            phone.close();
        }
        if (sotay != null) {
            sotay.close();
        }
    }

    private static String cell() {
        return sotay.as("secretary")
                .get("/api/me")
                .expect(200)
                .json()
                .at("/member/cell/id")
                .asText();
    }

    /** What the phone's own book has of the cell, by number. */
    private static List<JsonNode> taken() {
        JsonNode all = sotay.as("secretary")
                .get("/api/dues/payments?limit=500&unit=" + cell())
                .expect(200)
                .json()
                .path("items");
        return StreamSupport.stream(all.spliterator(), false)
                .filter(one -> one.path("receipt").asText().contains("-B-"))
                .sorted((one, other) ->
                        one.path("number").asInt() - other.path("number").asInt())
                .toList();
    }

    @Test
    @Order(1)
    void cashIsTakenByOneTouchAndTakenBack() {
        phone.go("/dues/collect");
        phone.see(TAKE);
        phone.press(TAKE);
        phone.until("it is written down", () -> taken().size() == 1);
        JsonNode first = taken().get(0);
        assertThat(first.path("amount").asLong()).isPositive();
        assertThat(first.path("number").asInt()).isOne();
        phone.read(first.path("receipt").asText());
        phone.read("Vừa thu");

        phone.press("#dues-" + first.path("member").asText() + " .quiet + .quiet");
        phone.until("it is taken back", () -> taken().size() == 2);
        JsonNode back = taken().get(1);
        assertThat(back.path("amount").asLong()).isEqualTo(-first.path("amount").asLong());
        assertThat(back.path("reverses").asText()).isEqualTo(first.path("id").asText());
        phone.read("Đã hoàn lại");
        assertThat(phone.faults()).isEmpty();
        assertThat(phone.console()).isEmpty();
    }

    @Test
    @Order(2)
    void withoutANetworkThePhoneNumbersByItself() {
        phone.go("/dues/collect");
        phone.see(TAKE);
        phone.offline(true);
        phone.press(TAKE);
        phone.read("Chờ gửi");
        phone.press(TAKE);
        phone.read("2 mục chờ gửi");
        phone.picture("dues-offline-phone");
        assertThat(phone.faults()).isEmpty();
        assertThat(taken()).hasSize(2);

        phone.offline(false);
        phone.run("dispatchEvent(new Event('online'))");
        phone.until("both have arrived", () -> taken().size() == 4);
        assertThat(taken()).extracting(one -> one.path("number").asInt()).containsExactly(1, 2, 3, 4);
        phone.until("nothing waits", () -> !phone.text().contains("chờ gửi"));
        // who was taken from without a network stood in the console
        phone.console();
    }

    @Test
    @Order(3)
    void theDayIsCountedAndWaitsForTheSecond() {
        phone.go("/dues/book");
        phone.see("#book-B");
        phone.type("#book-B [name=counted]", "0");
        phone.type("#book-B [name=note]", "Đếm lại sau");
        phone.press("#book-B [type=submit]");
        phone.read("Cần một người khác xác nhận");
        assertThat(phone.has("#book-B .dues-confirm")).as("who has counted").isFalse();
        assertThat(phone.faults()).isEmpty();
    }

    /** Also on the day after. */
    @Test
    @Order(4)
    void theSecondConfirmsAndTheDayIsClosed() {
        Client secretary = sotay.as("secretary");
        String book = "/api/dues/books/" + bookB(secretary).path("id").asText() + "/closings/";
        String before =
                LocalDate.now(ZoneId.of("Asia/Ho_Chi_Minh")).minusDays(1).toString();
        secretary
                .put(
                        book + before,
                        Map.of(
                                "counted",
                                secretary
                                        .get(book + before)
                                        .expect(200)
                                        .json()
                                        .path("expected")
                                        .asLong()))
                .expect(201);
        String mandate = "/api/mandates/" + UUID.randomUUID();
        String deputy = sotay.as("member")
                .get("/api/me")
                .expect(200)
                .json()
                .at("/member/id")
                .asText();
        secretary
                .put(mandate, Map.of("unit", cell(), "role", "HELPER", "member", deputy))
                .expect(201);
        phone.forgetAll();
        phone.signIn("member");
        phone.go("/dues/book");
        phone.see("#book-B .dues-waiting .dues-confirm");
        phone.picture("dues-book-second-phone");
        assertThat(phone.faults()).isEmpty();
        phone.press("#book-B .dues-waiting .dues-confirm");
        phone.until("yesterday is closed", () -> !phone.has("#book-B .dues-waiting"));
        phone.press("#book-B .dues-confirm");
        phone.until("the day is closed", () -> bookB(secretary)
                .path("closedTo")
                .asText()
                .equals(LocalDate.now(ZoneId.of("Asia/Ho_Chi_Minh")).toString()));
        phone.read("Hôm nay đã chốt sổ");
        assertThat(phone.faults()).isEmpty();
        assertThat(phone.console()).isEmpty();
        secretary.delete(mandate).expect(204);
        phone.forgetAll();
        phone.signIn("secretary", true);
        phone.read("Đã cập nhật");
    }

    private static JsonNode bookB(Client secretary) {
        for (JsonNode one : secretary
                .get("/api/dues/books?unit=" + cell())
                .expect(200)
                .json()
                .path("items")) {
            if (one.path("series").asText().equals("B")) {
                return one;
            }
        }
        throw new AssertionError("the phone has its book");
    }

    @Test
    @Order(5)
    void whatWasCollectedIsPassedOnAndAcknowledged() {
        phone.go("/dues/passing");
        phone.press("#pass-on");
        phone.read("Không còn khoản nào phải nộp");
        phone.read("Chờ cấp trên xác nhận");
        assertThat(phone.faults()).isEmpty();
        JsonNode sent = sotay.as("secretary")
                .get("/api/dues/remittances?unit=" + cell())
                .expect(200)
                .json()
                .at("/items/0");
        assertThat(sent.path("received").asLong())
                .isEqualTo(sent.path("kept").asLong() + sent.path("amount").asLong());

        phone.forgetAll();
        phone.signIn("officer2");
        phone.go("/dues/passing");
        phone.press("#remittance-" + sent.path("id").asText() + " button");
        phone.read("Không có khoản nào chờ xác nhận");
        phone.picture("dues-passing-officer-phone");
        assertThat(phone.faults()).isEmpty();
        assertThat(sotay.as("secretary")
                        .get("/api/dues/remittances/" + sent.path("id").asText())
                        .expect(200)
                        .json()
                        .path("state")
                        .asText())
                .isEqualTo("ACKNOWLEDGED");
        String quarter = quarter();
        assertThat(sotay.as("officer2")
                        .get("/api/dues/reports/b01?quarter=" + quarter + "&unit="
                                + sent.path("superior").asText())
                        .expect(200)
                        .json()
                        .at("/lines/4/total")
                        .asLong())
                .isEqualTo(sent.path("kept").asLong());
        assertThat(phone.console()).isEmpty();
    }

    private static String quarter() {
        LocalDate today = LocalDate.now(ZoneId.of("Asia/Ho_Chi_Minh"));
        return today.getYear() + "-Q" + ((today.getMonthValue() + 2) / 3);
    }

    @Test
    @Order(6)
    void aMemberPaysByACodeAndOpensAReceipt() {
        Client officer = sotay.as("officer2");
        String commune =
                officer.get("/api/me").expect(200).json().at("/mandates/0/unit").asText();
        officer.put(
                        "/api/dues/accounts/" + commune,
                        Map.of("bin", "970418", "number", "9999000000001", "holder", "DANG UY XA"))
                .expect(201);
        phone.forgetAll();
        phone.signIn("fisherman");
        phone.go("/dues/paid");
        phone.pressWords("Chuyển khoản");
        phone.see(".dues-code img");
        phone.read("9999000000001");
        phone.read("DANG UY XA");
        phone.picture("dues-pay-phone");
        assertThat(phone.faults()).isEmpty();
        assertThat(phone.attribute("#pay-save", "download")).endsWith(".png");

        phone.run("""
                navigator.canShare = ({files}) => files.length === 1 && files[0].type === 'image/png';
                navigator.share = async ({files}) => {
                    window.shared = `${files[0].name} ${files[0].size > 1000}`;
                };
                """);
        phone.go("/dues/paid");
        phone.pressWords("Chuyển khoản");
        phone.see("#pay-share");
        phone.picture("dues-pay-share-phone");
        assertThat(phone.faults()).isEmpty();
        phone.press("#pay-share");
        phone.until("it is handed on", () -> String.valueOf(phone.run("return window.shared"))
                .matches("\\S+\\.png true"));

        phone.go("/dues/paid");
        phone.pressWords("CP2");
        phone.see(".dues-code img");
        phone.read("Quét mã trong Sổ tay");
        phone.picture("dues-receipt-phone");
        assertThat(phone.faults()).isEmpty();
        assertThat(phone.console()).isEmpty();
    }

    @Test
    @Order(7)
    void aStatementOfTheBankIsLookedThroughByTheOfficer(@TempDir Path files) throws IOException {
        JsonNode asked = sotay.as("fisherman")
                .get("/api/dues/requests")
                .expect(200)
                .json()
                .at("/items/0");
        String day = LocalDate.now(ZoneId.of("Asia/Ho_Chi_Minh")).format(DateTimeFormatter.ofPattern("dd/MM/yyyy"));
        Path statement = Files.writeString(
                files.resolve("sao-ke.csv"),
                String.join(
                        "\n",
                        "Ngày giao dịch,Số tham chiếu,Số tiền ghi có,Mô tả",
                        day + ",FT1," + asked.path("amount").asLong() + ",MBVCB "
                                + asked.path("memo").asText() + " CT TU 0011",
                        day + ",FT2,12000,CHUYEN TIEN",
                        day + ",FT3,5000000,HOAN TAM UNG",
                        ""));
        phone.forgetAll();
        phone.signIn("officer2");
        phone.go("/dues/transfers");
        phone.read("Không có khoản nào chờ xử lý");
        phone.choose("#statement-upload", statement);
        phone.read("3 khoản tiền về, 3 khoản mới");
        phone.read("Khớp đủ");
        phone.picture("dues-transfers-officer-phone");
        assertThat(phone.faults()).isEmpty();

        phone.press(transfer("FT1") + " .actions .button");
        phone.until("it is taken", () -> state("FT1").equals("TAKEN"));
        phone.press(transfer("FT3") + " .actions .quiet + .quiet");
        phone.until("it is left", () -> state("FT3").equals("LEFT"));
        phone.press(transfer("FT2") + " .actions .button");
        phone.type(transfer("FT2") + " form input", "nguyen");
        phone.press(transfer("FT2") + " form [type=submit]");
        phone.see(transfer("FT2") + " .option-row");
        assertThat(phone.faults()).isEmpty();
        phone.press(transfer("FT2") + " .option-row");
        phone.until("it is taken", () -> state("FT2").equals("TAKEN"));
        phone.read("Không có khoản nào chờ xử lý");
        phone.choose("#statement-upload", statement);
        phone.read("3 khoản tiền về, 0 khoản mới");
        phone.press("#dues-statements summary");
        phone.read("Sao kê đã gửi (2)");
        phone.read("Đã xem hết");
        assertThat(phone.faults()).isEmpty();
        phone.picture("dues-statements-officer-phone");

        // it was somebody else's after all
        phone.press("#dues-came > .actions .button:nth-child(2)");
        phone.see(transfer("FT2"));
        phone.press(transfer("FT2") + " .actions .button");
        phone.type(transfer("FT2") + " [name=reason]", "Nhầm người cùng tên");
        assertThat(phone.faults()).isEmpty();
        phone.picture("dues-transfer-back-phone");
        phone.press(transfer("FT2") + " form [type=submit]");
        phone.until("it is open again", () -> state("FT2").equals("OPEN"));

        phone.type("#dues-account [name=holder]", "dang uy xa moi");
        phone.press("#dues-account-keep");
        phone.read("Đã lưu");
        assertThat(phone.faults()).isEmpty();
        assertThat(phone.console()).isEmpty();

        phone.forgetAll();
        phone.signIn("fisherman");
        phone.go("/dues/paid");
        phone.read("Bạn không còn khoản nào phải đóng");
    }

    @Test
    @Order(8)
    void howManyHavePaidIsAnnouncedAtTheOpeningAndStandsInTheMinutes() {
        JsonNode meetings = sotay.as("secretary")
                .get("/api/meetings?limit=50")
                .expect(200)
                .json()
                .path("items");
        String next = StreamSupport.stream(meetings.spliterator(), false)
                .filter(one -> List.of("PLANNED", "PREPARED", "NOTIFIED", "DOCUMENTS_POSTED")
                        .contains(one.path("state").asText()))
                .findFirst()
                .orElseThrow()
                .path("id")
                .asText();
        phone.forgetAll();
        phone.signIn("secretary", true);
        phone.go("/meetings/" + next + "/roll");
        phone.see("#meeting-opening");
        assertThat(phone.text())
                .containsPattern("Đảng phí: \\d+ trong \\d+ đảng viên đã đóng đủ; \\d+ người còn [\\d.]+ đ");
        phone.picture("dues-opening-phone");
        assertThat(phone.faults()).isEmpty();

        phone.go("/meetings/" + next + "/minutes");
        phone.see("[name=text]");
        assertThat(phone.run("return document.querySelector('[name=text]').value")
                        .toString())
                .containsPattern("Đảng phí: \\d+ trong \\d+ đảng viên");
        assertThat(phone.console()).isEmpty();
    }

    @Test
    @Order(9)
    void howArrearsArePaidOffIsAgreedWithoutANetworkAndTakenBack() {
        String owing = behind();
        phone.go("/dues/cell");
        phone.see("#dues-behind");
        assertThat(phone.faults()).isEmpty();
        phone.picture("dues-cell-phone");
        phone.go("/dues/plan/" + owing);
        phone.see("#plan-preview");
        assertThat(phone.faults()).isEmpty();
        phone.picture("dues-plan-make-phone");
        phone.press("#plan-amounts summary");
        phone.type("#plan-amount-0", "999000000");
        phone.read("Đợt nào cũng phải lớn hơn 0");
        phone.type("#plan-amount-0", "7.000");
        phone.until("the first instalment is another", () -> phone.text().contains("7.000 đ"));
        assertThat(phone.faults()).isEmpty();
        phone.picture("dues-plan-amounts-phone");
        phone.offline(true);
        phone.press("#dues-plan-make");
        phone.read("1 mục chờ gửi");
        phone.offline(false);
        phone.run("dispatchEvent(new Event('online'))");
        phone.until("it is agreed", () -> plans(owing).contains("OPEN"));
        // what was asked for without a network stood in the console
        phone.console();
        phone.go("/dues/cell");
        phone.see("#dues-plans");
        phone.read("Đúng hẹn");
        phone.picture("dues-plans-phone");

        phone.go("/dues/plan/" + owing);
        phone.see("#dues-plan-end");
        phone.read("Thỏa thuận ngày");
        assertThat(phone.faults()).isEmpty();
        phone.picture("dues-plan-phone");
        phone.type("#dues-plan-end [name=reason]", "Lập lại cho dễ đóng");
        phone.press("#dues-plan-take-back");
        phone.until("it is taken back", () -> !plans(owing).contains("OPEN"));
        assertThat(phone.console()).isEmpty();
    }

    @Test
    @Order(10)
    void anOfficerSeesWhatCameInAndWasPassedOnAsBarsAndInFigures() {
        phone.forgetAll();
        phone.signIn("officer2");
        phone.go("/dues/units");
        phone.see("#dues-flow-months td");
        phone.see("#dues-flow-parts td");
        phone.read("Số người chưa đóng đủ");
        assertThat(phone.faults()).isEmpty();
        phone.picture("dues-units-phone");
        phone.go("/dues/passing");
        phone.see("#report-b01 [download]");
        phone.read("Sổ thu, nộp");
        assertThat(phone.faults()).isEmpty();
        assertThat(phone.console()).isEmpty();
    }

    /** Somebody of the cell who is behind by some months. */
    private static String behind() {
        JsonNode month = sotay.as("secretary")
                .get("/api/dues/assessments?limit=500&cell=" + cell())
                .expect(200)
                .json()
                .path("items");
        String own = sotay.as("secretary")
                .get("/api/me")
                .expect(200)
                .json()
                .at("/member/id")
                .asText();
        return StreamSupport.stream(month.spliterator(), false)
                .filter(one ->
                        one.hasNonNull("behind") && !one.path("member").asText().equals(own))
                .findFirst()
                .orElseThrow()
                .path("member")
                .asText();
    }

    private static List<String> plans(String member) {
        return sotay.as("secretary")
                .get("/api/dues/plans?member=" + member)
                .expect(200)
                .json()
                .path("items")
                .findValuesAsText("state");
    }

    private static JsonNode came(String reference) {
        Client officer = sotay.as("officer2");
        String unit =
                officer.get("/api/me").expect(200).json().at("/mandates/0/unit").asText();
        JsonNode all = officer.get("/api/dues/transfers?limit=500&unit=" + unit)
                .expect(200)
                .json()
                .path("items");
        return StreamSupport.stream(all.spliterator(), false)
                .filter(one -> one.path("reference").asText().equals(reference))
                .findFirst()
                .orElseThrow();
    }

    private static String transfer(String reference) {
        return "#transfer-" + came(reference).path("id").asText();
    }

    private static String state(String reference) {
        return came(reference).path("state").asText();
    }
}
