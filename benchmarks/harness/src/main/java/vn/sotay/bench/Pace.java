package vn.sotay.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who asks for one path so many times a second, whatever the answers take: a late answer counts from the moment at which it
 * should have been asked for. Thread-safe.
 */
final class Pace implements AutoCloseable {

    private final int port;
    private final String path;
    private final @Nullable String token;
    private final long betweenNanos;
    private final Thread thread;
    private volatile boolean done;
    private List<Double> millis = new ArrayList<>();
    private int failed;

    Pace(int port, String path, @Nullable String token, int perSecond) {
        this.port = port;
        this.path = path;
        this.token = token;
        this.betweenNanos = 1_000_000_000L / perSecond;
        this.thread = new Thread(this::ask, "pace " + path);
        thread.setDaemon(true);
        thread.start();
    }

    private void ask() {
        Wire wire = null;
        long due = System.nanoTime();
        while (!done) {
            for (long early = due - System.nanoTime(); early > 0; early = due - System.nanoTime()) {
                LockSupport.parkNanos(early);
            }
            boolean well = false;
            try {
                wire = wire == null ? new Wire(port) : wire;
                well = wire.get(path, token).status() == 200;
            } catch (IOException e) {
                wire = closed(wire);
            }
            keep((System.nanoTime() - due) / 1e6, well);
            due += betweenNanos;
        }
        closed(wire);
    }

    private static @Nullable Wire closed(@Nullable Wire wire) {
        try {
            if (wire != null) {
                wire.close();
            }
        } catch (IOException e) {
            // it was lost anyway
        }
        return null;
    }

    private synchronized void keep(double took, boolean well) {
        millis.add(took);
        if (!well) {
            failed++;
        }
    }

    /** The milliseconds of all requests since this was asked last. */
    synchronized Samples take() {
        Samples taken = Samples.of(millis);
        millis = new ArrayList<>();
        return taken;
    }

    /** How many requests have failed so far. */
    synchronized int failed() {
        return failed;
    }

    @Override
    public void close() {
        done = true;
        try {
            thread.join(60_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
