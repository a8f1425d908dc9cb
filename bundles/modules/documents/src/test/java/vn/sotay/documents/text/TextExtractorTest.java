package vn.sotay.documents.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vn.sotay.testkit.SamplePdf;
import vn.sotay.testkit.SampleZip;
import vn.sotay.testkit.Sheets;

class TextExtractorTest {

    private static final String LONG =
            "Chi bộ họp thường kỳ mỗi tháng một lần vào ngày mồng ba, do đồng chí bí thư chủ trì; "
                    + "chi bộ có đảng viên đi biển dài ngày thì họp khi tàu về bến, báo cáo đảng ủy xã trước ba ngày làm việc";

    @TempDir
    Path folder;

    private Extract of(byte[] content, String name, String type) throws IOException {
        return TextExtractor.of(Files.write(folder.resolve("file"), content), name, type);
    }

    private Extract pdf(byte[] content) throws IOException {
        return of(content, "quy-dinh.pdf", "application/pdf");
    }

    @Test
    void aPdfIsParagraphsAgainWithItsChaptersAndArticles() throws IOException {
        Extract found = pdf(SamplePdf.written(
                "QUY ĐỊNH",
                "về sinh hoạt chi bộ",
                "Chương I",
                "NHỮNG QUY ĐỊNH CHUNG",
                "Điều 1. Phạm vi điều chỉnh",
                LONG + ".",
                "1. " + LONG + ".",
                "a) " + LONG + ";",
                "Điều 2. Đối tượng áp dụng",
                "- " + LONG + "."));

        assertThat(found.reading()).isEqualTo(Reading.WHOLE);
        assertThat(found.text())
                .isEqualTo(String.join(
                        "\n\n",
                        "QUY ĐỊNH",
                        "về sinh hoạt chi bộ",
                        "## Chương I. NHỮNG QUY ĐỊNH CHUNG",
                        "### Điều 1. Phạm vi điều chỉnh",
                        LONG + ".",
                        "1. " + LONG + ".",
                        "a) " + LONG + ";",
                        "### Điều 2. Đối tượng áp dụng",
                        "- " + LONG + ".\n"));
    }

    @Test
    void aLongTitleOfAnArticleIsItsHeadingAndWhatFollowsIsNot() throws IOException {
        String title =
                "Điều 129. Thẩm quyền quyết định thành lập, giải thể, nhập, chia, điều chỉnh địa giới đơn vị hành chính, "
                        + "đặt tên, đổi tên đơn vị hành chính, giải quyết tranh chấp liên quan đến địa giới đơn vị hành chính";

        assertThat(pdf(SamplePdf.written(
                                title, "1. " + LONG + ".", "Điều 130. " + LONG + " và việc khác có liên quan.", "Hết."))
                        .text())
                .startsWith("### " + title + "\n\n1. ")
                .contains("### Điều 130\n\nChi bộ họp");
    }

    @Test
    void headersAndPageNumbersAreLeftOutAndAParagraphGoesOnOverThePage() throws IOException {
        List<String> paragraphs = new ArrayList<>();
        for (int i = 1; i <= 30; i++) {
            paragraphs.add("Điều " + i + ". Việc thứ " + i);
            paragraphs.add(LONG + ", lần thứ " + i + ".");
        }

        Extract found = pdf(SamplePdf.written(paragraphs.toArray(String[]::new)));

        assertThat(found.text()).doesNotContain("Ban hành kèm theo");
        assertThat(found.text().split("\n\n")).hasSize(60);
        assertThat(found.text()).contains("### Điều 30. Việc thứ 30\n\n" + LONG + ", lần thứ 30.");
    }

    @Test
    void threeHundredPagesAreReadWhole() throws IOException {
        String[] paragraphs = new String[2600];
        Arrays.setAll(paragraphs, i -> i + 1 + ". " + LONG + ", " + LONG + ".");
        byte[] pdf = SamplePdf.written(paragraphs);

        Extract found = pdf(pdf);

        assertThat(Sheets.open(pdf).getNumberOfPages()).isGreaterThan(290);
        assertThat(found.reading()).isEqualTo(Reading.WHOLE);
        assertThat(found.text().split("\n\n")).hasSize(2600);
    }

    @Test
    void whatIsMoreThanAPhoneTakesIsCut() {
        Markdown text = new Markdown();
        for (int i = 0; i < 10_000; i++) {
            text.paragraph(LONG);
        }

        assertThat(text.isFull()).isTrue();
        assertThat(text.text().getBytes(StandardCharsets.UTF_8).length).isBetween(1_800_000, Markdown.MOST);
    }

    @Test
    void aScanHasNoText() throws IOException {
        assertThat(pdf(SamplePdf.scanned(3)).reading()).isEqualTo(Reading.PICTURES);
    }

    @Test
    void aPasswordToOpenIsRefusedOneToChangeIsNot() throws IOException {
        byte[] plain = SamplePdf.written(LONG);

        assertThat(pdf(SamplePdf.locked(plain, true)).reading()).isEqualTo(Reading.LOCKED);
        assertThat(pdf(SamplePdf.locked(plain, false)).text()).contains("do đồng chí bí thư chủ trì");
    }

    @Test
    void aScriptIsRefused() throws IOException {
        assertThat(pdf(SamplePdf.scripted(SamplePdf.written(LONG))).reading()).isEqualTo(Reading.SCRIPT);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 50, 90, 99})
    void whatIsCutOffIsRefused(int percent) throws IOException {
        byte[] whole = SamplePdf.written(LONG, LONG);

        assertThat(pdf(Arrays.copyOf(whole, whole.length * percent / 100)).reading())
                .isEqualTo(Reading.BROKEN);
    }

    @Test
    void whatIsNoPdfBehindItsFirstLetters() throws IOException {
        assertThat(pdf("%PDF-1.7\n%%EOF".getBytes(StandardCharsets.US_ASCII)).reading())
                .isEqualTo(Reading.BROKEN);
    }

    @Test
    void aBombIsRefusedWithoutBeingUnpacked() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 200; i++) {
                out.write(zeros);
            }
        }
        ByteArrayOutputStream pdf = new ByteArrayOutputStream();
        pdf.writeBytes("%PDF-1.7\n1 0 obj\n<< /Type /ObjStm /Filter /FlateDecode /Length 1 >>\nstream\n"
                .getBytes(StandardCharsets.US_ASCII));
        pdf.writeBytes(packed.toByteArray());
        pdf.writeBytes("\nendstream\nendobj\n%%EOF\n".getBytes(StandardCharsets.US_ASCII));

        assertThat(pdf(pdf.toByteArray()).reading()).isEqualTo(Reading.TOO_LARGE);
    }

    private static byte[] stream(String filters, byte[] packed) {
        ByteArrayOutputStream pdf = new ByteArrayOutputStream();
        pdf.writeBytes(("%PDF-1.7\n1 0 obj\n<< /Type /ObjStm /Filter " + filters + " /Length " + packed.length
                        + " >>\nstream\n")
                .getBytes(StandardCharsets.US_ASCII));
        pdf.writeBytes(packed);
        pdf.writeBytes("\nendstream\nendobj\n%%EOF\n".getBytes(StandardCharsets.US_ASCII));
        return pdf.toByteArray();
    }

    private static byte[] deflated(byte[] content) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
            out.write(content);
        }
        return packed.toByteArray();
    }

    /** The same letter, 128 times for each two bytes. */
    private static byte[] runs(int bytes) {
        byte[] packed = new byte[bytes];
        Arrays.fill(packed, (byte) 'a');
        for (int i = 0; i < bytes; i += 2) {
            packed[i] = (byte) 129;
        }
        return packed;
    }

    /** Zeros, in codes each of which is one longer than the one before: 7 MB a round in 6 kB. */
    private static byte[] lzw(int rounds) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream bits = new MemoryCacheImageOutputStream(packed)) {
            int width = 9;
            for (int round = 0; round < rounds; round++) {
                bits.writeBits(256, width);
                bits.writeBits(0, 9);
                width = 9;
                for (int code = 258; code < 4094; code++) {
                    bits.writeBits(code, width);
                    width = code + 1 >= 2047 ? 12 : code + 1 >= 1023 ? 11 : code + 1 >= 511 ? 10 : 9;
                }
            }
            bits.writeBits(257, width);
        }
        return packed.toByteArray();
    }

    @Test
    void streamsThatGrowByOtherFiltersOrBySeveralAreRefused() throws IOException {
        byte[] zeros = new byte[40 << 20];
        assertThat(pdf(stream("/LZWDecode", lzw(10))).reading()).isEqualTo(Reading.TOO_LARGE);
        assertThat(pdf(stream("/RunLengthDecode", runs(1 << 20))).reading()).isEqualTo(Reading.TOO_LARGE);
        assertThat(pdf(stream("[ /FlateDecode /RunLengthDecode ]", deflated(runs(1 << 20))))
                        .reading())
                .isEqualTo(Reading.TOO_LARGE);
        assertThat(pdf(stream("[/Fl /Fl]", deflated(deflated(zeros)))).reading())
                .isEqualTo(Reading.TOO_LARGE);
        assertThat(pdf(stream("/L#5aWDecode", lzw(10))).reading()).isEqualTo(Reading.TOO_LARGE);
        assertThat(pdf(stream("7 0 R", deflated(zeros))).reading()).isEqualTo(Reading.BROKEN);
    }

    @ParameterizedTest
    @CsvSource({
        "MẬT,                                                     SECRET",
        "TỐI MẬT,                                                 SECRET",
        "Độ mật: MẬT,                                             WHOLE",
        "ĐỘ MẬT: TUYỆT MẬT,                                       SECRET",
        "(MẬT),                                                   SECRET",
        "Tài liệu có dấu MẬT được bảo quản riêng,                 WHOLE",
        "LUẬT BẢO VỆ BÍ MẬT NHÀ NƯỚC,                             WHOLE",
    })
    void stampsStandInALineOfTheirOwn(String line, Reading reading) throws IOException {
        assertThat(pdf(SamplePdf.written("TỈNH ỦY QUẢNG NGÃI", line, LONG)).reading())
                .isEqualTo(reading);
        assertThat(of(("TỈNH ỦY\n\n" + line + "\n\n" + LONG).getBytes(StandardCharsets.UTF_8), "a.md", "text/plain")
                        .reading())
                .isEqualTo(reading);
    }

    @Test
    void thePublicTextsOfTheDemoAreNoSecrets() throws IOException {
        try (var files = Files.list(Path.of("src/main/resources/sotay/demo"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".md")))
                    .isNotEmpty()
                    .allMatch(file -> TextExtractor.of(file, file.toString(), "text/plain")
                                    .reading()
                            == Reading.WHOLE);
        }
    }

    // ---- DOCX, ODT, HTML

    private static final String DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    private static final String ODT = "application/vnd.oasis.opendocument.text";
    private static final String WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

    private static byte[] docx(String body, String... more) throws IOException {
        return SampleZip.of(
                "word/document.xml",
                "<w:document xmlns:w='" + WORDS + "'><w:body>" + body + "</w:body></w:document>",
                more);
    }

    private static byte[] odt(String content, String manifest) throws IOException {
        return SampleZip.of(
                "META-INF/manifest.xml",
                "<manifest:manifest xmlns:manifest='urn:oasis:names:tc:opendocument:xmlns:manifest:1.0'>" + manifest
                        + "</manifest:manifest>",
                "content.xml",
                "<office:text xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0'"
                        + " xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0'>" + content + "</office:text>");
    }

    @Test
    void aDocxIsItsParagraphsWithoutWhatWasDeleted() throws IOException {
        Extract found = of(
                docx("<w:p><w:pPr><w:pStyle w:val='Heading1'/></w:pPr><w:r><w:t>Tổ chức thực hiện</w:t></w:r></w:p>"
                        + "<w:p><w:r><w:t>Điều 1. Phạm </w:t></w:r><w:r><w:t>vi</w:t></w:r></w:p>"
                        + "<w:p><w:r><w:t>Chi bộ họp</w:t><w:tab/><w:t>hằng tháng.</w:t></w:r>"
                        + "<w:del><w:r><w:delText>Bỏ đi</w:delText></w:r></w:del></w:p>"
                        + "<w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t>Nộp đảng phí</w:t></w:r></w:p>"),
                "a.docx",
                DOCX);

        assertThat(found.reading()).isEqualTo(Reading.WHOLE);
        assertThat(found.text())
                .isEqualTo("## Tổ chức thực hiện\n\n### Điều 1. Phạm vi\n\nChi bộ họp hằng tháng.\n\n- Nộp đảng phí\n");
    }

    private static String numbered(int list, int level, String words) {
        return "<w:p><w:pPr><w:numPr><w:ilvl w:val='" + level + "'/><w:numId w:val='" + list
                + "'/></w:numPr></w:pPr><w:r><w:t>" + words + "</w:t></w:r></w:p>";
    }

    private static String level(int level, String format, String text) {
        return "<w:lvl w:ilvl='" + level + "'><w:start w:val='1'/><w:numFmt w:val='" + format + "'/><w:lvlText w:val='"
                + text + "'/></w:lvl>";
    }

    @Test
    void theNumbersThatTheWordProcessorGivesAreThere() throws IOException {
        String numbering = "<w:numbering xmlns:w='" + WORDS + "'><w:abstractNum w:abstractNumId='4'>"
                + level(0, "upperRoman", "Chương %1.")
                + level(1, "decimal", "Điều %2.").replace("</w:lvl>", "<w:lvlRestart w:val='0'/></w:lvl>")
                + level(2, "decimal", "%3.")
                + level(3, "lowerLetter", "%4)") + "</w:abstractNum><w:abstractNum w:abstractNumId='5'>"
                + level(0, "bullet", "o") + "</w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='4'/></w:num>"
                + "<w:num w:numId='2'><w:abstractNumId w:val='5'/></w:num></w:numbering>";

        Extract found = of(
                docx(
                        numbered(1, 0, "QUY ĐỊNH CHUNG")
                                + numbered(1, 1, "Phạm vi")
                                + numbered(1, 2, "Chi bộ.")
                                + numbered(1, 3, "Ở xã;")
                                + numbered(1, 3, "Ở phường.")
                                + numbered(1, 2, "Đảng bộ.")
                                + numbered(1, 0, "QUY ĐỊNH KHÁC")
                                + numbered(1, 1, "Đối tượng")
                                + numbered(1, 2, "Đảng viên.")
                                + numbered(2, 0, "Việc khác")
                                + numbered(0, 0, "Không số"),
                        "word/numbering.xml",
                        numbering),
                "a.docx",
                DOCX);

        assertThat(found.text())
                .isEqualTo(String.join(
                        "\n\n",
                        "## Chương I. QUY ĐỊNH CHUNG",
                        "### Điều 1. Phạm vi",
                        "1. Chi bộ.",
                        "a) Ở xã;",
                        "b) Ở phường.",
                        "2. Đảng bộ.",
                        "## Chương II. QUY ĐỊNH KHÁC",
                        "### Điều 2. Đối tượng",
                        "1. Đảng viên.",
                        "- Việc khác",
                        "Không số\n"));
    }

    private static String cell(String... paragraphs) {
        StringBuilder cell = new StringBuilder("<w:tc>");
        for (String one : paragraphs) {
            cell.append("<w:p><w:r><w:t>").append(one).append("</w:t></w:r></w:p>");
        }
        return cell.append("</w:tc>").toString();
    }

    @Test
    void aTableIsATableAndWhatIsOnlySetAsOneIsText() throws IOException {
        String table = "<w:tbl><w:tr>" + cell("Đối tượng") + cell("Mức đóng") + "</w:tr><w:tr>"
                + cell("Học sinh, sinh viên") + cell("5.000 đồng") + "</w:tr></w:tbl>";
        String layout = "<w:tbl><w:tr>" + cell("Điều 1. Phạm vi", LONG + ".") + cell("") + "</w:tr></w:tbl>";
        String stamped = "<w:tbl><w:tr>" + cell("TỈNH ỦY") + cell("TỐI MẬT") + "</w:tr></w:tbl>";

        assertThat(of(docx(table + layout), "a.docx", DOCX).text())
                .isEqualTo("| Đối tượng | Mức đóng |\n| --- | --- |\n| Học sinh, sinh viên | 5.000 đồng |\n\n"
                        + "### Điều 1. Phạm vi\n\n" + LONG + ".\n");
        assertThat(of(docx(stamped), "a.docx", DOCX).reading()).isEqualTo(Reading.SECRET);
    }

    /** One row is no table: the two columns of a letterhead. Two tables after each other are not one. */
    @Test
    void tablesBeginWithTheirHeadAndEndWhereTheyEnd() throws IOException {
        String head = "<w:tbl><w:tr>" + cell("TỈNH ỦY") + cell("ĐẢNG CỘNG SẢN VIỆT NAM") + "</w:tr></w:tbl>";
        String one = "<w:tbl><w:tr>" + cell("A|B") + cell("C") + "</w:tr><w:tr>" + cell("1") + cell("2")
                + "</w:tr><w:tr>" + cell("cả hai", "dòng") + "<w:tc/></w:tr></w:tbl>";
        String two =
                "<w:tbl><w:tr>" + cell("D") + cell("E") + "</w:tr><w:tr>" + cell("3") + cell("4") + "</w:tr></w:tbl>";

        assertThat(of(docx(head + one + two), "a.docx", DOCX).text())
                .isEqualTo("TỈNH ỦY | ĐẢNG CỘNG SẢN VIỆT NAM\n\n| A\\|B | C |\n| --- | --- |\n| 1 | 2 |\n"
                        + "| cả hai dòng |  |\n\n| D | E |\n| --- | --- |\n| 3 | 4 |\n");
    }

    @Test
    void tablesOfOtherKindsOfFilesAreTables() throws IOException {
        String table = "<table:table xmlns:table='urn:oasis:names:tc:opendocument:xmlns:table:1.0'><table:table-row>"
                + "<table:table-cell><text:p>Mức</text:p></table:table-cell><table:table-cell><text:p>Đồng</text:p>"
                + "</table:table-cell></table:table-row><table:table-row><table:table-cell><text:p>Một</text:p>"
                + "</table:table-cell><table:table-cell><text:p>5.000</text:p></table:table-cell></table:table-row></table:table>";
        String page = "<p>Trước</p><table><tr><th>Mức<th>Đồng<tr><td>Một<td>5.000</table><p>Sau</p>";
        String expected = "| Mức | Đồng |\n| --- | --- |\n| Một | 5.000 |\n";

        assertThat(of(odt(table, ""), "a.odt", ODT).text()).isEqualTo(expected);
        assertThat(of(page.getBytes(StandardCharsets.UTF_8), "a.html", "text/plain")
                        .text())
                .isEqualTo("Trước\n\n" + expected + "\nSau\n");
    }

    @Test
    void aDocxThatIsABombOrAProgramIsRefused() throws IOException {
        String paragraph = "<w:p><w:r><w:t>" + "a".repeat(1000) + "</w:t></w:r></w:p>";

        assertThat(of(docx(paragraph.repeat(60_000)), "a.docx", DOCX).reading()).isEqualTo(Reading.TOO_LARGE);
        assertThat(of(docx(paragraph, "word/vbaProject.bin", "Sub AutoOpen"), "a.docx", DOCX)
                        .reading())
                .isEqualTo(Reading.SCRIPT);
        assertThat(of(docx("<w:p>"), "a.docx", DOCX).reading()).isEqualTo(Reading.BROKEN);
        assertThat(of(docx("<w:p><w:r><w:t>TUYỆT MẬT</w:t></w:r></w:p>"), "a.docx", DOCX)
                        .reading())
                .isEqualTo(Reading.SECRET);
    }

    @Test
    void namesThatGrowAreNotResolved() throws IOException {
        byte[] file = SampleZip.of(
                "word/document.xml",
                "<!DOCTYPE w [<!ENTITY a 'x'><!ENTITY b SYSTEM 'file:///etc/passwd'>]><w:document xmlns:w='" + WORDS
                        + "'><w:p><w:r><w:t>Trước &b; sau</w:t></w:r></w:p></w:document>");

        assertThat(of(file, "a.docx", DOCX).text()).doesNotContain("root:");
    }

    @Test
    void anOdtIsItsParagraphsWithoutNotes() throws IOException {
        Extract found = of(
                odt(
                        "<text:h text:outline-level='1'>Chương I</text:h><text:p>QUY ĐỊNH CHUNG</text:p>"
                                + "<text:p>Điều<text:s/>2. Nội dung</text:p><text:list><text:list-item><text:p>Việc một"
                                + "<text:note><text:p>chú thích</text:p></text:note></text:p></text:list-item></text:list>",
                        ""),
                "a.odt",
                ODT);

        assertThat(found.text()).isEqualTo("## Chương I. QUY ĐỊNH CHUNG\n\n### Điều 2. Nội dung\n\n- Việc một\n");
        assertThat(of(odt("", "<manifest:encryption-data/>"), "a.odt", ODT).reading())
                .isEqualTo(Reading.LOCKED);
    }

    @Test
    void anHtmlPageIsWhatIsWrittenOnIt() throws IOException {
        Extract found = of(
                ("<!doctype html><title>Tên</title><nav>Trang chủ</nav><h1>Quy chế</h1><p>Điều 1. Phạm <b>vi</b></p>"
                                + "<p>Chi bộ\nhọp.<br>Hằng tháng.</p><ul><li>Việc một</ul><script>alert(1)</script>")
                        .getBytes(StandardCharsets.UTF_8),
                "a.html",
                "text/plain");

        assertThat(found.text())
                .isEqualTo("## Quy chế\n\n### Điều 1. Phạm vi\n\nChi bộ họp.\n\nHằng tháng.\n\n- Việc một\n");
    }
}
