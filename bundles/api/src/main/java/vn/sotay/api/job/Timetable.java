package vn.sotay.api.job;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Has what is due done by the clock, such as what is to be published at a time or whom the rules let be reminded. For what somebody waits
 * for, with progress, there are jobs. Thread-safe.
 *
 * @since 1.2
 */
@ProviderType
public interface Timetable {

    /**
     * Does it again and again, never twice at once, on a thread of its own. While the database is away it is tried every few seconds, and
     * after any other failure, which the log tells, after the pause.
     *
     * @param name what it is called in the log, such as {@code "dues"}
     * @param first how long it waits for the first time
     * @param pause the longest time until it is done again; clocks are set, and another node may have written what is due
     */
    Entry every(String name, Duration first, Duration pause, Work work);

    /** What is done. It finds what is due by itself, and does nothing if that is done already. */
    @FunctionalInterface
    interface Work {

        /** @return when something is due next, as far as that is known; null for after the pause */
        @Nullable Instant run();
    }

    /** Work that is in the timetable until it is closed, by the module before it goes. */
    interface Entry extends AutoCloseable {

        /** Does it as soon as possible: something may be due now, or sooner than was known. */
        void wake();

        /**
         * Returns when it is not running any more, or after ten seconds. What runs is not interrupted: the embedded database does not bear that in
         * the middle of its work.
         */
        @Override
        void close();
    }
}
