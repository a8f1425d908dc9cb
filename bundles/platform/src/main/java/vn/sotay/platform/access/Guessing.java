package vn.sotay.platform.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Slows down who guesses passwords, and keeps nobody out for good: after some failures each further try has to wait, twice as long each
 * time and a minute at most. Counted for each login and for each address, in memory alone; an address from which the account has been
 * signed in to before is counted by itself, so that a stranger's guessing does not slow down its owner, and so is a device that is bound
 * to it. Of version 6 of the internet an address here is its network of 64 bits. Thread-safe.
 */
final class Guessing {

    private static final int FREE_BY_LOGIN = 5;
    /** A whole office may stand behind one address. */
    private static final int FREE_BY_ADDRESS = 30;

    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(15);
    private static final int MOST_KEPT = 20_000;

    private record Failures(int count, Instant last) {}

    private final Clock clock;
    private final Map<String, Failures> failures = kept();
    private final Map<String, Boolean> known = kept();

    Guessing(Clock clock) {
        this.clock = clock;
    }

    private static <V> Map<String, V> kept() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > MOST_KEPT;
            }
        };
    }

    /**
     * A try to sign in.
     *
     * @param whom the account or what stands for it; only to tell tries apart
     * @param address where it comes from; null if that does not count
     */
    record Try(String whom, @Nullable String address) {

        Try {
            address = address == null ? null : Addresses.network(address);
        }

        /** On a device that is bound to the account: strangers cannot try as that, and slow it down neither by account nor address. */
        static Try ofDevice(UUID device) {
            return new Try("device " + device, null);
        }
    }

    /** How long this has to wait before it is tried; empty if it may be tried now. */
    synchronized Optional<Duration> wait(Try attempt) {
        Duration wait = left(account(attempt), FREE_BY_LOGIN);
        if (attempt.address() != null) {
            wait = longer(wait, left(by(attempt.address()), FREE_BY_ADDRESS));
        }
        return wait.isNegative() || wait.isZero() ? Optional.empty() : Optional.of(wait);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private Duration left(String key, int free) {
        Failures past = failures.get(key);
        if (past == null || past.count() < free) {
            return Duration.ZERO;
        }
        int doubled = Math.min(past.count() - free, 6);
        Duration pause = shorter(Duration.ofSeconds(1L << doubled), LONGEST);
        // a clock that was set back would make it longer
        return shorter(pause, Duration.between(clock.instant(), past.last().plus(pause)));
    }

    /** Counts a try before its password is looked at, so that many at once are not tried as one. */
    synchronized void tried(Try attempt) {
        count(account(attempt));
        if (attempt.address() != null) {
            count(by(attempt.address()));
        }
    }

    private void count(String key) {
        Instant now = clock.instant();
        Failures past = failures.get(key);
        boolean forgotten = past == null || past.last().plus(FORGOTTEN_AFTER).isBefore(now);
        failures.put(key, new Failures(forgotten || past == null ? 1 : past.count() + 1, now));
    }

    /** The try that was counted last was the owner's. */
    synchronized void passed(Try attempt) {
        failures.remove(account(attempt));
        if (attempt.address() != null) {
            failures.computeIfPresent(
                    by(attempt.address()),
                    (key, past) -> past.count() == 1 ? null : new Failures(past.count() - 1, past.last()));
            known.put(attempt.whom() + ' ' + attempt.address(), true);
        }
    }

    private String account(Try attempt) {
        String there = attempt.whom() + ' ' + attempt.address();
        return known.containsKey(there) ? "known " + there : "login " + attempt.whom();
    }

    private static String by(String address) {
        return "address " + address;
    }
}
