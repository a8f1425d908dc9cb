package vn.sotay.platform.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.access.Audience;

/**
 * An {@link EventStream} to one reader. One thing is sent at a time, and what is told meanwhile is remembered as one bit: who reads slowly
 * holds no memory, and is cut off as any connection is that does not move. Thread-safe.
 */
final class OpenStream implements Callback {

    private static final byte[] SIGN_OF_LIFE = {':', '\n', '\n'};
    private static final byte[] NOTHING = {};
    /** Between these a browser that was cut off waits, so that not all come back at once. */
    private static final int SOONEST_MS = 1_000;

    private static final int LATEST_MS = 10_000;

    private final Exchange exchange;
    private final EventStream stream;
    private final String token;
    private final Consumer<OpenStream> atEnd;
    private final byte[] event;
    private final long begun = System.nanoTime();
    private volatile long beaten = begun;
    private @Nullable Runnable stop;
    /** Until it has begun as well. */
    private boolean sending = true;

    private boolean news;
    private boolean ending;
    private boolean ended;

    /**
     * @param token of the caller's session
     * @param atEnd is told once that it has ended, in whatever way
     */
    OpenStream(Exchange exchange, EventStream stream, String token, Consumer<OpenStream> atEnd) {
        this.exchange = exchange;
        this.stream = stream;
        this.token = token;
        this.atEnd = atEnd;
        this.event = bytes("event: " + stream.event() + "\ndata: new\n\n");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Sends the head, and tells from now on. Nothing is sent if the source throws. */
    void begin() {
        Runnable begunSource = stream.source().begin(this::tell);
        synchronized (this) {
            stop = begunSource;
        }
        exchange.request.addFailureListener(this::failed);
        exchange.header("Content-Type", "text/event-stream");
        // else some proxies keep what is sent until there is much of it
        exchange.header("X-Accel-Buffering", "no");
        exchange.response.setStatus(200);
        int again = ThreadLocalRandom.current().nextInt(SOONEST_MS, LATEST_MS);
        write(bytes("retry: " + again + '\n' + (stream.id() == null ? "" : "id: " + stream.id() + '\n') + '\n'));
    }

    String token() {
        return token;
    }

    Set<Audience> audiences() {
        return stream.audiences();
    }

    /** How long it is open, in nanoseconds. */
    long age(long now) {
        return now - begun;
    }

    /** Whether so many nanoseconds have gone by since the last sign of life. */
    boolean isDue(long now, long every) {
        return now - beaten >= every;
    }

    /** Gives a sign of life. */
    void beat(long now) {
        beaten = now;
        if (take(false)) {
            write(SIGN_OF_LIFE);
        }
    }

    private void tell() {
        if (take(true)) {
            write(event);
        }
    }

    /** Whether it may send now; if not, news are told as soon as it may. */
    private synchronized boolean take(boolean isNews) {
        if (ended || ending) {
            return false;
        }
        if (sending) {
            news |= isNews;
            return false;
        }
        sending = true;
        return true;
    }

    private void write(byte[] bytes) {
        exchange.response.write(false, ByteBuffer.wrap(bytes), this);
    }

    @Override
    public void succeeded() {
        boolean last;
        synchronized (this) {
            if (ended) {
                return;
            }
            last = ending;
            ended = last;
            if (!last && !news) {
                sending = false;
                return;
            }
            news = false;
        }
        if (last) {
            finish();
        } else {
            write(event);
        }
    }

    /** The reader went away, or does not read. */
    @Override
    public void failed(Throwable failure) {
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
        }
        left();
        exchange.callback.failed(failure);
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }

    /** Ends it in order, once what is being sent has been; then its reader may come back. */
    void end() {
        synchronized (this) {
            if (ended || ending) {
                return;
            }
            if (sending) {
                ending = true;
                return;
            }
            ended = true;
        }
        finish();
    }

    private void finish() {
        left();
        exchange.response.write(true, ByteBuffer.wrap(NOTHING), exchange.callback);
    }

    private void left() {
        Runnable stopped;
        synchronized (this) {
            stopped = stop;
        }
        if (stopped != null) {
            stopped.run();
        }
        atEnd.accept(this);
    }
}
