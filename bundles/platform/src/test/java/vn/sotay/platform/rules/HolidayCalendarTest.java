package vn.sotay.platform.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vn.sotay.platform.module.ModuleException;

class HolidayCalendarTest {

    private static HolidayCalendar days() throws IOException, ModuleException {
        try (InputStream in = HolidayCalendar.class.getResourceAsStream("/sotay/holidays.json")) {
            return new HolidayCalendar(List.of(HolidayCalendar.parse("holidays.json", in.readAllBytes())));
        }
    }

    @ParameterizedTest(name = "{1} after {0}: {2}")
    @CsvSource({
        "2026-11-25,  2, 2026-11-27",
        "2026-11-27,  2, 2026-12-01",
        "2026-11-28,  2, 2026-12-01",
        "2026-02-13,  2, 2026-02-24",
        "2026-01-15, 20, 2026-02-12",
        "2026-01-19, 20, 2026-02-23",
        "2026-08-21,  1, 2026-08-22",
        "2026-08-28,  1, 2026-09-03",
        "2026-11-27,  0, 2026-11-27",
    })
    void workingDaysAreCounted(LocalDate day, int count, LocalDate expected) throws IOException, ModuleException {
        assertThat(days().after(day, count)).isEqualTo(expected);
        assertThat(days().between(day, expected)).isEqualTo(count);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"complete\":[],\"days\":[{\"from\":\"2026-02-02\",\"to\":\"2026-02-01\",\"name\":\"Tết\"}],\"worked\":[]}",
                "{\"complete\":[],\"days\":[{\"from\":\"2026-01-01\",\"to\":\"2026-12-01\",\"name\":\"Tết\"}],\"worked\":[]}",
                "{\"complete\":[],\"days\":[{\"from\":\"Tết\",\"to\":\"2026-12-01\",\"name\":\"Tết\"}],\"worked\":[]}",
            })
    void aFileThatIsWrongIsRefused(String json) {
        assertThatThrownBy(() -> HolidayCalendar.parse("config/holidays.json", json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(ModuleException.class)
                .hasMessageContaining("config/holidays.json");
    }

    @Test
    void aYearThatIsNotKnownIsCountedByWeeks() throws IOException, ModuleException {
        assertThat(days().after(LocalDate.of(2031, 1, 3), 1)).isEqualTo(LocalDate.of(2031, 1, 6));
    }
}
