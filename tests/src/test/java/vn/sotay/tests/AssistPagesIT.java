package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.sotay.testkit.Sheets;
import vn.sotay.testkit.Sotay;

/** The secretary writes down what a member without a phone says; the member sees it, and by whom. */
@PageTest
class AssistPagesIT {

    private static Sotay sotay;
    private static Browser browser;

    @BeforeAll
    static void open() {
        sotay = Sotay.start(Sotay.fresh());
        browser = Browser.of(sotay);
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
        if (sotay != null) {
            sotay.close();
        }
    }

    private static JsonNode me(String login) {
        return sotay.as(login).get("/api/me").expect(200).json().path("member");
    }

    private static String coming() {
        for (JsonNode one : sotay.as("secretary")
                .get("/api/meetings?limit=50")
                .expect(200)
                .json()
                .path("items")) {
            if (!one.path("state").asText().equals("CLOSED")) {
                return one.path("id").asText();
            }
        }
        throw new AssertionError("the demo has no meeting to come");
    }

    @ParameterizedTest
    @CsvSource({"phone, 360, 740", "desk, 1280, 800"})
    void anOpinionIsWrittenDown(String screen, int width, int height) throws Exception {
        String meeting = coming();
        String fisherman = me("fisherman").path("id").asText();
        String words = "Bến phía nam cần thêm đèn (" + screen + ").";
        browser.size(new Browser.Size(screen, width, height));
        browser.signIn("secretary");
        browser.open("/meetings/" + meeting);
        browser.press("#record-3");
        browser.focusComesTo(".*-member");
        browser.until(
                "those who have never signed in come first",
                () -> browser.has(
                        "[id$='-member'] optgroup:first-of-type[label='Chưa đăng nhập, chưa có thẻ'] option"));
        assertThat(browser.has("optgroup:last-of-type option[value='" + fisherman + "']"))
                .isTrue();
        browser.pressWords("Ghi lại");
        browser.read("Hãy chọn đảng viên.");
        browser.focusComesTo(".*-member");
        browser.pick("[id$='-member']", fisherman);
        browser.press("[id^='record-opinion-'][id$='-stance-OTHER']");
        browser.type("[id^='record-opinion-'][id$='-text']", words);
        browser.picture("assist-opinion-form-" + screen);
        assertThat(browser.faults()).isEmpty();
        browser.pressWords("Ghi lại");
        browser.read(words);
        browser.read("Người ghi hộ: " + me("secretary").path("name").asText());
        browser.focusComesTo("said-.*");
        browser.picture("assist-opinion-said-" + screen);
        browser.press("a[href*='/slips/']");
        assertThat(Sheets.text(browser.downloaded("phieu-ghi-ho.pdf")).replaceAll("\\s+", " "))
                .contains(words, "Người ghi hộ");
        assertThat(browser.faults()).isEmpty();

        browser.signIn("fisherman");
        browser.open("/meetings/" + meeting);
        browser.read(words);
        browser.read("Người ghi hộ: " + me("secretary").path("name").asText());
        browser.picture("assist-opinion-own-" + screen);
        assertThat(browser.faults()).isEmpty();
        assertThat(browser.console()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"phone, 360, 740", "desk, 1280, 800"})
    void anAnswerIsWrittenDownAndItsSlipPrinted(String screen, int width, int height) {
        browser.size(new Browser.Size(screen, width, height));
        browser.signIn("secretary");
        browser.open("/meetings/" + coming());
        browser.pressWords("Chưa mở");
        browser.press("[id^='record-'].button.quiet:not([id^='record-opinion'])");
        browser.press("[id^='record-of-'] .button:first-child");
        browser.read("Đã ghi hộ (");
        browser.see("#recorded + ul a[href*='/slips/']");
        browser.picture("assist-answer-" + screen);
        assertThat(browser.faults()).isEmpty();
        assertThat(browser.console()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"phone, 360, 740", "desk, 1280, 800"})
    void aRequestForACorrectionIsWrittenDown(String screen, int width, int height) {
        String fisherman = me("fisherman").path("id").asText();
        browser.size(new Browser.Size(screen, width, height));
        browser.signIn("secretary");
        browser.open("/members/" + fisherman);
        browser.see("#assist-correction");
        browser.picture("assist-member-" + screen);
        browser.press("#assist-correction");
        browser.pick("[id$='-field']", "OTHER");
        browser.type("[id$='-value']", "Đã nghỉ hưu từ tháng 9 (" + screen + ")");
        browser.type("[id$='-reason']", "Quyết định nghỉ hưu, đưa tại nhà");
        browser.picture("assist-correction-form-" + screen);
        assertThat(browser.faults()).isEmpty();
        browser.press("#correction-send");
        browser.see(".correction-withdraw");
        browser.read("Đã nghỉ hưu từ tháng 9 (" + screen + ")");
        browser.read("Cấp trên trả lời");
        browser.picture("assist-correction-" + screen);
        assertThat(browser.attribute(".correction-slip", "href")).endsWith("/slip");
        assertThat(browser.faults()).isEmpty();

        browser.signIn("fisherman");
        browser.open("/me/corrections");
        browser.read("Người ghi hộ: " + me("secretary").path("name").asText());
        browser.picture("assist-correction-own-" + screen);
        assertThat(browser.faults()).isEmpty();
        assertThat(browser.console()).isEmpty();
    }
}
