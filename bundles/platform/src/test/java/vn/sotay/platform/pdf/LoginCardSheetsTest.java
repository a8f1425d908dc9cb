package vn.sotay.platform.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.sotay.platform.pdf.LoginCardSheets.Card;
import vn.sotay.testkit.Sheets;

class LoginCardSheetsTest {

    private static final String LONG = "Nguyễn Phương Thượng Hoàng Khuynh Trường Quỳnh Nghiêm Thuỳ Dương";
    private static final String LETTERS =
            "aàáảãạăằắẳẵặâầấẩẫậ dđ eèéẻẽẹêềếểễệ iìíỉĩị oòóỏõọôồốổỗộơờớởỡợ uùúủũụưừứửữự yỳýỷỹỵ";

    private static Card card(int i, String name) {
        String code = "A2B3C4%02d".formatted(i % 100);
        return new Card(
                name,
                "Chi bộ thôn Hải Ninh",
                code,
                "https://sotay.quangngai.vn/card#" + code,
                "sotay.quangngai.vn/card",
                "19:00 thứ Bảy 28/11/2026");
    }

    private static String flat(String text) {
        return text.replaceAll("\\s+", " ");
    }

    @Test
    void everyVietnameseLetterIsReadBackAsItWasWritten() throws Exception {
        for (String letters : (LETTERS + ' ' + LETTERS.toUpperCase(java.util.Locale.ROOT)).split(" ")) {
            assertThat(Sheets.text(LoginCardSheets.of(List.of(card(1, letters))))
                            .replaceAll("\\s", ""))
                    .contains(letters);
        }
        String decomposed = java.text.Normalizer.normalize("Nguyễn Thị Hường", java.text.Normalizer.Form.NFD);
        assertThat(Sheets.text(LoginCardSheets.of(List.of(card(1, decomposed)))))
                .contains("Nguyễn Thị Hường");
    }

    @Test
    void aLetterThatTheFontLacksIsSeenToBeMissing() throws Exception {
        assertThat(Sheets.text(LoginCardSheets.of(List.of(card(1, "Kim 김 Lan")))))
                .contains("Kim ? Lan");
    }

    @Test
    void theQrCodesOpenTheCards() throws Exception {
        List<Card> cards =
                IntStream.range(0, 6).mapToObj(i -> card(i, "Trần Thị Hường")).toList();
        assertThat(Sheets.qrCodes(LoginCardSheets.of(cards), 0))
                .containsExactlyInAnyOrderElementsOf(
                        cards.stream().map(Card::link).toList());
    }

    @Test
    void twoHundredCardsAreThirtyFourSheetsOfA4() throws Exception {
        List<Card> cards =
                IntStream.range(0, 200).mapToObj(i -> card(i, "Võ Văn Sơn")).toList();
        byte[] pdf = LoginCardSheets.of(cards);
        try (PDDocument document = Sheets.open(pdf)) {
            assertThat(document.getNumberOfPages()).isEqualTo(34);
            assertThat(document.getPage(0).getMediaBox().getWidth()).isBetween(595f, 596f);
            assertThat(document.getPage(0).getMediaBox().getHeight()).isBetween(841f, 843f);
        }
        assertThat(Sheets.text(pdf).split("Võ Văn Sơn", -1)).hasSize(201);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                LONG,
                "Nguyễn",
                "Nguyễnphươngthượnghoàngkhuynhtrườngquỳnhnghiêmthuỳdươngnguyễn",
                "WWWWWWWWWW WWWWWWWWWW WWWWWWWWWW WWWWWWWWWW WWWWWWWWWW WWWWWWWWWW WWWWWWWWWW WWWWWWWWWW WWWWWWWWWW W"
            })
    void noLineOfACardTouchesAnotherOrLeavesTheCard(String name) throws Exception {
        Card card = new Card(
                name,
                "Chi bộ cơ quan Ban Quản lý Khu kinh tế Dung Quất và các khu công nghiệp Quảng Ngãi",
                "WWWWMMMM",
                "https://sotaydangvien.quangngai.example.vn/card#WWWWMMMM",
                "sotaydangvien.quangngai.example.vn/card",
                "19:00 Chủ nhật 28/11/2026");
        byte[] pdf = LoginCardSheets.of(List.of(card, card, card, card, card, card));
        assertThat(flat(Sheets.text(pdf)).replace(" ", "")).contains(name.replace(" ", ""));
        assertThat(Sheets.text(pdf).split("Đặt mã PIN của riêng mình, từ sáu số", -1))
                .hasSize(7);
        List<TextPosition> letters = new ArrayList<>();
        try (PDDocument document = Sheets.open(pdf)) {
            new PDFTextStripper() {
                @Override
                protected void processTextPosition(TextPosition letter) {
                    if (!letter.getUnicode().isBlank()) {
                        letters.add(letter);
                    }
                }
            }.getText(document);
        }
        float width = 595.28f / 2;
        float height = 841.89f / 3;
        for (TextPosition letter : letters) {
            float x = letter.getXDirAdj() % width;
            float y = letter.getYDirAdj() % height;
            assertThat(x).isGreaterThan(20);
            assertThat(x + letter.getWidthDirAdj()).isLessThan(width - 20);
            assertThat(y - letter.getFontSizeInPt()).isGreaterThan(8);
            assertThat(y).isLessThan(height - 15);
            for (TextPosition other : letters) {
                boolean sameLine = Math.abs(letter.getYDirAdj() - other.getYDirAdj()) < 0.1;
                boolean above = letter.getYDirAdj() < other.getYDirAdj()
                        && letter.getXDirAdj() < other.getXDirAdj() + other.getWidthDirAdj()
                        && other.getXDirAdj() < letter.getXDirAdj() + letter.getWidthDirAdj();
                if (!sameLine && above) {
                    assertThat(other.getYDirAdj() - letter.getYDirAdj())
                            .as(letter.getUnicode() + " above " + other.getUnicode())
                            .isGreaterThan(other.getFontSizeInPt());
                }
            }
        }
        Sheets.keep("cards-" + name.length(), pdf);
    }
}
