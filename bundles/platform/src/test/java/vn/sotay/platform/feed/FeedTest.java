package vn.sotay.platform.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.util.RawValue;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import vn.sotay.api.access.Audience;
import vn.sotay.api.change.ChangeType;
import vn.sotay.api.http.ProblemException;
import vn.sotay.platform.json.Json;
import vn.sotay.platform.store.TestStore;
import vn.sotay.testkit.Database;

/** What a client reads, page by page, as things come, change and go. */
@Timeout(60)
class FeedTest {

    private record Note(String text) {}

    private static final ChangeType<Note> NOTE = new ChangeType<>("note", Note.class);
    private static final UUID CELL = UUID.randomUUID();
    private static final Audience MEMBERS = Audience.members(CELL);
    private static final Audience LEADERS = Audience.leaders(CELL);

    /** A store, its feed, and a client that applies what it reads. */
    private static final class World implements AutoCloseable {

        final TestStore opened;
        final Feed feed;

        World(Database database) {
            this(TestStore.open(database), 500, 512 * 1024);
        }

        World(TestStore opened, int rows, int characters) {
            this.opened = opened;
            this.feed = new Feed(opened.engine().changes(), opened.store(), rows, characters);
        }

        void put(UUID id, long version, Map<Audience, Note> payloads) {
            opened.store().change(tx -> tx.changed(NOTE, id, version, payloads));
        }

        Optional<Changes> ask(Set<Audience> audiences, String since) {
            return feed.changes(audiences, since, Feed.PAGE_ROWS, Duration.ZERO)
                    .toCompletableFuture()
                    .join();
        }

        Changes read(Set<Audience> audiences, String since) {
            return ask(audiences, since).orElseThrow();
        }

        AbstractThrowableAssert<?, ? extends Throwable> assertRefused(Set<Audience> audiences, String since) {
            return assertThatThrownBy(() -> ask(audiences, since))
                    .isInstanceOf(ProblemException.class)
                    .hasMessage("410 feed.start-afresh");
        }

        @Override
        public void close() {
            try {
                feed.stop();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            opened.close();
        }
    }

    private static List<String> texts(Changes changes) {
        return changes.changes().stream()
                .map(change -> change.audience().replaceAll(":.*", "")
                        + ' '
                        + (change.deleted() == null ? ((RawValue) change.data()).rawValue() : "-"))
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void givesEachAudienceItsPayload(Database database) throws Exception {
        try (World world = new World(database)) {
            UUID id = UUID.randomUUID();
            world.put(id, 3, Map.of(MEMBERS, new Note("seen"), LEADERS, new Note("known")));
            Changes members = world.read(Set.of(MEMBERS), null);
            assertThat(members.complete()).isTrue();
            assertThat(members.audiences().added()).containsExactly(MEMBERS.toString());
            assertThat(Json.mapper().valueToTree(members).get("changes").get(0).toString())
                    .startsWith("{\"audience\":\"members:" + CELL + "\",\"type\":\"note\",\"id\":\"" + id
                            + "\",\"version\":3,\"at\":\"20")
                    .endsWith("\",\"data\":{\"text\":\"seen\"}}");
            assertThat(texts(world.read(Set.of(MEMBERS, LEADERS), null)))
                    .containsExactly("leaders {\"text\":\"known\"}", "members {\"text\":\"seen\"}");
            assertThat(world.read(Set.of(Audience.EVERYONE), null).changes()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void givesTheNewestStateOnce(Database database) {
        try (World world = new World(database)) {
            UUID id = UUID.randomUUID();
            world.put(id, 1, Map.of(MEMBERS, new Note("a")));
            String token = world.read(Set.of(MEMBERS), null).token();
            assertThat(world.ask(Set.of(MEMBERS), token)).isEmpty();
            world.put(id, 2, Map.of(MEMBERS, new Note("b")));
            world.put(id, 3, Map.of(MEMBERS, new Note("c")));
            assertThat(texts(world.read(Set.of(MEMBERS), token))).containsExactly("members {\"text\":\"c\"}");
            token = world.read(Set.of(MEMBERS), token).token();
            world.put(id, 4, Map.of(MEMBERS, new Note("c")));
            assertThat(world.ask(Set.of(MEMBERS), token)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void leavesATombstoneForWhomAThingIsNoLongerFor(Database database) {
        try (World world = new World(database)) {
            UUID id = UUID.randomUUID();
            world.put(id, 1, Map.of(MEMBERS, new Note("a"), LEADERS, new Note("a")));
            String token = world.read(Set.of(MEMBERS, LEADERS), null).token();
            world.put(id, 2, Map.of(LEADERS, new Note("a")));
            Changes changes = world.read(Set.of(MEMBERS, LEADERS), token);
            assertThat(texts(changes)).containsExactly("members -");
            assertThat(changes.changes().get(0).version()).isEqualTo(2);
            world.opened.store().change(tx -> tx.removed(NOTE, id, 3));
            assertThat(texts(world.read(Set.of(MEMBERS, LEADERS), changes.token())))
                    .containsExactly("leaders -");
            assertThat(world.read(Set.of(MEMBERS, LEADERS), null).changes()).isEmpty();
            world.put(id, 4, Map.of(MEMBERS, new Note("back")));
            assertThat(texts(world.read(Set.of(MEMBERS, LEADERS), token)))
                    .containsExactly("leaders -", "members {\"text\":\"back\"}");
        }
    }

    @ParameterizedTest
    @EnumSource
    void tellsWhichAudiencesCameAndWent(Database database) {
        try (World world = new World(database)) {
            world.put(UUID.randomUUID(), 1, Map.of(MEMBERS, new Note("old")));
            world.put(UUID.randomUUID(), 1, Map.of(LEADERS, new Note("for leaders")));
            String token = world.read(Set.of(MEMBERS), null).token();
            Changes leader = world.read(Set.of(MEMBERS, LEADERS), token);
            assertThat(leader.audiences().added()).containsExactly(LEADERS.toString());
            assertThat(leader.audiences().removed()).isEmpty();
            assertThat(texts(leader)).containsExactly("leaders {\"text\":\"for leaders\"}");
            Changes former = world.read(Set.of(MEMBERS), leader.token());
            assertThat(former.audiences().removed()).containsExactly(LEADERS.toString());
            assertThat(former.changes()).isEmpty();
            assertThat(world.ask(Set.of(MEMBERS), former.token())).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void cutsPagesAndMissesNothingBetween(Database database) {
        try (World world = new World(TestStore.open(database), 10, 400)) {
            List<UUID> ids = new ArrayList<>();
            for (int i = 0; i < 23; i++) {
                UUID id = UUID.randomUUID();
                ids.add(id);
                world.put(id, 1, Map.of(i % 2 == 0 ? MEMBERS : LEADERS, new Note("note " + i)));
            }
            Set<Audience> both = Set.of(MEMBERS, LEADERS);
            Changes page = world.read(both, null);
            assertThat(page.complete()).isFalse();
            assertThat(page.changes()).hasSize(10);
            List<UUID> seen =
                    new ArrayList<>(page.changes().stream().map(Change::id).toList());
            // one that was read goes, one that was not read changes, one is new
            world.opened.store().change(tx -> tx.removed(NOTE, seen.get(0), 2));
            world.put(ids.get(22), 2, Map.of(MEMBERS, new Note("changed")));
            UUID late = UUID.randomUUID();
            world.put(late, 1, Map.of(LEADERS, new Note("x".repeat(5000))));
            int pages = 1;
            while (!page.complete()) {
                page = world.read(both, page.token());
                assertThat(page.audiences().added()).isEmpty();
                pages++;
                for (Change change : page.changes()) {
                    if (change.deleted() == null) {
                        seen.add(change.id());
                    } else {
                        seen.remove(change.id());
                    }
                }
            }
            assertThat(pages).isGreaterThan(3);
            ids.add(late);
            ids.remove(ids.indexOf(world.opened.feed(LEADERS).stream()
                    .filter(TestStore.Fed::deleted)
                    .map(fed -> UUID.fromString(fed.id()))
                    .findFirst()
                    .orElseThrow()));
            assertThat(seen).containsExactlyInAnyOrderElementsOf(ids);
            assertThat(world.ask(both, page.token())).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void givesSmallerPagesToWhoAsksForThem(Database database) {
        try (World world = new World(database)) {
            for (int i = 0; i < 5; i++) {
                world.put(UUID.randomUUID(), 1, Map.of(MEMBERS, new Note("m" + i), LEADERS, new Note("l" + i)));
            }
            Set<Audience> both = Set.of(MEMBERS, LEADERS);
            List<Integer> sizes = new ArrayList<>();
            List<String> seen = new ArrayList<>();
            String token = null;
            for (boolean complete = false; !complete; ) {
                Changes page = world.feed
                        .changes(both, token, 3, Duration.ZERO)
                        .toCompletableFuture()
                        .join()
                        .orElseThrow();
                sizes.add(page.changes().size());
                seen.addAll(texts(page));
                token = page.token();
                complete = page.complete();
            }
            assertThat(sizes).containsExactly(3, 3, 3, 1);
            assertThat(seen).doesNotHaveDuplicates().hasSize(10);
        }
    }

    /** What is changed again while a page is read moves on in the feed: it must not be missing in what is said to be all. */
    @ParameterizedTest
    @EnumSource
    void whatIsChangedAllTheTimeIsNeverMissing(Database database) {
        try (World world = new World(database)) {
            for (int i = 0; i < 100; i++) {
                world.put(UUID.randomUUID(), 1, Map.of(MEMBERS, new Note("m" + i)));
            }
            UUID busy = UUID.randomUUID();
            world.put(busy, 1, Map.of(MEMBERS, new Note("busy 1")));
            AtomicLong written = new AtomicLong(1);
            AtomicBoolean done = new AtomicBoolean();
            CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
                for (long version = 2; !done.get(); version++) {
                    world.put(busy, version, Map.of(MEMBERS, new Note("busy " + version)));
                    written.set(version);
                }
            });
            try {
                for (int i = 0; i < 300; i++) {
                    long before = written.get();
                    Changes all = world.read(Set.of(MEMBERS), null);
                    assertThat(all.complete()).isTrue();
                    assertThat(all.changes())
                            .filteredOn(change -> change.id().equals(busy))
                            .as("version %s or later", before)
                            .anyMatch(change -> change.version() >= before);
                }
            } finally {
                done.set(true);
                writer.join();
            }
        }
    }

    /** It comes before its number counts, while another that took a number before it has not committed. */
    @ParameterizedTest
    @EnumSource
    void whatCameEarlyAndIsTakenAwayIsNotKept(Database database) throws Exception {
        for (int before : new int[] {0, 1}) {
            CountDownLatch arrived = new CountDownLatch(1);
            CountDownLatch released = new CountDownLatch(1);
            Runnable hold = () -> {
                if (Thread.currentThread().getName().equals("held")) {
                    arrived.countDown();
                    await(released);
                }
            };
            try (World world = new World(TestStore.open(database, hold), 2, 512 * 1024)) {
                for (int i = 0; i < before; i++) {
                    world.put(UUID.randomUUID(), 1, Map.of(Audience.EVERYONE, new Note("before")));
                }
                Thread held =
                        new Thread(() -> world.put(UUID.randomUUID(), 1, Map.of(LEADERS, new Note("held"))), "held");
                held.start();
                await(arrived);
                List<UUID> ids = new ArrayList<>();
                for (int i = 0; i < 5; i++) {
                    ids.add(UUID.randomUUID());
                    world.put(ids.get(i), 1, Map.of(MEMBERS, new Note("early")));
                }
                Set<UUID> kept = new HashSet<>();
                Changes page = world.read(Set.of(MEMBERS), null);
                apply(page, kept);
                for (UUID id : ids.subList(0, 4)) {
                    world.put(id, 2, Map.of(Audience.EVERYONE, new Note("no longer for members")));
                }
                released.countDown();
                held.join();
                Optional<Changes> next = world.ask(Set.of(MEMBERS), page.token());
                while (next.isPresent()) {
                    apply(next.get(), kept);
                    next = world.ask(Set.of(MEMBERS), next.get().token());
                }
                assertThat(kept).as("after %s changes", before).containsExactly(ids.get(4));
            }
        }
    }

    private static void apply(Changes page, Set<UUID> kept) {
        for (Change change : page.changes()) {
            if (change.deleted() == null) {
                kept.add(change.id());
            } else {
                kept.remove(change.id());
            }
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @EnumSource
    void knowsWithoutTheDatabaseThatNothingIsNew(Database database) {
        TestStore opened = TestStore.open(database);
        World world = new World(opened, 500, 1000);
        world.put(UUID.randomUUID(), 1, Map.of(MEMBERS, new Note("a")));
        Set<Audience> both = Set.of(MEMBERS, LEADERS);
        String token = world.read(both, null).token();
        opened.close();
        assertThat(world.ask(both, token)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void refusesTokensThatLeadNowhere(Database database) {
        try (World world = new World(database)) {
            world.put(UUID.randomUUID(), 1, Map.of(MEMBERS, new Note("a")));
            world.assertRefused(Set.of(MEMBERS), "abc");
            world.assertRefused(Set.of(MEMBERS), new FeedToken(UUID.randomUUID(), Map.of(MEMBERS, 1L)).text());
            UUID generation = UUID.fromString(world.opened.engine().changes().generation());
            world.assertRefused(Set.of(MEMBERS), new FeedToken(generation, Map.of(MEMBERS, 999L)).text());
        }
    }

    private static Clock clock(Instant[] now) {
        return new Clock() {
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
                return now[0];
            }
        };
    }

    @ParameterizedTest
    @EnumSource
    void missesNothingWhenTheClockIsSetBack(Database database) {
        Instant[] now = {Instant.parse("2026-11-24T01:00:00Z")};
        try (World world = new World(TestStore.open(database, clock(now)), 500, 1000)) {
            UUID id = UUID.randomUUID();
            world.put(id, 1, Map.of(MEMBERS, new Note("a")));
            String before = world.read(Set.of(MEMBERS), null).token();
            now[0] = now[0].minus(Duration.ofHours(1));
            world.put(id, 2, Map.of(MEMBERS, new Note("b")));
            world.put(UUID.randomUUID(), 1, Map.of(MEMBERS, new Note("c")));

            Changes after = world.read(Set.of(MEMBERS), before);
            assertThat(texts(after)).containsExactly("members {\"text\":\"b\"}", "members {\"text\":\"c\"}");
            assertThat(after.changes()).extracting(Change::at).containsOnly(now[0]);
            assertThat(world.ask(Set.of(MEMBERS), after.token())).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesATokenFromBeforeAPurge(Database database) {
        Instant[] now = {Instant.parse("2026-01-01T00:00:00Z")};
        Clock clock = clock(now);
        try (World world = new World(TestStore.open(database, clock), 500, 1000)) {
            UUID id = UUID.randomUUID();
            world.put(id, 1, Map.of(MEMBERS, new Note("a")));
            String before = world.read(Set.of(MEMBERS), null).token();
            String others = world.read(Set.of(LEADERS), null).token();
            world.opened.store().change(tx -> tx.removed(NOTE, id, 2));
            String after = world.read(Set.of(MEMBERS), before).token();
            world.feed.purge(Duration.ofDays(180));
            assertThat(texts(world.read(Set.of(MEMBERS), before))).containsExactly("members -");
            now[0] = now[0].plus(Duration.ofDays(181));
            world.feed.purge(Duration.ofDays(180));
            assertThat(world.opened.feed(MEMBERS)).isEmpty();
            world.assertRefused(Set.of(MEMBERS), before);
            assertThat(world.ask(Set.of(MEMBERS), after)).isEmpty();
            assertThat(world.ask(Set.of(LEADERS), others)).isEmpty();
            assertThat(world.read(Set.of(MEMBERS), null).changes()).isEmpty();
            // kept over a restart
            Feed again = new Feed(world.opened.engine().changes(), world.opened.store(), 500, 1000);
            assertThatThrownBy(() -> again.changes(Set.of(MEMBERS), before, Feed.PAGE_ROWS, Duration.ZERO))
                    .isInstanceOf(ProblemException.class);
            assertThat(world.opened.store().<Long, RuntimeException>read(tx -> tx.handle()
                            .createQuery("select high from feed_state")
                            .mapTo(Long.class)
                            .one()))
                    .isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void wakesWhoWaits(Database database) throws Exception {
        try (World world = new World(database)) {
            world.put(UUID.randomUUID(), 1, Map.of(MEMBERS, new Note("a")));
            String token = world.read(Set.of(MEMBERS), null).token();
            List<CompletableFuture<Optional<Changes>>> waiting = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                waiting.add(world.feed
                        .changes(Set.of(MEMBERS), token, Feed.PAGE_ROWS, Duration.ofSeconds(30))
                        .toCompletableFuture());
            }
            world.put(UUID.randomUUID(), 1, Map.of(LEADERS, new Note("not for them")));
            assertThatThrownBy(() -> waiting.get(0).get(200, TimeUnit.MILLISECONDS))
                    .isInstanceOf(TimeoutException.class);
            world.put(UUID.randomUUID(), 1, Map.of(MEMBERS, new Note("b")));
            for (var answer : waiting) {
                assertThat(texts(answer.get(5, TimeUnit.SECONDS).orElseThrow()))
                        .containsExactly("members {\"text\":\"b\"}");
            }
            token = waiting.get(0).join().orElseThrow().token();
            assertThat(world.feed
                            .changes(Set.of(MEMBERS), token, Feed.PAGE_ROWS, Duration.ofMillis(50))
                            .toCompletableFuture()
                            .get(5, TimeUnit.SECONDS))
                    .isEmpty();
            var last = world.feed
                    .changes(Set.of(MEMBERS), token, Feed.PAGE_ROWS, Duration.ofSeconds(30))
                    .toCompletableFuture();
            world.feed.stop();
            assertThat(last).isCompletedWithValue(Optional.empty());
        }
    }

    @ParameterizedTest
    @EnumSource
    void tellsWhoFollows(Database database) throws Exception {
        try (World world = new World(database)) {
            world.put(UUID.randomUUID(), 1, Map.of(MEMBERS, new Note("a"), LEADERS, new Note("a")));
            String members = world.read(Set.of(MEMBERS), null).token();
            String leaders = world.read(Set.of(LEADERS), null).token();
            BlockingQueue<String> told = new LinkedBlockingQueue<>();
            Runnable end = world.feed.follow(Set.of(MEMBERS), members, () -> told.add("a member"));
            world.feed.follow(Set.of(LEADERS), leaders, () -> told.add("a leader"));
            assertThat(told).isEmpty();
            world.feed.follow(Set.of(MEMBERS), null, () -> told.add("a new one"));
            assertThat(told.poll()).isEqualTo("a new one");
            world.feed.follow(Set.of(MEMBERS, LEADERS), members, () -> told.add("who leads now"));
            assertThat(told.poll()).isEqualTo("who leads now");

            world.put(UUID.randomUUID(), 1, Map.of(MEMBERS, new Note("b")));
            Set<String> heard = new HashSet<>();
            while (heard.size() < 3) {
                heard.add(told.poll(5, TimeUnit.SECONDS));
            }
            assertThat(heard).containsExactlyInAnyOrder("a member", "a new one", "who leads now");

            end.run();
            told.clear();
            world.put(UUID.randomUUID(), 1, Map.of(LEADERS, new Note("c")));
            while (!"a leader".equals(told.poll(5, TimeUnit.SECONDS))) {
                assertThat(told).doesNotContain("a member");
            }
            assertThatThrownBy(() -> world.feed.follow(Set.of(MEMBERS), "abc", () -> told.add("nobody")))
                    .hasMessage("410 feed.start-afresh");
        }
    }

    @ParameterizedTest
    @EnumSource
    void goesOnAfterAWriteThatFailedInTheFeed(Database database) throws Exception {
        try (World world = new World(database)) {
            String token = world.read(Set.of(MEMBERS), null).token();
            var waiting = world.feed
                    .changes(Set.of(MEMBERS), token, Feed.PAGE_ROWS, Duration.ofSeconds(30))
                    .toCompletableFuture();
            assertThatThrownBy(() -> world.opened.store().change(tx -> {
                        tx.changed(NOTE, UUID.randomUUID(), 1, MEMBERS, new Note("never"));
                        tx.handle().execute("drop table change_feed");
                    }))
                    .isInstanceOf(RuntimeException.class);
            world.put(UUID.randomUUID(), 1, Map.of(MEMBERS, new Note("after")));
            try {
                assertThat(texts(waiting.get(5, TimeUnit.SECONDS).orElseThrow()))
                        .containsExactly("members {\"text\":\"after\"}");
            } catch (CompletionException e) {
                throw new AssertionError(e);
            }
        }
    }
}
