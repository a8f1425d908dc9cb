package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.sotay.testkit.Sotay;

/** The search by the page alone, on a phone. */
@PageTest
class SearchPagesIT {

    private static Sotay sotay;
    private static Browser browser;

    @BeforeAll
    static void open() {
        sotay = Sotay.start(Sotay.prepared());
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

    @Test
    void aMeetingIsFoundAndOpened() {
        browser.size(Browser.PHONE);
        browser.signIn("fisherman");
        browser.press("#way-search");
        browser.read("Gõ vài chữ để tìm");
        browser.focusComesTo("search-words");
        assertThat(browser.faults()).isEmpty();

        browser.type("#search-words", "sinh hoat thuong ky");
        browser.read("Tìm thấy");
        browser.see(".found mark");
        assertThat(browser.text()).contains("Sinh hoạt thường kỳ", "Buổi sinh hoạt");
        assertThat(browser.faults()).isEmpty();
        browser.picture("search-found");

        browser.press(".found a.row");
        assertThat(browser.path()).startsWith("/meetings/");
        browser.read("Sinh hoạt thường kỳ");
        assertThat(browser.console()).isEmpty();
    }

    @Test
    void whereNothingIsThereItSaysWhatElseToDo() {
        browser.size(Browser.PHONE);
        browser.signIn("fisherman");
        browser.go("/search");
        browser.type("#search-words", "zzqq zzzqqq");
        browser.read("Không thấy kết quả nào");
        browser.picture("search-none");
        assertThat(browser.faults()).isEmpty();

        browser.type("#search-words", "sinh hoatz");
        browser.read("Có phải bạn tìm “sinh hoạt”?");
        assertThat(browser.faults()).isEmpty();
        browser.press("#search-meant");
        browser.until("it is asked instead", () -> !browser.has("#search-meant"));
        browser.read("Tìm thấy");
        browser.focusComesTo("search-words");
        assertThat(browser.console()).isEmpty();
    }

    @Test
    void whatWasFoundIsChosenFurtherAndSaysWhetherItIsInForce() {
        browser.size(Browser.PHONE);
        browser.signIn("fisherman");
        browser.go("/search");
        browser.type("#search-words", "dữ liệu");
        browser.read("Nghị định Bảo vệ dữ liệu cá nhân");
        browser.read("Được thay thế bởi");
        browser.press("#search-more");
        browser.pick("#page-search-kind", "DECREE");
        browser.read("đang chọn 1");
        browser.until("other kinds are left out", () -> !browser.text().contains("Thông tư quy định"));
        browser.picture("search-picked");
        assertThat(browser.faults()).isEmpty();

        browser.pick("#page-search-kind", "");
        browser.read("Thông tư quy định");
        browser.pressWords("Còn hiệu lực");
        browser.until("what has ended is left out", () -> !browser.text().contains("Được thay thế bởi"));
        browser.read("Thông tư quy định");
        assertThat(browser.console()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"vi", "en", "ko"})
    void theLargestTextFitsAPhone(String language) {
        browser.size(Browser.PHONE);
        browser.signIn("secretary");
        browser.go("/me");
        browser.press("#language-" + language);
        browser.press("#size-xl");
        browser.go("/search");
        browser.type("#search-words", "sinh hoat");
        browser.see(".found mark");
        browser.settle();
        browser.picture("search-" + language + "-xl");
        assertThat(browser.faults()).isEmpty();
        browser.go("/me");
        browser.press("#language-vi");
        browser.press("#size-m");
    }
}
