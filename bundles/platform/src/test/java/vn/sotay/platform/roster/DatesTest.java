package vn.sotay.platform.roster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "15/01/2002               | 2002-01-15",
                "3/10/1971                | 1971-10-03",
                "25-04-1956               | 1956-04-25",
                "05.09.1944               | 1944-09-05",
                "5 9 1944                 | 1944-09-05",
                "30 / 01 / 2003           | 2003-01-30",
                "1980-11-29               | 1980-11-29",
                "1980/11/29               | 1980-11-29",
                "1980-11-29T00:00:00Z     | 1980-11-29",
                "29/11/1980 00:00:00      | 1980-11-29",
                "ngày 12 tháng 6 năm 1996 | 1996-06-12",
                "Ngày 12 Tháng 6, năm 1996| 1996-06-12",
                "29/02/1972               | 1972-02-29",
            })
    void readsDays(String written, LocalDate day) {
        assertThat(Dates.read(Value.text(written))).isEqualTo(Dates.Read.of(day));
    }

    @ParameterizedTest
    @CsvSource({"1983,1983", "năm 1983,1983", "00/00/1970,1970", "0/1970,1970", "1970-00-00,1970"})
    void keepsAYearAlone(String written, int year) {
        assertThat(Dates.read(Value.text(written))).isEqualTo(Dates.Read.year(year));
    }

    @ParameterizedTest
    @CsvSource({
        "12/25/1970,roster.no-day",
        "29/02/1971,roster.no-day",
        "31/02/1990,roster.no-day",
        "13/1970,roster.no-day",
        "5/6/65,roster.short-year",
        "65-06-05,roster.short-year",
        "19801129,roster.unreadable-day",
        "29111980,roster.unreadable-day",
        "198011,roster.unreadable-day",
        "không rõ,roster.unreadable-day",
        "khoảng 1960,roster.unreadable-day",
    })
    void refusesWhatItWouldHaveToGuess(String written, String rule) {
        Dates.Read read = Dates.read(Value.text(written));
        assertThat(read.refused()).isEqualTo(rule);
        assertThat(read.day()).isNull();
        assertThat(read.values()).containsEntry("text", written);
    }

    @Test
    void readsASerialNumberAndSaysSo() {
        Dates.Read read = Dates.read(Value.text("36224"));
        assertThat(read.day()).isEqualTo("1999-03-05");
        assertThat(read.warning()).isEqualTo("roster.serial");
        assertThat(read.values()).containsEntry("day", "05/03/1999");
    }

    @Test
    void readsTheYearOfAMonthAndSaysSo() {
        Dates.Read read = Dates.read(Value.text("6/1996"));
        assertThat(read.day()).isNull();
        assertThat(read.year()).isEqualTo(1996);
        assertThat(read.warning()).isEqualTo("roster.month-alone");
    }

    @Test
    void takesTheDayOfADateCell() {
        assertThat(Dates.read(Value.day(LocalDate.of(2001, 5, 14))).day()).isEqualTo("2001-05-14");
    }

    @Test
    void knowsNothingOfAnEmptyCell() {
        assertThat(Dates.read(Value.EMPTY)).isEqualTo(Dates.Read.NOTHING);
    }
}
