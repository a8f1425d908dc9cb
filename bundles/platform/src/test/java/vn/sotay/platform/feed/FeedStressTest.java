package vn.sotay.platform.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.util.RawValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import vn.sotay.api.access.Audience;
import vn.sotay.api.change.ChangeType;
import vn.sotay.platform.store.TestStore;
import vn.sotay.testkit.Database;

/**
 * Readers who follow while many write, with pauses before the commits, end with exactly what is there: nothing missed, nothing too
 * much.
 */
@Timeout(240)
class FeedStressTest {

    private record Note(int number) {}

    private static final ChangeType<Note> NOTE = new ChangeType<>("note", Note.class);
    /** Set by {@code ./test --long}. */
    private static final boolean LONG = Boolean.getBoolean("sotay.long");

    private static final Duration TIME = Duration.ofSeconds(LONG ? 60 : 3);
    private static final int WRITERS = LONG ? 16 : 8;
    private static final int READERS = LONG ? 8 : 3;
    private static final int LONGEST_PAUSE_MS = 20;
    private static final int THINGS_OF_A_WRITER = 40;
    private static final int SHARED_THINGS = 10;

    private final List<Audience> audiences =
            List.of(Audience.EVERYONE, Audience.members(UUID.randomUUID()), Audience.leaders(UUID.randomUUID()));

    @ParameterizedTest
    @EnumSource
    void missesNothing(Database database) throws Exception {
        try (TestStore opened = TestStore.open(database, LONGEST_PAUSE_MS)) {
            Feed feed = new Feed(opened.engine().changes(), opened.store(), 20, 100_000);
            List<UUID> shared = uuids(SHARED_THINGS);
            AtomicBoolean written = new AtomicBoolean();
            var threads = Executors.newFixedThreadPool(WRITERS + READERS);
            List<CompletableFuture<Map<String, String>>> readers = new ArrayList<>();
            for (int reader = 0; reader < READERS; reader++) {
                int wait = reader * 5;
                readers.add(CompletableFuture.supplyAsync(() -> follow(feed, written, wait), threads));
            }
            Map<UUID, Long> versions = new ConcurrentHashMap<>();
            List<CompletableFuture<Integer>> writers = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                writers.add(CompletableFuture.supplyAsync(write(opened, shared, versions), threads));
            }
            int commits = 0;
            for (var writer : writers) {
                commits += writer.join();
            }
            written.set(true);
            Map<String, String> truth = new HashMap<>();
            for (Audience audience : audiences) {
                for (TestStore.Fed fed : opened.feed(audience)) {
                    if (!fed.deleted()) {
                        truth.put(audience + " " + fed.id(), fed.version() + " " + fed.data());
                    }
                }
            }
            assertThat(commits).isGreaterThan(100);
            for (var reader : readers) {
                assertThat(reader.join()).isEqualTo(truth);
            }
            threads.shutdown();
            feed.stop();
        }
    }

    private static List<UUID> uuids(int count) {
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(UUID.randomUUID());
        }
        return ids;
    }

    private Supplier<Integer> write(TestStore opened, List<UUID> shared, Map<UUID, Long> versions) {
        return () -> {
            ThreadLocalRandom random = ThreadLocalRandom.current();
            List<UUID> own = uuids(THINGS_OF_A_WRITER);
            int commits = 0;
            for (long end = System.nanoTime() + TIME.toNanos(); System.nanoTime() < end; commits++) {
                opened.store().change(tx -> {
                    for (int things = random.nextInt(1, 4); things > 0; things--) {
                        UUID id = random.nextInt(10) == 0
                                ? shared.get(random.nextInt(shared.size()))
                                : own.get(random.nextInt(own.size()));
                        Map<Audience, Note> payloads = new HashMap<>();
                        for (Audience audience : audiences) {
                            if (random.nextBoolean()) {
                                payloads.put(audience, new Note(random.nextInt(3)));
                            }
                        }
                        tx.changed(NOTE, id, versions.merge(id, 1L, Long::sum), payloads);
                    }
                    tx.handle().execute("update feed_purged set seq = 0 where audience = 'nobody'");
                });
                sleep(random.nextInt(4));
            }
            return commits;
        };
    }

    /** As a client does: keeps what comes, forgets what goes, until all has been written and read. */
    private Map<String, String> follow(Feed feed, AtomicBoolean written, int waitMillis) {
        Map<String, String> kept = new HashMap<>();
        String token = null;
        while (true) {
            boolean last = written.get();
            Optional<Changes> changes = feed.changes(
                            Set.copyOf(audiences), token, Feed.PAGE_ROWS, Duration.ofMillis(waitMillis))
                    .toCompletableFuture()
                    .join();
            if (changes.isPresent()) {
                token = changes.get().token();
                for (Change change : changes.get().changes()) {
                    String thing = change.audience() + ' ' + change.id();
                    if (change.deleted() == null) {
                        kept.put(thing, change.version() + " " + ((RawValue) change.data()).rawValue());
                    } else {
                        kept.remove(thing);
                    }
                }
            }
            if (last && changes.map(Changes::complete).orElse(true)) {
                return kept;
            }
            if (waitMillis == 0) {
                sleep(2);
            }
        }
    }

    private static void sleep(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
