package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import vn.sotay.testkit.Sotay;

/** News by the page alone: written with a picture by one editor, published by another, read by a member, also without a network. */
@PageTest
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NewsPagesIT {

    private static Sotay sotay;
    private static Browser browser;

    @TempDir
    Path folder;

    @BeforeAll
    static void open() {
        // what a browser keeps belongs to host and port
        sotay = Sotay.start(Sotay.prepared().with("--port", String.valueOf(Faults.freePort())));
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

    @AfterEach
    void comeBack() {
        browser.offline(false);
    }

    private static String urgent() {
        JsonNode items = sotay.as("editor").get("/api/news").expect(200).json().path("items");
        return StreamSupport.stream(items.spliterator(), false)
                .filter(one -> one.path("urgent").asBoolean())
                .findFirst()
                .orElseThrow()
                .path("id")
                .asText();
    }

    private Path picture() throws IOException {
        BufferedImage picture = new BufferedImage(1600, 900, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        graphics.setColor(new Color(0x2f7f5f));
        graphics.fillRect(0, 300, 1600, 600);
        graphics.dispose();
        Path file = folder.resolve("rung.png");
        ImageIO.write(picture, "png", file.toFile());
        return file;
    }

    @Test
    @Order(1)
    void fromItsEditorToAMember() throws IOException {
        browser.size(Browser.DESK);
        browser.signIn("editor");
        browser.open("/news");
        browser.press("#news-new");
        browser.press("#save-news");
        browser.read("Hãy ghi tên tin.");
        browser.type("[id$='-title']", "Trồng rừng phi lao giữ đất ven biển ở các xã bãi ngang phía đông");
        browser.type("[id$='-lead']", "Mỗi chi bộ nhận một đoạn, trồng xong trước mùa mưa.");
        browser.type(
                "[id$='-text']",
                "## Phân công\n\n- Chi bộ **Hải Ninh**: đoạn 1\n- Chi bộ Hải Nam: đoạn 2\n\n1. Nhận cây\n2. Trồng\n\n> Cây lên xanh, đất ở lại.\n\n[Xem họp](/meetings) <script>alert(1)</script>");
        browser.press("#news-look");
        browser.see("#news-preview strong");
        browser.read("<script>alert(1)</script>");
        browser.choose("[id$='-upload']", picture());
        browser.see("[name='news-alt-0']");
        browser.press("#save-news");
        browser.read("Hãy ghi trong ảnh có gì.");
        browser.type("[name='news-alt-0']", "Rừng phi lao ven biển");
        browser.picture("news-form-desk");
        assertThat(browser.faults()).isEmpty();
        browser.press("#save-news");
        browser.see("#news-submit");
        browser.press("#news-submit");
        browser.read("Bạn là người sửa cuối");
        browser.endSession();

        browser.signIn("editor2");
        browser.open("/news");
        browser.pressWords("Trồng rừng phi lao giữ đất");
        browser.press("#news-approve");
        browser.see("#news-withdraw");
        browser.see("#news-editions");
        browser.picture("news-published-desk");
        assertThat(browser.faults()).isEmpty();
        browser.endSession();

        browser.size(Browser.PHONE);
        browser.signIn("member");
        browser.see("#newest-news");
        browser.see("#news-asked");
        browser.picture("news-today-phone");
        browser.open("/news");
        browser.picture("news-list-phone");
        browser.pressWords("Trồng rừng phi lao giữ đất");
        browser.see(".news-picture img[alt='Rừng phi lao ven biển']");
        browser.see(".news-text h2");
        browser.picture("news-one-phone");
        assertThat((Boolean) browser.run("return document.querySelector('.news-article script') === null"))
                .isTrue();
        assertThat(browser.faults()).isEmpty();
        assertThat(browser.console()).isEmpty();
        browser.endSession();
    }

    @Test
    @Order(2)
    void whatIsUrgentIsReadAtSea() {
        browser.size(Browser.PHONE);
        browser.signIn("fisherman", true);
        browser.until("all of the first synchronisation is there", () -> browser.text()
                .contains("Đã cập nhật"));
        String member =
                sotay.as("fisherman").get("/api/me").json().at("/member/id").asText();
        browser.offline(true);
        browser.go("/news/" + urgent());
        browser.read("Việc cần làm ngay");
        browser.press("#news-acknowledge");
        browser.see("#news-acknowledged");
        browser.read("Chờ gửi");
        browser.picture("news-offline-phone");
        assertThat(browser.faults()).isEmpty();
        browser.go("/");
        browser.until("it asks no more", () -> !browser.text().contains("Tin cần bạn đọc"));

        browser.offline(false);
        browser.run("dispatchEvent(new Event('online'))");
        browser.until("it has arrived", () -> sotay.as("fisherman")
                .get("/api/news/" + urgent() + "/receipts")
                .expect(200)
                .text()
                .contains(member));
        browser.console();
        browser.forgetAll();
    }

    @Test
    @Order(3)
    void theSecretarySeesWhoHasNot() {
        browser.size(Browser.PHONE);
        browser.signIn("secretary");
        browser.open("/news/" + urgent());
        browser.see("#news-read-in-cell");
        browser.picture("news-secretary-phone");
        assertThat(browser.faults()).isEmpty();
        browser.endSession();
    }

    @Test
    @Order(4)
    void anAddressForAnotherProgrammeIsMadeAndTakenBack() {
        browser.size(Browser.PHONE);
        browser.signIn("member");
        browser.open("/news/subscription");
        browser.press("#news-address-make");
        browser.see("#news-address");
        browser.picture("news-subscription-phone");
        assertThat(browser.faults()).isEmpty();
        browser.press("#news-address-revoke");
        browser.read("Bạn chưa có địa chỉ nào");
        browser.endSession();
        // that there is none yet was asked
        browser.console();
    }

    private static final String FOR_HIM = "Lớp học lái tàu cho đảng viên trẻ";
    private static final String FOR_OLDER = "Thăm khám sức khỏe cho đảng viên cao tuổi";

    private static void publish(String path) {
        sotay.as("editor").post(path + "/submit").expect(200);
        sotay.as("editor2").post(path + "/approve").expect(200);
    }

    @Test
    @Order(5)
    void newsForAnAgeAreShownToThoseWhoAreOfItAlsoWithoutANetwork() {
        String fisherman = sotay.as("fisherman")
                .get("/api/me")
                .expect(200)
                .json()
                .at("/member/id")
                .asText();
        LocalDate birth = LocalDate.parse(sotay.as("fisherman")
                .get("/api/members/" + fisherman)
                .expect(200)
                .json()
                .path("birthDate")
                .asText());
        int age = (int) ChronoUnit.YEARS.between(birth, LocalDate.now(ZoneId.of("Asia/Ho_Chi_Minh")));
        browser.size(Browser.PHONE);
        browser.signIn("editor");
        browser.open("/news/new");
        browser.type("[id$='-title']", FOR_HIM);
        browser.type("[id$='-lead']", "Học buổi tối, ba tuần.");
        browser.type("[id$='-text']", "Ghi tên với bí thư.");
        browser.type("[id$='-agesFrom']", "trẻ");
        browser.press("#save-news");
        browser.read("Hãy ghi số tuổi");
        browser.type("[id$='-agesFrom']", "15");
        browser.press("#save-news");
        browser.read("Từ 16 đến 120");
        browser.picture("news-ages-phone");
        assertThat(browser.faults()).isEmpty();
        browser.type("[id$='-agesFrom']", String.valueOf(age - 1));
        browser.type("[id$='-agesTo']", String.valueOf(age + 1));
        browser.press("#save-news");
        browser.see("#news-submit");
        browser.press("#news-submit");
        browser.read("Duyệt và đăng. Gửi đảng viên từ " + (age - 1) + " đến " + (age + 1) + " tuổi");
        assertThat(browser.faults()).isEmpty();
        String path = "/api" + browser.run("return location.pathname");
        browser.console();
        browser.endSession();
        sotay.as("editor2").post(path + "/approve").expect(200);
        String unit = sotay.as("editor")
                .get("/api/me")
                .expect(200)
                .json()
                .at("/mandates/0/unit")
                .asText();
        String other = "/api/news/" + UUID.randomUUID();
        Map<String, Object> body = Map.of(
                "unit",
                unit,
                "target",
                Map.of("unit", unit, "to", "MEMBERS", "ages", Map.of("from", age + 1)),
                "title",
                FOR_OLDER,
                "lead",
                "Tại trạm y tế xã.",
                "text",
                "Mang theo thẻ bảo hiểm.",
                "pictures",
                List.of(),
                "urgent",
                true,
                "asks",
                "ACKNOWLEDGED");
        sotay.as("editor").put(other, body).expect(201);
        publish(other);

        browser.signIn("fisherman", true);
        browser.until("all of the first synchronisation is there", () -> browser.text()
                .contains("Đã cập nhật"));
        browser.offline(true);
        browser.go("/news");
        browser.read(FOR_HIM);
        assertThat(browser.text()).doesNotContain(FOR_OLDER);
        browser.go("/notices");
        browser.read("Áp thấp nhiệt đới");
        assertThat(browser.text()).doesNotContain(FOR_OLDER);
        browser.go("/");
        browser.read(FOR_HIM);
        assertThat(browser.text()).doesNotContain(FOR_OLDER);
        // it is no secret: a link to it opens
        browser.go(other.substring("/api".length()));
        browser.read("Dành cho đảng viên từ " + (age + 1) + " tuổi trở lên");
        assertThat(browser.faults()).isEmpty();
        browser.offline(false);
        browser.console();
        browser.forgetAll();
    }
}
