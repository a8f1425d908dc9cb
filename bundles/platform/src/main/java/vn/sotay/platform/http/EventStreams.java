package vn.sotay.platform.http;

import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.sotay.api.http.Problem;
import vn.sotay.platform.access.Sessions;

/** All replies that stay open. Each holds a connection and no thread. Thread-safe. */
final class EventStreams {

    private static final Logger LOG = LoggerFactory.getLogger(EventStreams.class);
    private static final byte[] NOTHING = {};
    private static final int AGAIN_SECONDS = 60;

    /** A phone that has gone without a word is known by this: its network takes what is sent for a quarter of an hour. */
    private static final long LONGEST_NANOS = Duration.ofMinutes(5).toNanos();

    private final Sessions sessions;
    private final Semaphore places;
    private final long betweenNanos;
    private final Set<OpenStream> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * @param most at once
     * @param between signs of life
     */
    EventStreams(Sessions sessions, int most, Duration between) {
        this.sessions = sessions;
        this.places = new Semaphore(most);
        this.betweenNanos = between.toNanos();
    }

    /**
     * Answers by a stream.
     *
     * @throws vn.sotay.api.http.ProblemException 503 if there are too many, and what its source throws
     */
    void open(Exchange exchange, EventStream stream) {
        if (exchange.method().equals("HEAD")) {
            exchange.header("Content-Type", "text/event-stream");
            exchange.send(200, NOTHING);
            return;
        }
        if (closed) {
            throw Problem.other(503, "stopping").with("seconds", 10);
        }
        if (!places.tryAcquire()) {
            throw Problem.other(503, "too-many-streams").with("seconds", AGAIN_SECONDS);
        }
        OpenStream one = new OpenStream(exchange, stream, token(exchange), this::left);
        open.add(one);
        try {
            one.begin();
        } catch (RuntimeException e) {
            left(one);
            throw e;
        }
        if (closed) {
            // what was closed had not seen this one
            one.end();
        }
    }

    private static String token(Exchange exchange) {
        String bearer = exchange.bearer();
        return Objects.requireNonNull(bearer == null ? exchange.cookie() : bearer);
    }

    private void left(OpenStream one) {
        if (open.remove(one)) {
            places.release();
        }
    }

    /** Gives signs of life where they are due, and ends what has been open for long enough or whose caller is no longer the same. */
    void beat() {
        long now = System.nanoTime();
        for (OpenStream one : open) {
            if (one.isDue(now, betweenNanos)) {
                if (one.age(now) > LONGEST_NANOS || !isStillSo(one)) {
                    one.end();
                } else {
                    one.beat(now);
                }
            }
        }
    }

    private boolean isStillSo(OpenStream one) {
        try {
            return sessions.caller(one.token())
                    .filter(caller -> caller.audiences().equals(one.audiences()) && !sessions.lacksFactor(caller))
                    .isPresent();
        } catch (RuntimeException e) {
            // nothing is told but that there is something new: to ask for it needs a session
            LOG.debug("whose stream it is cannot be told now", e);
            return true;
        }
    }

    /** Ends all of them, and lets nobody begin one any more. */
    void close() {
        closed = true;
        open.forEach(OpenStream::end);
    }
}
