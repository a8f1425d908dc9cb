package vn.sotay.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.sotay.documents.Paragraphs.Paragraph;

/** DocumentDeskPagesIT shows that the page has the same anchors for the same text. */
class ParagraphsTest {

    private static final String TEXT = """
            # Dự thảo nghị quyết

            **Điều 1.** Không phải mục

            ### Điều 2. Mục tiêu
            1. Mỗi thôn một nhà văn hóa
            và một sân chơi.
            a) Nhà cũ được sửa;
            b) Nhà mới được xây.
            2. Đường ra cảng được trải nhựa.

            - Đường chính
            - Đường chính

            | Thôn | Tiền |
            |---|---|
            | Một | 10 \\| 20 |

            *Ghi chú*

            Điều 2. Lại một điều
            1. Khoản này trùng số.
            ## Phần kết
            a) Không thuộc điều nào.
            """;

    private static String anchors(String text) {
        return Paragraphs.of(text).stream().map(Paragraph::anchor).collect(Collectors.joining(" "));
    }

    @Test
    void whatIsNumberedIsCalledByItsNumber() {
        List<Paragraph> all = Paragraphs.of(TEXT);

        assertThat(all)
                .extracting(one -> one.anchor().replaceAll("^p-[0-9a-f]{8}", "p") + ": " + one.text())
                .containsExactly(
                        "p: Dự thảo nghị quyết",
                        "p: Điều 1. Không phải mục",
                        "dieu-2: Điều 2. Mục tiêu",
                        "dieu-2-khoan-1: 1. Mỗi thôn một nhà văn hóa và một sân chơi.",
                        "dieu-2-khoan-1-diem-a: a) Nhà cũ được sửa;",
                        "dieu-2-khoan-1-diem-b: b) Nhà mới được xây.",
                        "dieu-2-khoan-2: 2. Đường ra cảng được trải nhựa.",
                        "p: Đường chính",
                        "p-2: Đường chính",
                        "p: Thôn · Tiền\nMột · 10 | 20",
                        "p: Ghi chú",
                        "p: Điều 2. Lại một điều",
                        "p: 1. Khoản này trùng số.",
                        "p: Phần kết",
                        "p: a) Không thuộc điều nào.");
        assertThat(all).extracting(Paragraph::anchor).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({
        "Cộng hòa xã hội chủ nghĩa Việt Nam, p-aac64271",
        "Đồng bào dân tộc, p-cbc10d3c",
    })
    void anAnchorIsTheSameOnEachMachine(String text, String anchor) {
        assertThat(Paragraphs.of(text)).containsExactly(new Paragraph(anchor, text));
    }

    @Test
    void whatComesBeforeItDoesNotMoveAParagraph() {
        String before = anchors("Một\n\nHai\n\nBa");

        assertThat(anchors("Mới\n\nMột\n\nHai, sửa\n\nBa").split(" "))
                .contains(before.split(" ")[0], before.split(" ")[2])
                .doesNotContain(before.split(" ")[1]);
    }

    @Test
    void manyBlanksAreOneEnd() {
        assertThat(Paragraphs.of("\u00a0 Một \u00a0\r\n\r\n\r\nHai\ufeff"))
                .extracting(Paragraph::text)
                .containsExactly("Một", "Hai");
        assertThat(Paragraphs.of("")).isEmpty();
    }
}
