package vn.sotay.platform.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import vn.sotay.api.access.Audience;
import vn.sotay.api.access.Caller;
import vn.sotay.api.access.Mandate;
import vn.sotay.api.access.Permission;
import vn.sotay.api.access.Reach;
import vn.sotay.api.file.FileInfo;
import vn.sotay.api.http.Form;
import vn.sotay.api.http.ProblemException;
import vn.sotay.api.http.Reply;
import vn.sotay.api.http.Request;
import vn.sotay.api.unit.Unit;
import vn.sotay.platform.store.TestStore;
import vn.sotay.testkit.Database;

/** Files that are sent, held, read and cleared away, on both databases. */
class FilesTest {

    private static final Audience MEMBERS = Audience.members(UUID.randomUUID());
    private static final Person SECRETARY = new Person(UUID.randomUUID(), Set.of(MEMBERS));
    private static final Person MEMBER = new Person(UUID.randomUUID(), Set.of(MEMBERS, Audience.EVERYONE));
    private static final Person STRANGER = new Person(UUID.randomUUID(), Set.of(Audience.EVERYONE));

    @TempDir
    Path spool;

    private Instant now = Instant.parse("2026-11-24T05:00:00Z");
    private final Clock clock = new Clock() {
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
            return now;
        }
    };

    /** A caller of whom only account and audiences are asked. */
    private record Person(UUID account, Set<Audience> audiences) implements Caller {

        @Override
        public Optional<UUID> member() {
            return Optional.empty();
        }

        @Override
        public Optional<Unit> cell() {
            return Optional.empty();
        }

        @Override
        public List<Mandate> mandates() {
            return List.of();
        }

        @Override
        public Reach reach(Permission permission) {
            return new Reach(List.of(), List.of());
        }

        @Override
        public boolean may(Permission permission, Unit unit) {
            return false;
        }

        @Override
        public boolean mayForSelf(Permission permission, UUID member) {
            return false;
        }

        @Override
        public boolean sees(Unit unit) {
            return false;
        }

        @Override
        public void require(Permission permission, Unit unit) {
            throw new UnsupportedOperationException();
        }
    }

    /** A request with what these endpoints ask of it. */
    private record Asked(Caller caller, String sha256, byte[] content, Map<String, String> headers, String name)
            implements Request {

        @Override
        public String path(String variable) {
            return sha256;
        }

        @Override
        public UUID id(String variable) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <T> Optional<T> query(String parameter, Class<T> type) {
            return Optional.ofNullable(type.cast(name));
        }

        @Override
        public int limit() {
            return 50;
        }

        @Override
        public List<String> after() {
            return List.of();
        }

        @Override
        public <T extends Record> T body(Class<T> type) {
            throw new UnsupportedOperationException();
        }

        @Override
        public InputStream bytes() {
            return new ByteArrayInputStream(content);
        }

        @Override
        public Form form() {
            throw new UnsupportedOperationException();
        }

        @Override
        public OptionalLong ifMatch() {
            return OptionalLong.empty();
        }

        @Override
        public Optional<String> header(String header) {
            return Optional.ofNullable(headers.get(header));
        }

        @Override
        public boolean secure() {
            return false;
        }

        @Override
        public String address() {
            return "127.0.0.1";
        }

        @Override
        public String host() {
            return "localhost";
        }

        @Override
        public Locale language() {
            return Locale.ENGLISH;
        }

        @Override
        public Reply unlessChanged(Set<Audience> audiences, Supplier<Reply> read) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Instant at() {
            return Instant.EPOCH;
        }
    }

    private record World(TestStore opened, StoredFiles files, FileEndpoints endpoints) implements AutoCloseable {

        Reply put(Caller caller, byte[] content) throws IOException {
            return put(caller, hash(content), content);
        }

        Reply put(Caller caller, String sha256, byte[] content) throws IOException {
            return endpoints.put(new Asked(caller, sha256, content, Map.of(), null));
        }

        Reply get(Caller caller, String sha256, Map<String, String> headers) {
            return endpoints.get(new Asked(caller, sha256, new byte[0], headers, null));
        }

        Reply get(Caller caller, String sha256) {
            return get(caller, sha256, Map.of());
        }

        void hold(UUID meeting, Set<String> sha256s) {
            opened.store().change(tx -> files.hold(tx, "meeting", meeting, sha256s, Set.of(MEMBERS)));
        }

        int count(String table) {
            return opened.store().read(tx -> tx.handle()
                    .createQuery("select count(*) from " + table)
                    .mapTo(Integer.class)
                    .one());
        }

        @Override
        public void close() {
            opened.close();
        }
    }

    private World world(Database database) throws IOException {
        TestStore opened = TestStore.open(database, clock);
        StoredFiles files = new StoredFiles(opened.store());
        Uploads uploads = new Uploads(opened.store(), files, spool);
        return new World(opened, files, new FileEndpoints(opened.store(), files, uploads, 20 << 20));
    }

    private static String hash(byte[] content) {
        return HexFormat.of().formatHex(StoredFiles.sha256().digest(content));
    }

    private static byte[] pdf(int size) {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        System.arraycopy("%PDF-1.7\n".getBytes(), 0, content, 0, 9);
        return content;
    }

    private static byte[] body(Reply reply) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ((Reply.Writer) reply.body()).write(out);
        return out.toByteArray();
    }

    private static void assertNotFound(World world, Caller caller, String sha256) {
        assertThatThrownBy(() -> world.get(caller, sha256))
                .isInstanceOf(ProblemException.class)
                .hasMessage("404 not-found");
    }

    @ParameterizedTest
    @EnumSource
    void keepsWhatIsSentAndGivesItBack(Database database) throws IOException {
        try (World world = world(database)) {
            byte[] content = pdf(1_200_000);
            String sha256 = hash(content);
            Reply first = world.put(SECRETARY, content);
            assertThat(first.status()).isEqualTo(201);
            assertThat(first.body()).isEqualTo(new FileInfo(sha256, content.length, "application/pdf"));
            assertThat(world.put(SECRETARY, content).status()).isEqualTo(200);
            Reply read = world.get(SECRETARY, sha256);
            assertThat(body(read)).isEqualTo(content);
            Map<String, String> headers = new HashMap<>(read.headers());
            assertThat(headers)
                    .containsEntry("ETag", '"' + sha256 + '"')
                    .containsEntry("Content-Type", "application/pdf")
                    .containsEntry("Content-Length", "1200000")
                    .containsEntry("Content-Disposition", "attachment");
            try (Stream<Path> left = Files.list(spool)) {
                assertThat(left).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepsNothingUnderAWrongHash(Database database) throws IOException {
        try (World world = world(database)) {
            assertThatThrownBy(() -> world.put(SECRETARY, hash(pdf(10)), pdf(100_000)))
                    .isInstanceOf(ProblemException.class)
                    .hasMessage("422 file.wrong-hash");
            assertThatThrownBy(() -> world.put(SECRETARY, "ABC", pdf(10))).hasMessage("422 invalid");
            assertThat(world.count("file") + world.count("file_chunk") + world.count("file_upload"))
                    .isZero();
            try (Stream<Path> left = Files.list(spool)) {
                assertThat(left).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void givesRanges(Database database) throws IOException {
        try (World world = world(database)) {
            byte[] content = pdf(200_000);
            String sha256 = hash(content);
            world.put(SECRETARY, content);
            Reply part = world.get(SECRETARY, sha256, Map.of("Range", "bytes=65000-132000"));
            assertThat(part.status()).isEqualTo(206);
            assertThat(part.headers())
                    .containsEntry("Content-Range", "bytes 65000-132000/200000")
                    .containsEntry("Content-Length", "67001");
            assertThat(body(part)).isEqualTo(Arrays.copyOfRange(content, 65_000, 132_001));
            assertThat(body(world.get(SECRETARY, sha256, Map.of("Range", "bytes=-5"))))
                    .isEqualTo(Arrays.copyOfRange(content, 199_995, 200_000));
            Reply other = world.get(SECRETARY, sha256, Map.of("Range", "bytes=0-1", "If-Range", "\"other\""));
            assertThat(other.status()).isEqualTo(200);
            assertThatThrownBy(() -> world.get(SECRETARY, sha256, Map.of("Range", "bytes=200000-")))
                    .hasMessage("416 file.no-such-range");
        }
    }

    @ParameterizedTest
    @EnumSource
    void showsAFileToWhomAHolderShowsIt(Database database) throws IOException {
        try (World world = world(database)) {
            String sha256 = hash(pdf(100));
            UUID meeting = UUID.randomUUID();
            assertThatThrownBy(() -> world.hold(meeting, Set.of(sha256))).hasMessage("422 invalid");
            world.put(SECRETARY, pdf(100));
            assertNotFound(world, MEMBER, sha256);
            world.hold(meeting, Set.of(sha256));
            assertThat(world.get(MEMBER, sha256).status()).isEqualTo(200);
            assertNotFound(world, STRANGER, sha256);
            assertNotFound(world, new Person(UUID.randomUUID(), Set.of()), sha256);
            world.hold(meeting, Set.of());
            assertNotFound(world, MEMBER, sha256);
            assertThat(world.get(SECRETARY, sha256).status()).isEqualTo(200);
            now = now.plus(Duration.ofHours(25));
            assertNotFound(world, SECRETARY, sha256);
            // who sends it has it, and is not told that somebody else had sent it
            assertThat(world.put(STRANGER, pdf(100)).status()).isEqualTo(201);
            assertThat(world.get(STRANGER, sha256).status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepsWhatAModuleMade(Database database) throws IOException {
        try (World world = world(database)) {
            byte[] minutes = "Biên bản sinh hoạt chi bộ".getBytes(java.nio.charset.StandardCharsets.UTF_8);
            FileInfo file = world.opened().store().write(tx -> {
                FileInfo kept = world.files().keep(tx, minutes);
                world.files().keep(tx, minutes);
                world.files().hold(tx, "minutes", UUID.randomUUID(), Set.of(kept.sha256()), Set.of(MEMBERS));
                return kept;
            });
            assertThat(file).isEqualTo(new FileInfo(hash(minutes), minutes.length, "text/plain"));
            Reply read = world.get(MEMBER, file.sha256());
            assertThat(body(read)).isEqualTo(minutes);
            assertThat(read.headers()).containsEntry("Content-Type", "text/plain; charset=utf-8");
        }
    }

    @ParameterizedTest
    @EnumSource
    void clearsAwayWhatNothingHolds(Database database) throws Exception {
        try (World world = world(database)) {
            FileClearing clearing = new FileClearing(world.opened().store(), world.files(), Duration.ofDays(7));
            UUID meeting = UUID.randomUUID();
            world.put(SECRETARY, pdf(100_000));
            world.put(SECRETARY, pdf(90_000));
            world.hold(meeting, Set.of(hash(pdf(90_000))));
            now = now.plus(Duration.ofDays(6));
            clearing.run();
            assertThat(world.count("file")).isEqualTo(2);
            now = now.plus(Duration.ofDays(2));
            clearing.run();
            assertThat(world.count("file")).isEqualTo(1);
            assertThat(world.count("file_chunk")).isEqualTo(2);
            world.hold(meeting, Set.of());
            clearing.run();
            assertThat(world.count("file")).isEqualTo(1);
            now = now.plus(Duration.ofDays(8));
            clearing.run();
            assertThat(world.count("file") + world.count("file_chunk") + world.count("file_upload"))
                    .isZero();
            clearing.stop();
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepsAFileOnceThatManySendAtOnce(Database database) throws Exception {
        try (World world = world(database)) {
            byte[] content = pdf(500_000);
            List<CompletableFuture<Integer>> senders = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                Person person = new Person(UUID.randomUUID(), Set.of());
                senders.add(CompletableFuture.supplyAsync(() -> {
                    try {
                        return world.put(person, content).status();
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                }));
            }
            assertThat(senders.stream().map(CompletableFuture::join).sorted().toList())
                    .containsOnly(201);
            assertThat(world.count("file_chunk")).isEqualTo(8);
        }
    }

    @ParameterizedTest
    @EnumSource(names = "DERBY")
    void namesTheFileAsItIsToBeSaved(Database database) throws IOException {
        try (World world = world(database)) {
            world.put(SECRETARY, pdf(100));
            Reply named = world.endpoints()
                    .get(new Asked(SECRETARY, hash(pdf(100)), new byte[0], Map.of(), "Nghị \"quyết\"/số 5\r\n.pdf"));
            assertThat(named.headers())
                    .containsEntry(
                            "Content-Disposition",
                            "attachment; filename=\"nghi _quyet__so 5__.pdf\";"
                                    + " filename*=UTF-8''Ngh%E1%BB%8B%20_quy%E1%BA%BFt__s%E1%BB%91%205__.pdf");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aModuleReadsAContentOnceFromItsBeginning(Database database) throws IOException {
        try (World world = world(database)) {
            byte[] content = pdf(150_000);
            FileInfo file = world.opened.store().write(tx -> world.files.keep(tx, content));

            try (InputStream in = world.files.open(file)) {
                assertThat(in.read()).isEqualTo('%');
                assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(content, 1, content.length));
                assertThat(in.read()).isEqualTo(-1);
            }
            try (InputStream in = world.files.open(new FileInfo(hash(new byte[] {1}), 10, file.type()))) {
                assertThatThrownBy(in::read).isInstanceOf(java.io.FileNotFoundException.class);
            }
        }
    }
}
