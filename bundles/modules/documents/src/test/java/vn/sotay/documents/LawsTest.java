package vn.sotay.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import vn.sotay.documents.Articles.Article;
import vn.sotay.documents.text.Extract;
import vn.sotay.documents.text.Reading;
import vn.sotay.documents.text.TextExtractor;

/** That real laws are read with all their articles, whatever file they come in. */
class LawsTest {

    private static final String DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    @TempDir
    Path folder;

    static Stream<Path> all() {
        return Laws.all().stream();
    }

    private static List<String> headings(String text) {
        return Articles.of(text).stream()
                .filter(one -> one.anchor() != null)
                .map(Article::heading)
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void aLawHasAllItsArticles(Path file) {
        Extract found = TextExtractor.of(file, file.toString(), "text/plain");

        assertThat(found.reading()).isEqualTo(Reading.WHOLE);
        List<Article> articles = Articles.of(Articles.withoutFront(found.text()));
        assertThat(articles.stream().filter(one -> one.anchor() != null)).hasSize(Laws.articles(found.text()));
        assertThat(articles.get(0).text()).doesNotContain("codification:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"29-2018-QH14", "26-2020-ND-CP", "86-2015-QH13", "02-2019-TT-BNV"})
    void aLawHasThemAsADocxAndAsAPdf(String name) throws IOException {
        String law = Laws.read(name + ".md");
        List<String> headings = headings(Articles.withoutFront(law));

        Extract docx = TextExtractor.of(Files.write(folder.resolve("a.docx"), Laws.docx(law)), "a.docx", DOCX);
        Extract pdf = TextExtractor.of(Files.write(folder.resolve("a.pdf"), Laws.pdf(law)), "a.pdf", "application/pdf");

        assertThat(docx.reading()).isEqualTo(Reading.WHOLE);
        assertThat(headings(docx.text())).isEqualTo(headings);
        assertThat(pdf.reading()).isEqualTo(Reading.WHOLE);
        assertThat(headings(pdf.text())).isEqualTo(headings);
    }
}
