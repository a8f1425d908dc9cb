package vn.sotay.platform.members;

import java.time.Duration;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.sotay.api.store.Store;

/**
 * How many members have each word of a name, about: names have some thousand words, and half of all members share three of them. Counted
 * beside the first search, and again after an hour. Thread-safe.
 */
final class WordCounts {

    private static final Logger LOG = LoggerFactory.getLogger(WordCounts.class);
    private static final Duration LASTS = Duration.ofHours(1);

    /** The counts of a moment. */
    record Counts(NavigableMap<String, Integer> words) {

        /** The words that begin so. */
        Set<String> beginningWith(String beginning) {
            return range(beginning).keySet();
        }

        /** How many have a word that begins so; somebody with two of them is counted twice. */
        int members(String beginning) {
            return range(beginning).values().stream()
                    .mapToInt(Integer::intValue)
                    .sum();
        }

        private NavigableMap<String, Integer> range(String beginning) {
            return words.subMap(beginning, true, beginning + MemberSearch.LAST, false);
        }
    }

    private final Store store;
    private final AtomicBoolean counting = new AtomicBoolean();
    private volatile @Nullable Counts counts;
    private volatile long countedAt;

    WordCounts(Store store) {
        this.store = store;
    }

    /** The counts; null until they are counted for the first time. */
    @Nullable Counts now() {
        Counts known = counts;
        boolean isOld = known == null || System.nanoTime() - countedAt > LASTS.toNanos();
        if (isOld && counting.compareAndSet(false, true)) {
            Thread thread = new Thread(this::count, "sotay-words");
            thread.setDaemon(true);
            thread.start();
        }
        return known;
    }

    private void count() {
        try {
            counts = store.read(tx -> count(tx.handle()));
            countedAt = System.nanoTime();
        } catch (RuntimeException e) {
            LOG.debug("the words of names are not counted", e);
        } finally {
            counting.set(false);
        }
    }

    private static Counts count(Handle handle) {
        NavigableMap<String, Integer> words = new TreeMap<>();
        handle.createQuery("select word, count(*) from member_word group by word")
                .map((row, context) -> words.put(row.getString(1), row.getInt(2)))
                .list();
        return new Counts(words);
    }
}
