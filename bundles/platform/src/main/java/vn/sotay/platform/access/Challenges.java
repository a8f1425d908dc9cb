package vn.sotay.platform.access;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What passkeys have been asked to sign: each is good once, for five minutes, and for what it was made. In memory alone: who is asked while
 * Sotay is started anew is asked again. One network takes the room of nobody else. Thread-safe.
 */
final class Challenges {

    static final Duration LAST = Duration.ofMinutes(5);

    static final int MOST_BY_NETWORK = 200;
    static final int MOST = 20_000;

    private static final int BYTES = 32;

    /** What a signature is for. */
    enum Use {
        ADD,
        SIGN_IN,
        /** Of what is done to the account by one who is signed in. */
        PROVE
    }

    /**
     * One that was taken.
     *
     * @param account for whom it was made; null for whoever has a passkey
     */
    record Taken(byte[] bytes, @Nullable UUID account) {}

    private record Open(byte[] bytes, Use use, @Nullable UUID account, String network, Instant ends) {}

    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    /** By its text, the oldest first. */
    private final Map<String, Open> open = new LinkedHashMap<>();

    private final Map<String, Integer> byNetwork = new LinkedHashMap<>();

    Challenges(Clock clock) {
        this.clock = clock;
    }

    /**
     * Makes one.
     *
     * @param account for whom; null for whoever has a passkey
     * @return its text, in Base64 as in URLs
     */
    synchronized String make(Use use, @Nullable UUID account, String address) {
        forgetOld();
        String network = Addresses.network(address);
        if (byNetwork.getOrDefault(network, 0) >= MOST_BY_NETWORK) {
            forgetOne(network);
        } else if (open.size() >= MOST) {
            forgetOne(null);
        }
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        open.put(text, new Open(bytes, use, account, network, clock.instant().plus(LAST)));
        byNetwork.merge(network, 1, Integer::sum);
        return text;
    }

    /** Takes one, which is gone then whatever it was made for; empty if it has ended, was taken, or is for something else. */
    synchronized Optional<Taken> take(String text, Use use) {
        forgetOld();
        Open found = open.remove(text);
        if (found == null) {
            return Optional.empty();
        }
        left(found.network());
        return found.use() == use ? Optional.of(new Taken(found.bytes(), found.account())) : Optional.empty();
    }

    private void forgetOld() {
        Instant now = clock.instant();
        Iterator<Open> oldest = open.values().iterator();
        while (oldest.hasNext()) {
            Open one = oldest.next();
            if (one.ends().isAfter(now)) {
                return;
            }
            oldest.remove();
            left(one.network());
        }
    }

    /** @param network whose oldest goes; null for the oldest of all */
    private void forgetOne(@Nullable String network) {
        Iterator<Open> oldest = open.values().iterator();
        while (oldest.hasNext()) {
            Open one = oldest.next();
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
