package vn.sotay.dues.payment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.sotay.api.http.FieldError;

/** What may be agreed about arrears, and what of it is paid. */
class PlanRulesTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 28);

    /** September and October are open with 100 each, November is paid. */
    private static final Balance BALANCE = new Balance(
            List.of(
                    new Balance.Month("2026-09", 100, 0),
                    new Balance.Month("2026-10", 120, 20),
                    new Balance.Month("2026-11", 100, 100)),
            0);

    private static List<String> words(String text) {
        return text == null ? List.of() : Arrays.asList(text.split(" "));
    }

    private static Plan plan(String agreedOn, String periods, String days) {
        List<Plan.Instalment> instalments = words(days).stream()
                .map(day -> new Plan.Instalment(LocalDate.parse(day), 100, null))
                .toList();
        return new Plan(
                null,
                UUID.randomUUID(),
                null,
                LocalDate.parse(agreedOn),
                words(periods),
                instalments,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-11-28 | 2026-09 2026-10 | 2026-12-10 2027-01-10 |",
                "2026-11-28 | 2026-09 | 2026-11-28 |",
                "2026-11-28 | 2026-09 | 2027-11-28 |",
                "2026-11-28 | 2026-09 | 2027-12-01 | instalments[0].day plan-late",
                "2026-11-28 | 2026-09 | 2026-11-27 | instalments[0].day plan-early",
                "2026-11-28 | 2026-09 | 2026-12-10 2026-12-31 | instalments[1].day plan-order",
                "2026-11-28 | 2026-09 | 2027-01-10 2026-12-10 | instalments[1].day plan-order",
                "2026-11-29 | 2026-09 | 2026-12-10 | agreedOn future",
                "2026-11-28 | 2026-11 | 2026-12-10 | periods[0] period-paid",
                "2026-11-28 | 2026-09 2026-08 | 2026-12-10 | periods[1] period-paid",
                "2026-11-28 | 2026-09 2026-09 | 2026-12-10 | periods[1] duplicate",
                "2026-11-28 | | 2026-12-10 | periods required",
                "2026-11-28 | 2026-09 | | instalments required",
            })
    void whatMayBeAgreed(String agreedOn, String periods, String days, String wrong) throws Exception {
        List<FieldError> errors =
                PlanRules.errors(plan(agreedOn, periods, days), BALANCE, TODAY, Packs.number(TODAY, PlanRules.MONTHS));

        assertThat(errors)
                .extracting(one -> one.field() + ' ' + one.rule())
                .isEqualTo(wrong == null ? List.of() : List.of(wrong));
    }

    @ParameterizedTest
    @CsvSource({
        // what is open of 300 in three parts | what of each is paid | whether it is broken on 28 November
        "300, 0 0 0, true",
        "201, 99 0 0, true",
        "200, 100 0 0, false",
        "150, 100 50 0, false",
        "0, 100 100 100, false",
        // more has become due since
        "400, 0 0 0, true",
    })
    void whatIsPaidCountsForTheFirstInstalments(long open, String paid, boolean broken) {
        Plan agreed = plan("2026-11-01", "2026-09", "2026-11-27 2026-12-10 2027-01-10");

        List<Plan.Instalment> now = PlanRules.paid(agreed.instalments(), open);

        assertThat(now).extracting(one -> String.valueOf(one.paid())).isEqualTo(words(paid));
        Plan beside = new Plan(
                null,
                agreed.member(),
                null,
                agreed.agreedOn(),
                agreed.periods(),
                now,
                open,
                null,
                null,
                null,
                null,
                null);
        assertThat(beside.isBroken(TODAY)).isEqualTo(broken);
    }
}
