package vn.sotay.tests;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A line to a Sotay that can be cut after a number of bytes, in either direction, as at sea. Thread-safe. */
final class CutLine implements AutoCloseable {

    private final ServerSocket listening;
    private final URI target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private long up = Long.MAX_VALUE;
    private long down = Long.MAX_VALUE;
    private int cuts;

    CutLine(URI target) {
        this.target = target;
        try {
            this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start("line", this::accept);
    }

    URI url() {
        return URI.create("http://localhost:" + listening.getLocalPort() + "/");
    }

    /** Cuts all connections once so many bytes more have gone up or down; what comes after that passes. */
    synchronized void cutAfter(long bytesUp, long bytesDown) {
        up = bytesUp;
        down = bytesDown;
    }

    /** How often it was cut. */
    synchronized int cuts() {
        return cuts;
    }

    /** Lets these bytes pass, or as many of them as come before the cut. */
    private synchronized int pass(boolean upwards, int bytes) {
        long left = upwards ? up : down;
        if (left == Long.MAX_VALUE) {
            return bytes;
        }
        if (bytes < left) {
            up -= upwards ? bytes : 0;
            down -= upwards ? 0 : bytes;
            return bytes;
        }
        up = Long.MAX_VALUE;
        down = Long.MAX_VALUE;
        cuts++;
        return (int) left;
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                Socket server = new Socket(target.getHost(), target.getPort());
                open.add(client);
                open.add(server);
                start("line up", () -> pump(client, server, true));
                start("line down", () -> pump(server, client, false));
            } catch (IOException e) {
                // nobody is there, or the line is taken away
            }
        }
    }

    private void pump(Socket from, Socket to, boolean upwards) {
        byte[] buffer = new byte[8192];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                int passes = pass(upwards, read);
                out.write(buffer, 0, passes);
                out.flush();
                if (passes < read) {
                    cut();
                    return;
                }
            }
        } catch (IOException e) {
            // the other end went away
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private void cut() {
        for (Socket each : open) {
            try {
                each.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        cut();
    }
}
