package vn.sotay.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.sotay.api.job.Finding;
import vn.sotay.api.job.JobException;

/** What is read of an index, and what is refused. */
class FolderIndexTest {

    private static final String HEADS =
            "file\tnumber\ttitle\tkind\tissuer\tlevel\tsigned\teffective\texpires\ttopics\taudience\treplaces\n";
    private static final String LINE =
            "a.pdf\t01-QĐ/TU\tQuy định\tREGULATION\tTỉnh ủy\tPROVINCE\t2026-02-03\t\t\tThủy sản, Biển; biển\t\t12-QĐ/TU; 13\n";

    private static IndexRow row(String line) throws JobException {
        return FolderIndex.read(HEADS + line).rows().get(0);
    }

    @Test
    void whatIsNotInTheLibraryIsNamedByItsNumber() throws JobException {
        String heads = "file\ttitle\tkind\tissuer\tlevel\tsigned\texpires\tguides\tamended_by\tđược thay thế bởi\n";
        String line =
                "a.md\tThông tư\tThông tư liên tịch\tBộ Tư pháp\tTrung ương\t2015-01-02\t%s\t29/2018/QH14\t1/2016, 2/2017\t3/2020\n";

        IndexRow row =
                FolderIndex.read(heads + line.formatted("2020-02-01")).rows().get(0);

        assertThat(row.refused()).isEmpty();
        assertThat(row.kind()).isEqualTo(Document.Kind.CIRCULAR);
        assertThat(row.others())
                .extracting(one -> one.kind() + " " + one.number())
                .containsExactly("GUIDES 29/2018/QH14", "AMENDED_BY 1/2016", "AMENDED_BY 2/2017", "REPLACED_BY 3/2020");
        assertThat(FolderIndex.read(heads + line.formatted("")).rows().get(0).refused())
                .extracting(Finding::field)
                .containsExactly("expires");
    }

    @Test
    void aLine() throws JobException {
        IndexRow row = row(LINE);

        assertThat(row.line()).isEqualTo(2);
        assertThat(row.refused()).isEmpty();
        assertThat(row.files()).containsExactly("a.pdf");
        assertThat(row.kind()).isEqualTo(Document.Kind.REGULATION);
        assertThat(row.signed()).isEqualTo(LocalDate.of(2026, 2, 3));
        assertThat(row.effective()).isNull();
        assertThat(row.topics()).containsExactly("Thủy sản", "Biển");
        assertThat(row.replaces()).containsExactly("12-QĐ/TU", "13");
        assertThat(row.audience()).isNull();
    }

    @Test
    void vietnameseHeadsAndWordsAreRead() throws JobException {
        IndexRow row = FolderIndex.read(
                        "\ufeffTên tệp\tTrích yếu\tLoại văn bản\tCơ quan ban hành\tCấp ban hành\tNgày ký\tThay thế\r\n"
                                + "\"a; b.pdf\"\t\"Về \"\"Sổ tay\"\"\"\tNghị quyết\tTỉnh ủy\ttrung ương\t3/2/2026\t\r\n")
                .rows()
                .get(0);

        assertThat(row.refused()).isEmpty();
        assertThat(row.files()).containsExactly("a", "b.pdf");
        assertThat(row.title()).isEqualTo("Về \"Sổ tay\"");
        assertThat(row.kind()).isEqualTo(Document.Kind.RESOLUTION);
        assertThat(row.level()).isEqualTo(Document.Level.CENTRAL);
        assertThat(row.signed()).isEqualTo(LocalDate.of(2026, 2, 3));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a.pdf|         |file|import.missing",
                "Quy định|      |title|import.missing",
                "Quy định|Kế hoạch TUYỆT MẬT|title|secret",
                "a.pdf|TỐI MẬT.pdf|file|secret",
                "REGULATION|Tờ trình|kind|import.kind-unknown",
                "PROVINCE|Liên xã|level|import.level-unknown",
                "2026-02-03|12/25/2026|signed|import.no-day",
                "2026-02-03|29/02/2026|signed|import.no-day",
                "Tỉnh ủy|       |issuer|import.missing",
            })
    void refused(String good, String bad, String field, String rule) throws JobException {
        List<Finding> refused = row(LINE.replace(good, bad == null ? "" : bad)).refused();

        assertThat(refused).hasSize(1);
        assertThat(refused.get(0).line()).isEqualTo(2);
        assertThat(refused.get(0).field()).isEqualTo(field);
        assertThat(refused.get(0).rule()).isEqualTo(rule);
    }

    @Test
    void allFaultsOfALineAreToldAtOnce() throws JobException {
        assertThat(row("\t\t\tx\t\ty\tz\n").refused())
                .extracting(Finding::field)
                .containsExactlyInAnyOrder("file", "title", "issuer", "kind", "level", "signed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|import.empty",
                "file\ttitle\tkind\tissuer\tlevel|import.empty",
                "file\ttitle|import.no-column",
            })
    void whatCannotBeReadAtAll(String text, String rule) {
        assertThatThrownBy(() -> FolderIndex.read(text))
                .isInstanceOfSatisfying(
                        JobException.class, e -> assertThat(e.why().rule()).isEqualTo(rule));
    }

    @Test
    void anUnknownHeadIsTold() throws JobException {
        FolderIndex index = FolderIndex.read(HEADS.strip() + "\tmàu sắc\n" + LINE);

        assertThat(index.warnings()).extracting(Finding::rule).containsExactly("import.head-unknown");
        assertThat(index.rows()).hasSize(1);
    }
}
