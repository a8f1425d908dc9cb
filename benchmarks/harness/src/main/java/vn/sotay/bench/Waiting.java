package vn.sotay.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Very many connections that wait for something new, held by one thread outside of what is measured. Not thread-safe. */
final class Waiting implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final long QUIET_MS = 500;
    private static final Pattern HANDLES = Pattern.compile("Max open files\\s+(\\d+)");
    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: (\\d+)");
    /** Of this process, for other things. */
    private static final int SPARE = 500;

    /** How they wait. */
    enum Way {
        /** By a stream that says that there is something. */
        STREAM,
        /** By a question that is answered when there is, with what it is. */
        QUESTION
    }

    private static final class One {
        final SocketChannel channel;
        final StringBuilder text = new StringBuilder();
        boolean heard;

        One(SocketChannel channel) {
            this.channel = channel;
        }
    }

    private final Way way;
    private final int port;
    private final Selector selector;
    private final List<One> all = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);

    private Waiting(int port, Way way) throws IOException {
        this.port = port;
        this.way = way;
        this.selector = Selector.open();
    }

    /** How many connections there may be in this process and in Sotay, of those that are wished for. */
    static int room(int wished) throws IOException {
        Matcher handles = HANDLES.matcher(Files.readString(Path.of("/proc/self/limits")));
        return handles.find() ? Math.min(wished, Integer.parseInt(handles.group(1)) - SPARE) : wished;
    }

    /** Connects so many phones, each of which then waits. */
    static Waiting open(int port, Phones phones, int count, Way way) throws IOException {
        Waiting waiting = new Waiting(port, way);
        try {
            for (int i = 0; i < count; i++) {
                waiting.add(phones.token(i), phones.since(i));
            }
            return waiting;
        } catch (IOException | RuntimeException e) {
            waiting.close();
            throw e;
        }
    }

    private void add(String token, String since) throws IOException {
        SocketChannel channel = SocketChannel.open();
        One one = new One(channel);
        all.add(one);
        // closed without a farewell: ports of this machine are free again at once
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        channel.connect(new InetSocketAddress("127.0.0.1", port));
        if (way == Way.STREAM) {
            send(channel, "?since=" + since, token, "Accept: text/event-stream\r\n");
            while (one.text.indexOf("retry: ") < 0) {
                read(one);
            }
        } else {
            String at = since;
            boolean isNew = true;
            while (isNew) {
                send(channel, "?since=" + at, token, "");
                while (!isWhole(one.text)) {
                    read(one);
                }
                isNew = one.text.indexOf("HTTP/1.1 200") == 0;
                at = isNew ? Phones.tokenOf(one.text.toString()) : at;
                one.text.setLength(0);
            }
            send(channel, "?wait=55&since=" + at, token, "");
        }
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, one);
    }

    private void send(SocketChannel channel, String query, String token, String more) throws IOException {
        ByteBuffer request = ByteBuffer.wrap(("GET /api/changes" + query + " HTTP/1.1\r\nHost: 127.0.0.1:" + port
                        + "\r\nAuthorization: Bearer " + token + "\r\n" + more + "\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        while (request.hasRemaining()) {
            channel.write(request);
        }
    }

    private void read(One one) throws IOException {
        buffer.clear();
        if (one.channel.read(buffer) < 0) {
            throw new BenchException("who waits was cut off: " + one.text);
        }
        buffer.flip();
        // a character for each byte
        one.text.append(StandardCharsets.ISO_8859_1.decode(buffer));
    }

    private static boolean isWhole(CharSequence text) {
        String whole = text.toString();
        int end = whole.indexOf("\r\n\r\n");
        if (end < 0) {
            return false;
        }
        Matcher length = LENGTH.matcher(whole).region(0, end);
        return whole.length() >= end + 4 + (length.find() ? Integer.parseInt(length.group(1)) : 0);
    }

    private boolean hasHeard(One one) {
        if (way == Way.STREAM) {
            return one.text.indexOf("event: changes") >= 0;
        }
        if (one.text.indexOf("HTTP/1.1 204") == 0) {
            throw new BenchException("they had to wait for so long that they were told that nothing is new");
        }
        return isWhole(one.text);
    }

    /** Makes a change, and gives the milliseconds from its beginning until each has heard of it. */
    Samples hear(Runnable change) throws IOException {
        forget();
        Samples millis = new Samples();
        long began = System.nanoTime();
        CompletableFuture<Void> changing = CompletableFuture.runAsync(change);
        for (int left = all.size(); left > 0; ) {
            if (System.nanoTime() - began > LIMIT.toNanos()) {
                throw new BenchException(
                        left + " of " + all.size() + " have not heard after " + LIMIT.toSeconds() + " s");
            }
            selector.select(100);
            for (SelectionKey key : selector.selectedKeys()) {
                One one = (One) key.attachment();
                read(one);
                if (!one.heard && hasHeard(one)) {
                    one.heard = true;
                    millis.add((System.nanoTime() - began) / 1e6);
                    left--;
                }
            }
            selector.selectedKeys().clear();
        }
        changing.join();
        return millis;
    }

    /** Reads what is still on its way, and forgets it. */
    private void forget() throws IOException {
        for (long quiet = System.nanoTime(); System.nanoTime() - quiet < QUIET_MS * 1_000_000; ) {
            if (selector.select(50) > 0) {
                for (SelectionKey key : selector.selectedKeys()) {
                    One one = (One) key.attachment();
                    int before = one.text.length();
                    read(one);
                    // signs of life go on all the time
                    if (one.text.indexOf("event", before) >= 0) {
                        quiet = System.nanoTime();
                    }
                }
                selector.selectedKeys().clear();
            }
        }
        for (One one : all) {
            one.heard = false;
            one.text.setLength(0);
        }
    }

    @Override
    public void close() throws IOException {
        for (One one : all) {
            one.channel.close();
        }
        selector.close();
    }
}
