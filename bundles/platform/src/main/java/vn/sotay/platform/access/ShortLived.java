package vn.sotay.platform.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is waited for and was not proved yet, in memory alone, for some minutes. There is an end to how much, and one network takes the room
 * of nobody else. Thread-safe.
 */
final class ShortLived<V> {

    static final int MOST_BY_NETWORK = 200;
    static final int MOST = 20_000;

    private record Kept<V>(V value, String network, Instant ends) {}

    private final Clock clock;
    private final Duration last;
    /** The oldest first. */
    private final Map<String, Kept<V>> kept = new LinkedHashMap<>();

    private final Map<String, Integer> byNetwork = new LinkedHashMap<>();

    ShortLived(Clock clock, Duration last) {
        this.clock = clock;
        this.last = last;
    }

    /** @param key that nobody guesses, and that is not kept already */
    synchronized void put(String key, V value, String address) {
        forgetOld();
        String network = Addresses.network(address);
        if (byNetwork.getOrDefault(network, 0) >= MOST_BY_NETWORK) {
            forgetOne(network);
        } else if (kept.size() >= MOST) {
            forgetOne(null);
        }
        kept.put(key, new Kept<>(value, network, clock.instant().plus(last)));
        byNetwork.merge(network, 1, Integer::sum);
    }

    /** Takes it away; empty if it has ended or was taken. */
    synchronized Optional<V> take(String key) {
        forgetOld();
        Kept<V> found = kept.remove(key);
        if (found == null) {
            return Optional.empty();
        }
        left(found.network());
        return Optional.of(found.value());
    }

    private void forgetOld() {
        Instant now = clock.instant();
        Iterator<Kept<V>> oldest = kept.values().iterator();
        while (oldest.hasNext()) {
            Kept<V> one = oldest.next();
            if (one.ends().isAfter(now)) {
                return;
            }
            oldest.remove();
            left(one.network());
        }
    }

    /** @param network whose oldest goes; null for the oldest of all */
    private void forgetOne(@Nullable String network) {
        Iterator<Kept<V>> oldest = kept.values().iterator();
        while (oldest.hasNext()) {
            Kept<V> one = oldest.next();
            if (network == null || one.network().equals(network)) {
                oldest.remove();
                left(one.network());
                return;
            }
        }
    }

    private void left(String network) {
        byNetwork.computeIfPresent(network, (key, count) -> count == 1 ? null : count - 1);
    }
}
