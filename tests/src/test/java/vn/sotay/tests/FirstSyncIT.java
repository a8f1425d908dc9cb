package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import vn.sotay.testkit.Client;
import vn.sotay.testkit.Response;
import vn.sotay.testkit.Sotay;

/**
 * A phone that is killed at random moments of its first synchronisation, in the middle of a page or between two, while others write. It
 * keeps what comes as {@code copy.js} does: each page with its token in one step; whole once it was told that this was all. Then all that
 * it may see has to be there. {@code -Dsotay.kills=} says how often.
 */
class FirstSyncIT {

    private static final int KILLS = Faults.times("sotay.kills", 200, 2_000);
    private static final int MOST_OF_A_PAGE = 20;
    /** About as much as the head of a reply has. */
    private static final int HEAD = 450;

    private static Sotay sotay;
    private static CutLine line;

    private final Random random = new Random(20261127);

    @BeforeAll
    static void start() {
        sotay = Sotay.start(Sotay.prepared());
        line = new CutLine(sotay.url());
    }

    @AfterAll
    static void stop() throws IOException {
        line.close();
        assertThat(sotay.output()).doesNotContain("\tat ");
        sotay.close();
    }

    /** What is on the disk of a phone: it is replaced as a whole, as by a transaction of the browser's database. */
    private record Disk(String token, boolean whole, Map<String, JsonNode> things) {

        static final Disk EMPTY = new Disk("", false, Map.of());

        Disk with(JsonNode page) {
            Map<String, JsonNode> all = new TreeMap<>(things);
            page.at("/audiences/removed")
                    .forEach(gone -> all.keySet().removeIf(thing -> thing.startsWith(gone.asText() + ' ')));
            for (JsonNode change : page.path("changes")) {
                String thing = change.path("audience").asText()
                        + ' '
                        + change.path("type").asText()
                        + ' '
                        + change.path("id").asText();
                if (change.path("deleted").asBoolean()) {
                    all.remove(thing);
                } else {
                    all.put(thing, change);
                }
            }
            return new Disk(
                    page.path("token").asText(),
                    page.path("complete").asBoolean()
                            || whole && page.at("/audiences/added").isEmpty(),
                    all);
        }

        /** By id, the newest version that is there. */
        Map<String, Long> versions() {
            Map<String, Long> versions = new HashMap<>();
            things.values()
                    .forEach(one -> versions.merge(
                            one.path("id").asText(), one.path("version").asLong(), Math::max));
            return versions;
        }

        Set<String> ids(String type) {
            Set<String> ids = new TreeSet<>();
            things.values().stream()
                    .filter(one -> one.path("type").asText().equals(type))
                    .forEach(one -> ids.add(one.path("id").asText()));
            return ids;
        }
    }

    /** When a phone is killed, if at all. */
    private enum Fate {
        IN_A_PAGE,
        BEFORE_IT_IS_KEPT,
        AFTER_IT_IS_KEPT,
        LIVES_ON
    }

    private final class Phone {

        final Client client;
        Disk disk = Disk.EMPTY;
        int kills;
        int cut;
        int pages;
        /** Bytes of the last reply, with its head. */
        int bytes = HEAD;

        Phone(String login) {
            String token = sotay.anonymous()
                    .post("/api/session", Map.of("login", login, "password", Sotay.PASSWORD))
                    .expect(201)
                    .json()
                    .path("token")
                    .asText();
            client = Sotay.stranger(line.url()).header("Authorization", "Bearer " + token);
        }

        /** Asks for a page, and whether it then had kept all that there was. */
        boolean ask(Fate fate) {
            line.cutAfter(Long.MAX_VALUE, fate == Fate.IN_A_PAGE ? random.nextInt(1, bytes) : Long.MAX_VALUE);
            Response reply;
            try {
                reply = client.get("/api/changes?limit=" + random.nextInt(1, MOST_OF_A_PAGE + 1)
                        + (disk.token().isEmpty() ? "" : "&since=" + disk.token()));
            } catch (UncheckedIOException e) {
                cut++;
                killed();
                return false;
            }
            bytes = reply.body().length + HEAD;
            if (fate == Fate.BEFORE_IT_IS_KEPT) {
                killed();
                return false;
            }
            boolean isAll = reply.status() == 204;
            if (isAll) {
                disk = new Disk(disk.token(), true, disk.things());
            } else {
                JsonNode page = reply.expect(200).json();
                isAll = page.path("complete").asBoolean();
                disk = disk.with(page);
                pages++;
            }
            if (fate == Fate.AFTER_IT_IS_KEPT) {
                killed();
            }
            return isAll;
        }

        /** Counts, if it was during its first synchronisation. */
        private void killed() {
            if (!disk.whole()) {
                kills++;
            }
        }
    }

    private Fate anyFate() {
        return Fate.values()[random.nextInt(Fate.values().length)];
    }

    // ---- the others

    /** People of the cell who write until {@link #close}, and remember what they were told has been written. */
    private static final class Others implements AutoCloseable {

        static final long GONE = -1;
        /** Is about to be taken away. */
        static final long GOING = 0;

        private final Map<String, Long> told = new ConcurrentHashMap<>();

        final ReadWriteLock writing = new ReentrantReadWriteLock(true);
        final String cell;
        private final Client secretary = sotay.as("secretary");
        private final Client fisherman = sotay.as("fisherman");
        private final List<String> members = ids(20);
        private final List<String> opinions = ids(30);
        private final Deque<String> meetings = new ArrayDeque<>();
        private final List<CompletableFuture<Void>> running = new ArrayList<>();
        private volatile boolean done;

        Others() {
            cell = secretary
                    .get("/api/me")
                    .expect(200)
                    .json()
                    .at("/member/cell/id")
                    .asText();
            String item = UUID.randomUUID().toString();
            String meeting = plan(item);
            running.add(start(random -> {
                switch (random.nextInt(4)) {
                    case 0 -> meetings.add(plan(UUID.randomUUID().toString()));
                    case 1 -> cancel();
                    default -> enter(random);
                }
            }));
            running.add(start(random -> say("/api/meetings/" + meeting + "/items/" + item + "/opinions/", random)));
        }

        private static List<String> ids(int count) {
            return Stream.generate(() -> UUID.randomUUID().toString())
                    .limit(count)
                    .toList();
        }

        private interface Write {
            void one(Random random);
        }

        private CompletableFuture<Void> start(Write write) {
            Random random = new Random(running.size());
            return CompletableFuture.runAsync(
                    () -> {
                        while (!done) {
                            writing.readLock().lock();
                            try {
                                write.one(random);
                            } finally {
                                writing.readLock().unlock();
                            }
                            Faults.pause(random.nextInt(10));
                        }
                    },
                    task -> new Thread(task, "writes").start());
        }

        /** A meeting of which all of the cell are told. */
        private String plan(String item) {
            String id = UUID.randomUUID().toString();
            secretary
                    .put(
                            "/api/meetings/" + id,
                            Map.of(
                                    "cell",
                                    cell,
                                    "kind",
                                    "THEMATIC",
                                    "startsAt",
                                    Instant.now()
                                            .plus(Duration.ofDays(40))
                                            .truncatedTo(ChronoUnit.SECONDS)
                                            .toString(),
                                    "place",
                                    "Nhà văn hóa",
                                    "title",
                                    "Trong lúc tải",
                                    "items",
                                    List.of(Map.of("id", item, "title", "Bàn việc"))))
                    .expect(201);
            secretary.post("/api/meetings/" + id + "/notify").expect(200);
            told.put(id, 1L);
            return id;
        }

        private void cancel() {
            String id = meetings.poll();
            if (id != null) {
                told.put(id, GOING);
                secretary.delete("/api/meetings/" + id).expect(204);
                told.put(id, GONE);
            }
        }

        private void enter(Random random) {
            String id = members.get(random.nextInt(members.size()));
            Map<String, Object> member = Map.of(
                    "cell", cell, "name", "Nguyễn Văn Thử", "birthYear", 1950 + random.nextInt(40), "gender", "MALE");
            keep(id, secretary.put("/api/members/" + id, member));
        }

        private void say(String path, Random random) {
            String id = opinions.get(random.nextInt(opinions.size()));
            Map<String, Object> opinion = Map.of("stance", "OTHER", "text", "Ý kiến " + random.nextInt(1_000_000));
            keep(id, fisherman.put(path + id, opinion));
        }

        private void keep(String id, Response reply) {
            assertThat(reply.status()).as(reply.toString()).isIn(200, 201);
            told.put(id, Long.parseLong(reply.header("ETag").replaceAll("\\D", "")));
        }

        /** By id, what they have been told so far; nobody is just writing. */
        Map<String, Long> told() {
            writing.writeLock().lock();
            try {
                return new HashMap<>(told);
            } finally {
                writing.writeLock().unlock();
            }
        }

        /** Passes if a phone has at least what had been written before it asked for the page that made it whole. */
        void check(Map<String, Long> before, Disk disk) {
            Map<String, Long> versions = disk.versions();
            before.forEach((id, version) -> {
                if (version == GONE) {
                    assertThat(versions).as("what was taken away").doesNotContainKey(id);
                } else if (version > GOING && told.getOrDefault(id, GONE) > GOING) {
                    assertThat(versions.getOrDefault(id, GONE))
                            .as("version of " + id)
                            .isGreaterThanOrEqualTo(version);
                }
            });
        }

        void requireThatTheyWrite() {
            running.stream().filter(CompletableFuture::isDone).forEach(CompletableFuture::join);
        }

        @Override
        public void close() {
            done = true;
            running.forEach(CompletableFuture::join);
        }
    }

    // ---- what must be so

    @Test
    void isNotWholeBeforeAllHasCome() {
        try (Others others = new Others()) {
            Phone phone = new Phone("secretary");
            int syncs = 0;
            // how many pages a synchronisation has depends on who lives in the cell: it takes as many kills as it takes
            while (phone.kills < KILLS || syncs <= KILLS / 50) {
                Map<String, Long> before = others.told();
                phone.ask(anyFate());
                others.requireThatTheyWrite();
                if (phone.disk.whole()) {
                    others.check(before, phone.disk);
                    compare(phone, others);
                    phone.disk = Disk.EMPTY;
                    syncs++;
                }
            }
            while (!phone.disk.whole()) {
                phone.ask(Fate.LIVES_ON);
            }
            compare(phone, others);
            assertThat(phone.cut).as("in the middle of a page").isGreaterThan(KILLS / 10);
            assertThat(phone.pages).isGreaterThan(5 * syncs);
            System.out.printf(
                    "%d kills, %d of them in a page, %d first synchronisations, %d pages, %d things that others wrote%n",
                    phone.kills,
                    phone.cut,
                    syncs + 1,
                    phone.pages,
                    others.told().size());
        }
    }

    /** Once nobody writes it has what one has who reads all of it at once, and what the lists say. */
    private void compare(Phone phone, Others others) {
        others.writing.writeLock().lock();
        try {
            boolean isAll = false;
            while (!isAll) {
                isAll = phone.ask(Fate.LIVES_ON);
            }
            assertThat(phone.disk.things()).isEqualTo(all("secretary"));
            assertThat(phone.disk.ids("member")).isEqualTo(listed("/api/members?limit=500&unit=" + others.cell));
            assertThat(phone.disk.ids("meeting"))
                    .isEqualTo(listed("/api/meetings?limit=500&from=2020-01-01&cell=" + others.cell));
        } finally {
            others.writing.writeLock().unlock();
        }
    }

    private static Map<String, JsonNode> all(String login) {
        try (Follower all = Follower.start(sotay, login, 0)) {
            all.finish();
            return new TreeMap<>(all.things());
        }
    }

    private static Set<String> listed(String path) {
        Set<String> ids = new TreeSet<>();
        sotay.as("secretary")
                .get(path)
                .expect(200)
                .json()
                .path("items")
                .forEach(one -> ids.add(one.path("id").asText()));
        return ids;
    }

    @Test
    void norAfterItsMemberHasMoved() {
        Phone phone = new Phone("member2");
        Client officer = sotay.as("officer");
        JsonNode me = sotay.as("member2").get("/api/me").expect(200).json();
        String path = "/api/members/" + me.at("/member/id").asText();
        JsonNode record = officer.get(path).expect(200).json();
        String there = sotay.as("secretary")
                .get("/api/me")
                .expect(200)
                .json()
                .at("/member/cell/id")
                .asText();
        untilAllIsThere(phone, Map.of());
        int wereNotWhole = 0;
        for (int i = 0; i < 10; i++) {
            Map<String, JsonNode> before = all("member2");
            JsonNode moved = i % 2 == 0 ? ((ObjectNode) record.deepCopy()).put("cell", there) : record;
            officer.put(path, moved.toString()).expect(200);
            wereNotWhole += untilAllIsThere(phone, before);
        }
        assertThat(wereNotWhole).isPositive();
    }

    /** While a phone says that it is whole it has all of the one cell or all of the other. Returns how often it was not. */
    private int untilAllIsThere(Phone phone, Map<String, JsonNode> before) {
        Map<String, JsonNode> after = all("member2");
        int notWhole = 0;
        boolean isAll = false;
        while (!isAll) {
            isAll = phone.ask(anyFate());
            if (phone.disk.whole()) {
                assertThat(phone.disk.things()).isIn(before, after);
            } else {
                notWhole++;
            }
        }
        assertThat(phone.disk.things()).isEqualTo(after);
        return notWhole;
    }
}
