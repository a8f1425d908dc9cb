package vn.sotay.platform.roster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import vn.sotay.api.access.Reach;
import vn.sotay.api.member.Member;
import vn.sotay.api.store.Store;
import vn.sotay.platform.jobs.Finding;
import vn.sotay.platform.jobs.Job;
import vn.sotay.platform.jobs.JobResult;
import vn.sotay.platform.jobs.JobState;
import vn.sotay.platform.jobs.JobsHarness;
import vn.sotay.platform.store.TestStore;
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

        final TestUnits units = new TestUnits();
        final Store store;
        final PlainMembers members;

        World(Database database) throws Exception {
            store = TestStore.open(database).store();
            members = new PlainMembers(store);
        }

        void clear() {
            store.change(tx -> {
                for (String table : List.of("plain_member", "change_feed", "job", "import_row", "import_file")) {
                    tx.handle().execute("delete from " + table);
                }
            });
        }

        /** Everything that is kept of members, and what phones see of them. */
        List<String> dump() {
            return store.read(tx -> {
                List<String> dump = new ArrayList<>(tx.handle()
                        .createQuery("select json from plain_member order by id")
                        .mapTo(String.class)
                        .list());
                dump.addAll(tx.handle()
                        .createQuery("select id, audience, data from change_feed where deleted = false"
                                + " order by type, id, audience")
                        .map((row, context) -> row.getString(1) + ' ' + row.getString(2) + ' ' + row.getString(3))
                        .list());
                return dump;
            });
        }

        List<Member> all() {
            return store.read(tx -> members.page(tx, new Reach(List.of(), List.of(units.province)), null, 5000));
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
        return new RosterImport(world.store, world.units, world.members, Heads.load(null), folder, CLOCK);
    }

    private JobsHarness jobs(World world) throws Exception {
        return new JobsHarness(world.store, world.units, imports(world));
    }

    private UUID begin(World world, JobsHarness jobs, byte[] file) throws Exception {
        return imports(world)
                .begin(jobs.jobs(), world.units.haiNinh, JobsHarness.ACCOUNT, "roster", new ByteArrayInputStream(file));
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
            world.store.change(tx -> world.members.save(tx, changed, RosterFilesTest.TODAY));
            jobs.undo(id);
            Job undone = jobs.await(id, JobState.UNDONE);
            assertThat(result(undone).kept()).extracting(Finding::rule).containsExactly("roster.changed-since-applied");
            assertThat(world.all()).containsExactly(changed);
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
            world.store.change(tx -> world.members.save(tx, changed, RosterFilesTest.TODAY));
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
        Stopper stopper = new Stopper(world.members, 700);
        JobsHarness dying = new JobsHarness(
                world.store,
                world.units,
                new RosterImport(world.store, world.units, stopper, Heads.load(null), folder, CLOCK));
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
    void putsBackWhatWasDoneWhenItIsCancelledInTheMiddle(Database database) throws Exception {
        World world = world(database);
        List<String> before = world.dump();
        Stopper stopper = new Stopper(world.members, 700);
        try (JobsHarness jobs = new JobsHarness(
                world.store,
                world.units,
                new RosterImport(world.store, world.units, stopper, Heads.load(null), folder, CLOCK))) {
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
        RosterExport export = new RosterExport(world.store, world.units, world.members, Heads.load(null));
        Reach everywhere = new Reach(List.of(), List.of(world.units.province));
        try (JobsHarness jobs = jobs(world)) {
            String roster = roster(700, 0, 0)
                    .replace("Người 7 ", "=HYPERLINK(\"\"x\"\") ")
                    .replace("01/02/1960", "1960");
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

    /** Members that let the worker wait in the middle of its work. */
    private static final class Stopper extends ForwardingMembers {

        final CountDownLatch reached = new CountDownLatch(1);
        final CountDownLatch go = new CountDownLatch(1);
        private final int after;
        private final AtomicInteger saved = new AtomicInteger();

        Stopper(RosterMembers members, int after) {
            super(members);
            this.after = after;
        }

        @Override
        public long save(vn.sotay.api.store.Transaction tx, Member member, java.time.LocalDate from) {
            if (saved.incrementAndGet() == after) {
                reached.countDown();
                try {
                    go.await(60, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            return super.save(tx, member, from);
        }
    }
}
