package vn.sotay.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vn.sotay.documents.Articles.Article;

class ArticlesTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            nullValues = "none",
            value = {
                "'### Điều 12. Quyền của hòa giải viên', dieu-12, Điều 12. Quyền của hòa giải viên",
                "'Điều 12. Quyền', dieu-12, Điều 12. Quyền",
                "'**Điều 12.** Quyền', none, none",
                "'### **Điều 12a.** Quyền', dieu-12a, Điều 12a. Quyền",
                "'ĐIỀU 7', dieu-7, ĐIỀU 7",
                "'Điều này được sửa', none, none",
                "'Theo Điều 12', none, none",
                "'Mục đích của quy định', none, none",
                "'Chương trình hành động', none, none",
            })
    void aHeadingBeginsAnArticle(String line, String anchor, String heading) {
        List<Article> all = Articles.of("Mở đầu\n\n" + line + "\n\nNội dung");

        if (anchor == null) {
            assertThat(all).hasSize(1);
        } else {
            assertThat(all).containsExactly(new Article(null, "", "Mở đầu"), new Article(anchor, heading, "Nội dung"));
        }
    }

    @Test
    void whatFollowsAHeadingOfAnotherKindIsInNoArticle() {
        assertThat(Articles.of("Điều 1. Một\nA\n## Chương II\nB\nĐiều 2. Hai\nC\nĐiều 1. Lại\nD"))
                .containsExactly(
                        new Article(null, "", "Chương II\nB"),
                        new Article("dieu-1", "Điều 1. Một", "A"),
                        new Article("dieu-2", "Điều 2. Hai", "C"),
                        new Article(null, "Điều 1. Lại", "D"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Chương II", "CHƯƠNG II QUYỀN", "Phần thứ nhất. Chung", "Mục 1", "Tiểu mục A: Khác"})
    void aPartEndsAnArticle(String line) {
        assertThat(Articles.of("Điều 1. Một\nA\n" + line + "\nB"))
                .containsExactly(new Article(null, "", line + "\nB"), new Article("dieu-1", "Điều 1. Một", "A"));
    }

    @Test
    void aTableIsFoundByItsWords() {
        assertThat(Articles.of("Điều 1. Mức\n\n| Đối tượng | Mức |\n| --- | :-: |\n| a\\|b | 5.000 |\n"))
                .containsExactly(
                        new Article(null, "", ""), new Article("dieu-1", "Điều 1. Mức", "Đối tượng Mức\na|b 5.000"));
    }

    @Test
    void aTextWithoutArticlesIsOnePiece() {
        assertThat(Articles.of("# Báo cáo\n\nNăm nay được mùa.\n"))
                .containsExactly(new Article(null, "", "Báo cáo\n\nNăm nay được mùa."));
        assertThat(Articles.of("")).containsExactly(new Article(null, "", ""));
    }
}
