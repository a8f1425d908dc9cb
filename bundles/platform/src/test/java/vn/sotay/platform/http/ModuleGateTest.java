package vn.sotay.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import vn.sotay.platform.http.ModuleGate.Answer;

class ModuleGateTest {

    private static final Duration SOON = Duration.ofMillis(20);
    private static final Duration LONG = Duration.ofSeconds(20);

    private final ModuleGate gate = new ModuleGate();
    private final AtomicInteger ran = new AtomicInteger();

    private Answer enter() {
        return gate.enter("meetings", ran::incrementAndGet);
    }

    @Test
    void nobodyKeepsAGateForAModuleThatIsNotThere() {
        assertThat(enter()).isEqualTo(Answer.UNKNOWN);
    }

    @Test
    void whoComesWhileItIsClosedGoesOnWhenItOpens() {
        gate.open("meetings");
        assertThat(enter()).isEqualTo(Answer.ENTERED);
        gate.leave("meetings");

        assertThat(gate.close("meetings", SOON)).isTrue();
        assertThat(enter()).isEqualTo(Answer.WAITING);
        assertThat(enter()).isEqualTo(Answer.WAITING);
        assertThat(ran).hasValue(0);

        gate.open("meetings");
        assertThat(ran).hasValue(2);
        assertThat(enter()).isEqualTo(Answer.ENTERED);
    }

    @Test
    void closingWaitsForThoseInside() throws Exception {
        gate.open("meetings");
        enter();
        enter();
        assertThat(gate.close("meetings", SOON)).as("they take too long").isFalse();

        CompletableFuture<Boolean> closing = CompletableFuture.supplyAsync(() -> gate.close("meetings", LONG));
        gate.leave("meetings");
        assertThat(closing).isNotDone();
        gate.leave("meetings");
        assertThat(closing.get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void onlySoManyWait() {
        gate.close("meetings", SOON);
        for (int i = 0; i < 200; i++) {
            assertThat(enter()).isEqualTo(Answer.WAITING);
        }
        assertThat(enter()).isEqualTo(Answer.FULL);
        assertThat(gate.enter("dues", ran::incrementAndGet))
                .as("another module's gate")
                .isEqualTo(Answer.UNKNOWN);

        gate.open("meetings");
        assertThat(ran).hasValue(200);
    }

    @Test
    void whoWaitsForAModuleThatStopsOrGoesComesAgain() {
        gate.close("meetings", SOON);
        enter();
        gate.stop("meetings");
        assertThat(ran).hasValue(1);
        assertThat(enter()).isEqualTo(Answer.STOPPED);

        gate.close("meetings", SOON);
        enter();
        gate.remove("meetings");
        assertThat(ran).hasValue(2);
        assertThat(enter()).isEqualTo(Answer.UNKNOWN);
        gate.leave("meetings");
    }

    @Test
    void whoIsInsideWhenItIsRemovedLeavesInPeace() {
        gate.open("meetings");
        enter();
        gate.remove("meetings");
        gate.leave("meetings");
        gate.open("meetings");
        gate.close("meetings", SOON);

        assertThat(gate.close("meetings", SOON)).isTrue();
    }
}
