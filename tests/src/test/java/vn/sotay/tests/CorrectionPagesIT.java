package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import vn.sotay.testkit.Sheets;
import vn.sotay.testkit.Sotay;

/** A member has the birthday put right by the secretary, and shows the phone number to the cell. */
@PageTest
class CorrectionPagesIT {

    private static final Browser.Size PHONE = new Browser.Size("phone", 360, 740);

    @Test
    void fromTheWrongBirthdayToTheRightOne() throws Exception {
        try (Sotay sotay = Sotay.start(Sotay.prepared());
                Browser browser = Browser.of(sotay)) {
            browser.size(PHONE);
            browser.signIn("fisherman");
            browser.go("/me/data");
            browser.press("#correction-way");
            browser.see("#correction-send");
            browser.press("#correction-send");
            browser.see("#correction-value-error");
            browser.pick("#correction-field", "BIRTH");
            browser.type("#correction-value", "26/3/1979");
            browser.type("#correction-reason", "Giấy khai sinh ghi ngày 26/3/1979");
            browser.press("#correction-send");
            browser.see(".correction-withdraw");
            browser.read("Ngày sinh: 26/03/1979");
            browser.picture("correction-own-phone");
            assertThat(browser.faults()).isEmpty();

            browser.forgetAll();
            browser.signIn("secretary");
            browser.go("/");
            browser.read("Đề nghị sửa hồ sơ");
            browser.picture("correction-today-phone");
            browser.go("/corrections");
            browser.press("a[href^='/corrections/']");
            browser.see("#correction-acknowledge");
            browser.picture("correction-phone");
            assertThat(browser.faults()).isEmpty();
            browser.press("#correction-acknowledge");
            browser.read("Đã tiếp nhận");
            browser.press("#correction-done");
            browser.read("Đã sửa");
            browser.picture("correction-done-phone");
            assertThat(browser.faults()).isEmpty();

            browser.forgetAll();
            browser.signIn("fisherman");
            browser.go("/me/data");
            browser.read("26/03/1979");
            browser.press("#data-pdf");
            assertThat(Sheets.text(browser.downloaded("so-tay.pdf"))).contains("26/03/1979", "Đề nghị sửa");
            browser.press("#consent-phone-in-cell");
            browser.read("Đồng ý ");
            browser.picture("consent-phone");
            browser.forgetAll();
            browser.signIn("member");
            browser.go("/me/contacts");
            browser.see("a[href^='tel:']");
            browser.picture("contacts-phone");
            assertThat(browser.faults()).isEmpty();
            assertThat(browser.console()).isEmpty();
        }
    }
}
