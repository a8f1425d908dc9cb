package vn.sotay.platform.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuessingTest {

    private static final String HOME = "10.0.0.1";
    private static final String AWAY = "10.0.0.2";

    private Instant now = Instant.parse("2026-11-24T05:00:00Z");
    private final Guessing guessing = new Guessing(new Clock() {
        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    });

    private void fail(String login, String address, int times) {
        for (int i = 0; i < times; i++) {
            guessing.tried(new Guessing.Try(login, address));
        }
    }

    @ParameterizedTest(name = "{0} failures: {1} s")
    @CsvSource({
        "0,   0", "4,   0", "5,   1", "6,   2", "7,   4", "8,   8", "9,   16", "10,  32", "11,  60", "29,  60",
    })
    void eachFailureWaitsTwiceAsLong(int failures, long seconds) {
        fail("lan", HOME, failures);

        assertThat(guessing.wait(new Guessing.Try("lan", HOME)))
                .isEqualTo(seconds == 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(seconds)));
        assertThat(guessing.wait(new Guessing.Try("lan", AWAY)))
                .as("from anywhere")
                .isEqualTo(guessing.wait(new Guessing.Try("lan", HOME)));
        assertThat(guessing.wait(new Guessing.Try("hoa", HOME)))
                .as("another login")
                .isEmpty();
    }

    @Test
    void theWaitPasses() {
        fail("lan", HOME, 6);
        now = now.plusMillis(1_500);
        assertThat(guessing.wait(new Guessing.Try("lan", HOME))).contains(Duration.ofMillis(500));
        now = now.plusMillis(500);
        assertThat(guessing.wait(new Guessing.Try("lan", HOME))).isEmpty();
        guessing.tried(new Guessing.Try("lan", HOME));
        assertThat(guessing.wait(new Guessing.Try("lan", HOME))).contains(Duration.ofSeconds(4));
    }

    @Test
    void isForgottenAfterAWhile() {
        fail("lan", HOME, 10);
        now = now.plus(Duration.ofMinutes(16));
        guessing.tried(new Guessing.Try("lan", HOME));
        assertThat(guessing.wait(new Guessing.Try("lan", HOME))).isEmpty();
    }

    @Test
    void whoSignsInBeginsAnew() {
        fail("lan", HOME, 4);
        guessing.tried(new Guessing.Try("lan", HOME));
        guessing.passed(new Guessing.Try("lan", HOME));
        fail("lan", HOME, 4);
        assertThat(guessing.wait(new Guessing.Try("lan", HOME))).isEmpty();
    }

    @Test
    void aStrangerDoesNotSlowDownTheOwner() {
        guessing.tried(new Guessing.Try("lan", HOME));
        guessing.passed(new Guessing.Try("lan", HOME));
        fail("lan", AWAY, 12);

        assertThat(guessing.wait(new Guessing.Try("lan", AWAY))).isPresent();
        assertThat(guessing.wait(new Guessing.Try("lan", HOME))).isEmpty();
        fail("lan", HOME, 5);
        assertThat(guessing.wait(new Guessing.Try("lan", HOME)))
                .as("but the owner's own failures count")
                .isPresent();
    }

    @Test
    void anAddressMayTryManyLoginsOnlySoOften() {
        for (int i = 0; i < 30; i++) {
            guessing.tried(new Guessing.Try("login" + i, HOME));
        }
        assertThat(guessing.wait(new Guessing.Try("another", HOME))).contains(Duration.ofSeconds(1));
        assertThat(guessing.wait(new Guessing.Try("another", AWAY))).isEmpty();
    }

    @Test
    void anOfficeBehindOneAddressIsNotSlowedDownByThoseWhoSucceed() {
        for (int i = 0; i < 100; i++) {
            guessing.tried(new Guessing.Try("login" + i, HOME));
            guessing.passed(new Guessing.Try("login" + i, HOME));
        }
        assertThat(guessing.wait(new Guessing.Try("another", HOME))).isEmpty();
    }

    @Test
    void addressesOfOneNetworkOfVersion6CountAsOne() {
        for (int i = 0; i < 30; i++) {
            guessing.tried(new Guessing.Try("login" + i, "2001:db8:1:2::" + i));
        }
        assertThat(guessing.wait(new Guessing.Try("another", "2001:db8:1:2:ffff::1")))
                .contains(Duration.ofSeconds(1));
        assertThat(guessing.wait(new Guessing.Try("another", "2001:db8:1:3::1")))
                .isEmpty();
    }
}
