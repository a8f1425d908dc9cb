package vn.sotay.platform.search;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.lucene.store.AlreadyClosedException;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.sotay.api.access.Audience;
import vn.sotay.api.http.Problem;
import vn.sotay.api.http.ProblemException;
import vn.sotay.api.search.SearchDocument;
import vn.sotay.api.store.Store;
import vn.sotay.platform.module.AfterStart;
import vn.sotay.platform.store.ChangeLog;
import vn.sotay.platform.store.CommitListener;
import vn.sotay.platform.store.Engine;

/**
 * Keeps this node's index in step with the change feed, and searches it. The index lies in a folder of its own in
 * {@code <data>/search}; it notes with each commit how far it has come, and which editions of which types it has. One that is missing,
 * cannot be read or belongs to another database is made anew beside it, in another folder, and the old one answers meanwhile if it can.
 *
 * <p>One thread writes. It opens the index when there is something to search or to write, or some time after the start: nobody who starts
 * Sotay waits for it.
 *
 * <p>Thread-safe.
 */
@Component(service = Indexer.class)
public final class Indexer {

    private static final Logger LOG = LoggerFactory.getLogger(Indexer.class);

    // notes of a commit
    private static final String FORM = "form";
    private static final String GENERATION = "generation";
    private static final String POSITION = "position";
    private static final String TYPES = "types";

    /** To be raised when the fields of the index are others, or when those before may lack something. */
    private static final String THIS_FORM = "3";

    /** Nobody searches in the first seconds, and who starts many Sotays waits for each. */
    private static final Duration QUIET = Duration.ofSeconds(20);
    /** So long more is waited for, so that many commits in a row are one turn. */
    private static final Duration GATHER = Duration.ofMillis(100);
    /** What is not committed after this is read again from the feed when Sotay is killed. */
    private static final Duration COMMIT = Duration.ofSeconds(5);
    /** When nothing happens it is looked whether the folder is still there. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);

    private static final Duration COME_AGAIN = Duration.ofSeconds(5);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private final ChangeLog log;
    private final Engine engine;
    private final Sources sources;
    private final Things things;
    private final Path folder;
    private final @Nullable Path configuration;
    private final Thread worker = new Thread(this::work, "sotay-search");
    private final CommitListener listener = new CommitListener() {
        @Override
        public void committed(Set<String> types, Set<Audience> audiences) {
            // what is new is read from the feed, which does not know of it yet
        }

        @Override
        public void told(Set<String> types) {
            ringFor(types);
        }
    };
    private final Runnable ring = this::ring;
    private final Object doorbell = new Object();
    private boolean rung;
    private volatile boolean stopping;
    private volatile @Nullable SearchIndex serving;
    private volatile CompletableFuture<SearchIndex> opened = new CompletableFuture<>();

    // of the worker alone
    private final Map<String, Integer> editions = new TreeMap<>();
    /** Types of which something was not read, since their source went meanwhile. */
    private final Set<String> unread = new HashSet<>();

    private long position;
    private boolean hasCaughtUp;
    private boolean isDirty;
    private long committedAt;

    @Activate
    public Indexer(
            BundleContext context,
            @Reference Engine engine,
            @Reference Store store,
            @Reference Sources sources,
            @Reference(target = "(sotay=ready)") CompletableFuture<String> ready) {
        this(
                engine,
                store,
                sources,
                Path.of(context.getProperty("sotay.data")).resolve("search"),
                context.getProperty("sotay.config.dir") == null
                        ? null
                        : Path.of(context.getProperty("sotay.config.dir")));
        AfterStart.run(ready, () -> {
            // what was started to look at the data alone answers nobody
            if (!ready.join().isEmpty()) {
                start();
            }
        });
    }

    /** For tests, which start it. */
    Indexer(Engine engine, Store store, Sources sources, Path folder, @Nullable Path configuration) {
        this.engine = engine;
        this.log = engine.changes();
        this.sources = sources;
        this.things = new Things(store, log);
        this.folder = folder;
        this.configuration = configuration;
        engine.listen(listener);
        sources.onArrival(ring);
    }

    void start() {
        worker.setDaemon(true);
        worker.start();
    }

    @Deactivate
    void stop() throws InterruptedException {
        // not interrupted: neither the embedded database nor the index bears that in the middle of its work
        stopping = true;
        engine.unlisten(listener);
        sources.remove(ring);
        ring();
        worker.join(LONGEST_WAIT.toMillis());
    }

    private void ringFor(Set<String> types) {
        Set<String> found = sources.types();
        if (types.stream().anyMatch(found::contains)) {
            ring();
        }
    }

    private void ring() {
        synchronized (doorbell) {
            rung = true;
            doorbell.notifyAll();
        }
    }

    // ---- searching

    /**
     * What is found.
     *
     * @throws ProblemException 503 while there is no index yet
     */
    public SearchResult search(Ask ask) {
        SearchIndex index = serving;
        try {
            return (index == null ? await() : index).search(ask);
        } catch (AlreadyClosedException e) {
            // another one has just taken its place, or will
            throw coming();
        } catch (IOException | InternalError e) {
            LOG.warn("The index cannot be read and is made anew: {}", e.toString());
            if (index != null) {
                index.spoil();
            }
            ring();
            throw coming();
        }
    }

    private SearchIndex await() {
        ring();
        try {
            return opened.get(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw coming();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw coming();
        }
    }

    private static ProblemException coming() {
        return Problem.other(503, "search.coming").with("seconds", 5);
    }

    // ---- the worker

    private void work() {
        pause(QUIET);
        while (!stopping) {
            try {
                turn();
                pause(isDirty ? COMMIT : LOOK_AGAIN);
            } catch (ProblemException e) {
                LOG.debug("the search waits for the database", e);
                pause(COME_AGAIN);
            } catch (IOException | UncheckedIOException | AlreadyClosedException e) {
                if (!stopping) {
                    LOG.warn("The index cannot be written; trying again: {}", e.toString());
                    put(null);
                    pause(COME_AGAIN);
                }
            } catch (RuntimeException e) {
                if (!stopping) {
                    LOG.error("What has changed is not found yet; trying again", e);
                    pause(COME_AGAIN);
                }
            }
        }
        end();
    }

    /** Waits until there is something to do, or so long. */
    private void pause(Duration most) {
        try {
            boolean hasCome;
            synchronized (doorbell) {
                if (!rung && !stopping) {
                    doorbell.wait(most.toMillis());
                }
                hasCome = rung && !stopping;
            }
            if (hasCome) {
                Thread.sleep(GATHER.toMillis());
            }
        } catch (InterruptedException e) {
            stopping = true;
        }
        synchronized (doorbell) {
            rung = false;
        }
    }

    private void turn() throws IOException {
        SearchIndex index = serving;
        try {
            if (index == null) {
                index = open().orElse(null);
            }
            if (index == null || index.isSpoilt() || !index.isThere()) {
                SearchIndex before = index;
                index = anew();
                if (before != null && before != serving) {
                    close(before);
                }
            }
            takeNewTypes(index);
            follow(index);
            if (isDirty && System.nanoTime() - committedAt > COMMIT.toNanos()) {
                commit(index);
            }
        } catch (IOException | RuntimeException e) {
            if (index != null && index != serving) {
                close(index);
            }
            throw e;
        }
        if (index != serving) {
            put(index);
        }
    }

    /** Puts this one in the place of the one before, which is closed and deleted. */
    private void put(@Nullable SearchIndex index) {
        SearchIndex before = serving;
        serving = index;
        if (index == null) {
            opened = opened.isDone() ? new CompletableFuture<>() : opened;
        } else {
            opened.complete(index);
        }
        if (before != null && before != index) {
            close(before);
        }
        if (index != null) {
            deleteOthers(index.folder());
        }
    }

    private static void close(SearchIndex index) {
        try {
            index.close();
        } catch (IOException | RuntimeException e) {
            LOG.debug("an index that is of no use any more", e);
        }
    }

    private void end() {
        SearchIndex index = serving;
        if (index == null) {
            return;
        }
        try {
            follow(index);
            if (isDirty) {
                commit(index);
            }
        } catch (IOException | RuntimeException e) {
            LOG.debug("the rest is read from the feed after the next start", e);
        }
        serving = null;
        close(index);
    }

    /** The index that was kept, if it is whole, of this database, and nothing that was taken away is forgotten since. */
    private Optional<SearchIndex> open() throws IOException {
        for (Path kept : folders()) {
            try {
                SearchIndex index = SearchIndex.open(kept, configuration);
                if (take(index.notes())) {
                    return Optional.of(index);
                }
                close(index);
            } catch (IOException | RuntimeException e) {
                LOG.warn("The index in {} cannot be read: {}", kept, e.toString());
            }
        }
        return Optional.empty();
    }

    private boolean take(Map<String, String> notes) {
        if (!THIS_FORM.equals(notes.get(FORM)) || !log.generation().equals(notes.get(GENERATION))) {
            return false;
        }
        long noted = Long.parseLong(notes.getOrDefault(POSITION, "0"));
        if (noted > log.last() || things.forgotten() > noted) {
            return false;
        }
        position = noted;
        hasCaughtUp = false;
        isDirty = false;
        editions.clear();
        for (String type : notes.getOrDefault(TYPES, "").split(" ")) {
            int equals = type.indexOf('=');
            if (equals > 0) {
                editions.put(type.substring(0, equals), Integer.parseInt(type.substring(equals + 1)));
            }
        }
        return true;
    }

    /** A new index with all that there is; the one before answers until it is whole. */
    private SearchIndex anew() throws IOException {
        long began = System.nanoTime();
        SearchIndex index = SearchIndex.open(folder.resolve(UUID.randomUUID().toString()), configuration);
        try {
            long watermark = log.watermark();
            Map<String, Integer> wanted = sources.editions();
            int[] count = {0};
            things.all(wanted.keySet(), 0, slice -> {
                if (stopping) {
                    throw new AlreadyClosedException("the next start makes it");
                }
                count[0] += slice.size();
                put(index, slice);
            });
            editions.clear();
            editions.putAll(wanted);
            position = watermark;
            hasCaughtUp = true;
            commit(index);
            index.refresh();
            if (count[0] > 0) {
                LOG.info(
                        "The index was made anew: {} things in {} s",
                        count[0],
                        (System.nanoTime() - began) / 1_000_000_000);
            }
            return index;
        } catch (IOException | RuntimeException e) {
            close(index);
            delete(index.folder());
            throw e;
        }
    }

    /** Reads those types anew whose source has come, or has another edition. */
    private void takeNewTypes(SearchIndex index) throws IOException {
        forgetUnread();
        for (Map.Entry<String, Integer> wanted : sources.editions().entrySet()) {
            String type = wanted.getKey();
            if (!wanted.getValue().equals(editions.get(type))) {
                index.removeType(type);
                things.all(List.of(type), 0, slice -> put(index, slice));
                editions.put(type, wanted.getValue());
                // not before all of it is there
                index.refresh();
                isDirty = true;
            }
        }
    }

    /** Takes what has committed since. */
    private void follow(SearchIndex index) throws IOException {
        long watermark = log.watermark();
        if (watermark <= position) {
            // segments that were merged since are asked in less time
            index.refresh();
            return;
        }
        Set<String> types = new HashSet<>(editions.keySet());
        types.retainAll(sources.types());
        // of the others something may have changed: they are read anew when they are back
        editions.keySet().retainAll(types);
        if (hasCaughtUp) {
            put(index, things.changed(log.movedSince(position), types, position, watermark));
        } else {
            // what has changed before the start is not in memory
            things.all(types, position, slice -> put(index, slice));
            hasCaughtUp = true;
        }
        position = watermark;
        isDirty = true;
        index.refresh();
        if (!log.movedSince(watermark).isEmpty()) {
            // what has committed after another that is not ended
            ring();
        }
    }

    private void put(SearchIndex index, Collection<Things.Thing> some) {
        things.told(some, (thing, told) -> {
            try {
                index.put(thing.type(), thing.id(), entries(thing, told));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private List<Entry> entries(Things.Thing thing, List<Things.Told> told) {
        List<Entry> entries = new ArrayList<>();
        Set<String> better = new TreeSet<>();
        for (Things.Told one : told) {
            try {
                Optional<List<SearchDocument>> found = sources.documents(thing.type(), thing.id(), one.json());
                if (found.isEmpty()) {
                    unread.add(thing.type());
                    continue;
                }
                found.get()
                        .forEach(document -> entries.add(
                                new Entry(thing.type(), thing.id(), one.audiences(), Set.copyOf(better), document)));
                better.addAll(one.audiences());
            } catch (JsonProcessingException | RuntimeException e) {
                if (e instanceof ProblemException problem && problem.problem().status() >= 500) {
                    // the database is away: it is read again
                    throw problem;
                }
                LOG.warn("{} {} cannot be found: {}", thing.type(), thing.id(), e.toString());
            }
        }
        return entries;
    }

    /** What went while it was read, as modules do at an orderly end, is read anew when it is back. */
    private void forgetUnread() {
        if (editions.keySet().removeAll(unread)) {
            isDirty = true;
        }
        unread.clear();
    }

    private void commit(SearchIndex index) throws IOException {
        forgetUnread();
        Map<String, String> notes = new HashMap<>();
        notes.put(FORM, THIS_FORM);
        notes.put(GENERATION, log.generation());
        notes.put(POSITION, Long.toString(position));
        StringBuilder types = new StringBuilder();
        editions.forEach((type, edition) ->
                types.append(type).append('=').append(edition).append(' '));
        notes.put(TYPES, types.toString().trim());
        index.commit(notes);
        committedAt = System.nanoTime();
        isDirty = false;
    }

    // ---- folders

    private List<Path> folders() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(Files::isDirectory).sorted().toList();
        }
    }

    /** Those of an index before, or of one that was being made when Sotay was killed. */
    private void deleteOthers(Path own) {
        try {
            for (Path other : folders()) {
                if (!other.equals(own)) {
                    delete(other);
                }
            }
        } catch (IOException e) {
            LOG.debug("what is left of an index before", e);
        }
    }

    private static void delete(Path all) {
        try (Stream<Path> files = Files.walk(all)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.debug("what is left of an index before", e);
        }
    }
}
