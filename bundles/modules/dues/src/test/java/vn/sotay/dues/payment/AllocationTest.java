package vn.sotay.dues.payment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllocationTest {

    /** {@code 1:100/40} is January, of which 100 đồng are due and 40 were paid for it. */
    private static Balance balance(String months, long ahead) {
        List<Balance.Assessed> assessed = new ArrayList<>();
        Map<String, Long> paid = new TreeMap<>();
        each(months).forEach(one -> {
            String[] parts = one.split("[:/]");
            String period = period(parts[0]);
            if (!parts[1].isEmpty()) {
                assessed.add(new Balance.Assessed(period, Long.parseLong(parts[1])));
            }
            if (parts.length > 2) {
                paid.put(period, Long.parseLong(parts[2]));
            }
        });
        return Balance.of(assessed, paid, ahead);
    }

    private static Stream<String> each(String words) {
        return words == null ? Stream.empty() : Arrays.stream(words.split(" "));
    }

    private static String period(String month) {
        return String.format("2026-%02d", Integer.parseInt(month));
    }

    private static String written(Balance balance) {
        List<String> months = balance.months().stream()
                .map(one -> Integer.parseInt(one.period().substring(5)) + ":" + one.due() + "/" + one.paid())
                .toList();
        return String.join(" ", months) + " +" + balance.ahead();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // months, paid ahead | what is open then
                "1:100 2:100 | 0 | 1:100/0 2:100/0 +0",
                "1:100/100 2:100 | 0 | 1:100/100 2:100/0 +0",
                "1:100 2:100/100 | 0 | 1:100/0 2:100/100 +0",
                // ahead goes to the oldest, then to the next
                "1:100 2:100 | 130 | 1:100/100 2:100/30 +0",
                "1:100 2:100 | 230 | 1:100/100 2:100/100 +30",
                // an exemption that comes late: what was paid for it is free for others
                "1:0/100 2:100 | 0 | 1:0/0 2:100/100 +0",
                "1:50/100 2:100/100 | 0 | 1:50/50 2:100/100 +50",
                // paid for a month of which nothing is assessed any more
                "1:/100 2:100 | 0 | 2:100/100 +0",
                // a declaration that comes late: more is due
                "1:150/100 2:100/100 | 0 | 1:150/100 2:100/100 +0",
            })
    void whatIsOpenIsComputedAnew(String months, long ahead, String expected) {
        assertThat(written(balance(months, ahead))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // months | amount | which months | what for the rest | lines | extra | ahead
                "1:100 | 100 | | AHEAD | {2026-01=100} | 0 | 0",
                "1:100 2:100 3:100 | 200 | | AHEAD | {2026-01=100, 2026-02=100} | 0 | 0",
                "1:100 2:100 3:100 | 150 | | AHEAD | {2026-01=100, 2026-02=50} | 0 | 0",
                "1:100/60 2:100 | 100 | | AHEAD | {2026-01=40, 2026-02=60} | 0 | 0",
                "1:100 2:100 3:100 | 100 | 3 | AHEAD | {2026-03=100} | 0 | 0",
                "1:100 2:100 3:100 | 250 | 3 2 | EXTRA | {2026-02=100, 2026-03=100} | 50 | 0",
                "1:100 | 130 | | AHEAD | {2026-01=100} | 0 | 30",
                "1:100 | 130 | | EXTRA | {2026-01=100} | 30 | 0",
                "1:100/100 | 70 | | AHEAD | {} | 0 | 70",
                "1:0 2:100 | 100 | | AHEAD | {2026-02=100} | 0 | 0",
                " | 70 | | EXTRA | {} | 70 | 0",
            })
    void aPaymentSettlesMonths(
            String months, long amount, String which, Payment.Rest rest, String lines, long extra, long ahead) {
        List<String> periods =
                which == null ? null : each(which).map(AllocationTest::period).toList();

        Allocation paid = Allocation.of(amount, balance(months, 0), periods, rest);

        assertThat(paid.lines()).hasToString(lines);
        assertThat(paid.extra()).isEqualTo(extra);
        assertThat(paid.ahead()).isEqualTo(ahead);
        assertThat(paid.amount()).isEqualTo(amount);
    }

    /** T13: a fisherman who was exempt from meetings from January to April pays once, on 10 May. */
    @Test
    void onePaymentAfterFourMonthsAtSea() {
        Balance before = balance("1:7400 2:7400 3:7400 4:7400 5:7400", 0);

        Allocation paid = Allocation.of(29_600, before, null, Payment.Rest.AHEAD);

        assertThat(paid.lines()).containsOnlyKeys("2026-01", "2026-02", "2026-03", "2026-04");
        assertThat(paid.lines().values()).containsOnly(7400L);
        assertThat(paid.extra() + paid.ahead()).isZero();
    }

    @Test
    void aNumberSaysYearBookAndPlace() {
        assertThat(ReceiptNumber.of(java.time.LocalDate.of(2026, 11, 28), "A", 123))
                .hasToString("CP26-A-000123");
        assertThat(new ReceiptNumber(2030, "CK", 7)).hasToString("CP30-CK-000007");
    }
}
