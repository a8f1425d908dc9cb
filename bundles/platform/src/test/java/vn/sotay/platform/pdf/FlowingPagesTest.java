package vn.sotay.platform.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import vn.sotay.api.paper.Sheet.Signer;
import vn.sotay.platform.pdf.FlowingPages.Size;
import vn.sotay.testkit.Sheets;

class FlowingPagesTest {

    private static final String LETTERS = "Quỳnh Nghiêm Thuỳ Dương ễ ậ ẵ ợ ữ Ỹ";

    /** @param sorted from left to right, as it is seen; letters with marks may then be torn apart */
    private static String page(PDDocument document, int number, boolean sorted) throws Exception {
        PDFTextStripper stripper = new PDFTextStripper();
        stripper.setSortByPosition(sorted);
        stripper.setStartPage(number);
        stripper.setEndPage(number);
        return stripper.getText(document);
    }

    @Test
    void aTableFlowsOverPagesWithItsHeadAndTheirNumbers() throws Exception {
        byte[] pdf = FlowingPages.write(Size.A4, "Dữ liệu của tôi", "Nguyễn Văn Hải", pages -> {
            pages.heading("Trả lời");
            pages.table(
                    List.of("Buổi sinh hoạt", "Ý kiến"),
                    IntStream.range(0, 200)
                            .mapToObj(i -> List.of("buổi " + i, LETTERS + ' ' + i))
                            .toList());
        });
        Sheets.keep("flowing", pdf);
        try (PDDocument document = Sheets.open(pdf)) {
            int count = document.getNumberOfPages();
            assertThat(count).isGreaterThan(4);
            for (int i = 1; i <= count; i++) {
                assertThat(page(document, i, true)).contains("Trang " + i + " / " + count);
                assertThat(page(document, i, false)).contains("Nguyễn Văn Hải").containsOnlyOnce("Buổi sinh hoạt");
            }
        }
        String text = Sheets.text(pdf).replaceAll("\\s+", " ");
        IntStream.range(0, 200).forEach(i -> assertThat(text).contains(LETTERS + ' ' + i));
    }

    @Test
    void aTextThatIsLongerThanAPageGoesOnOnTheNext() throws Exception {
        StringBuilder words = new StringBuilder();
        IntStream.range(0, 3000).forEach(i -> words.append("từ").append(i).append(' '));
        String text = Sheets.text(FlowingPages.write(
                Size.A5, "Ý kiến", "", pages -> pages.facts(List.of(Map.entry("Nội dung", words.toString())))));
        IntStream.range(0, 3000).forEach(i -> assertThat(text).contains("từ" + i));
    }

    @Test
    void aHeadingIsNotLeftAloneAtTheEndOfAPage() throws Exception {
        for (int lines = 20; lines < 60; lines++) {
            int before = lines;
            byte[] pdf = FlowingPages.write(Size.A4, "Dữ liệu", "", pages -> {
                IntStream.range(0, before).forEach(i -> pages.text("dòng"));
                pages.heading("NHAN");
                pages.facts(List.of(Map.entry("Tên", "LAN")));
            });
            try (PDDocument document = Sheets.open(pdf)) {
                for (int i = 1; i <= document.getNumberOfPages(); i++) {
                    String page = page(document, i, false);
                    assertThat(page.contains("NHAN")).isEqualTo(page.contains("LAN"));
                }
            }
        }
    }

    @Test
    void aPlaceToSignIsNotTornByTheEndOfAPage() throws Exception {
        for (int lines = 18; lines < 32; lines++) {
            int before = lines;
            byte[] pdf = FlowingPages.write(Size.A5, "Phiếu ghi hộ", "", pages -> {
                for (int i = 0; i < before; i++) {
                    pages.text("dòng " + i);
                }
                pages.signatures(List.of(
                        new Signer("Đảng viên", "Nguyễn Phương Thượng Hoàng Khuynh Trường Quỳnh"),
                        new Signer("Người ghi hộ", "Trần Thị Hạnh"),
                        new Signer("Người ghi hộ", "Lê Văn Tám")));
            });

            try (PDDocument document = Sheets.open(pdf)) {
                for (int number = 1; number <= document.getNumberOfPages(); number++) {
                    String text = page(document, number, true).replaceAll("\\s+", " ");
                    assertThat(text.contains("Đảng viên")).isEqualTo(text.contains("Hạnh"));
                }
            }
        }
    }
}
