package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import vn.sotay.testkit.Client;
import vn.sotay.testkit.Sheets;
import vn.sotay.testkit.Sotay;

/** A meeting by the page alone, on a phone: from its notice to its minutes, by the secretary and a member at sea. */
@PageTest
class MeetingPagesIT {

    private static final LocalDate DAY =
            LocalDate.now(ZoneId.of("Asia/Ho_Chi_Minh")).plusDays(5);

    private static Sotay sotay;
    private static Browser browser;

    @TempDir
    Path folder;

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
    void aMeetingFromItsNoticeToItsMinutes() throws IOException {
        Path document =
                Files.writeString(folder.resolve("Quy định an toàn tàu cá.txt"), "Áo phao, máy đàm, đèn hiệu.\n");

        browser.signIn("secretary");
        String meeting = schedule(document);
        browser.press("#notify");
        browser.read("Đã báo họp và gửi tài liệu");
        browser.picture("slice-1-secretary-notified");

        browser.signIn("fisherman");
        browser.press("#way-meetings");
        browser.pressWords("An toàn tàu cá");
        browser.read("còn 5 ngày");
        read(document);
        askForLeave(meeting);
        giveOpinions();
        browser.picture("slice-2-fisherman-answered");
        seeWhoHasOpenedIt(meeting);

        browser.signIn("secretary");
        browser.open(meeting);
        browser.read("Đang đi biển");
        browser.read("Ngư trường Hoàng Sa");
        browser.read("Mỗi tàu cần thêm một máy đàm dự phòng.");
        browser.type("[id^='decision-'][id$='-message']", "Đi biển bình an.");
        browser.pressWords("Đồng ý");
        browser.read("Đã nhắn: Đi biển bình an.");
        browser.focusComesTo("request-.*");
        browser.picture("slice-3-secretary-accepted");

        callTheRoll(meeting);
        close(meeting);

        sotay.stop();
        sotay.startAgain();

        browser.open(meeting);
        browser.read("Đã gửi biên bản");
        browser.read("Đã nhắn: Đi biển bình an.");
        browser.read("Mỗi tàu cần thêm một máy đàm dự phòng.");
        browser.press("#report");
        browser.read("Buổi sinh hoạt này đã xong mọi việc.");

        browser.signIn("fisherman");
        browser.open(meeting);
        browser.read("Bí thư đã đồng ý cho bạn vắng mặt (Đang đi biển)");
        browser.read("Mỗi tàu cần thêm một máy đàm dự phòng.");
        browser.read("Chi bộ thống nhất mua máy đàm.");
        assertThat(browser.text()).doesNotContain("Góp ý");
        browser.picture("slice-4-fisherman-reads-the-minutes");
        assertThat(browser.console()).isEmpty();
    }

    /** Returns the path of the meeting. */
    private static String schedule(Path document) {
        browser.press("#way-meetings");
        browser.pressWords("Lên lịch buổi sinh hoạt");
        browser.press("#meeting-new-kind-THEMATIC");
        browser.type("#meeting-new-place", "");
        browser.press("#save-meeting");
        browser.read("Hãy ghi nơi họp.");
        browser.focusComesTo("meeting-new-place");

        browser.type("#meeting-new-place", "Nhà văn hóa thôn Hải Ninh");
        browser.pick("#meeting-new-day", DAY.toString());
        browser.pick("#meeting-new-time", "19:30");
        browser.type("#meeting-new-title", "An toàn tàu cá mùa biển động");
        browser.type("#page-item-1", "Trang bị an toàn trên tàu");
        browser.choose("#upload-1", document);
        browser.read("Quy định an toàn tàu cá.txt");
        browser.press("#add-item");
        browser.focusComesTo("page-item-2");
        browser.type("#page-item-2", "Phân công tổ cứu nạn");
        browser.press("#save-meeting");
        browser.read("Dự kiến, chưa báo họp");
        browser.read("19:30");
        return browser.path();
    }

    /** The link gives what the secretary sent, as a file that the phone keeps. */
    private static void read(Path document) throws IOException {
        assertThat(browser.run("return fetch(document.querySelector('.documents a').href).then(reply => reply.text())"))
                .isEqualTo(Files.readString(document));
        assertThat(browser.attribute(".documents a", "download")).isEqualTo("Quy định an toàn tàu cá.txt");
    }

    private static void askForLeave(String meeting) {
        String id = meeting.substring(meeting.lastIndexOf('/') + 1);
        browser.pressWords("Xin vắng mặt");
        browser.focusComesTo("absence-" + id + "-reason-ILLNESS");
        browser.press("#send-absence");
        browser.read("Hãy chọn một lý do.");
        browser.press("#absence-" + id + "-reason-AT_SEA");
        browser.type("#absence-" + id + "-message", "Ngư trường Hoàng Sa, ba tuần nữa mới về.");
        browser.press("#send-absence");
        browser.read("Bạn xin vắng mặt (Đang đi biển). Đã gửi, chờ bí thư trả lời");
        browser.focusComesTo("answer-state-" + id);
    }

    /** One is written and written anew; another is taken back, put back, and taken back. */
    private static void giveOpinions() {
        browser.press("#opinion-1");
        browser.press("[id^='opinion-'][id$='-stance-OTHER']");
        browser.type("[id^='opinion-'][id$='-text']", "Mỗi tàu cần một máy đàm.");
        browser.pressWords("Gửi ý kiến");
        browser.read("Mỗi tàu cần một máy đàm.");
        browser.press(".meetings-said .actions .button:nth-child(1)");
        browser.type("[id^='opinion-'][id$='-text']", "Mỗi tàu cần thêm một máy đàm dự phòng.");
        browser.pressWords("Gửi ý kiến");
        browser.read("Mỗi tàu cần thêm một máy đàm dự phòng.");
        browser.focusComesTo("said-.*");

        browser.press("#opinion-2");
        browser.press("[id^='opinion-'][id$='-stance-ASK']");
        browser.type("[id^='opinion-'][id$='-text']", "Tổ có mấy người?");
        browser.pressWords("Gửi ý kiến");
        browser.press(".meetings-items > li:nth-child(2) .actions .button:nth-child(2)");
        browser.read("Đã rút lại ý kiến của bạn.");
        assertThat(browser.text()).doesNotContain("Tổ có mấy người?");
        browser.pressWords("Hoàn tác");
        browser.read("Tổ có mấy người?");
        browser.press(".meetings-items > li:nth-child(2) .actions .button:nth-child(2)");
        browser.read("Đã rút lại ý kiến của bạn.");
    }

    /** A member looks at it and does not answer; the secretary sees that of whoever did so, and who has not looked, on paper too. */
    private static void seeWhoHasOpenedIt(String meeting) throws IOException {
        browser.signIn("member");
        browser.open(meeting);
        browser.read("Bạn có dự buổi sinh hoạt này không?");
        JsonNode member = sotay.as("member").get("/api/me").expect(200).json().path("member");
        browser.until("told that it was opened", () -> sotay.as("secretary")
                .get("/api" + meeting + "/reads")
                .expect(200)
                .json()
                .path("items")
                .findValuesAsText("member")
                .contains(member.path("id").asText()));

        browser.signIn("secretary");
        browser.read("Đã xem: 2/34");
        browser.open(meeting);
        browser.read("Đã xem: 3/34");
        browser.pressWords("Chưa mở (31)");
        assertThat(browser.text()).doesNotContain(member.path("name").asText());
        // the member, and who leads the cell
        browser.pressWords("Đã xem, chưa trả lời (2)");
        browser.read(member.path("name").asText());
        for (Browser.Size size : List.of(Browser.DESK, Browser.PHONE)) {
            browser.size(size);
            browser.picture("meeting-opened-" + size.name());
            assertThat(browser.faults()).isEmpty();
        }
        assertThat(Sheets.text(browser.print()))
                .contains("Chưa trả lời (33)", "Đã xem: 3/34", "Chưa mở (31)", "Đã xem, chưa trả lời (2)");
    }

    private static void callTheRoll(String meeting) {
        browser.pressWords("Ghi ai có mặt, ai vắng");
        browser.read("Đã được phép vắng: Đang đi biển");
        browser.press(".meetings-roll li:nth-child(1) .absent");
        browser.press("#roll-rest");
        browser.read("Đã điểm danh đủ.");
        browser.focusComesTo("roll-done");
        browser.read("Có mặt 32 · Vắng 2 · Chưa điểm danh 0");
        browser.picture("slice-3-secretary-roll");
        browser.open(meeting + "/roll");
        browser.read("Có mặt 32 · Vắng 2 · Chưa điểm danh 0");
    }

    private static void close(String meeting) {
        browser.pressWords("Tiếp: ghi biên bản");
        String begun = (String) browser.run("return document.querySelector('textarea').value");
        assertThat(begun)
                .contains("Có mặt: 32. Vắng có lý do: 1. Vắng không lý do: 1.")
                .contains("2. Phân công tổ cứu nạn");
        browser.type("textarea", begun + "\nChi bộ thống nhất mua máy đàm.");
        browser.press("#save-minutes");
        browser.read("Đã lưu biên bản.");
        browser.press("#close-meeting");
        browser.until("on the page of the meeting", () -> browser.path().equals(meeting));
        browser.read("Đã gửi biên bản");
    }

    @Test
    void whatTwoHaveChangedAtOnceIsShownAndOneIsChosen() {
        Client secretary = sotay.as("secretary");
        String cell = secretary.get("/api/me").json().at("/member/cell/id").asText();
        String path = "/meetings/" + UUID.randomUUID();
        Map<String, Object> plan = new HashMap<>(Map.of(
                "kind",
                "THEMATIC",
                "startsAt",
                Instant.now()
                        .plus(Duration.ofDays(20))
                        .truncatedTo(ChronoUnit.MINUTES)
                        .toString(),
                "place",
                "Nhà văn hóa",
                "title",
                "Chuyên đề hai người sửa",
                "items",
                List.of(Map.of("id", UUID.randomUUID().toString(), "title", "Neo đậu", "documents", List.of()))));
        Map<String, Object> base = Map.copyOf(plan);
        plan.put("cell", cell);
        secretary.put("/api" + path, plan).expect(201);
        browser.signIn("secretary");
        browser.open(path + "/edit");
        browser.type("[id$='-place']", "Trường học");
        // the deputy's phone
        plan.put("base", base);
        plan.put("place", "Bến cá");
        plan.put("title", "Chuyên đề neo đậu");
        secretary.put("/api" + path, plan).expect(200);

        browser.press("#save-meeting");
        browser.read("Hai người cùng sửa buổi này");
        browser.read("Đang là: Trường học");
        browser.read("Bản kia: Bến cá");
        browser.read("Chuyên đề neo đậu");
        for (Browser.Size size : List.of(Browser.DESK, Browser.PHONE)) {
            browser.size(size);
            browser.picture("plan-conflict-" + size.name());
            assertThat(browser.faults()).isEmpty();
        }
        browser.pressWords("Lấy bản kia");
        browser.until("chosen", () -> !browser.has("#conflicts"));
        assertThat(secretary.get("/api" + path).expect(200).json().path("place").asText())
                .isEqualTo("Bến cá");
        browser.focusComesTo("next-.*");
        secretary.delete("/api" + path).expect(204);
        assertThat(browser.console()).isEmpty();
    }

    @Test
    void aMemberAnswersByKeyboardAlone() {
        browser.forgetAll();
        browser.open("/");
        tabTo("signin-login");
        browser.keys("member", Keys.TAB, Sotay.PASSWORD, Keys.ENTER);
        browser.see("#next-meeting");
        browser.keys(Keys.TAB);
        assertThat(browser.text()).contains("Đi thẳng tới nội dung");
        browser.keys(Keys.ENTER);
        browser.focusComesTo("main");

        tabTo("ask-leave-");
        browser.keys(Keys.ENTER);
        browser.focusComesTo(".*-reason-ILLNESS");
        assertThat(browser.focusIsVisible()).isTrue();
        browser.keys(Keys.ARROW_DOWN, Keys.TAB, "Tàu ra khơi sớm.", Keys.TAB, Keys.ENTER);
        browser.read("Bạn xin vắng mặt (Đang đi biển). Đã gửi, chờ bí thư trả lời");
        browser.focusComesTo("answer-state-.*");
        assertThat(browser.focusIsVisible()).isTrue();
    }

    private static void tabTo(String id) {
        for (int presses = 0; presses < 40 && !browser.focused().startsWith(id); presses++) {
            browser.keys(Keys.TAB);
            assertThat(browser.focusIsVisible())
                    .as("the focus can be seen, after %s presses at '%s'", presses, browser.focused())
                    .isTrue();
        }
        assertThat(browser.focused()).startsWith(id);
    }

    @Test
    void whatIsWrittenWithoutANetworkIsKept() {
        browser.signIn("fisherman");
        browser.press("#way-meetings");
        browser.pressWords("Sinh hoạt thường kỳ tháng");
        browser.press("#opinion-3");
        browser.press("[id^='opinion-'][id$='-stance-ASK']");
        browser.type("[id^='opinion-'][id$='-text']", "Bến phía nam ai trực?");
        browser.offline(true);
        browser.pressWords("Gửi ý kiến");
        browser.read("Mất kết nối");
        browser.picture("offline-opinion");
        browser.offline(false);

        browser.open(browser.path());
        browser.press("#opinion-3");
        browser.read("Đây là những gì bạn viết dở lần trước");
        browser.pressWords("Gửi ý kiến");
        browser.read("Bến phía nam ai trực?");
        assertThat(browser.has("form")).isFalse();
        browser.console();
    }

    @Test
    void aWrongPasswordIsToldAndNothingElse() {
        browser.forgetAll();
        browser.open("/");
        browser.press("#signin-submit");
        browser.read("Hãy nhập số điện thoại hoặc số thẻ đảng viên.");
        browser.focusComesTo("signin-login");
        browser.type("#signin-login", "member");
        browser.type("#signin-password", "sai-mat-khau");
        browser.press("#signin-submit");
        browser.see("[role='alert']");
        browser.picture("wrong-password");
        assertThat(browser.faults()).isEmpty();
        browser.console();
    }

    @Test
    void aStoppedModuleIsToldInWords() {
        Client admin = sotay.as("admin");
        browser.signIn("admin");
        browser.press("#way-system");
        browser.press("#turn-meetings");
        browser.read("Đã dừng");
        browser.picture("module-stopped-system");
        try {
            browser.signIn("secretary");
            browser.open("/meetings");
            browser.see("h1");
            browser.picture("module-stopped");
            assertThat(browser.faults()).isEmpty();
            assertThat(browser.text()).doesNotContain("Không có trang này");
        } finally {
            admin.post("/api/modules/meetings/start").expect(200);
        }
        browser.pressWords("Thử lại");
        browser.read("Sắp tới");
        browser.console();
    }
}
