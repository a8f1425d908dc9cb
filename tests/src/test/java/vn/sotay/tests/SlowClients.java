package vn.sotay.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Connections that are kept busy with next to nothing: each sends, or reads, a byte a second. */
final class SlowClients implements AutoCloseable {

    /** Where a request comes to a halt. */
    enum Way {
        /** In its headers. */
        HEADER("GET /api/me HTTP/1.1\r\nHost: x\r\nX-", "a"),
        /** In a body of usual size, to a route that is open to all. */
        BODY(
                "POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 4000\r\n\r\n{",
                " "),
        /** In a body that is too large to be waited for, by somebody who is not signed in. */
        LARGE_BODY(
                "PUT /api/modules HTTP/1.1\r\nHost: x\r\nContent-Type: application/java-archive\r\n"
                        + "Content-Length: 900000\r\n\r\n",
                "a"),
        /** In its answers, of which many are asked for at once. */
        READ("GET /fonts/latin-600.woff2 HTTP/1.1\r\nHost: x\r\n\r\n".repeat(20), "");

        private final byte[] start;
        private final byte[] more;

        Way(String start, String more) {
            this.start = start.getBytes(StandardCharsets.US_ASCII);
            this.more = more.getBytes(StandardCharsets.US_ASCII);
        }
    }

    private final Way way;
    private final List<SocketChannel> open = new ArrayList<>();
    private final Thread thread;
    private volatile boolean stopped;

    /** Opens them all. */
    SlowClients(URI url, Way way, int connections) {
        this.way = way;
        for (int i = 0; i < connections; i++) {
            open.add(connect(url));
        }
        thread = new Thread(this::dribble, "slow clients");
        thread.start();
    }

    private SocketChannel connect(URI url) {
        try {
            SocketChannel made = SocketChannel.open();
            made.setOption(StandardSocketOptions.SO_RCVBUF, 2048);
            made.connect(new InetSocketAddress(url.getHost(), url.getPort()));
            made.configureBlocking(false);
            made.write(ByteBuffer.wrap(way.start));
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void dribble() {
        while (!stopped) {
            Faults.pause(1000);
            open.removeIf(this::isClosed);
        }
    }

    private boolean isClosed(SocketChannel channel) {
        try {
            if (way == Way.READ) {
                return channel.read(ByteBuffer.allocate(1)) < 0;
            }
            channel.write(ByteBuffer.wrap(way.more));
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Override
    public void close() {
        stopped = true;
        try {
            thread.join();
            for (SocketChannel channel : open) {
                channel.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
