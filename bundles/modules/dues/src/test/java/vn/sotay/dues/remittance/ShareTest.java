package vn.sotay.dues.remittance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vn.sotay.api.http.ProblemException;
import vn.sotay.api.rule.Rule;
import vn.sotay.api.rule.Rules;
import vn.sotay.api.unit.Unit;
import vn.sotay.platform.rules.ShippedRules;

class ShareTest {

    @ParameterizedTest
    @CsvSource({
        "30,    1000,   300", "30,    1001,   300", "30,    1005,   302", "50,   11101,  5551", "50,      1,      1",
        "0,    77777,     0", "100,  77777, 77777", "33.33, 10000, 3333", "30,       0,     0", "30,  -1000,  -300"
    })
    void isKeptToTheDong(BigDecimal percent, long amount, long kept) {
        Share share = new Share(percent, "");

        assertThat(share.kept(amount)).isEqualTo(kept);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-Q1, 2026-01-01, 2026-03-31", "2026-Q2, 2026-04-01, 2026-06-30",
        "2028-Q3, 2028-07-01, 2028-09-30", "2026-Q4, 2026-10-01, 2026-12-31"
    })
    void aQuarterHasItsDays(String text, LocalDate from, LocalDate to) {
        Quarter quarter = Quarter.of(text);

        assertThat(quarter.from()).isEqualTo(from);
        assertThat(quarter.to()).isEqualTo(to);
        assertThat(quarter.january()).isEqualTo(LocalDate.of(quarter.year(), 1, 1));
        assertThat(quarter).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2026", "2026-Q0", "2026-Q5", "2026-4", "1999-Q1", "2026-Q4 "})
    void whatIsNoQuarterIsRefused(String text) {
        assertThatThrownBy(() -> Quarter.of(text)).isInstanceOf(ProblemException.class);
    }

    /** As sources give an example of it, and only once a province has confirmed it. */
    @ParameterizedTest
    @CsvSource({
        "CELL, 30, CELL",
        "SUB_COMMITTEE, 0, GRASSROOTS",
        "GRASSROOTS, 50, GRASSROOTS",
        "COMMUNE, 50, UPPER",
        "PROVINCE, 50, UPPER"
    })
    void theShippedPacksSayIt(String kind, BigDecimal percent, Share.Level level) throws Exception {
        Unit unit = new Unit(UUID.randomUUID(), null, kind, "38", "Đơn vị", "/x/");
        LocalDate day = LocalDate.of(2026, 11, 28);
        Rules confirmed = confirmed();

        assertThat(Share.of(confirmed, day, unit).orElseThrow().percent()).isEqualByComparingTo(percent);
        assertThat(Share.Level.of(confirmed, day, unit, false)).isEqualTo(level);
        assertThat(confirmed.find(day, unit, "dues.b01.column").map(Rule::value))
                .hasValue("COMMUNE");
    }

    private static Rules confirmed() throws Exception {
        ShippedRules shipped =
                ShippedRules.of(Path.of("../../../config/rules"), Path.of("src/main/resources/sotay/rules"));
        return new Rules() {
            @Override
            public Rule on(LocalDate day, Unit unit, String key) {
                return find(day, unit, key).orElseThrow();
            }

            @Override
            public List<Rule> anywhere(LocalDate day, String key) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Optional<Rule> find(LocalDate day, Unit unit, String key) {
                return shipped.find(day, List.of(unit.code()), key);
            }
        };
    }
}
