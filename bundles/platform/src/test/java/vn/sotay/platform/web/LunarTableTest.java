package vn.sotay.platform.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.sotay.platform.web.LunarMonths.Month;

/** That the pages' table of lunar months is what the moon and the sun say, and that these say what is printed. */
final class LunarTableTest {

    private static final Path SCRIPT = Path.of("src/main/resources/web/shell/lunar.js");
    private static final Pattern TABLE = Pattern.compile("(?s)(const FIRST = (\\d+);\nconst YEARS = )(.*?);");
    private static final int FIRST = 1990;
    private static final int LAST = 2100;

    /** Tết as printed; in those of the second column not the Chinese one, which is a day or a month later. */
    @ParameterizedTest
    @CsvSource({
        "1968-01-29, 1968-01-30",
        "1969-02-16, 1969-02-17",
        "1976-01-31,",
        "1985-01-21, 1985-02-20",
        "1995-01-31,",
        "2000-02-05,",
        "2007-02-17, 2007-02-18",
        "2023-01-22,",
        "2024-02-10,",
        "2025-01-29,",
        "2026-02-17,",
        "2027-02-06,",
        "2028-01-26,",
        "2029-02-13,",
        "2030-02-02, 2030-02-03",
        "2053-02-18, 2053-02-19"
    })
    void newYear(LocalDate day, String chinese) {
        Month first = LunarMonths.of(day.getYear()).get(0);

        assertThat(first.first()).isEqualTo(day);
        assertThat(first.number()).isEqualTo(1);
        assertThat(first.first().toString()).isNotEqualTo(chinese);
    }

    @ParameterizedTest
    @CsvSource({
        "1985, 2", "1987, 7", "1990, 5", "1993, 3", "1995, 8", "1998, 5", "2001, 4", "2004, 2", "2006, 7", "2009, 5",
        "2012, 4", "2014, 9", "2017, 6", "2020, 4", "2023, 2", "2025, 6", "2028, 5", "2031, 3", "2033, 11", "2036, 6"
    })
    void leapMonths(int year, int leap) {
        assertThat(LunarMonths.of(year))
                .filteredOn(Month::leap)
                .extracting(Month::number)
                .containsExactly(leap);
        assertThat(LunarMonths.of(year)).hasSize(13);
    }

    @Test
    void theMoonAndTheSunAreWhereTheAlmanacsHaveThem() {
        // new moon of 24 September 1995, 16:55 UTC: five minutes before midnight in Ha Noi
        int k = (int) Math.round((2449985 - 2451550.1) / 29.530588861);
        assertThat(LunarMonths.newMoon(k)).isCloseTo(julian(1995, 9, 24, 16, 55), within(1 / 1440.0));
        // solstices of December 2024, 9:20 UTC, and 2025, 15:03 UTC: the sun moves a minute of arc in 24 minutes
        assertThat(LunarMonths.sun(julian(2024, 12, 21, 9, 20))).isCloseTo(270, within(0.001));
        assertThat(LunarMonths.sun(julian(2025, 12, 21, 15, 3))).isCloseTo(270, within(0.001));
    }

    private static double julian(int year, int month, int day, int hour, int minute) {
        long seconds = LocalDate.of(year, month, day).atTime(hour, minute).toEpochSecond(ZoneOffset.UTC);
        return 2440587.5 + seconds / 86400.0;
    }

    /** Written anew with {@code -Dsotay.lunar=write}. */
    @Test
    void theTableIsTheirs() throws IOException {
        String script = Files.readString(SCRIPT);
        Matcher table = TABLE.matcher(script);
        assertThat(table.find()).isTrue();
        List<String> rows =
                IntStream.rangeClosed(FIRST, LAST).mapToObj(LunarMonths::code).toList();
        String lines = IntStream.iterate(0, i -> i < rows.size(), i -> i + 20)
                .mapToObj(i -> "'" + String.join("", rows.subList(i, Math.min(i + 20, rows.size()))) + "'")
                .collect(Collectors.joining("\n    + "));
        if ("write".equals(System.getProperty("sotay.lunar"))) {
            Files.writeString(SCRIPT, table.replaceFirst(Matcher.quoteReplacement(table.group(1) + lines + ";")));
            return;
        }
        assertThat(table.group(2)).isEqualTo(String.valueOf(FIRST));
        assertThat(table.group(3)).isEqualTo(lines);
    }

    @Test
    void yearsFollowOneAnother() {
        for (int year = FIRST; year < LAST; year++) {
            List<Month> months = LunarMonths.of(year);
            LocalDate end = months.get(0).first();
            for (Month month : months) {
                assertThat(month.first()).isEqualTo(end);
                assertThat(month.days()).isBetween(29, 30);
                end = end.plusDays(month.days());
            }
            assertThat(LunarMonths.of(year + 1).get(0).first()).isEqualTo(end);
        }
    }
}
