package vn.sotay.bench;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A kept connection that asks and waits, with nothing around it that would be measured too. Not thread-safe. */
final class Wire implements Closeable {

    private static final int LIMIT_MS = 30_000;

    /**
     * What was answered.
     *
     * @param headers by name in small letters
     */
    record Answer(int status, Map<String, String> headers, byte[] body) {

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        Answer expect(int expected) {
            if (status != expected) {
                throw new BenchException("expected " + expected + ", and was answered " + status + ": " + text());
            }
            return this;
        }
    }

    private final Socket socket = new Socket();
    private final InputStream in;
    private final int port;
    private long sent;
    private long received;

    Wire(int port) throws IOException {
        this.port = port;
        try {
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress("127.0.0.1", port), LIMIT_MS);
            socket.setSoTimeout(LIMIT_MS);
            in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Gets a path. */
    Answer get(String path, @Nullable String token, String... headers) throws IOException {
        return send("GET", path, token, null, headers);
    }

    /** Sends a request with JSON, if any, and headers as name, value, name, value. */
    Answer send(String method, String path, @Nullable String token, @Nullable String json, String... headers)
            throws IOException {
        byte[] body = json == null ? new byte[0] : json.getBytes(StandardCharsets.UTF_8);
        return send(method, path, token, json == null ? null : "application/json", body, headers);
    }

    /** Sends bytes of a type, which must be taken. */
    void sendBytes(String method, String path, String token, String type, byte[] body) throws IOException {
        Answer answer = send(method, path, token, type, body);
        if (answer.status() != 200) {
            answer.expect(201);
        }
    }

    private Answer send(
            String method, String path, @Nullable String token, @Nullable String type, byte[] body, String... headers)
            throws IOException {
        StringBuilder head = new StringBuilder(method).append(' ').append(path).append(" HTTP/1.1\r\nHost: 127.0.0.1:");
        head.append(port).append("\r\n");
        if (token != null) {
            head.append("Authorization: Bearer ").append(token).append("\r\n");
        }
        if (type != null) {
            head.append("Content-Type: ")
                    .append(type)
                    .append("\r\nContent-Length: ")
                    .append(body.length)
                    .append("\r\n");
        }
        for (int i = 0; i < headers.length; i += 2) {
            head.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
        }
        byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        byte[] all = new byte[start.length + body.length];
        System.arraycopy(start, 0, all, 0, start.length);
        System.arraycopy(body, 0, all, start.length, body.length);
        socket.getOutputStream().write(all);
        sent += all.length;
        return read();
    }

    private Answer read() throws IOException {
        int status = Integer.parseInt(line().split(" ")[1]);
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        String length = headers.get("content-length");
        byte[] body = status == 204 || status == 304
                ? new byte[0]
                : length == null ? chunks() : exactly(Integer.parseInt(length));
        return new Answer(status, headers, body);
    }

    private byte[] chunks() throws IOException {
        var whole = new java.io.ByteArrayOutputStream();
        for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
            whole.write(exactly(size));
            line();
        }
        line();
        return whole.toByteArray();
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        received += bytes.length;
        if (bytes.length < length) {
            throw new EOFException("the connection was closed in the middle of a body");
        }
        return bytes;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); ; next = in.read()) {
            received++;
            if (next == '\n') {
                return line.toString();
            }
            if (next < 0) {
                throw new EOFException("the connection was closed");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
    }

    /** Bytes of all requests so far. */
    long sent() {
        return sent;
    }

    /** Bytes of all answers so far, with their heads. */
    long received() {
        return received;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
