package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.sotay.testkit.Sotay;

/** A document by the page alone: written by one editor, published by another, read by a member. */
@PageTest
class DocumentPagesIT {

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

    /** The page finds the same references as the server, in the table that both are held to. */
    @Test
    void referencesAreFoundInEverySpelling() throws IOException {
        List<String> lines = Files.readAllLines(
                        Sotay.dist().resolveSibling("bundles/modules/documents/src/test/resources/citations.tsv"))
                .stream()
                .filter(line -> !line.startsWith("# "))
                .toList();
        browser.signIn("member");
        browser.run("""
                window.cited = null;
                const [texts] = arguments;
                fetch('/api/modules').then(reply => reply.json()).then(all => {
                    const script = all.items.find(one => one.id === 'documents').ui.script;
                    return Promise.all([import(script.replace(/documents\\.js$/, 'cites.js')),
                        import(document.querySelector('script[src$="main.js"]').src.replace('main.js', 'format.js'))]);
                }).then(([{citesOf, keyOf}, {fold}]) => {
                    window.cited = texts.map(text => citesOf(text).map(one => text.slice(one.from, one.to) + ' = ' + keyOf(one.number, fold)
                        + (one.place ? '#' + one.place : '')).join(' ; '));
                }).catch(problem => { window.cited = [String(problem)]; });
                """, lines.stream().map(line -> line.split("\t", -1)[0]).toList());
        browser.until("the texts are read", () -> browser.run("return window.cited") != null);

        assertThat((List<?>) browser.run("return window.cited"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.list(String.class))
                .containsExactlyElementsOf(
                        lines.stream().map(line -> line.split("\t", -1)[1]).toList());
    }

    /** A law is meant by its name alone where no other in force has it, and where the name ends. */
    @Test
    void lawsAreFoundByTheirNames() {
        List<List<String>> cases = List.of(
                List.of(
                        "theo khoản 2 Điều 5 Luật Hôn nhân và gia đình quy định",
                        "khoản 2 Điều 5 Luật Hôn nhân và gia đình = 2#dieu-5-khoan-2"),
                List.of("Điều 3 của Luật thanh tra có hiệu lực", "Điều 3 của Luật thanh tra = 1#dieu-3"),
                List.of(
                        "Luật Thanh tra và Luật Hôn nhân và gia đình.",
                        "Luật Thanh tra = 1 ; Luật Hôn nhân và gia đình = 2"),
                List.of("Luật Tín ngưỡng, tôn giáo và các văn bản", "Luật Tín ngưỡng, tôn giáo = 3"),
                List.of("Luật Thanh tra năm 2022 thì", "Luật Thanh tra = 1"),
                List.of("Luật Thanh tra năm 2010 thì", ""),
                List.of("Luật Thanh tra nhân dân", ""),
                List.of("Bộ luật Thanh tra", ""),
                List.of("quy định của luật thanh tra.", ""),
                List.of("hai luật: Luật Đôi.", ""),
                List.of("Nghị định Một.", ""));
        browser.signIn("member");
        browser.run("""
                window.named = null;
                const [texts] = arguments;
                fetch('/api/modules').then(reply => reply.json()).then(all => {
                    const script = all.items.find(one => one.id === 'documents').ui.script;
                    return import(script.replace(/documents\\.js$/, 'cites.js'));
                }).then(({namesOf, titlesOf}) => {
                    const titles = titlesOf([{id: 1, title: 'Luật Thanh tra', signed: '2022-11-14'}, {id: 2, title: 'Luật Hôn nhân và gia đình'},
                        {id: 3, title: 'Luật Tín ngưỡng, tôn giáo'}, {id: 4, title: 'Luật Đôi'}, {id: 5, title: 'Luật Đôi'}, {id: 6, title: 'Nghị định Một'}]);
                    window.named = texts.map(text => namesOf(text, titles).map(one => text.slice(one.from, one.to) + ' = ' + one.document.id
                        + (one.place ? '#' + one.place : '')).join(' ; '));
                }).catch(problem => { window.named = [String(problem)]; });
                """, cases.stream().map(one -> one.get(0)).toList());
        browser.until("the texts are read", () -> browser.run("return window.named") != null);

        assertThat((List<?>) browser.run("return window.named"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.list(String.class))
                .containsExactlyElementsOf(cases.stream().map(one -> one.get(1)).toList());
    }

    @Test
    void aDocumentFromItsEditorToAMember() throws IOException {
        Path file = Files.writeString(
                folder.resolve("quy-dinh-tau-ca.txt"),
                "Quy định về an toàn tàu cá.\n\nTheo khoản 1 Điều 3 Quyết định số 118/2007/QĐ-TTg.\n");

        browser.size(Browser.DESK);
        browser.signIn("editor");
        browser.press("#way-documents");
        browser.press("#document-new");
        browser.press("#save-document");
        browser.read("Hãy ghi tên tài liệu.");
        browser.picture("document-missing-desk");
        browser.type("[id$='-title']", "Quy định về an toàn tàu cá khi có bão");
        browser.until(
                "what is mended is not complained of", () -> !browser.text().contains("Hãy ghi tên tài liệu."));
        browser.type("[id$='-number']", "118a/2026/QĐ-TU");
        browser.type("[id$='-issuer']", "Tỉnh ủy");
        browser.pick("[id$='-signed']", "2026-11-20");
        browser.type("[id$='-topics']", "Thủy sản, Phòng chống thiên tai");
        browser.run("""
                const select = document.querySelector("[id$='-replaces']");
                select.value = [...select.options].find(one => one.text.includes('118/2007')).value;
                select.dispatchEvent(new Event('input', {bubbles: true}));
                """);
        browser.choose("input[type=file]", file);
        browser.read("quy-dinh-tau-ca.txt");
        assertThat(browser.faults()).isEmpty();
        browser.press("#save-document");
        browser.press("#document-submit");
        browser.read("Bạn là người sửa cuối: nên để người khác duyệt.");
        browser.press("#document-approve");
        browser.read("Người khác phải duyệt");
        browser.picture("document-four-eyes-desk");
        String path = browser.path();

        browser.signIn("editor2");
        browser.press("#way-documents");
        browser.read("Chờ duyệt (2)");
        browser.picture("document-queue-desk");
        browser.pressWords("Quy định về an toàn tàu cá khi có bão");
        assertThat(browser.text()).doesNotContain("Bạn là người sửa cuối");
        browser.press("#document-approve");
        browser.read("Còn hiệu lực");

        browser.size(Browser.PHONE);
        browser.signIn("fisherman");
        browser.read("Tài liệu mới");
        browser.picture("documents-today-phone");
        browser.press("#way-documents");
        browser.pressWords("chính sách hỗ trợ ngư dân");
        browser.read("Văn bản này được thay thế bởi 118a/2026/QĐ-TU");
        browser.picture("document-replaced-phone");
        assertThat(browser.faults()).isEmpty();
        browser.read("Điều 2. Hỗ trợ thiệt hại về người");
        browser.press(".documents-articles summary");
        browser.press(".documents-articles li:nth-child(3) a");
        browser.focusComesTo("dieu-3");
        browser.picture("document-text-phone");
        browser.press("#replaced .button");
        browser.read("Thay thế 118/2007/QĐ-TTg");
        assertThat(browser.path()).isEqualTo(path);
        browser.picture("document-phone");
        // what it names is in force no longer, and one touch away
        browser.read("Có dẫn văn bản không còn hiệu lực");
        browser.press(".documents-cited");
        browser.read("Văn bản này được thay thế bởi 118a/2026/QĐ-TU");
        assertThat(browser.run("return location.hash")).isEqualTo("#dieu-3-khoan-1");
        assertThat(browser.faults()).isEmpty();
        browser.go(path);
        browser.read("Thay thế 118/2007/QĐ-TTg");
        browser.press(".documents a");
        assertThat(browser.downloaded("quy-dinh-tau-ca.txt")).isEqualTo(Files.readAllBytes(file));

        browser.press("#way-documents");
        browser.press("#documents-in-force");
        assertThat(browser.text())
                .contains("Quy định về an toàn tàu cá khi có bão")
                .doesNotContain("chính sách hỗ trợ ngư dân");
        browser.pick("#page-documents-topic", "Cựu chiến binh");
        browser.run(
                "document.querySelector('#page-documents-topic').dispatchEvent(new Event('change', {bubbles: true}))");
        browser.read("Pháp lệnh Cựu chiến binh");
        assertThat(browser.text()).doesNotContain("Quy định về an toàn tàu cá khi có bão");
        browser.picture("documents-filtered-phone");
        assertThat(browser.faults()).isEmpty();
    }
}
