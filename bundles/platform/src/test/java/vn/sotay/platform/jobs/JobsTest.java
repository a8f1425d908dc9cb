package vn.sotay.platform.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import vn.sotay.api.access.Caller;
import vn.sotay.api.access.Permission;
import vn.sotay.api.http.ProblemException;
import vn.sotay.api.job.Job;
import vn.sotay.api.job.JobAction;
import vn.sotay.api.job.JobKind;
import vn.sotay.api.job.JobResult;
import vn.sotay.api.job.JobState;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.unit.Unit;
import vn.sotay.api.unit.Units;
import vn.sotay.platform.store.TestStore;
import vn.sotay.testkit.Database;

@Timeout(60)
class JobsTest {

    private static final UUID STARTER = UUID.fromString("00000000-0000-7000-8000-00000000000a");
    private static final UUID OTHER = UUID.fromString("00000000-0000-7000-8000-00000000000b");
    private static final Unit UNIT =
            new Unit(UUID.fromString("00000000-0000-7000-8000-000000000001"), null, "CELL", "38", "Hải Ninh", "/1/");

    @ParameterizedTest
    @CsvSource({
        "APPLY,STAGED,,APPLYING",
        "APPLY,APPLYING,,APPLYING",
        "APPLY,APPLIED,,APPLIED",
        "APPLY,FAILED,APPLYING,APPLYING",
        "APPLY,FAILED,RUNNING,",
        "APPLY,RUNNING,,",
        "APPLY,COLUMNS,,",
        "APPLY,UNDONE,,",
        "APPLY,CANCELLED,,",
        "UNDO,APPLIED,,UNDOING",
        "UNDO,UNDONE,,UNDONE",
        "UNDO,STAGED,,",
        "UNDO,FAILED,APPLYING,UNDOING",
        "UNDO,FAILED,UNDOING,UNDOING",
        "UNDO,FAILED,RUNNING,",
        "CANCEL,RUNNING,,CANCELLED",
        "CANCEL,COLUMNS,,CANCELLED",
        "CANCEL,STAGED,,CANCELLED",
        "CANCEL,APPLYING,,UNDOING",
        "CANCEL,APPLIED,,",
        "CANCEL,UNDOING,,",
        "CANCEL,FAILED,RUNNING,CANCELLED",
        "CANCEL,FAILED,APPLYING,",
    })
    void knowsWhereAnActionLeads(JobAction action, JobState state, JobState failedIn, JobState to) {
        assertThat(action.from(state, failedIn)).isEqualTo(to);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void isSeenByItsStarterAndByThoseWithThePermission(Database database) {
        try (TestStore store = TestStore.open(database)) {
            Jobs jobs = new Jobs(store.store(), units(), store.keys(), Duration.ofDays(30));
            jobs.bindKind(new Quick());
            UUID id = UUID.randomUUID();
            store.store().change(tx -> jobs.add(tx, id, "quick", UNIT.id(), STARTER, "{}"));

            assertThat(jobs.get(caller(STARTER, false), id).state()).isEqualTo(JobState.RUNNING);
            assertThat(jobs.get(caller(OTHER, true), id).state()).isEqualTo(JobState.RUNNING);
            assertThatThrownBy(() -> jobs.get(caller(OTHER, false), id)).hasMessageContaining("404");
            assertThatThrownBy(() -> jobs.act(caller(OTHER, false), id, JobAction.CANCEL))
                    .hasMessageContaining("404");
            // who has lost the permission still sees what came of it, and no more
            assertThatThrownBy(() -> jobs.act(caller(STARTER, false), id, JobAction.CANCEL))
                    .hasMessageContaining("403");
            assertThatThrownBy(() -> jobs.act(caller(STARTER, true), id, JobAction.UNDO))
                    .isInstanceOfSatisfying(ProblemException.class, e -> {
                        assertThat(e.problem().status()).isEqualTo(409);
                        assertThat(e.problem().code()).isEqualTo("job.undo");
                    });
            assertThat(jobs.own(caller(STARTER, false), null, null, 10))
                    .extracting(Job::id)
                    .containsExactly(id);
            assertThat(jobs.own(caller(OTHER, true), null, null, 10)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void forgetsWhatIsOld(Database database) throws Exception {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-24T05:00:00Z"));
        java.time.Clock clock = new java.time.Clock() {
            @Override
            public java.time.ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public java.time.Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now.get();
            }
        };
        try (TestStore store = TestStore.open(database, clock)) {
            Quick kind = new Quick();
            UUID id = UUID.randomUUID();
            Jobs jobs = new Jobs(store.store(), units(), store.keys(), Duration.ofDays(30));
            jobs.bindKind(kind);
            jobs.start();
            store.store().change(tx -> jobs.add(tx, id, "quick", UNIT.id(), STARTER, "{}"));
            jobs.ring();
            while (jobs.get(caller(STARTER, false), id).state() != JobState.APPLIED) {
                Thread.sleep(5);
            }
            now.set(now.get().plus(Duration.ofDays(31)));
            while (kind.discarded.get() == null) {
                jobs.ring();
                Thread.sleep(5);
            }
            jobs.stop();
            assertThat(kind.discarded.get()).isEqualTo(id);
            assertThatThrownBy(() -> jobs.get(caller(STARTER, false), id)).hasMessageContaining("404");
        }
    }

    private static final class Quick implements JobKind {

        final AtomicReference<UUID> discarded = new AtomicReference<>();

        @Override
        public String name() {
            return "quick";
        }

        @Override
        public Permission permission() {
            return new Permission("quick.do");
        }

        @Override
        public Next work(Run run) {
            return new Next(JobState.APPLIED, JobResult.NOTHING, null);
        }

        @Override
        public void discard(Transaction tx, Job job) {
            discarded.set(job.id());
        }
    }

    private static Caller caller(UUID account, boolean may) {
        return (Caller) Proxy.newProxyInstance(
                Caller.class.getClassLoader(),
                new Class<?>[] {Caller.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "account" -> account;
                    case "may" -> may;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private static Units units() {
        return (Units) Proxy.newProxyInstance(
                Units.class.getClassLoader(),
                new Class<?>[] {Units.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "find" -> Optional.of(UNIT);
                    case "current" -> UNIT;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
