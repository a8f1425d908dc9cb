package vn.sotay.platform.roster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import vn.sotay.api.access.Reach;
import vn.sotay.api.job.Finding;
import vn.sotay.api.job.Job;
import vn.sotay.api.job.JobKind;
import vn.sotay.api.job.JobResult;
import vn.sotay.api.job.JobState;
import vn.sotay.api.member.Member;
import vn.sotay.api.store.Store;
import vn.sotay.api.unit.Unit;
import vn.sotay.api.unit.Units;
import vn.sotay.platform.jobs.JobsHarness;
import vn.sotay.platform.members.MemberBook;
import vn.sotay.platform.store.TestStore;
import vn.sotay.platform.units.UnitBook;
import vn.sotay.testkit.Database;

/** Imports on both databases: what is staged, applied, undone, cancelled, and taken up again after a restart. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class RosterImportTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-24T05:00:00Z"), ZoneOffset.UTC);
    private static final Map<Database, World> WORLDS = new EnumMap<>(Database.class);

    @TempDir
    Path folder;

    /** A province with one database. */
    private static final class World {

        final TestStore opened;
        final Store store;
        final UnitBook units;
        final MemberBook members;
        final Unit province = unit(1, null, "PROVINCE", "38", "Quảng Ngãi");
        final Unit commune = unit(2, province, "COMMUNE", "38.168", "Trường Giang");
        final Unit haiNinh = unit(3, commune, "CELL", "38.168.053.000.001", "Hải Ninh");
        final Unit haiNam = unit(4, commune, "CELL", "38.168.053.000.002", "Hải Nam");

        World(Database database) {
            opened = TestStore.open(database, CLOCK);
            store = opened.store();
            units = UnitBook.of(store);
            units.add(List.of(province, commune, haiNinh, haiNam));
            members = new MemberBook(store, units, opened.keys());
        }

        private static Unit unit(int number, @Nullable Unit parent, String kind, String code, String name) {
            UUID id = new UUID(0x7000, 0x8000_0000_0000_0000L + number);
            return new Unit(
                    id,
                    parent == null ? null : parent.id(),
                    kind,
                    code,
                    name,
                    (parent == null ? "/" : parent.path()) + id + '/');
        }

        void clear() {
            store.change(tx -> {
                for (String table : List.of(
                        "member_word", "member_status", "member_cell", "member", "job", "import_row", "import_file")) {
                    tx.handle().execute("delete from " + table);
                }
                tx.handle().execute("delete from change_feed where type = 'member'");
            });
        }

        /** Everything that is kept of members, and what phones see of them. */
        List<String> dump() {
            return store.read(tx -> {
                List<String> dump = new ArrayList<>();
                for (String query : List.of(
                        "select * from member order by id",
                        "select * from member_word order by word, member",
                        "select * from member_status order by member, from_day",
                        "select * from member_cell order by member, from_day",
                        "select type, id, audience, data from change_feed where deleted = false"
                                + " order by type, id, audience")) {
                    dump.addAll(tx.handle()
                            .createQuery(query)
                            .map((row, context) -> text(row))
                            .list());
                }
                return dump;
            });
        }

        /**
         * Version and time grow with each change, so that whoever has seen it sees it undone. A phone is sealed differently each time;
         * its hash is the same.
         */
        private static String text(ResultSet row) throws SQLException {
            StringJoiner text = new StringJoiner(", ");
            for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                String column = row.getMetaData().getColumnLabel(i).toLowerCase(Locale.ROOT);
                if (!column.equals("version") && !column.equals("changed_at") && !column.equals("phone_sealed")) {
                    text.add(column + '=' + row.getString(i));
                }
            }
            return text.toString();
        }

        List<Member> all() {
            return store.read(tx -> members.page(tx, new Reach(List.of(), List.of(province)), null, 5000));
        }
    }

    private static World world(Database database) throws Exception {
        World world = WORLDS.get(database);
        if (world == null) {
            world = new World(database);
            WORLDS.put(database, world);
        }
        world.clear();
        return world;
    }

    private RosterImport imports(World world) throws Exception {
        return new RosterImport(
                world.store,
                world.units,
                world.members,
                world.opened.keys(),
                new ProvinceHeads(Heads.load(null)),
                CLOCK);
    }

    private JobsHarness jobs(World world) throws Exception {
        return new JobsHarness(world.store, world.units, world.opened.keys(), imports(world));
    }

    private UUID begin(World world, JobsHarness jobs, byte[] file) throws Exception {
        return imports(world)
                .begin(jobs.jobs(), world.haiNinh, JobsHarness.ACCOUNT, "roster", new ByteArrayInputStream(file));
    }

    private static JobResult result(Job job) {
        JobResult result = job.result();
        assertThat(result).isNotNull();
        return result;
    }

    static Stream<Arguments> files() {
        return Stream.of(Database.values())
                .flatMap(database -> Expected.files().stream().map(file -> Arguments.of(database, file)));
    }

    @ParameterizedTest
    @MethodSource("files")
    void importsAndUndoesEachRoster(Database database, String name) throws Exception {
        World world = world(database);
        Expected expected = Expected.whole(name);
        try (JobsHarness jobs = jobs(world)) {
            List<String> before = world.dump();
            UUID id = begin(world, jobs, Files.readAllBytes(RosterFilesTest.file(name)));
            if (expected.isConfirmedFirst()) {
                Job waiting = jobs.await(id, JobState.COLUMNS);
                assertThat(waiting.result()).isNull();
                jobs.confirm(id, job -> imports(world).confirmed(job, confirmed(imports(world), job)));
            }
            Job staged = jobs.await(id, JobState.STAGED);
            assertThat(result(staged).taken()).isEqualTo(expected.taken());
            assertThat(result(staged).added()).isEqualTo(expected.taken());
            assertThat(result(staged).refusedLines()).isEqualTo(expected.refused());
            assertThat(result(staged).refused()).hasSize(expected.refused());
            assertThat(result(staged).warnings())
                    .extracting(Finding::line)
                    .containsExactlyElementsOf(Expected.lines(name).stream()
                            .filter(line -> line.outcome().equals("taken with warning"))
                            .map(Expected::line)
                            .toList());
            assertThat(world.dump()).isEqualTo(before);

            jobs.apply(id);
            Job applied = jobs.await(id, JobState.APPLIED);
            assertThat(result(applied).taken()).isEqualTo(expected.taken());
            assertThat(world.all()).hasSize(expected.taken());

            // the same file once more says nothing new
            UUID again = begin(world, jobs, Files.readAllBytes(RosterFilesTest.file(name)));
            if (expected.isConfirmedFirst()) {
                jobs.await(again, JobState.COLUMNS);
                jobs.confirm(again, job -> imports(world).confirmed(job, confirmed(imports(world), job)));
            }
            Job same = jobs.await(again, JobState.STAGED);
            assertThat(result(same).added()).isEqualTo(0);
            assertThat(result(same).changed()).isEqualTo(0);
            assertThat(result(same).unchanged()).isEqualTo(expected.taken());

            jobs.undo(id);
            Job undone = jobs.await(id, JobState.UNDONE);
            assertThat(result(undone).kept()).isEmpty();
            assertThat(world.dump()).isEqualTo(before);
        }
    }

    private static List<Heads.Column> confirmed(RosterImport imports, Job job) {
        return imports.columns(job).stream()
                .map(column -> new Heads.Column(column.column(), column.head(), column.field(), true))
                .toList();
    }

    /** T15: 500 rows, 12 duplicates, 3 bad codes. */
    @ParameterizedTest
    @EnumSource(Database.class)
    void stagesTheGoldenCase(Database database) throws Exception {
        World world = world(database);
        try (JobsHarness jobs = jobs(world)) {
            // some of them are there already, and differ
            UUID first = begin(world, jobs, roster(100, 0, 0).replace("Nam", "").getBytes(StandardCharsets.UTF_8));
            jobs.await(first, JobState.STAGED);
            jobs.apply(first);
            jobs.await(first, JobState.APPLIED);
            List<String> before = world.dump();

            UUID id = begin(world, jobs, roster(500, 12, 3).getBytes(StandardCharsets.UTF_8));
            Job staged = jobs.await(id, JobState.STAGED);
            assertThat(result(staged).taken()).isEqualTo(485);
            assertThat(result(staged).changed()).isEqualTo(100);
            assertThat(result(staged).added()).isEqualTo(385);
            assertThat(result(staged).refusedLines()).isEqualTo(15);
            assertThat(world.dump()).isEqualTo(before);

            jobs.apply(id);
            jobs.await(id, JobState.APPLIED);
            assertThat(world.all()).hasSize(485).allMatch(member -> member.gender() != null);

            jobs.undo(id);
            assertThat(result(jobs.await(id, JobState.UNDONE)).kept()).isEmpty();
            assertThat(world.dump()).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void leavesWhatWasChangedSince(Database database) throws Exception {
        World world = world(database);
        try (JobsHarness jobs = jobs(world)) {
            UUID id = begin(world, jobs, roster(20, 0, 0).getBytes(StandardCharsets.UTF_8));
            jobs.await(id, JobState.STAGED);
            jobs.apply(id);
            jobs.await(id, JobState.APPLIED);
            Member changed = world.all().get(3);
            world.store.change(tx -> world.members.save(tx, phoned(changed), RosterFilesTest.TODAY));
            jobs.undo(id);
            Job undone = jobs.await(id, JobState.UNDONE);
            assertThat(result(undone).kept()).extracting(Finding::rule).containsExactly("roster.changed-since-applied");
            assertThat(world.all()).containsExactly(phoned(changed));
        }
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void appliesNothingThatWasChangedSinceItWasRead(Database database) throws Exception {
        World world = world(database);
        try (JobsHarness jobs = jobs(world)) {
            UUID first = begin(world, jobs, roster(10, 0, 0).replace("Nam", "").getBytes(StandardCharsets.UTF_8));
            jobs.await(first, JobState.STAGED);
            jobs.apply(first);
            jobs.await(first, JobState.APPLIED);
            UUID id = begin(world, jobs, roster(11, 0, 0).getBytes(StandardCharsets.UTF_8));
            jobs.await(id, JobState.STAGED);
            Member changed = world.all().get(0);
            world.store.change(tx -> world.members.save(tx, phoned(changed), RosterFilesTest.TODAY));
            jobs.apply(id);
            Job applied = jobs.await(id, JobState.APPLIED);
            assertThat(result(applied).taken()).isEqualTo(10);
            assertThat(result(applied).refused())
                    .extracting(Finding::rule)
                    .containsExactly("roster.changed-since-staged");
        }
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void goesOnAfterARestartInTheMiddle(Database database) throws Exception {
        World world = world(database);
        List<String> before = world.dump();
        UUID id;
        Stopper stopper = new Stopper(world.units, 700);
        JobsHarness dying = new JobsHarness(
                world.store,
                world.units,
                world.opened.keys(),
                new RosterImport(
                        world.store,
                        stopper.units,
                        world.members,
                        world.opened.keys(),
                        new ProvinceHeads(Heads.load(null)),
                        CLOCK));
        try {
            id = begin(world, dying, roster(1400, 0, 0).getBytes(StandardCharsets.UTF_8));
            dying.await(id, JobState.STAGED);
            dying.apply(id);
            assertThat(stopper.reached.await(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            // it ends while the second slice runs
            Thread stop = new Thread(dying::close);
            stop.start();
            Thread.sleep(100);
            stopper.go.countDown();
            stop.join();
        }
        assertThat(dying.find(id).state()).isEqualTo(JobState.APPLYING);
        int done = world.all().size();
        assertThat(done).isBetween(500, 1399);

        try (JobsHarness next = jobs(world)) {
            Job applied = next.await(id, JobState.APPLIED);
            assertThat(result(applied).taken()).isEqualTo(1400);
            assertThat(world.all()).hasSize(1400);
            next.undo(id);
            next.await(id, JobState.UNDONE);
            assertThat(world.dump()).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void readsTheFileAgainWhenTheEndOfItsReadingWasLost(Database database) throws Exception {
        World world = world(database);
        RosterImport real = imports(world);
        JobKind twice = (JobKind) Proxy.newProxyInstance(
                JobKind.class.getClassLoader(), new Class<?>[] {JobKind.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("work")) {
                        method.invoke(real, arguments);
                    }
                    return method.invoke(real, arguments);
                });
        try (JobsHarness jobs = new JobsHarness(world.store, world.units, world.opened.keys(), twice)) {
            UUID id = begin(world, jobs, roster(10, 0, 0).getBytes(StandardCharsets.UTF_8));
            assertThat(result(jobs.await(id, JobState.STAGED)).taken()).isEqualTo(10);
        }
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void putsBackWhatWasDoneWhenItIsCancelledInTheMiddle(Database database) throws Exception {
        World world = world(database);
        List<String> before = world.dump();
        Stopper stopper = new Stopper(world.units, 700);
        try (JobsHarness jobs = new JobsHarness(
                world.store,
                world.units,
                world.opened.keys(),
                new RosterImport(
                        world.store,
                        stopper.units,
                        world.members,
                        world.opened.keys(),
                        new ProvinceHeads(Heads.load(null)),
                        CLOCK))) {
            UUID id = begin(world, jobs, roster(1400, 0, 0).getBytes(StandardCharsets.UTF_8));
            jobs.await(id, JobState.STAGED);
            jobs.apply(id);
            assertThat(stopper.reached.await(60, TimeUnit.SECONDS)).isTrue();
            jobs.cancel(id);
            stopper.go.countDown();
            jobs.await(id, JobState.UNDONE);
            assertThat(world.dump()).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void forgetsWhatItHasReadWhenItIsCancelled(Database database) throws Exception {
        World world = world(database);
        try (JobsHarness jobs = jobs(world)) {
            UUID id = begin(world, jobs, roster(10, 0, 0).getBytes(StandardCharsets.UTF_8));
            jobs.await(id, JobState.STAGED);
            jobs.cancel(id);
            assertThat(jobs.await(id, JobState.CANCELLED).state()).isEqualTo(JobState.CANCELLED);
            int rows = world.store.read(tx -> tx.handle()
                    .createQuery("select count(*) from import_row")
                    .mapTo(Integer.class)
                    .one());
            assertThat(rows).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void saysWhyAFileCannotBeRead(Database database) throws Exception {
        World world = world(database);
        try (JobsHarness jobs = jobs(world)) {
            UUID id = begin(world, jobs, "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8));
            Job failed = jobs.await(id, JobState.FAILED);
            assertThat(result(failed).failure()).extracting(Finding::rule).isEqualTo("roster.no-heads");
        }
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void readsBackWhatItWrites(Database database) throws Exception {
        World world = world(database);
        RosterExport export =
                new RosterExport(world.store, world.units, world.members, new ProvinceHeads(Heads.load(null)));
        Reach everywhere = new Reach(List.of(), List.of(world.province));
        try (JobsHarness jobs = jobs(world)) {
            String roster = roster(700, 0, 0)
                    .replace("Người 7 ", "=HYPERLINK(\"\"x\"\") ")
                    // no card, and of some the year of birth alone
                    .replace(",34.0000", ",")
                    .replaceAll(",\\d\\d/\\d\\d/(19[67]\\d),", ",$1,")
                    .replaceAll("Nam,\\d\\d,", "Nam,,");
            UUID id = begin(world, jobs, roster.getBytes(StandardCharsets.UTF_8));
            jobs.await(id, JobState.STAGED);
            jobs.apply(id);
            jobs.await(id, JobState.APPLIED);
            for (RosterExport.Format format : RosterExport.Format.values()) {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                export.write(everywhere, format, out);
                Job again = jobs.await(begin(world, jobs, out.toByteArray()), JobState.STAGED);
                assertThat(result(again).unchanged()).as("%s", result(again)).isEqualTo(700);
                assertThat(result(again).taken()).isEqualTo(700);
                assertThat(result(again).refused()).isEmpty();
            }
            ByteArrayOutputStream csv = new ByteArrayOutputStream();
            export.write(everywhere, RosterExport.Format.csv, csv);
            assertThat(csv.toString(StandardCharsets.UTF_8))
                    .startsWith("\ufeffSTT,Họ và tên,")
                    .doesNotContain(",=");
        }
    }

    /** A roster with as many rows, of which the last so many repeat the first, and so many have a code that is none. */
    static String roster(int rows, int duplicates, int badCodes) {
        StringBuilder text = new StringBuilder("STT,Họ và tên,Ngày sinh,Giới tính,Số thẻ đảng viên,Ngày vào Đảng,"
                + "Ngày chính thức,Mã chi bộ,Số điện thoại\r\n");
        for (int i = 0; i < rows; i++) {
            int person = i < rows - duplicates ? i : i - (rows - duplicates);
            boolean bad = i >= rows - duplicates - badCodes && i < rows - duplicates;
            text.append(i + 1)
                    .append(",Người ")
                    .append(person)
                    .append(" Thử")
                    .append(",")
                    .append(String.format("%02d/%02d/%d", person % 28 + 1, person % 12 + 1, 1950 + person % 40))
                    .append(",Nam,")
                    .append(String.format("34.%06d", person))
                    .append(",03/02/2010,03/02/2011,")
                    .append(bad ? "38.999.999.000.001" : "38.168.053.000.001")
                    .append(",")
                    .append(String.format("0905%06d", person))
                    .append("\r\n");
        }
        return text.toString();
    }

    private static Member phoned(Member member) {
        return new Member(
                member.id(),
                member.name(),
                member.birthDate(),
                member.birthYear(),
                member.gender(),
                member.cardNumber(),
                member.admittedOn(),
                member.officialOn(),
                member.status(),
                member.cell(),
                "0999999999");
    }

    /** Units that let the worker wait in the middle of applying. */
    private static final class Stopper {

        final CountDownLatch reached = new CountDownLatch(1);
        final CountDownLatch go = new CountDownLatch(1);
        final Units units;
        private final AtomicInteger asked = new AtomicInteger();

        Stopper(Units real, int after) {
            units = (Units) Proxy.newProxyInstance(
                    Units.class.getClassLoader(), new Class<?>[] {Units.class}, (proxy, method, arguments) -> {
                        if (method.getName().equals("find") && asked.incrementAndGet() == after) {
                            reached.countDown();
                            assertThat(go.await(60, TimeUnit.SECONDS)).isTrue();
                        }
                        return method.invoke(real, arguments);
                    });
        }
    }
}
