package vn.sotay.platform.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import vn.sotay.platform.deploy.ModuleState;
import vn.sotay.platform.deploy.ModuleStatus;
import vn.sotay.platform.health.HealthCheck.Result;
import vn.sotay.platform.health.HealthCheck.Status;
import vn.sotay.platform.store.TestStore;
import vn.sotay.testkit.Database;

class HealthTest {

    @Test
    void oneThatIsDownIsDownAndOneThatWarnsIsNot() {
        Result up = new Result("a", Status.UP, "");
        Result warn = new Result("b", Status.WARN, "");
        Result down = new Result("c", Status.DOWN, "");

        assertThat(Health.of(List.of(up, warn)).status()).isEqualTo(Status.UP);
        assertThat(Health.of(List.of(up, warn, down)).status()).isEqualTo(Status.DOWN);
    }

    @Test
    void aCheckThatFailsIsDownAndTheAnswerIsKeptAMoment() {
        AtomicInteger asked = new AtomicInteger();
        HealthEndpoints endpoints = new HealthEndpoints(List.of(() -> {
            asked.incrementAndGet();
            throw new IllegalStateException("boom");
        }));

        assertThat(endpoints.health().status()).isEqualTo(Status.DOWN);
        assertThat(endpoints.health().checks().get(0).detail()).contains("boom");
        assertThat(asked).hasValue(1);
    }

    @ParameterizedTest
    @CsvSource({"10,DOWN", "500,WARN", "5000,UP"})
    void theDiskRunsFull(long megabytes, Status status) {
        assertThat(DiskHealth.judge(megabytes * 1024 * 1024).status()).isEqualTo(status);
    }

    @Test
    void theDiskIsLookedAt(@TempDir Path data) {
        assertThat(new DiskHealth(data).look().detail()).endsWith("MB are free in the data directory");
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void theDatabaseAnswers(Database database) {
        try (TestStore store = TestStore.open(database)) {
            DatabaseHealth health = new DatabaseHealth(store.engine()::trouble, store.store());
            assertThat(health.look().status()).isEqualTo(Status.UP);
            health.close();
        }
    }

    @Test
    void aDatabaseThatIsGoneIsDown() {
        TestStore store = TestStore.open(Database.DERBY);
        DatabaseHealth health = new DatabaseHealth(store.engine()::trouble, store.store());
        store.close();

        assertThat(health.look().status()).isEqualTo(Status.DOWN);
        health.close();
    }

    @Test
    void aFeedThatIsHeldBackWarns() {
        AtomicLong watermark = new AtomicLong(5);
        AtomicLong last = new AtomicLong(9);
        AtomicLong seconds = new AtomicLong();
        FeedHealth health = new FeedHealth(watermark::get, last::get, new Clock() {
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
                return Instant.EPOCH.plus(Duration.ofSeconds(seconds.get()));
            }
        });

        assertThat(health.look().status()).isEqualTo(Status.UP);
        seconds.set(59);
        assertThat(health.look().status()).isEqualTo(Status.UP);
        seconds.set(61);
        assertThat(health.look().status()).isEqualTo(Status.WARN);
        watermark.set(9);
        assertThat(health.look().status()).isEqualTo(Status.UP);
        seconds.set(600);
        assertThat(health.look().status()).isEqualTo(Status.UP);
    }

    @Test
    void modulesTellTheirLines() {
        ModuleStatus runs = new ModuleStatus("meetings", "0.1.0", ModuleState.RUNNING, null, Map.of(), Map.of());
        ModuleStatus stopped = new ModuleStatus("dues", "0.1.0", ModuleState.STOPPED, null, Map.of(), Map.of());
        ModuleStatus broken =
                new ModuleStatus("news", "", ModuleState.BROKEN, "news.jar is refused: why", Map.of(), Map.of());

        assertThat(ModulesHealth.judge(List.of(runs, stopped)))
                .isEqualTo(new Result("modules", Status.UP, "meetings 0.1.0 run; stopped by an administrator: dues"));
        assertThat(ModulesHealth.judge(List.of(runs, broken)))
                .isEqualTo(new Result("modules", Status.WARN, "news.jar is refused: why"));
    }
}
