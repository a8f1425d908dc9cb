package vn.sotay.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MandateTest {

    @ParameterizedTest(name = "{0} to {1} on {2}: {3}")
    @CsvSource({
        // from,      to,         day,        held
        "2025-07-01, ,           2025-06-30, false",
        "2025-07-01, ,           2025-07-01, true",
        "2025-07-01, ,           2099-12-31, true",
        "2025-07-01, 2026-06-30, 2026-06-30, true",
        "2025-07-01, 2026-06-30, 2026-07-01, false",
        "2025-07-01, 2025-07-01, 2025-07-01, true",
    })
    void isHeldOn(LocalDate from, LocalDate to, LocalDate day, boolean held) {
        assertThat(new Mandate("SECRETARY", new UUID(0, 1), from, to).isHeldOn(day))
                .isEqualTo(held);
    }
}
