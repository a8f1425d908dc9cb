package vn.sotay.platform.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import vn.sotay.api.access.Audience;
import vn.sotay.api.change.ChangeType;
import vn.sotay.api.store.AuditKind;
import vn.sotay.testkit.Database;
import vn.sotay.testkit.Sotay;

/** The audit trail on both databases: what is on it, and that whoever changes it by hand is found out. */
class AuditTrailTest {

    record Note(String text) {}

    private static final ChangeType<Note> NOTE = new ChangeType<>("note", Note.class);
    private static final Duration KEEP = Duration.ofDays(30);
    private static final UUID WHO = UUID.randomUUID();
    private static final UUID WHOM = UUID.randomUUID();

    private final Path folder = Sotay.temporary().resolve("audit");

    private static List<AuditRows.Row> rows(TestStore store) {
        return store.store().read(tx -> AuditSealer.rows(tx, 0, Long.MAX_VALUE, 10_000));
    }

    private static void note(TestStore store, UUID id, long version, String text) {
        Acting.as(WHO, () -> store.store().write(tx -> {
            tx.changed(
                    NOTE,
                    id,
                    version,
                    Map.of(Audience.EVERYONE, new Note(text), Audience.member(WHOM), new Note(text + " for you")));
            return true;
        }));
    }

    private AuditTrail trail(TestStore store) {
        return new AuditTrail(store.store(), store.engine(), folder, KEEP);
    }

    private static void execute(TestStore store, String sql, Object... values) {
        store.store().change(tx -> assertThat(tx.handle().execute(sql, values)).isPositive());
    }

    private static List<String> faults(AuditVerdict verdict) {
        assertThat(verdict.ok()).isEqualTo(verdict.faults().isEmpty());
        return verdict.faults().stream()
                .map(fault -> fault.kind() + " " + fault.seq() + (fault.other() == null ? "" : " " + fault.other()))
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void aWriteIsOneRowWithWhoWhomAndDigests(Database database) {
        try (TestStore store = TestStore.open(database)) {
            UUID id = UUID.randomUUID();
            note(store, id, 1, "one");
            note(store, id, 2, "two");
            note(store, id, 3, "two");
            store.store().change(tx -> tx.removed(NOTE, id, 4));

            List<AuditRows.Row> rows = rows(store);
            // what changes nothing is no write
            assertThat(rows).hasSize(3).allSatisfy(row -> {
                assertThat(row.kind()).isEqualTo("WRITE");
                assertThat(row.type()).isEqualTo("note");
                assertThat(row.thing()).isEqualTo(id.toString());
                assertThat(row.member()).isEqualTo(WHOM.toString());
            });
            assertThat(rows).extracting(AuditRows.Row::account).containsExactly(WHO.toString(), WHO.toString(), null);
            assertThat(rows.get(0).before()).isNull();
            assertThat(rows.get(0).after()).hasSize(64).isEqualTo(rows.get(1).before());
            assertThat(rows.get(1).after())
                    .hasSize(64)
                    .isEqualTo(rows.get(2).before())
                    .isNotEqualTo(rows.get(1).before());
            assertThat(rows.get(2).after()).isNull();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsRolledBackIsNotThere(Database database) {
        try (TestStore store = TestStore.open(database)) {
            assertThatThrownBy(() -> store.store().change(tx -> {
                        tx.changed(NOTE, UUID.randomUUID(), 1, Audience.EVERYONE, new Note("never"));
                        tx.audited(AuditKind.MANDATE, "mandate", UUID.randomUUID(), WHOM, null);
                        throw new IllegalArgumentException("no");
                    }))
                    .hasMessage("no");
            assertThat(rows(store)).isEmpty();

            store.store().change(tx -> tx.audited(AuditKind.MANDATE, "mandate", null, WHOM, "given"));
            assertThat(rows(store)).singleElement().satisfies(row -> {
                assertThat(row.kind()).isEqualTo("MANDATE");
                assertThat(row.detail()).isEqualTo("given");
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void readsAreKeptTogether(Database database) throws Exception {
        try (TestStore store = TestStore.open(database)) {
            AuditTrail trail = trail(store);
            trail.start();
            var last = trail.keep(AuditEntry.of(WHO, AuditKind.READ, "member", WHOM, WHOM, null));
            for (int i = 0; i < 300; i++) {
                last = trail.keep(AuditEntry.of(WHO, AuditKind.READ, "member", WHOM, WHOM, null));
            }
            last.toCompletableFuture().get(10, TimeUnit.SECONDS);
            trail.stop();

            assertThat(rows(store)).hasSize(301);
            long found = store.store().read(tx -> tx.handle()
                    .createQuery("select count(*) from audit_read where member = :member")
                    .bind("member", WHOM)
                    .mapTo(Long.class)
                    .one());
            assertThat(found).isEqualTo(301);
            // sealed before it ends
            assertThat(Files.readString(folder.resolve("head"))).startsWith("1 ");
        }
    }

    @ParameterizedTest
    @EnumSource
    void findsWhatWasDoneByHandWithItsPlace(Database database) {
        try (TestStore store = TestStore.open(database)) {
            for (int i = 0; i < 1_200; i++) {
                note(store, UUID.randomUUID(), 1, "note " + i);
                if (i == 700) {
                    trail(store).seal();
                }
            }
            AuditTrail trail = trail(store);
            assertThat(trail.verify().open()).isPositive();
            trail.seal();
            AuditVerdict whole = trail.verify();
            assertThat(faults(whole)).isEmpty();
            assertThat(whole.rows()).isEqualTo(1_200);
            assertThat(whole.seals()).isEqualTo(3);
            assertThat(whole.open()).isZero();

            execute(store, "update audit set account = ? where seq = 17", UUID.randomUUID());
            execute(store, "delete from audit where seq = 600");
            execute(store, "update audit set seq = -1 where seq = 900");
            execute(store, "update audit set seq = 900 where seq = 1100");
            execute(store, "update audit set seq = 1100 where seq = -1");
            assertThat(faults(trail.verify()))
                    .containsExactlyInAnyOrder("CHANGED 17", "REMOVED 600", "SWAPPED 900 1100", "SWAPPED 1100 900");

            execute(
                    store,
                    "insert into audit (seq, node, done_at, kind, type) select 600, node, done_at, kind, type"
                            + " from audit where seq = 601");
            assertThat(faults(trail.verify())).contains("CHANGED 600").doesNotContain("REMOVED 600");
            execute(store, "delete from audit where seq = 1200");
            assertThat(faults(trail.verify())).contains("REMOVED 1200");
        }
    }

    @ParameterizedTest
    @EnumSource
    void findsWhoTouchesTheSeals(Database database) {
        try (TestStore store = TestStore.open(database)) {
            for (int i = 0; i < 4; i++) {
                note(store, UUID.randomUUID(), 1, "note " + i);
                trail(store).seal();
            }
            assertThat(faults(trail(store).verify())).isEmpty();

            // a row and the seal of it, hash and all; the next one does not follow it any more
            execute(store, "update audit set detail = 'other' where seq = 2");
            AuditSeal forged = store.store().write(tx -> {
                List<AuditRows.Row> rows = AuditSealer.rows(tx, 1, 2, 1);
                AuditSeal was = tx.handle()
                        .createQuery("select " + AuditSeal.COLUMNS + " from audit_seal where number = 2")
                        .map(AuditSeal.ROW)
                        .one();
                AuditSeal made = AuditSeal.of(2, was.before(), rows, was.sealedAt());
                tx.handle().execute("delete from audit_seal where number = 2");
                made.insert(tx.handle());
                return made;
            });
            assertThat(forged.number()).isEqualTo(2);
            assertThat(faults(trail(store).verify())).containsExactly("SEAL_CHANGED 3");

            // the end of both
            execute(store, "delete from audit where seq >= 3");
            execute(store, "delete from audit_seal where number >= 3");
            assertThat(faults(trail(store).verify())).containsExactly("SEALS_REMOVED 4");

            // and it does not go unseen by what comes after a start
            AuditTrail next = trail(store);
            for (int i = 0; i < 3; i++) {
                note(store, UUID.randomUUID(), 1, "later " + i);
                next.seal();
            }
            assertThat(faults(next.verify())).isNotEmpty();
            execute(store, "delete from audit_seal where number = 1");
            assertThat(faults(next.verify())).contains("SEALS_REMOVED 1");
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsOldIsDeletedAndTheRestIsWhole(Database database) {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2021-01-05T02:00:00Z"));
        Clock clock = new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now.get();
            }
        };
        try (TestStore store = TestStore.open(database, clock)) {
            for (int i = 0; i < 10; i++) {
                note(store, UUID.randomUUID(), 1, "old " + i);
                trail(store).seal();
            }
            now.set(now.get().plus(KEEP).plusSeconds(60));
            AuditTrail trail = trail(store);
            note(store, UUID.randomUUID(), 1, "new");
            trail.seal();

            assertThat(trail.retain()).isEqualTo(10);
            assertThat(faults(trail.verify())).isEmpty();
            trail.seal();
            assertThat(faults(trail.verify())).isEmpty();
            assertThat(rows(store)).extracting(AuditRows.Row::kind).containsOnly("WRITE", "RETENTION");
            assertThat(trail.retain()).isZero();

            // more than it says was deleted
            execute(store, "delete from audit_seal where number = 11");
            assertThat(faults(trail.verify())).contains("SEALS_REMOVED 1");
        }
    }

    @ParameterizedTest
    @EnumSource
    void numbersGoOnWhereTheyWere(Database database) {
        List<Long> seqs = new ArrayList<>();
        try (TestStore store = TestStore.open(database)) {
            note(store, UUID.randomUUID(), 1, "one");
            trail(store).seal();
            execute(store, "delete from audit");
            store.store()
                    .read(tx ->
                            seqs.add(ChangeLog.open(tx.handle(), store.engine().payloads())
                                    .auditWatermark()));
        }
        // the row is gone, and its number is not given to another one
        assertThat(seqs).containsExactly(1L);
    }
}
