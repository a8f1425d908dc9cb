package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.sotay.testkit.Client;
import vn.sotay.testkit.Response;
import vn.sotay.testkit.SamplePdf;
import vn.sotay.testkit.Sotay;

/** What editors do by the page with many documents at once, and with time. */
@PageTest
class DocumentDeskPagesIT {

    private static final Path SAMPLE = Sotay.dist().resolveSibling("docs/sample-folder");

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

    private static void pack(Path zip, List<String> names) throws IOException {
        try (OutputStream out = Files.newOutputStream(zip);
                ZipOutputStream packed = new ZipOutputStream(out)) {
            for (String name : names) {
                packed.putNextEntry(new ZipEntry("mau/" + name));
                packed.write(Files.readAllBytes(SAMPLE.resolve(name)));
                packed.closeEntry();
            }
        }
    }

    private static final List<String> FIRST = List.of(
            "QUY CHẾ",
            "Điều 1. Sinh hoạt",
            "Chi bộ họp mỗi tháng một lần.",
            "Điều 2. Báo cáo",
            "Bí thư báo cáo đảng ủy xã.");
    private static final List<String> SECOND = List.of(
            "QUY CHẾ",
            "Điều 1. Sinh hoạt",
            "Chi bộ họp mỗi tháng hai lần.",
            "Điều 2. Báo cáo",
            "Bí thư báo cáo đảng ủy xã.");

    private static Map<String, Object> body(String title, byte[] pdf) {
        Client editor = sotay.as("editor");
        Map<String, Object> body = new HashMap<>();
        body.put(
                "unit",
                editor.get("/api/me").expect(200).json().at("/mandates/0/unit").asText());
        body.put("title", title);
        body.put("kind", "REGULATION");
        body.put("issuer", "Tỉnh ủy");
        body.put("level", "PROVINCE");
        body.put("topics", List.of());
        body.put("relations", List.of());
        body.put("files", List.of(Map.of("file", editor.putFile(pdf), "name", "quy-che.pdf")));
        body.put("acknowledge", true);
        return body;
    }

    private static void publish(String path, Map<String, Object> body) {
        Client editor = sotay.as("editor");
        assertThat(editor.put(path, body).status()).isIn(200, 201);
        editor.post(path + "/submit").expect(200);
        sotay.as("editor2").post(path + "/approve").expect(200);
    }

    private static byte[] pdf(List<String> paragraphs) {
        return SamplePdf.written(paragraphs.toArray(String[]::new));
    }

    @Test
    void whatIsApprovedIsWhatWasRead() {
        String id = UUID.randomUUID().toString();
        String path = "/api/documents/" + id;
        Client editor = sotay.as("editor");
        editor.put(path, body("Quy chế thi đua", pdf(FIRST))).expect(201);
        editor.post(path + "/submit").expect(200);
        browser.size(Browser.DESK);
        browser.signIn("editor2");
        browser.go("/documents/" + id);
        browser.read("Quy chế thi đua");
        browser.see("#document-approve");
        editor.put(path, body("Quy chế khen thưởng", pdf(FIRST))).expect(200);

        browser.press("#document-approve");

        browser.read("Quy chế khen thưởng");
        assertThat(editor.get(path).expect(200).json().path("state").asText()).isEqualTo("REVIEW");
        assertThat(browser.console()).allMatch(line -> line.contains("412"));
        browser.press("#document-approve");
        browser.until(
                "it is published",
                () -> editor.get(path).expect(200).json().path("state").asText().equals("PUBLISHED"));
    }

    @Test
    void anEditionIsComparedAndLeadersSeeWhoHasReadIt() {
        String id = UUID.randomUUID().toString();
        String path = "/api/documents/" + id;
        String page = "/documents/" + id;
        publish(path, body("Quy chế làm việc của chi bộ", pdf(FIRST)));
        sotay.as("editor").post(path + "/withdraw").expect(200);
        publish(path, body("Quy chế làm việc của chi bộ", pdf(SECOND)));

        browser.size(Browser.DESK);
        browser.signIn("editor");
        browser.go(page);
        browser.read("Các bản đã đăng");
        browser.press("#edition-1");
        browser.read("Chi bộ họp mỗi tháng một lần.");
        browser.see(".documents-changes ins");
        assertThat((String) browser.run("return document.querySelector('.documents-changes').innerText"))
                .contains("Chi bộ họp mỗi tháng hai lần.")
                .doesNotContain("Bí thư báo cáo");
        browser.picture("document-editions-desk");
        assertThat(browser.faults()).isEmpty();

        browser.signIn("officer");
        browser.go(page);
        browser.see("#acknowledged-by-unit li");
        browser.picture("document-acknowledged-units-desk");
        assertThat(browser.faults()).isEmpty();

        browser.size(Browser.PHONE);
        browser.signIn("secretary");
        browser.go(page);
        browser.see("#acknowledged-in-cell li");
        browser.read("Chưa xác nhận");
        browser.picture("document-missing-names-phone");
        assertThat(browser.faults()).isEmpty();
    }

    /** Until when it is to be read is written by the editor, and stands where members are asked. */
    @Test
    void aDayIsSetUntilWhichItIsToBeRead() {
        String id = UUID.randomUUID().toString();
        String path = "/api/documents/" + id;
        Client editor = sotay.as("editor");
        Map<String, Object> body = body("Quy chế chi tiêu của chi bộ", pdf(FIRST));
        body.remove("acknowledge");
        editor.put(path, body).expect(201);
        LocalDate until = LocalDate.now().plusDays(40);
        browser.size(Browser.PHONE);
        browser.signIn("editor");
        browser.go("/documents/" + id + "/edit");
        browser.see("#document-acknowledge");
        assertThat(browser.has("[id$='-acknowledgeBy']")).isFalse();
        browser.press("#document-acknowledge");
        browser.pick("[id$='-acknowledgeBy']", until.toString());
        browser.picture("document-edit-until-phone");
        browser.press("#save-document");
        browser.see("#document-submit");
        assertThat(editor.get(path).expect(200).json().path("acknowledgeBy").asText())
                .isEqualTo(until.toString());
        editor.post(path + "/submit").expect(200);
        sotay.as("editor2").post(path + "/approve").expect(200);

        browser.signIn("fisherman");
        browser.go("/");
        browser.read("Đọc chậm nhất ngày");
        browser.go("/documents/" + id);
        browser.see("#acknowledge");
        browser.read("Đọc chậm nhất ngày");
        browser.picture("document-until-phone");
        assertThat(browser.faults()).isEmpty();
    }

    private static final String DRAFT =
            "Dự thảo\n\nĐiều 1. Mục tiêu\n1. Mỗi thôn một nhà văn hóa.\na) Nhà cũ được sửa;\n"
                    + "2. Đường ra cảng\nđược trải nhựa.\n\n- Đường chính\n- Đường chính\n\n| Thôn | Tiền |\n|---|---|\n| Một | 10 |\n\n"
                    + "Điều 2. Hiệu lực\n**Từ** ngày ký.\n";

    /** The cell sums up what its members say, and the report has it beside the paragraph. */
    @Test
    void aDraftIsSummedUpAndReported() {
        String id = UUID.randomUUID().toString();
        String path = "/api/documents/" + id;
        Client editor = sotay.as("editor");
        Map<String, Object> body =
                body("Dự thảo nghị quyết xây dựng nông thôn mới", DRAFT.getBytes(StandardCharsets.UTF_8));
        body.put(
                "files",
                List.of(Map.of("file", editor.putFile(DRAFT.getBytes(StandardCharsets.UTF_8)), "name", "du-thao.txt")));
        body.remove("acknowledge");
        body.put("opinionsUntil", LocalDate.now().plusDays(20).toString());
        publish(path, body);
        // the page has the anchors of the server
        browser.size(Browser.DESK);
        browser.signIn("secretary");
        browser.run("""
                window.anchors = null;
                const [text] = arguments;
                fetch('/api/modules').then(reply => reply.json()).then(all => {
                    const script = all.items.find(one => one.id === 'documents').ui.script;
                    return import(script.replace(/documents\\.js$/, 'text.js'));
                }).then(({blocksOf}) => {
                    window.anchors = blocksOf(text).map(one => one.anchor);
                }).catch(problem => { window.anchors = [String(problem)]; });
                """, DRAFT);
        browser.until("the text is read", () -> browser.run("return window.anchors") != null);
        List<?> anchors = (List<?>) browser.run("return window.anchors");
        assertThat(anchors).hasSize(10);
        for (Object anchor : anchors) {
            sotay.as("member")
                    .put(
                            path + "/opinions/" + UUID.randomUUID(),
                            Map.of(
                                    "edition", 1,
                                    "anchor", anchor,
                                    "stance", "AMEND",
                                    "text", "Nên ghi rõ nguồn vốn và thời gian làm",
                                    "wording", "Mỗi thôn một nhà văn hóa, xong trước năm 2030."))
                    .expect(201);
        }

        browser.go("/");
        browser.see("#drafts-cell");
        browser.go("/documents/" + id);
        browser.press("#draft-cell");
        browser.read("Nên ghi rõ nguồn vốn");
        browser.read("Chưa góp ý");
        browser.picture("draft-cell-desk");
        assertThat(browser.faults()).isEmpty();
        browser.press("#sum-write-dieu-1-khoan-1");
        browser.run("document.querySelector(\"#place-dieu-1-khoan-1 input[value=AMEND]\").click()");
        browser.type("#place-dieu-1-khoan-1 [id$='-text']", "Chi bộ đề nghị ghi rõ nguồn vốn");
        browser.press("#sum-save-dieu-1-khoan-1");
        browser.read("Chi bộ đề nghị ghi rõ nguồn vốn");
        browser.press("#cell-send");
        browser.read("Đã gửi lên cấp trên");
        browser.size(Browser.PHONE);
        browser.picture("draft-cell-phone");
        assertThat(browser.faults()).isEmpty();

        browser.size(Browser.DESK);
        browser.signIn("officer");
        browser.go("/documents/" + id);
        browser.press("#draft-report");
        browser.read("Chi bộ đề nghị ghi rõ nguồn vốn");
        browser.read("1 đề nghị sửa");
        browser.press("#report-parts summary");
        browser.picture("draft-report-desk");
        assertThat(browser.faults()).isEmpty();
        browser.size(Browser.PHONE);
        browser.picture("draft-report-phone");
        assertThat(browser.faults()).isEmpty();
        assertThat(browser.text())
                .doesNotContain(sotay.as("member")
                        .get("/api/me")
                        .expect(200)
                        .json()
                        .at("/member/name")
                        .asText());
    }

    @Test
    void whatIsApprovedForATimeWaitsIsTakenBackAndComesByItself() {
        String path = "/api/documents/" + UUID.randomUUID();
        Map<String, Object> body = body("Quy định có giờ đăng", pdf(FIRST));
        body.put("publishAt", Instant.now().plus(1, ChronoUnit.DAYS).toString());
        publish(path, body);
        browser.size(Browser.PHONE);
        browser.signIn("editor");
        browser.press("#way-documents");
        browser.pressWords("Quy định có giờ đăng");
        browser.read("Đã duyệt. Tự đăng lúc");
        browser.picture("document-approved-phone");
        assertThat(browser.faults()).isEmpty();
        browser.press("#document-return");
        browser.read("Bản nháp");

        body.put("publishAt", Instant.now().plusSeconds(2).toString());
        publish(path, body);
        browser.until("it is published", () -> sotay.as("member").get(path).status() == 200);
    }

    @Test
    void whatCameSinceTheLastLookIsMarkedOnOnesOwnPhone() {
        browser.size(Browser.PHONE);
        browser.signIn("member", true);
        browser.press("#way-documents");
        browser.read("Pháp lệnh Cựu chiến binh");
        publish("/api/documents/" + UUID.randomUUID(), body("Quy định vừa mới đăng", pdf(FIRST)));

        // the next day, not half a minute later: what was just read is not asked for again
        browser.open("/documents");
        browser.read("Quy định vừa mới đăng");
        browser.see("#documents-new");
        assertThat(browser.text()).contains("1 tài liệu mới từ lần xem trước");
        browser.picture("documents-new-phone");
        assertThat(browser.faults()).isEmpty();
    }

    @Test
    void theSampleFolderIsLookedAtImportedAndTakenBack() throws IOException {
        Path zip = folder.resolve("mau.zip");
        pack(zip, List.of("van-ban/12-qd.txt"));
        browser.size(Browser.DESK);
        browser.signIn("editor");
        browser.press("#way-documents");
        browser.press("#documents-import");
        browser.choose("#folder-zip", zip);
        browser.read("Không có tệp index.tsv");
        browser.picture("folder-no-index-desk");
        assertThat(browser.faults()).isEmpty();

        pack(zip, List.of("index.tsv", "van-ban/12-qd.txt"));
        browser.choose("#folder-zip", zip);
        browser.read("Thư mục không có tệp “van-ban/15-qd.txt”");
        browser.read("Dòng 3 · Tệp");
        browser.picture("folder-fault-desk");
        assertThat(browser.faults()).isEmpty();
        browser.press("#job-cancel");
        browser.read("Thư mục này không được dùng");

        pack(zip, List.of("index.tsv", "van-ban/12-qd.txt", "van-ban/15-qd.txt"));
        browser.press("#way-documents");
        browser.press("#documents-import");
        browser.choose("#folder-zip", zip);
        browser.read("Nhập 2 tài liệu");
        browser.picture("folder-staged-desk");
        browser.press("#job-apply");
        browser.read("Các tài liệu đã ở trên bàn biên tập");
        browser.size(Browser.PHONE);
        browser.picture("folder-applied-phone");
        assertThat(browser.faults()).isEmpty();
        browser.press("#job-undo");
        browser.read("Các tài liệu đã được bỏ");
    }

    /** Where the machine has the program for it. */
    @Test
    void aScanThatIsBeingRecognisedIsShownToWhoeverComesLater() {
        String document = "/documents/" + UUID.randomUUID();
        byte[] scan = SamplePdf.scanned(60);
        Client editor = sotay.as("editor");
        editor.put("/api" + document, body("Chụp nhiều trang", scan)).expect(201);
        browser.until("it is seen to be a scan", () -> editor.get("/api" + document)
                .json()
                .at("/files/0/text/reading")
                .asText()
                .equals("PICTURES"));
        Response begun = editor.post("/api" + document + "/scan", Map.of("file", Client.sha256(scan)));
        assumeTrue(begun.status() == 202);
        browser.size(Browser.PHONE);
        browser.signIn("editor2");
        browser.go(document);
        browser.read("Đang nhận dạng chữ");
        browser.open(document);
        browser.read("Đang nhận dạng chữ");
        assertThat(browser.has("#scan-begin")).isFalse();
        browser.picture("document-scan-running-phone");
        assertThat(browser.faults()).isEmpty();
        browser.press("#scan-cancel");
        browser.read("Đã dừng");
        browser.press("#scan-begin");
        browser.read("Đang nhận dạng chữ");
        browser.press("#scan-cancel");
        browser.read("Đã dừng");
    }

    @Test
    void theTextOfAScanIsWrittenByItsEditor() {
        String id = UUID.randomUUID().toString();
        sotay.as("editor")
                .put("/api/documents/" + id, body("Quy chế chụp lại", SamplePdf.scanned(1)))
                .expect(201);
        browser.size(Browser.DESK);
        browser.signIn("editor");
        browser.go("/documents/" + id);
        browser.read("bản chụp, chưa tìm được chữ");
        browser.picture("document-scan-desk");
        assertThat(browser.faults()).isEmpty();
        browser.press("#scan-correct");
        browser.type("textarea", "Điều 1. Sinh hoạt\n\nChi bộ họp mỗi tháng một lần.");
        browser.picture("document-scan-text-desk");
        assertThat(browser.faults()).isEmpty();
        browser.press("#save-text");
        browser.read("Chữ do ban biên tập chép từ bản chụp");
        browser.read("Chi bộ họp mỗi tháng một lần.");
        browser.size(Browser.PHONE);
        browser.picture("document-scan-phone");
        assertThat(browser.faults()).isEmpty();
    }

    /** A law as long as the Civil Code, with a table, on a phone six times slower than this machine. */
    @Test
    void aLongLawOpensAtOnceAndIsFoundThrough() {
        StringBuilder law = new StringBuilder();
        for (int i = 1; i <= 300; i++) {
            law.append(i % 30 == 1 ? "## Chương " + (i / 30 + 1) + "\n\n" : "")
                    .append("### Điều ")
                    .append(i)
                    .append(". Nội dung thứ ")
                    .append(i)
                    .append("\n\n");
            for (int clause = 1; clause <= 6; clause++) {
                law.append(clause)
                        .append(
                                ". Chi bộ có đảng viên đi biển dài ngày thì họp khi tàu về bến, theo Luật số 29/2018/QH14, ")
                        .append("do đồng chí bí thư chủ trì và được ghi vào biên bản của kỳ ")
                        .append(i * 10 + clause)
                        .append(".\n\n");
            }
        }
        law.append(
                        "| Đối tượng | Mức đóng hằng tháng | Căn cứ để tính và ngày bắt đầu áp dụng | Ghi chú của địa phương |\n")
                .append("| --- | --- | --- | --- |\n| Học sinh, sinh viên | 5.000 đồng | Theo quy định | |\n");
        String id = UUID.randomUUID().toString();
        Map<String, Object> body = body("Bộ luật rất dài", new byte[] {1});
        body.put(
                "files",
                List.of(Map.of(
                        "file",
                        sotay.as("editor").putFile(law.toString().getBytes(StandardCharsets.UTF_8)),
                        "name",
                        "luat.md")));
        publish("/api/documents/" + id, body);
        browser.size(Browser.PHONE);
        browser.signIn("fisherman");
        browser.slowProcessor(6);
        try {
            browser.run("""
                    window.opened = performance.now();
                    window.seen = 0;
                    new MutationObserver(() => {
                        if (!window.seen && document.querySelector('.documents-article')) {
                            requestAnimationFrame(() => { window.seen = performance.now() - window.opened; });
                        }
                        if (!window.whole && document.querySelector('.documents-text[data-all=true]')) {
                            window.whole = performance.now() - window.opened;
                        }
                    }).observe(document.body, {childList: true, subtree: true, attributes: true, attributeFilter: ['data-all']});
                    """);
            browser.go("/documents/" + id);
            browser.until("its text is there", () -> (Boolean) browser.run("return window.seen > 0"));
            browser.see("#document-text summary");
            browser.press("#document-text summary");
            browser.press(".documents-articles li:nth-child(290) a");
            browser.focusComesTo("dieu-290");
            browser.until("the place is kept", () -> "dieu-290"
                    .equals(browser.run("return Object.values(sessionStorage).find(one => one === 'dieu-290')")));
            browser.until("all of it is there", () -> (Boolean) browser.run("return window.whole > 0"));
            System.out.println(
                    "DocumentDeskPagesIT: of 300 articles, with a processor six times slower, "
                            + browser.run(
                                    "return `the first after ${Math.round(window.seen)} ms, all after ${Math.round(window.whole)} ms`"));
        } finally {
            browser.slowProcessor(1);
        }
        browser.type("#page-document-find", "bien ban cua ky 2173");
        browser.press("#find-go");
        browser.read("1 / 1");
        browser.see(".documents-found");
        assertThat(browser.run("return document.querySelector('.documents-found').id"))
                .isEqualTo("dieu-217-khoan-3");
        browser.screen(Path.of("target/screenshots/document-found-phone.webp"));
        browser.type("#page-document-find", "chung toi");
        browser.press("#find-go");
        browser.read("Không có chữ này");
        browser.see(".documents-table");
        assertThat(
                        (Boolean)
                                browser.run(
                                        "return document.documentElement.scrollWidth <= innerWidth && document.querySelector('.documents-table').scrollWidth > innerWidth"))
                .isTrue();
        browser.run("document.querySelector('.documents-table').scrollIntoView()");
        browser.screen(Path.of("target/screenshots/document-table-phone.webp"));
        browser.go("/documents");
        browser.go("/documents/" + id);
        browser.see("#read-on");
        browser.press("#read-on");
        assertThat(browser.faults()).isEmpty();
    }
}
