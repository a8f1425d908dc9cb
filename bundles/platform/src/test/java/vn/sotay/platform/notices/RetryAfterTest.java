package vn.sotay.platform.notices;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "120 | 120",
                " 5  | 5",
                "0   | 0",
                "99999999 | 3600",
                "99999999999999999999 | 0",
                "-3 | 0",
                "soon | 0",
                "Sat, 28 Nov 2026 03:02:00 GMT | 120",
                "Sat, 28 Nov 2026 02:00:00 GMT | 0",
                "Sun, 29 Nov 2026 03:00:00 GMT | 3600"
            })
    void itIsSecondsOrATimeAndAnHourAtMost(String text, long seconds) {
        assertThat(RetryAfter.of(text, Instant.parse("2026-11-28T03:00:00Z"))).isEqualTo(Duration.ofSeconds(seconds));
    }
}
