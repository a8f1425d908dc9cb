package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.sotay.testkit.Sotay;

/** What the offices do by the page: find units and members, bring a roster in and take it back, put a module in. */
@PageTest
class OfficePagesIT {

    private static Sotay sotay;
    private static Browser browser;

    @TempDir
    Path folder;

    @BeforeAll
    static void open() {
        sotay = Sotay.start(Sotay.prepared());
        browser = Browser.of(sotay);
        browser.size(Browser.DESK);
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
    void anOfficerFindsUnitsAndMembersWithMarksOrWithout() {
        browser.signIn("officer");
        browser.press("#way-units");
        browser.read("tỉnh Quảng Ngãi");
        browser.type("#units-search", "hai ninh");
        browser.read("thôn Hải Ninh, xã Trường Giang");
        browser.pressWords("thôn Hải Ninh");
        browser.read("34 đảng viên");

        browser.type("#units-search", "cao thanh nguyen");
        browser.read("Tìm thấy 1 người");
        browser.type("#units-search", "Cao Thanh Nguyên");
        browser.pressWords("Cao Thanh Nguyên");
        browser.read("thôn Hải Ninh, xã Trường Giang");
        browser.read("Số thẻ đảng viên");

        browser.press("#way-meetings");
        browser.pressWords("thôn Hải Ninh");
        browser.read("Số liệu");
        browser.read("Biểu quyết tính trên");
        assertThat(browser.text()).doesNotContain("Cao Thanh Nguyên", "Nên giúp các tàu nhỏ");
    }

    @Test
    void anOfficerBringsARosterInAndTakesItBack() throws IOException {
        Path roster = Files.writeString(folder.resolve("danh-sach.csv"), """
                Họ tên;Năm sinh;Số thẻ;Mã tổ chức;Ghi chú
                Đặng Thị Hồng Gấm;1991;34.900001;38.168.053.000.001;mới
                Vũ Quốc Khánh;1988;34.900002;38.168.053.000.001;
                Không Có Chi Bộ;1970;34.900003;38.999.999.999.999;
                """);
        browser.signIn("officer2");
        browser.press("#way-rosters");
        browser.choose("#roster-upload", roster);
        browser.read("Chờ bạn xác nhận các cột");
        browser.picture("roster-columns");
        assertThat(browser.faults()).isEmpty();
        browser.press("#columns-confirm");
        browser.read("Chờ bạn áp dụng");
        browser.read("Không nhận (1)");
        browser.read("Dòng 4");
        browser.picture("roster-report");
        assertThat(browser.faults()).isEmpty();
        assertThat(found("Gấm")).isFalse();

        browser.press("#job-apply");
        browser.read("Đã áp dụng");
        browser.focusComesTo("job-state");
        assertThat(found("Gấm")).isTrue();

        browser.press("#job-undo");
        browser.read("Đã hoàn tác");
        assertThat(found("Gấm")).isFalse();
        assertThat(browser.console()).isEmpty();
    }

    private static boolean found(String name) {
        return sotay.as("officer2")
                .get("/api/members?q=" + URLEncoder.encode(name, StandardCharsets.UTF_8))
                .expect(200)
                .text()
                .contains(name);
    }

    @Test
    void anAdministratorReadsTheAuditTrail() {
        for (int i = 0; i < 60; i++) {
            sotay.as("secretary").get("/api/members?limit=" + (i + 1)).expect(200);
            sotay.as("secretary")
                    .get("/api/members/"
                            + sotay.as("member")
                                    .get("/api/me")
                                    .json()
                                    .at("/member/id")
                                    .asText())
                    .expect(200);
        }
        browser.signIn("admin");
        browser.press("#way-system");
        browser.press("#to-audit");
        browser.read("Đăng nhập: phiên làm việc");
        browser.press("#audit-verify");
        browser.read("Nhật ký còn nguyên vẹn");
        browser.focusComesTo("audit-verdict");

        browser.pick("#page-action", "READ");
        browser.read("Xem: đảng viên");
        browser.press("#audit-older");
        browser.see("#audit-newer");
        browser.pressWords("Chỉ người này");
        browser.read("Chỉ những việc của");
        browser.size(Browser.PHONE);
        browser.press("#audit-list .rows button");
        browser.press("#audit-reach-ask");
        browser.see("#audit-reach [role=status]");
        browser.picture("audit-reach");
        browser.picture("audit");
        assertThat(browser.faults()).isEmpty();
        browser.size(Browser.DESK);
        assertThat(browser.faults()).isEmpty();
        assertThat(browser.console()).isEmpty();
    }

    @Test
    void anOfficerReadsWhatWasDoneInACell() {
        String cell = sotay.as("fisherman")
                .get("/api/me")
                .expect(200)
                .json()
                .at("/member/cell/id")
                .asText();
        sotay.as("secretary").get("/api/members/export?unit=" + cell).expect(200);
        for (int i = 0; i < 30; i++) {
            sotay.as("secretary")
                    .get("/api/members/"
                            + sotay.as("fisherman")
                                    .get("/api/me")
                                    .json()
                                    .at("/member/id")
                                    .asText())
                    .expect(200);
        }
        browser.signIn("officer2");
        browser.go("/units/" + cell);
        browser.press("#audit-way");
        browser.read("Xem: đảng viên");
        browser.press("#audit-older");
        browser.see("#audit-newer");
        browser.pressWords("Chỉ người này");
        browser.read("Chỉ những việc của");
        browser.pick("#page-action", "EXPORT");
        browser.read("Lấy ra thành tệp: danh sách đảng viên");
        browser.pick("#page-action", "");
        browser.size(Browser.PHONE);
        browser.picture("audit-unit-phone");
        assertThat(browser.faults()).isEmpty();
        browser.size(Browser.DESK);
        browser.picture("audit-unit-desk");
        assertThat(browser.faults()).isEmpty();
        assertThat(browser.console()).isEmpty();
    }

    @Test
    void anAdministratorPutsAModuleInAndReadsWhyOneIsRefused() throws IOException {
        browser.signIn("admin");
        browser.press("#way-system");
        Path next = Files.write(
                folder.resolve("next.jar"), MeetingsJar.version("0.1.9").bytes());
        browser.choose("#module-upload", next);
        browser.read("Đã nhận Sinh hoạt chi bộ và đang chạy");
        browser.read("meetings 0.1.9");

        Path broken = Files.writeString(folder.resolve("broken.jar"), "no jar");
        browser.choose("#module-upload", broken);
        browser.read("it is no whole jar");
        browser.picture("module-refused");
        assertThat(browser.faults()).isEmpty();
        browser.read("meetings 0.1.9");
        browser.console();
    }
}
