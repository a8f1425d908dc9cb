package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import vn.sotay.testkit.Sotay;

/** A question by the page alone: asked at sea, answered by one, released and published by another, found by somebody else. */
@PageTest
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class QuestionsPagesIT {

    private static final String TEXT =
            "Tôi đi biển ba tháng một chuyến, đảng phí nộp khi về bến có bị tính là nộp muộn không?";
    private static final String WORDS = "Đi biển dài ngày, nộp đảng phí khi về bến có bị tính là nộp muộn không?";

    private static Sotay sotay;
    private static Browser phone;
    private static Browser desk;

    @BeforeAll
    static void open() {
        // what a browser keeps belongs to host and port
        sotay = Sotay.start(Sotay.prepared().with("--port", String.valueOf(Faults.freePort())));
        phone = Browser.of(sotay);
        phone.size(Browser.PHONE);
        phone.signIn("fisherman", true);
        phone.read("Đã cập nhật");
        desk = Browser.of(sotay);
        desk.size(Browser.DESK);
    }

    @AfterAll
    static void close() {
        if (phone != null) {
            phone.close();
        }
        if (desk != null) {
            desk.close();
        }
        if (sotay != null) {
            sotay.close();
        }
    }

    /** The fisherman's question, as the server has it; missing before it has arrived. */
    private static JsonNode asked() {
        for (JsonNode one :
                sotay.as("fisherman").get("/api/questions").expect(200).json().path("items")) {
            if (one.path("text").asText().equals(TEXT)) {
                return one;
            }
        }
        return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
    }

    private static String asker() {
        return sotay.as("fisherman")
                .get("/api/me")
                .expect(200)
                .json()
                .at("/member/name")
                .asText();
    }

    private static String page() {
        return "/questions/" + asked().path("id").asText();
    }

    @Test
    @Order(1)
    void itIsAskedWithoutANetworkAndArrives() {
        phone.go("/questions/ask");
        phone.see("#question-send");
        phone.offline(true);
        phone.type("[name=text]", TEXT);
        assertThat(phone.attribute("#question-publishable", "checked")).isNull();
        phone.press("#question-publishable");
        phone.picture("question-ask-phone");
        assertThat(phone.faults()).isEmpty();
        phone.press("#question-send");
        phone.read("Chờ gửi");
        assertThat(asked().isMissingNode()).isTrue();
        phone.picture("question-waits-phone");
        assertThat(phone.faults()).isEmpty();

        phone.offline(false);
        phone.run("dispatchEvent(new Event('online'))");
        phone.until("it has arrived", () -> !asked().isMissingNode());
        phone.read("Chờ trả lời");
        // an answer that comes while the question is open has been read
        phone.go("/questions");
        // that there was no network stood in the console
        phone.console();
    }

    @Test
    @Order(2)
    void oneAnswersAndAnotherReleases() {
        desk.signIn("editor");
        desk.go("/questions/queue");
        desk.read(asker());
        desk.picture("question-queue-desk");
        assertThat(desk.faults()).isEmpty();
        desk.go(page());
        desk.type(
                "#question-work [name=text]",
                "Không. Đảng viên đi biển dài ngày nộp khi tàu về bến, chi bộ ghi tháng đã nộp.");
        desk.type("#question-work [name=cites]", "Điều 3 Quyết định 118/2007/QĐ-TTg");
        desk.press("#answer-save");
        desk.read("người khác phải duyệt");
        desk.picture("question-draft-desk");
        assertThat(desk.faults()).isEmpty();
        assertThat(asked().has("answer")).isFalse();

        desk.signIn("editor2");
        desk.go(page());
        desk.press("#answer-release");
        desk.until("it is released", () -> asked().has("answer"));
        desk.see("#question-publish");
        desk.type("[name=text]", WORDS);
        desk.press("#question-publish");
        desk.read("Đã đăng");
        desk.picture("question-published-desk");
        assertThat(desk.faults()).isEmpty();
        assertThat(desk.console()).isEmpty();
    }

    @Test
    @Order(3)
    void theAskerReadsItAndSaysWhetherItIsOfUse() {
        // a phone has no room for it at the lower edge
        phone.go("/me");
        phone.see("main a[href='/questions']");
        phone.go("/");
        phone.see("#questions-answered a[href='" + page() + "']");
        phone.picture("question-today-phone");
        assertThat(phone.faults()).isEmpty();
        phone.press("#questions-answered a[href='" + page() + "']");
        phone.read("nộp khi tàu về bến");
        // the document is in the library: a link
        phone.see("#question-answer a[href^='/documents/']");
        phone.press("#question-useless");
        phone.until("it is said", () -> asked().has("useful"));
        phone.press("#question-useful");
        phone.until("it is changed", () -> asked().path("useful").asBoolean());
        phone.picture("question-answered-phone");
        assertThat(phone.faults()).isEmpty();
        phone.go("/");
        phone.until("it has been read", () -> !phone.has("#questions-answered"));
        phone.console();
    }

    @Test
    @Order(4)
    void somebodyElseFindsItAlsoWithoutANetwork() {
        phone.signIn("member", true);
        phone.read("Đã cập nhật");
        phone.go("/search");
        phone.type("#search-words", "nop dang phi khi ve ben");
        phone.pressWords("nộp đảng phí khi về bến");
        phone.read("Không. Đảng viên đi biển");
        assertThat(phone.text()).doesNotContain(asker());
        phone.picture("question-entry-phone");
        assertThat(phone.faults()).isEmpty();

        // before one asks what was asked already it is shown
        phone.go("/questions/ask");
        phone.type("[name=text]", "Đi biển nộp đảng phí khi về bến");
        phone.see("#similar a[href^='/questions/base/']");
        phone.picture("question-similar-phone");
        assertThat(phone.faults()).isEmpty();

        phone.offline(true);
        phone.go("/questions/base");
        phone.read("Đi biển dài ngày");
        assertThat(phone.faults()).isEmpty();
        phone.offline(false);
        phone.console();
    }

    @Test
    @Order(5)
    void theAskerAsksAgain() {
        phone.signIn("fisherman", true);
        phone.go(page());
        phone.press("#question-reopen");
        phone.type("#question-answer [name=text]", "Nếu tàu về muộn sang quý sau thì sao?");
        phone.press("#question-again");
        phone.until("it is asked again", () -> asked().path("state").asText().equals("ASKED"));
        phone.read("Nếu tàu về muộn sang quý sau thì sao?");
        phone.picture("question-again-phone");
        assertThat(phone.faults()).isEmpty();
        phone.console();
    }
}
