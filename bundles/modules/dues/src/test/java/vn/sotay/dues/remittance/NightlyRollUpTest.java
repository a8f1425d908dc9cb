package vn.sotay.dues.remittance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class NightlyRollUpTest {

    /** It waits ten seconds for what runs, and for nothing that is planned. */
    @Test
    @Timeout(5)
    void aStopDoesNotWaitForTheNight() throws Exception {
        new NightlyRollUp(null, null).stop();
    }

    @Test
    void theNightIsTheNextOne() {
        ZonedDateTime evening = ZonedDateTime.of(2026, 11, 28, 21, 30, 0, 0, Remittances.ZONE);

        assertThat(NightlyRollUp.untilNight(evening)).hasHours(5);
        assertThat(NightlyRollUp.untilNight(evening.withHour(1))).hasMinutes(60);
        assertThat(NightlyRollUp.untilNight(evening.withHour(2).withMinute(29))).hasMinutes(1);
    }
}
