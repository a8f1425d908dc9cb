package vn.sotay.dues.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.sotay.api.table.Tables.Row;
import vn.sotay.dues.transfer.StatementFile.Line;
import vn.sotay.platform.roster.FileTables;

/** Statements as four banks lay them out; all figures and numbers are made up. */
class StatementFileTest {

    static byte[] file(String name) throws IOException {
        try (InputStream in = StatementFileTest.class.getResourceAsStream("/statements/" + name)) {
            return Objects.requireNonNull(in).readAllBytes();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "vietcombank.csv, 2026-09-03, 5390 - 12345, 2",
        "bidv.csv, 2026-09-05, FT26248000001, 2",
        "agribank.csv, 2026-09-09, 000123, 1",
        "vietinbank.csv, 2026-09-11, VTB0001, 1",
    })
    void eachBankIsRead(String name, LocalDate day, String reference, int lines) throws IOException {
        List<Line> read = StatementFile.read(new FileTables().read(file(name), 1000), StatementLayouts.read())
                .orElseThrow();

        assertThat(read).hasSize(lines);
        assertThat(read.get(0).day()).isEqualTo(day);
        assertThat(read.get(0).reference()).isEqualTo(reference);
        assertThat(read.get(0).amount()).isEqualTo(46_800);
        assertThat(Memo.codes(read.get(0).memo())).containsExactly("K7M3QX");
    }

    @Test
    void whatHasNoSuchHeadsIsNoStatement() {
        List<List<Row>> roster = List.of(List.of(new Row(1, List.of("Họ và tên", "Ngày sinh"))));

        assertThat(StatementFile.read(roster, StatementLayouts.read())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "46800 | 46800",
                "46,800 | 46800",
                "46.800 | 46800",
                "1,046,800 | 1046800",
                "1.046.800,00 | 1046800",
                "1,046,800.00 | 1046800",
                "46800.0 | 46800",
                "+46.800 VND | 46800",
                "-15000 | -15000",
                "- | ",
                "tổng | ",
                "0,5 | ",
            })
    void amountsAsTheyAreWritten(String text, Long amount) {
        assertThat(StatementFile.amount(text).orElse(null)).isEqualTo(amount);
    }

    @ParameterizedTest
    @CsvSource({
        "03/09/2026, 2026-09-03",
        "3-9-2026, 2026-09-03",
        "03.09.26, 2026-09-03",
        "03/09/2026 08:15:20, 2026-09-03",
        "2026-09-03T08:15, 2026-09-03",
        "31/02/2026, ",
        "Tổng cộng, ",
    })
    void daysAsTheyAreWritten(String text, LocalDate day) {
        assertThat(StatementFile.day(text).orElse(null)).isEqualTo(day);
    }
}
