package vn.sotay.platform.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import vn.sotay.platform.access.Challenges.Use;

class ChallengesTest {

    private final Hands clock = new Hands();
    private final Challenges challenges = new Challenges(clock);

    private String make(String address) {
        return challenges.make(Use.SIGN_IN, null, address);
    }

    @Test
    void isGoodOnceForWhatItWasMade() {
        UUID account = UUID.randomUUID();
        String first = challenges.make(Use.PROVE, account, "192.0.2.1");
        assertThat(challenges.take(first, Use.PROVE)).hasValueSatisfying(taken -> {
            assertThat(taken.account()).isEqualTo(account);
            assertThat(taken.bytes()).hasSize(32);
        });
        assertThat(challenges.take(first, Use.PROVE)).isEmpty();

        String second = make("192.0.2.1");
        assertThat(challenges.take(second, Use.ADD)).isEmpty();
        assertThat(challenges.take(second, Use.SIGN_IN)).isEmpty();
        assertThat(challenges.take("", Use.SIGN_IN)).isEmpty();
    }

    @Test
    void endsAfterFiveMinutes() {
        String one = make("192.0.2.1");
        clock.forward(Challenges.LAST.minusMillis(1));
        String other = make("192.0.2.1");
        clock.forward(Duration.ofMillis(1));
        assertThat(challenges.take(one, Use.SIGN_IN)).isEmpty();
        assertThat(challenges.take(other, Use.SIGN_IN)).isPresent();
    }

    @Test
    void oneNetworkTakesTheRoomOfNobodyElse() {
        String mine = make("192.0.2.1");
        List<String> theirs = new ArrayList<>();
        for (int i = 0; i < ShortLived.MOST_BY_NETWORK + 10; i++) {
            // of one household
            theirs.add(make("2001:db8::" + Integer.toHexString(i + 1)));
        }
        assertThat(challenges.take(theirs.get(9), Use.SIGN_IN)).isEmpty();
        assertThat(challenges.take(theirs.get(10), Use.SIGN_IN)).isPresent();
        assertThat(challenges.take(mine, Use.SIGN_IN)).isPresent();
    }

    @Test
    void doesNotGrowWithoutEnd() {
        String first = make("192.0.2.1");
        String second = make("192.0.2.2");
        for (int i = 2; i <= ShortLived.MOST; i++) {
            make("10." + (i >> 16) + '.' + (i >> 8 & 255) + '.' + (i & 255));
        }
        assertThat(challenges.take(first, Use.SIGN_IN)).isEmpty();
        assertThat(challenges.take(second, Use.SIGN_IN)).isPresent();
    }
}
