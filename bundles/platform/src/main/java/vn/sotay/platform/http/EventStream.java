package vn.sotay.platform.http;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.access.Audience;

/**
 * The body of a reply that stays open and says, by {@code text/event-stream}, when there is something new: what that is the reader asks for
 * by a request of its own. It is told again for what comes meanwhile, at most once more while it is still being told.
 *
 * @param event what it is called
 * @param id where the reader stands, given back by browsers as {@code Last-Event-ID}; one line; null if nowhere yet
 * @param audiences of the caller: it ends when the caller has others, as when its session has ended
 */
public record EventStream(String event, @Nullable String id, Set<Audience> audiences, Source source) {

    /** What there is to tell. */
    @FunctionalInterface
    public interface Source {

        /**
         * Begins to tell.
         *
         * @param tell may be run from any thread, never waits, and does nothing once it has ended
         * @return ends it
         * @throws vn.sotay.api.http.ProblemException that is answered instead
         */
        Runnable begin(Runnable tell);
    }
}
