package vn.sotay.documents.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.graphics.image.LosslessFactory;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.sotay.testkit.SamplePdf;

/** Pages that are pictures: how they are drawn, and what a program reads on them. */
class ScansTest {

    @TempDir
    Path folder;

    private ScannedPdf open(byte[] pdf) throws IOException {
        return ScannedPdf.open(Files.write(folder.resolve("scan.pdf"), pdf));
    }

    @Test
    void aTableOfWordsIsLinesInPoints() {
        String row = "5\t1\t%d\t1\t%d\t%d\t%d\t%d\t%d\t%d\t96\t%s\n";
        String table = "level\tpage_num\n4\t1\t1\t1\t1\t0\t0\t0\t0\t0\t-1\t\n"
                + String.format(row, 1, 1, 1, 150, 300, 90, 30, "Điều")
                + String.format(row, 1, 1, 2, 250, 302, 50, 28, "1.")
                + String.format(row, 1, 2, 1, 150, 360, 300, 30, "Chi bộ")
                + String.format(row, 2, 1, 1, 150, 600, 300, 30, " ");

        assertThat(Tesseract.lines(table, 150))
                .containsExactly(new Line("Điều 1.", 72, 144, 158.4f), new Line("Chi bộ", 72, 216, 187.2f));
    }

    @Test
    void aPageIsDrawnInGreyWithinItsPixels() throws IOException {
        try (ScannedPdf scan = open(SamplePdf.scanned(2))) {
            Path picture = folder.resolve("page");

            assertThat(scan.pages()).isEqualTo(2);
            assertThat(scan.draw(1, picture)).isEqualTo(300);
            assertThat(Files.size(picture)).isBetween(8_600_000L, 8_800_000L);
        }
    }

    @Test
    void aPictureInJpeg2000IsToldAndNotDrawnEmpty() throws IOException {
        try (ScannedPdf scan = open(SamplePdf.packedBy("JPXDecode"))) {
            assertThat(scan.hasJpeg2000(0)).isTrue();
            assertThatThrownBy(() -> scan.draw(0, folder.resolve("page"))).isInstanceOf(UnreadableException.class);
        }
        try (ScannedPdf scan = open(SamplePdf.scanned(1))) {
            assertThat(scan.hasJpeg2000(0)).isFalse();
        }
    }

    @Test
    void aPictureInJbig2IsUnpackedAsBlackOnWhite() throws IOException {
        byte[] packed = new byte[0];
        try (PDDocument document = Loader.loadPDF(SamplePdf.copiedAsJbig2(SamplePdf.written("Điều 1. Phạm vi")))) {
            PDResources resources = document.getPage(0).getResources();
            PDImageXObject image = (PDImageXObject)
                    resources.getXObject(resources.getXObjectNames().iterator().next());
            assertThat(Jbig2.packs(image)).isTrue();
            packed = image.getStream().createInputStream(List.of("JBIG2Decode")).readAllBytes();
        }
        Path in = Files.write(folder.resolve("picture.jb2"), packed);
        Path out = folder.resolve("picture.bits");
        Jbig2Child.main(new String[] {in.toString(), out.toString()});

        byte[] bits = Files.readAllBytes(out);
        int white = 0;
        for (int i = 8; i < bits.length; i++) {
            white += Integer.bitCount(bits[i] & 0xff);
        }
        assertThat(white / ((bits.length - 8) * 8.0)).as("a page with one line").isBetween(0.97, 0.9999);
    }

    @Test
    void aSheetAsLargeAsAWallIsDrawnCoarser() throws IOException {
        try (PDDocument document = new PDDocument()) {
            document.addPage(new PDPage(new PDRectangle(7200, 7200)));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            document.save(out);
            try (ScannedPdf scan = open(out.toByteArray())) {
                Path picture = folder.resolve("page");
                scan.draw(0, picture);

                assertThat(Files.size(picture)).isLessThan(13_100_000L);
            }
        }
    }

    @Test
    void aPictureThatFillsTheMemoryIsNotUnpacked() throws IOException {
        try (PDDocument document = new PDDocument()) {
            PDPage page = new PDPage(PDRectangle.A4);
            document.addPage(page);
            var image = LosslessFactory.createFromImage(document, new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB));
            image.setWidth(30_000);
            image.setHeight(30_000);
            try (PDPageContentStream content = new PDPageContentStream(document, page)) {
                content.drawImage(image, 0, 0, 100, 100);
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            document.save(out);
            try (ScannedPdf scan = open(out.toByteArray())) {
                Path picture = folder.resolve("page");

                assertThatThrownBy(() -> scan.draw(0, picture)).isInstanceOf(UnreadableException.class);
            }
        }
    }

    @Test
    void whatWasPrintedAndScannedIsReadAgain() throws IOException {
        Tesseract program = Tesseract.find().orElse(null);
        assumeTrue(program != null, "no letters are recognised: tesseract-ocr and tesseract-ocr-vie are not installed");
        byte[] pdf = SamplePdf.copied(SamplePdf.written(
                "Điều 1. Phạm vi điều chỉnh",
                "Chi bộ họp thường kỳ mỗi tháng một lần vào ngày mồng ba, do đồng chí bí thư chủ trì.",
                "Điều 2. Đối tượng áp dụng",
                "Đảng viên đi biển dài ngày."));
        try (ScannedPdf scan = open(pdf)) {
            Path own = Files.createDirectory(folder.resolve("child"));
            Path picture = own.resolve("page");
            int dots = scan.draw(0, picture);

            Extract found = Recognised.text(List.of(program.lines(own, picture, dots)));

            assertThat(found.reading()).isEqualTo(Reading.PICTURES);
            assertThat(found.text())
                    .contains("### Điều 1. Phạm vi điều chỉnh\n", "### Điều 2. Đối tượng áp dụng\n")
                    .contains("do đồng chí bí thư chủ trì.\n");
        }
    }

    @Test
    void aStampOnAScanIsAStamp() {
        List<Line> page = List.of(
                new Line("TỈNH ỦY", 70, 200, 80),
                new Line("TỐI MẬT", 70, 200, 110),
                new Line("Kế hoạch", 70, 500, 140));

        assertThat(Recognised.text(List.of(page)).reading()).isEqualTo(Reading.SECRET);
    }
}
