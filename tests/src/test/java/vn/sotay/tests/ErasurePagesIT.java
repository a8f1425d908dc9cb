package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import vn.sotay.testkit.Sotay;

/** An officer has a former member deleted and stops it; a member reads what data are kept for; the administrator sees the days. */
@PageTest
class ErasurePagesIT {

    private static final Browser.Size PHONE = new Browser.Size("phone", 360, 740);
    private static final Browser.Size DESK = new Browser.Size("desk", 1280, 800);

    @Test
    void itIsSeenBeforeItIsDone() {
        try (Sotay sotay = Sotay.start(Sotay.prepared());
                Browser browser = Browser.of(sotay)) {
            String cell = sotay.as("secretary")
                    .get("/api/me")
                    .expect(200)
                    .json()
                    .at("/member/cell/id")
                    .asText();
            String member = UUID.randomUUID().toString();
            sotay.as("officer2")
                    .put(
                            "/api/members/" + member,
                            Map.of("name", "Nguyễn Thị Hoàng Phương Thảo", "cell", cell, "status", "LEFT"))
                    .expect(201);
            for (Browser.Size size : new Browser.Size[] {PHONE, DESK}) {
                browser.size(size);
                browser.signIn("officer2");
                browser.go("/members/" + member);
                browser.press("#erasure-way");
                browser.see("#erasure-ask");
                browser.picture("erasure-ask-" + size.name());
                assertThat(browser.faults()).isEmpty();
                browser.press("#erasure-ask");
                browser.see("#erasure-stop");
                browser.picture("erasure-waits-" + size.name());
                assertThat(browser.faults()).isEmpty();
                browser.go("/");
                browser.read("Dữ liệu sắp xóa");
                browser.picture("erasure-today-" + size.name());
                browser.go("/erasures");
                browser.read("Nguyễn Thị Hoàng Phương Thảo");
                browser.picture("erasures-" + size.name());
                assertThat(browser.faults()).isEmpty();
                browser.press("a[href='/erasures/" + member + "']");
                browser.press("#erasure-stop");
                browser.see("#erasure-ask");
                browser.read("Đã dừng");

                browser.forgetAll();
                browser.signIn("member");
                browser.go("/me/data");
                browser.see("#purposes li");
                browser.read("Ý kiến trong sinh hoạt chi bộ");
                browser.picture("purposes-" + size.name());
                assertThat(browser.faults()).isEmpty();

                browser.forgetAll();
                browser.signIn("admin");
                browser.go("/system");
                browser.press("#retention-run");
                browser.read("Đã chạy xong.");
                browser.picture("retention-" + size.name());
                assertThat(browser.faults()).isEmpty();
                assertThat(browser.console()).isEmpty();
                browser.forgetAll();
            }
        }
    }
}
