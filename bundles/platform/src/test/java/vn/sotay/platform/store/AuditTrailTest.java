package vn.sotay.platform.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import vn.sotay.api.access.Audience;
import vn.sotay.api.change.ChangeType;
import vn.sotay.api.store.AuditKind;
import vn.sotay.api.store.Store;
import vn.sotay.testkit.Database;
import vn.sotay.testkit.PostgresCluster;
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
        Acting.as(WHO, null, () -> store.store().write(tx -> {
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
    void whatIsTouchedBeforeItIsSealedIsFoundToo(Database database) {
        try (TestStore store = TestStore.open(database)) {
            AuditTrail trail = trail(store);
            for (int i = 0; i < 600; i++) {
                note(store, UUID.randomUUID(), 1, "note " + i);
            }
            // some at once, of which one comes to nothing before
            assertThatThrownBy(() -> store.store().change(tx -> {
                        tx.changed(NOTE, UUID.randomUUID(), 1, Audience.EVERYONE, new Note("never"));
                        Succession.announce(
                                tx,
                                List.of(),
                                () -> {
                                    throw new IllegalStateException("at the very end");
                                },
                                () -> {});
                    }))
                    .hasMessage("at the very end");
            store.store().change(tx -> {
                tx.audited(AuditKind.MANDATE, "mandate", UUID.randomUUID(), WHOM, "chức vụ 😀");
                tx.audited(AuditKind.READ, "member", WHOM, WHOM, null);
            });
            execute(store, "update audit set thing = ? where seq = 550", WHO);
            execute(store, "delete from audit where seq = 20");
            execute(
                    store,
                    "insert into audit (seq, node, done_at, kind, type) select 601, node, done_at, kind, type"
                            + " from audit where seq = 600");
            trail.seal();

            AuditVerdict verdict = trail.verify();
            assertThat(faults(verdict)).containsExactlyInAnyOrder("CHANGED 550", "REMOVED 20", "ADDED 601");
            assertThat(verdict.seals()).isEqualTo(2);
            assertThat(verdict.open()).isZero();
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

    /** A row's hash, and a seal's, as they were made before rows knew their session: written down here once more, on purpose. */
    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] oldHash(long at, String account, String thing) {
        String text = "1:1" + Long.toString(at).length() + ":" + at + account.length() + ":" + account + "5:WRITE4:note"
                + thing.length() + ":" + thing + "-1:-1:-1:-1:";
        return sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Engine engine(vn.sotay.platform.store.Database database, String... scripts) throws StoreException {
        return new Engine(
                database,
                4,
                Clock.systemUTC(),
                new CompletableFuture<>(),
                () -> new Migrations.Release(
                        "platform",
                        "0.1.0",
                        Stream.of(scripts).map(DoubtsTest::script).toList()));
    }

    @ParameterizedTest
    @EnumSource
    void aTrailFromBeforeSessionsHoldsAndGoesOn(Database database) throws Exception {
        Path derby = Sotay.temporary().resolve("derby");
        String url = database == Database.DERBY ? "" : PostgresCluster.shared().newDatabase();
        Supplier<vn.sotay.platform.store.Database> target =
                () -> url.isEmpty() ? new DerbyDatabase(derby) : new PostgresDatabase(url, "", "");
        long at = 1_790_000_000_000L;
        try (Engine before = engine(target.get(), "0001-feed.sql", "0016-audit.sql", "0020-jobs.sql")) {
            new EngineStore(before).change(tx -> {
                ByteBuffer entries = ByteBuffer.allocate(10 * 40);
                for (int i = 1; i <= 10; i++) {
                    tx.handle()
                            .execute(
                                    "insert into audit (seq, node, done_at, account, kind, type, thing)"
                                            + " values (?, 1, ?, ?, 'WRITE', 'note', ?)",
                                    i,
                                    at,
                                    WHO,
                                    "thing " + i);
                    entries.putLong(i).put(oldHash(at, WHO.toString(), "thing " + i));
                }
                String nothing = "0".repeat(64);
                byte[] head = (nothing + " 1 1 1 10 " + at + " " + at).getBytes(StandardCharsets.US_ASCII);
                String hash = HexFormat.of()
                        .formatHex(sha256(ByteBuffer.allocate(head.length + entries.capacity())
                                .put(head)
                                .put(entries.array())
                                .array()));
                tx.handle()
                        .execute(
                                "insert into audit_seal (number, node, first_seq, last_seq, first_at, sealed_at,"
                                        + " before_hash, hash, entries) values (1, 1, 1, 10, ?, ?, ?, ?, ?)",
                                at,
                                at,
                                nothing,
                                hash,
                                entries.array());
            });
        }
        try (Engine engine =
                engine(target.get(), "0001-feed.sql", "0016-audit.sql", "0020-jobs.sql", "0026-audit-sessions.sql")) {
            Store store = new EngineStore(engine);
            AuditTrail trail = new AuditTrail(store, engine, folder, KEEP);
            assertThat(faults(trail.verify())).isEmpty();
            UUID session = UUID.randomUUID();
            UUID unit = UUID.randomUUID();
            Acting.as(
                    WHO,
                    session,
                    () -> store.write(tx -> {
                        tx.audited(AuditKind.ACCOUNT, "note", UUID.randomUUID(), null, null);
                        AuditEntry.add(
                                tx,
                                AuditEntry.ofActing(AuditKind.MANDATE, "note", null, null, null)
                                        .at(unit));
                        AuditEntry.add(
                                tx,
                                AuditEntry.ofActing(AuditKind.MANDATE, "note", null, null, null)
                                        .at(unit));
                        return true;
                    }));
            trail.seal();
            AuditVerdict whole = trail.verify();
            assertThat(faults(whole)).isEmpty();
            assertThat(whole.rows()).isEqualTo(13);
            List<AuditRows.Row> rows = store.read(tx -> AuditSealer.rows(tx, 10, 100, 10));
            assertThat(rows).extracting(AuditRows.Row::session).containsOnly(session.toString());
            assertThat(rows).extracting(AuditRows.Row::unit).containsExactly(null, unit.toString(), unit.toString());
            assertThat(store.<String, RuntimeException>read(tx -> tx.handle()
                            .createQuery("select unit from audit_unit where back = -2")
                            .mapTo(String.class)
                            .one()))
                    .isEqualTo(unit.toString());

            // old and new: changed, made to look old or new, swapped, gone
            store.change(tx -> List.of(
                            "update audit set thing = 'another' where seq = 1",
                            "update audit set session_id = '" + session + "' where seq = 2",
                            "update audit set unit = '" + unit + "' where seq = 3",
                            "delete from audit where seq = 4",
                            "update audit set seq = -1 where seq = 5",
                            "update audit set seq = 5 where seq = 6",
                            "update audit set seq = 6 where seq = -1",
                            "update audit set session_id = null where seq = 11",
                            "update audit set session_id = unit, unit = session_id where seq = 12",
                            "update audit set unit = null where seq = 13")
                    .forEach(sql -> assertThat(tx.handle().execute(sql)).as(sql).isEqualTo(1)));
            assertThat(faults(trail.verify()))
                    .containsExactlyInAnyOrder(
                            "CHANGED 1",
                            "CHANGED 2",
                            "CHANGED 3",
                            "REMOVED 4",
                            "SWAPPED 5 6",
                            "SWAPPED 6 5",
                            "CHANGED 11",
                            "CHANGED 12",
                            "CHANGED 13");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRowKnowsTheUnitThatIsToldOfIt(Database database) {
        try (TestStore store = TestStore.open(database)) {
            UUID cell = UUID.randomUUID();
            UUID other = UUID.randomUUID();
            UUID meeting = UUID.randomUUID();
            ChangeType<Note> member = new ChangeType<>("member", Note.class);
            ChangeType<Note> held = new ChangeType<>("meeting", Note.class);
            Note note = new Note("n");
            store.store().change(tx -> {
                tx.changed(member, WHOM, 1, Map.of(Audience.leaders(cell), note, Audience.member(WHOM), note));
                tx.changed(held, meeting, 1, Map.of(Audience.members(cell), note, Audience.officers(other), note));
            });
            store.store()
                    .change(tx -> tx.changed(
                            new ChangeType<>("unit", Note.class), other, 1, Map.of(Audience.members(cell), note)));
            store.store()
                    .change(tx -> tx.changed(
                            NOTE,
                            UUID.randomUUID(),
                            1,
                            Map.of(Audience.leaders(cell), note, Audience.leaders(other), note)));
            // what the feed is not told is of the member's unit, and what is read of that of the thing
            store.store().change(tx -> {
                tx.audited(AuditKind.ACCOUNT, "card", UUID.randomUUID(), WHOM, "issued");
                AuditEntry.add(tx, AuditEntry.of(WHO, AuditKind.READ, "meeting-answer", meeting, null, "list"));
                AuditEntry.add(tx, AuditEntry.of(WHO, AuditKind.SIGN_IN, "session", WHOM, null, null));
            });
            store.store().change(tx -> tx.changed(member, WHOM, 2, Map.of(Audience.leaders(other), note)));
            store.store().change(tx -> tx.removed(member, WHOM, 3));

            assertThat(rows(store))
                    .extracting(AuditRows.Row::unit)
                    .containsExactly(
                            cell.toString(),
                            cell.toString(),
                            other.toString(),
                            null,
                            cell.toString(),
                            cell.toString(),
                            null,
                            other.toString(),
                            other.toString());
        }
    }
}
