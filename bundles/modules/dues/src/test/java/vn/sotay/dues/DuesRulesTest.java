package vn.sotay.dues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import vn.sotay.dues.DuesRules.Arrears;
import vn.sotay.dues.DuesRules.Book;
import vn.sotay.platform.rules.ShippedRules;

/** The table of the regulation, by the packs as they are shipped. */
class DuesRulesTest {

    private static final Path CONFIG = Path.of("../../../config/rules");
    private static final Path OWN = Path.of("src/main/resources/sotay/rules");
    /** A cell in region IV, and one in region III. */
    private static final List<String> CELL = List.of("38.168.053.000.001", "38.168", "38");

    private static final List<String> WARD = List.of("38.001.001.000.009", "38.001", "38");

    private static final LocalDate YOUNG = LocalDate.of(2010, 3, 1);

    /**
     * A case and what comes of it: class, base, pay, admitted, relief, month, unit → due.
     *
     * @param words what it is about
     */
    record Row(
            String words,
            DuesClass duesClass,
            @Nullable Long base,
            @Nullable Long pay,
            LocalDate admitted,
            int relief,
            String period,
            List<String> unit,
            long due) {}

    private static Row row(String words, DuesClass duesClass, @Nullable Long base, String period, long due) {
        return new Row(words, duesClass, base, null, YOUNG, 0, period, CELL, due);
    }

    static final List<Row> ROWS = List.of(
            row("T11: 1 % of the wage", DuesClass.INSURED, 10_000_000L, "2026-09", 100_000),
            row("half a đồng goes up", DuesClass.INSURED, 4_680_050L, "2026-09", 46_801),
            row("less than half goes down", DuesClass.INSURED, 4_680_049L, "2026-09", 46_800),
            row("1 % of the allowance", DuesClass.SICK_LEAVE, 6_200_000L, "2026-09", 62_000),
            row("0.5 % of the pension", DuesClass.PENSIONER, 5_000_000L, "2026-09", 25_000),
            new Row("and of pay", DuesClass.PENSIONER, 5_000_000L, 3_000_000L, YOUNG, 0, "2026-09", CELL, 40_000),
            row("T10: region IV, December 2027", DuesClass.UNINSURED, null, "2027-12", 11_100),
            row("T10: region IV, January 2028", DuesClass.UNINSURED, null, "2028-01", 18_500),
            row("past retirement age, December 2027", DuesClass.UNINSURED_RETIRED, null, "2027-12", 7_400),
            row("past retirement age, January 2028", DuesClass.UNINSURED_RETIRED, null, "2028-01", 11_100),
            new Row("region III", DuesClass.UNINSURED, null, null, YOUNG, 0, "2026-09", WARD, 12_420),
            row("a student", DuesClass.STUDENT, null, "2026-09", 5_000),
            row("posted abroad", DuesClass.ABROAD_POSTED, 25_000_000L, "2026-09", 250_000),
            row("abroad", DuesClass.ABROAD, 100_000L, "2026-09", 100_000),
            row("abroad, at least", DuesClass.ABROAD, 10_000L, "2026-09", 30_000),
            row("abroad, at most", DuesClass.ABROAD, 900_000L, "2026-09", 400_000),
            new Row("30 % less", DuesClass.INSURED, 9_000_001L, null, YOUNG, 30, "2026-09", CELL, 63_000),
            new Row("70 % less", DuesClass.UNINSURED, null, null, YOUNG, 70, "2026-09", CELL, 3_330),
            new Row("exempt", DuesClass.UNINSURED, null, null, YOUNG, 100, "2026-09", CELL, 0),
            new Row("50 years", DuesClass.PENSIONER, 5_000_000L, null, day("1976-09-01"), 0, "2026-09", CELL, 0),
            new Row("not yet", DuesClass.PENSIONER, 5_000_000L, null, day("1976-09-02"), 0, "2026-09", CELL, 25_000),
            new Row("declares nothing", DuesClass.UNDECLARED, null, null, day("1970-02-03"), 0, "2026-09", CELL, 0));

    private static LocalDate day(String day) {
        return LocalDate.parse(day);
    }

    private static ShippedRules shipped() throws Exception {
        return ShippedRules.of(CONFIG, OWN);
    }

    private static Book book(ShippedRules rules, List<String> unit) {
        return (day, key) -> rules.find(day, unit, key);
    }

    private static Due due(Row row, ShippedRules rules) {
        return DuesRules.due(
                new Basis(row.duesClass(), row.base(), row.pay(), row.admitted(), row.relief()),
                YearMonth.parse(row.period()),
                book(rules, row.unit()));
    }

    @ParameterizedTest(name = "{0}")
    @FieldSource("ROWS")
    void dues(Row row) throws Exception {
        Due due = due(row, shipped());

        assertThat(due.amount()).isEqualTo(row.due());
        assertThat(due.rules()).isNotEmpty().allSatisfy(rule -> assertThat(rule.citation())
                .isNotEmpty());
    }

    /** T9: a suspended member is assessed as any other; whether somebody votes is not asked here. */
    @Test
    void theWageOfTheMonthBeforeCounts() throws Exception {
        assertThat(DuesRules.wageMonth(YearMonth.of(2026, 9), book(shipped(), CELL)))
                .isEqualTo(YearMonth.of(2026, 8));
    }

    @Test
    void t12AnExemptionOfTwelveMonthsEndsInFebruary() {
        assertThat(DuesRules.lastMonth(YearMonth.of(2026, 3), 12)).isEqualTo(YearMonth.of(2027, 2));
        assertThat(DuesRules.lastMonth(YearMonth.of(2027, 3), 12).atEndOfMonth())
                .isEqualTo(day("2028-02-29"));
    }

    @ParameterizedTest
    @CsvSource({"0, NONE", "1, NONE", "2, ALERT", "3, CONSIDER", "12, CONSIDER"})
    void arrears(int open, Arrears expected) throws Exception {
        assertThat(DuesRules.arrears(open, day("2026-09-01"), book(shipped(), CELL)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"2026-09, true", "2026-13, false", "2026-9, false", "1999-01, false", "2100-01, false", "x, false"})
    void months(String text, boolean isOne) {
        assertThat(DuesRules.month(text).isPresent()).isEqualTo(isOne);
    }

    @Test
    void aRuleThatIsNotInForceIsNamed() {
        Book none = (day, key) -> Optional.empty();

        assertThatThrownBy(() ->
                        DuesRules.due(new Basis(DuesClass.STUDENT, null, null, null, 0), YearMonth.of(2026, 9), none))
                .isInstanceOfSatisfying(
                        MissingRuleException.class, e -> assertThat(e.key()).isEqualTo(DuesRules.STUDENT));
    }

    /** What all cases give by these rules; two that differ have found the difference. */
    private static List<Object> all(ShippedRules rules) {
        List<Object> all = new ArrayList<>();
        for (Row row : ROWS) {
            all.add(tried(() -> due(row, rules).amount()));
        }
        Book book = book(rules, CELL);
        YearMonth month = YearMonth.of(2026, 9);
        all.add(tried(() -> due(row("I", DuesClass.UNINSURED, null, "2026-09", 0), in("I", rules))));
        all.add(tried(() -> due(row("II", DuesClass.UNINSURED, null, "2026-09", 0), in("II", rules))));
        all.add(tried(() -> DuesRules.wageMonth(month, book)));
        all.add(tried(() -> DuesRules.mostMonths(month, book)));
        all.add(tried(() -> DuesRules.percents(month, book)));
        all.add(tried(() -> DuesRules.cellDecides(month, book)));
        all.add(tried(() -> DuesRules.leadersSeeBase(month.atDay(1), book)));
        for (int open = 0; open < 9; open++) {
            int count = open;
            all.add(tried(() -> DuesRules.arrears(count, month.atDay(1), book)));
        }
        return all;
    }

    private static Object tried(java.util.concurrent.Callable<Object> work) {
        try {
            return work.call();
        } catch (Exception e) {
            return e.getClass();
        }
    }

    /** The regions that the province's own overlay does not name. */
    private static Due due(Row row, Book book) {
        return DuesRules.due(
                new Basis(row.duesClass(), row.base(), row.pay(), row.admitted(), row.relief()),
                YearMonth.parse(row.period()),
                book);
    }

    private static Book in(String region, ShippedRules rules) {
        return (day, key) -> key.equals(DuesRules.REGION)
                ? Optional.of(new vn.sotay.api.rule.Rule(key, region, "test", "test"))
                : rules.find(day, CELL, key);
    }

    @Test
    void noNumberOfThePacksCanBeChangedUnnoticed() throws Exception {
        ShippedRules shipped = shipped();
        List<Object> expected = all(shipped);
        List<String> unnoticed = new ArrayList<>();
        for (Map.Entry<String, ShippedRules> one :
                shipped.changed(DuesRulesTest::other).entrySet()) {
            if (!one.getKey().matches("(?s).*(meetings[.]|dues[.](kept|level|b01|plan|remind)[.]).*")
                    && all(one.getValue()).equals(expected)) {
                unnoticed.add(one.getKey());
            }
        }

        assertThat(shipped.changed(DuesRulesTest::other)).hasSizeGreaterThan(25);
        assertThat(unnoticed).isEmpty();
    }

    private static String other(String value) {
        return switch (value) {
            case "IV" -> "III";
            case "III" -> "IV";
            case "HALF_UP" -> "DOWN";
            case "SUPERIOR" -> "SELF";
            case "no" -> "yes";
            default ->
                value.matches("[0-9.]+")
                        ? new java.math.BigDecimal(value)
                                .add(java.math.BigDecimal.valueOf(value.length() > 4 ? 10_000 : 1))
                                .toPlainString()
                        : value + " 10";
        };
    }
}
