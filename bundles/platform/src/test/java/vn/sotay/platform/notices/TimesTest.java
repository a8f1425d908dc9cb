package vn.sotay.platform.notices;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.sotay.api.notice.Urgency;

class TimesTest {

    /** Times are those of Viet Nam. */
    @ParameterizedTest
    @CsvSource({
        "2026-11-28T12:00, NORMAL, 21:00, 06:00, false, 2026-11-28T12:00",
        "2026-11-28T20:59, NORMAL, 21:00, 06:00, false, 2026-11-28T20:59",
        "2026-11-28T21:00, NORMAL, 21:00, 06:00, false, 2026-11-29T06:00",
        "2026-11-28T05:59, NORMAL, 21:00, 06:00, false, 2026-11-28T06:00",
        "2026-11-28T06:00, NORMAL, 21:00, 06:00, false, 2026-11-28T06:00",
        "2026-11-28T23:00, URGENT, 21:00, 06:00, false, 2026-11-28T23:00",
        "2026-11-28T13:00, NORMAL, 12:00, 14:00, false, 2026-11-28T14:00",
        "2026-11-28T14:00, NORMAL, 12:00, 14:00, false, 2026-11-28T14:00",
        "2026-11-28T03:00, NORMAL, 08:00, 08:00, false, 2026-11-28T03:00",
        "2026-11-28T12:00, NORMAL, 21:00, 06:00, true, 2026-11-29T06:00",
        "2026-11-28T03:00, NORMAL, 21:00, 06:00, true, 2026-11-28T06:00",
        "2026-11-28T12:00, URGENT, 21:00, 06:00, true, 2026-11-28T12:00",
    })
    void whenItGoesOut(String now, Urgency urgency, LocalTime from, LocalTime to, boolean daily, String then) {
        assertThat(Times.first(at(now), urgency, new Times.Quiet(from, to), daily))
                .isEqualTo(at(then));
    }

    @ParameterizedTest
    @CsvSource({"2026-11-28T12:00, 2026-11-29T06:00", "2026-11-28T00:30, 2026-11-29T06:00"})
    void whoHasHeardEnoughHearsTomorrow(String now, String then) {
        assertThat(Times.tomorrow(at(now), new Times.Quiet(LocalTime.of(21, 0), LocalTime.of(6, 0))))
                .isEqualTo(at(then));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-28T12:00, 21:00, 06:00, false, ",
        "2026-11-28T12:00, 21:00, 06:00, true, 2026-11-29T06:00",
        "2026-11-28T22:00, 21:00, 06:00, false, 2026-11-29T06:00",
        "2026-11-28T02:00, 21:00, 06:00, true, 2026-11-28T06:00",
        "2026-11-28T12:30, 12:00, 14:00, false, 2026-11-28T14:00",
        "2026-11-28T02:00, 08:00, 08:00, false, ",
    })
    void whatWaitedOrIsTriedAgainGoesOutInTheHoursInWhichOneWantsToHear(
            String now, LocalTime from, LocalTime to, boolean enough, @Nullable String then) {
        assertThat(Times.later(at(now), new Times.Quiet(from, to), enough)).isEqualTo(then == null ? null : at(then));
    }

    private static Instant at(String there) {
        return Instant.parse(there + ":00Z").minusSeconds(7 * 3600);
    }
}
