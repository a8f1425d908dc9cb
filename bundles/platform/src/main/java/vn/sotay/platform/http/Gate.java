package vn.sotay.platform.http;

import java.time.Duration;

/**
 * The gate before each module's endpoints, so that a module can be replaced while it is in use. Closed: new requests wait (at most 200,
 * more get 503 at once). Stopped: they get 503 with {@code Retry-After}. Thread-safe.
 */
public interface Gate {

    /**
     * Closes the gate and waits until the requests that run have finished.
     *
     * @return whether they finished in time
     */
    boolean close(String module, Duration limit);

    /** Opens the gate: waiting requests go on, to the routes that are there now. */
    void open(String module);

    /** The module is there, but does not run: stopped by an administrator, or broken. */
    void stop(String module);

    /** The module is gone: its paths answer 404. */
    void remove(String module);
}
