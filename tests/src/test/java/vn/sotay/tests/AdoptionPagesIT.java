package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import vn.sotay.testkit.Client;
import vn.sotay.testkit.Sotay;

/** Officers see how the use of the handbook has changed; leaders of a cell what is read there. */
@PageTest
class AdoptionPagesIT {

    private static final LocalDate TODAY = LocalDate.now(ZoneId.of("Asia/Ho_Chi_Minh"));
    private static final int WEEKS = 12;

    /** As it would be after some weeks: a week's count comes by the clock. */
    private static void past(Sotay.Settings settings, String unit) throws SQLException {
        List<String> rows = new ArrayList<>();
        for (int week = 0; week < WEEKS; week++) {
            LocalDate day = TODAY.minusWeeks(WEEKS - 1L - week);
            rows.add(row(unit, "signed-in", day, 40 + 55 * week));
            rows.add(row(unit, "lately", day, 1 + week / 4));
            rows.add(row(unit, "documents", day, 300 + 60 * week - week % 3 * 50));
            rows.add(row(unit, "tasks", day, 10));
        }
        AuditIT.touch(settings, rows.toArray(String[]::new));
    }

    private static String row(String unit, String rate, LocalDate day, int part) {
        return "insert into adoption_week (unit, rate, counted_on, part, whole) values ('%s', '%s', '%s', %d, 1500)"
                .formatted(unit, rate, day, part);
    }

    @Test
    void anOfficerSeesHowItHasChanged() throws SQLException {
        Sotay.Settings settings = Sotay.prepared();
        Sotay sotay = Sotay.start(settings);
        try {
            String province = sotay.as("officer")
                    .get("/api/me")
                    .expect(200)
                    .json()
                    .at("/mandates/0/unit")
                    .asText();
            sotay.stop();
            past(settings, province);
            sotay.startAgain();
            try (Browser browser = Browser.of(sotay)) {
                browser.size(Browser.PHONE);
                browser.signIn("officer");
                browser.go("/adoption");
                browser.read("Qua các tuần");
                browser.read("43 %");
                browser.read("dưới 1 %");
                assertThat(browser.text())
                        .contains("645 trên 1.500", "Tài liệu được đề nghị đọc")
                        .as("of a module that is not here")
                        .doesNotContain("tasks");
                assertThat(browser.run("return document.querySelectorAll('.curve polyline').length"))
                        .isEqualTo(3L);
                for (Browser.Size size : List.of(Browser.DESK, Browser.PHONE)) {
                    browser.size(size);
                    browser.picture("adoption-weeks-" + size.name());
                    assertThat(browser.faults()).isEmpty();
                }
                browser.press("#rate-signed-in summary");
                browser.read("95 trên 1.500");
                browser.picture("adoption-figures-phone");
                assertThat(browser.faults()).isEmpty();
            }
        } finally {
            sotay.close();
        }
    }

    @Test
    void aSecretarySeesWhatTheCellReads() {
        try (Sotay sotay = Sotay.start(Sotay.prepared());
                Browser browser = Browser.of(sotay)) {
            Client member = sotay.as("member");
            String me =
                    member.get("/api/me").expect(200).json().at("/member/id").asText();
            String document = member.get("/api/documents?toAcknowledge=true")
                    .expect(200)
                    .json()
                    .at("/items/0/id")
                    .asText();
            browser.size(Browser.PHONE);
            browser.signIn("secretary");
            browser.go("/adoption");
            browser.read("Đã đọc trong 30 ngày qua");
            assertThat(read(browser)).contains("0 trên 34");
            member.put("/api/documents/" + document + "/acknowledgements/" + me, Map.of("edition", 1))
                    .expect(201);
            browser.open("/adoption");
            browser.until("it is counted", () -> read(browser).contains("1 trên 34"));
            browser.picture("adoption-cell-phone");
            assertThat(browser.faults()).isEmpty();
        }
    }

    private static String read(Browser browser) {
        browser.see("#rate-documents");
        return (String) browser.run("return document.querySelector('#rate-documents').innerText");
    }
}
