package vn.sotay.platform.feed;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.sotay.api.access.Audience;
import vn.sotay.api.http.Problem;
import vn.sotay.api.store.Store;
import vn.sotay.platform.module.HeldRequests;
import vn.sotay.platform.store.ChangeLog;
import vn.sotay.platform.store.Engine;

/**
 * Answers who asks what is new, at once or as soon as there is something. Who waits holds no thread: a commit wakes those whose
 * audiences have moved, known without the database.
 *
 * <p>Thread-safe.
 */
@Component(
        service = {Feed.class, HeldRequests.class},
        configurationPid = "vn.sotay.feed")
@Designate(ocd = FeedConfig.class)
public final class Feed implements HeldRequests {

    private static final Logger LOG = LoggerFactory.getLogger(Feed.class);
    /** Changes of a page at most. */
    static final int PAGE_ROWS = 500;

    private static final int PAGE_CHARACTERS = 512 * 1024;
    private static final int THREADS = 2;
    /** Tokens that are kept as they were read; a power of two. With the longest of them 12 MB at most. */
    private static final int KEPT_TOKENS = 4096;

    private static final int KEPT_TOKEN_CHARACTERS = 400;

    /** A token of this generation, as a client sent it. */
    private record Known(String text, Map<Audience, Long> cursors) {}

    /** One who waits. */
    private static final class Waiter {

        final CompletableFuture<Optional<Changes>> answer = new CompletableFuture<>();
        final AtomicBoolean reading = new AtomicBoolean();
        final int most;
        volatile Map<Audience, Long> cursors;

        Waiter(Map<Audience, Long> cursors, int most) {
            this.cursors = cursors;
            this.most = most;
        }
    }

    /** One who is told that there is something new, and asks for it. */
    private static final class Follower {

        final Set<Audience> audiences;
        final Runnable tell;
        /** Up to this number it has been told of everything. */
        private long told;

        Follower(Set<Audience> audiences, Runnable tell, long told) {
            this.audiences = audiences;
            this.tell = tell;
            this.told = told;
        }

        /** Whether there is something that it has not been told of; then it counts as told. */
        synchronized boolean takes(ChangeLog log, long watermark) {
            long before = told;
            if (watermark <= before) {
                return false;
            }
            // a head that is passed by the watermark is in its place already, and one that is not will be found the
            // next time
            told = watermark;
            return audiences.stream().anyMatch(audience -> {
                Long head = log.head(audience);
                return head != null && head > before;
            });
        }
    }

    private final ChangeLog log;
    private final UUID generation;
    private final Reader reader;
    private final PurgeMarks marks;
    private final Set<Waiter> waiters = ConcurrentHashMap.newKeySet();
    private final Set<Follower> followers = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean waking = new AtomicBoolean();
    private final Runnable onAdvance = this::wake;
    private final ScheduledThreadPoolExecutor threads;
    /** By the hash of their texts: a phone for which nothing is new asks with the same one again and again. */
    private final AtomicReferenceArray<@Nullable Known> known = new AtomicReferenceArray<>(KEPT_TOKENS);

    private volatile boolean stopping;

    @Activate
    public Feed(FeedConfig config, @Reference Engine engine, @Reference Store store) {
        this(engine.changes(), store, PAGE_ROWS, PAGE_CHARACTERS);
        Duration age = Duration.ofDays(config.tombstoneDays());
        threads.scheduleWithFixedDelay(() -> purge(age), 10, 24 * 60, TimeUnit.MINUTES);
    }

    /** With pages of another size, for tests. */
    Feed(ChangeLog log, Store store, int pageRows, int pageCharacters) {
        this.log = log;
        this.generation = UUID.fromString(log.generation());
        this.marks = new PurgeMarks(store, log);
        this.reader = new Reader(store, log, marks, pageRows, pageCharacters);
        this.threads = new ScheduledThreadPoolExecutor(THREADS, task -> {
            Thread thread = new Thread(task, "sotay-feed");
            thread.setDaemon(true);
            return thread;
        });
        threads.setRemoveOnCancelPolicy(true);
        log.onAdvance(onAdvance);
    }

    @Deactivate
    void stop() throws InterruptedException {
        log.remove(onAdvance);
        release();
        // not interrupted: the embedded database does not bear that in the middle of its work
        threads.shutdown();
        threads.awaitTermination(10, TimeUnit.SECONDS);
    }

    @Override
    public void release() {
        stopping = true;
        waiters.forEach(waiter -> waiter.answer.complete(Optional.empty()));
    }

    /** Forgets tombstones older than this. */
    void purge(Duration age) {
        try {
            marks.purge(age);
        } catch (RuntimeException e) {
            LOG.warn("Old tombstones of the change feed are still there; trying again tomorrow", e);
        }
    }

    /**
     * What is new to a client.
     *
     * @param audiences that it belongs to now
     * @param since the token that it stands at; null the first time
     * @param most changes of a page; never more than {@link #PAGE_ROWS}
     * @param wait how long to wait if nothing is new
     * @return done at once if something is new or {@code wait} is zero; empty if nothing is new
     * @throws vn.sotay.api.http.ProblemException 410 if the client has to start afresh
     */
    CompletionStage<Optional<Changes>> changes(
            Set<Audience> audiences, @Nullable String since, int most, Duration wait) {
        Map<Audience, Long> before = since == null ? Map.of() : cursors(since);
        if (before.keySet().equals(audiences) && reader.isNothingNew(before)) {
            // what is asked most often, again and again by every phone
            reader.requireKnown(before);
            return nothingYet(before, most, wait);
        }
        Map<Audience, Long> cursors = new HashMap<>();
        audiences.forEach(audience -> cursors.put(audience, before.getOrDefault(audience, 0L)));
        Changes.Audiences moved = new Changes.Audiences(
                names(audiences, Predicate.not(before::containsKey)),
                names(before.keySet(), Predicate.not(audiences::contains)));
        reader.requireKnown(cursors);
        boolean tell =
                since == null || !moved.added().isEmpty() || !moved.removed().isEmpty();
        Reader.Read read = reader.read(cursors, most);
        return tell || !read.changes().isEmpty() || !read.complete()
                ? CompletableFuture.completedFuture(Optional.of(page(read, moved)))
                : nothingYet(read.cursors(), most, wait);
    }

    /**
     * Tells a client whenever there is something new, to be asked for by {@link #changes}; at once unless it is known without the database
     * that there is nothing.
     *
     * @param audiences that it belongs to
     * @param since the token that it stands at; null if it has read nothing
     * @param tell is run from any thread, and must be quick
     * @return ends it
     * @throws vn.sotay.api.http.ProblemException 410 if the client has to start afresh
     */
    Runnable follow(Set<Audience> audiences, @Nullable String since, Runnable tell) {
        Map<Audience, Long> before = since == null ? Map.of() : cursors(since);
        Map<Audience, Long> cursors = new HashMap<>();
        audiences.forEach(audience -> cursors.put(audience, before.getOrDefault(audience, 0L)));
        reader.requireKnown(cursors);
        Follower follower = new Follower(audiences, tell, log.watermark());
        followers.add(follower);
        if (!before.keySet().equals(audiences) || !reader.isNothingNew(before)) {
            tell.run();
        }
        // what has committed before it was there has woken nobody
        wake();
        return () -> followers.remove(follower);
    }

    private Map<Audience, Long> cursors(String since) {
        int hash = since.hashCode();
        int place = (hash ^ hash >>> 16) & KEPT_TOKENS - 1;
        Known one = known.get(place);
        if (one != null && one.text().equals(since)) {
            return one.cursors();
        }
        Map<Audience, Long> cursors = FeedToken.parse(since)
                .filter(token -> token.generation().equals(generation))
                .map(FeedToken::cursors)
                .orElseThrow(() -> Problem.other(410, "feed.start-afresh"));
        if (since.length() <= KEPT_TOKEN_CHARACTERS) {
            known.set(place, new Known(since, cursors));
        }
        return cursors;
    }

    private static List<String> names(Set<Audience> audiences, Predicate<Audience> which) {
        return audiences.stream().filter(which).map(Audience::toString).sorted().toList();
    }

    private Changes page(Reader.Read read, Changes.Audiences moved) {
        return new Changes(new FeedToken(generation, read.cursors()).text(), read.complete(), moved, read.changes());
    }

    private CompletionStage<Optional<Changes>> nothingYet(Map<Audience, Long> cursors, int most, Duration wait) {
        if (wait.isZero() || stopping) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        Waiter waiter = new Waiter(cursors, most);
        waiter.answer.completeOnTimeout(Optional.empty(), wait.toMillis(), TimeUnit.MILLISECONDS);
        waiter.answer.whenComplete((answer, failure) -> waiters.remove(waiter));
        waiters.add(waiter);
        // what has committed, or stopped, between looking and waiting has woken nobody
        wake();
        if (stopping) {
            release();
        }
        return waiter.answer;
    }

    /** In the thread of a writer: must be quick. */
    private void wake() {
        if (!(waiters.isEmpty() && followers.isEmpty()) && !stopping && waking.compareAndSet(false, true)) {
            threads.execute(() -> {
                waking.set(false);
                for (Waiter waiter : waiters) {
                    if (reader.mayRead(waiter.cursors) && waiter.reading.compareAndSet(false, true)) {
                        threads.execute(() -> read(waiter));
                    }
                }
                long watermark = log.watermark();
                for (Follower follower : followers) {
                    if (follower.takes(log, watermark)) {
                        follower.tell.run();
                    }
                }
            });
        }
    }

    private void read(Waiter waiter) {
        try {
            Reader.Read read = reader.read(waiter.cursors, waiter.most);
            if (!read.changes().isEmpty() || !read.complete()) {
                // and nobody reads for it again: a second page would hide this one
                waiter.answer.complete(Optional.of(page(read, new Changes.Audiences(List.of(), List.of()))));
                return;
            }
            waiter.cursors = read.cursors();
            waiter.reading.set(false);
            if (reader.mayRead(read.cursors())) {
                // it was woken while it read
                wake();
            }
        } catch (RuntimeException e) {
            waiter.answer.completeExceptionally(e);
        }
    }
}
