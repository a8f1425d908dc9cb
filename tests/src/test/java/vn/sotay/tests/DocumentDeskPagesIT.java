package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
}
