package vn.sotay.tests.probe;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Speaks HTTP/1 as it is written, right or wrong: bytes out, answers in. Each sending has a connection of its own. */
final class Wire {

    /** The server did not say anything for too long. */
    static final class HangException extends IOException {
        private static final long serialVersionUID = 1L;

        HangException(Throwable cause) {
            super("no answer in time", cause);
        }
    }

    /** @param headers by name in lower case; of several of a name the last */
    record Answer(int status, Map<String, String> headers, byte[] body) {

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        String header(String name) {
            return headers.getOrDefault(name, "");
        }

        @Override
        public String toString() {
            String text = text();
            return status + " " + headers + ' ' + (text.length() > 500 ? text.substring(0, 500) + '…' : text);
        }
    }

    private final InetSocketAddress server;
    private final Duration limit;

    /** @param limit how long the server may be silent */
    Wire(URI url, Duration limit) {
        this.server = new InetSocketAddress(url.getHost(), url.getPort());
        this.limit = limit;
    }

    /**
     * Sends bytes, says that there is no more, and reads all answers until the server closes.
     *
     * @param isHead whether the answers have no bodies
     * @throws HangException if the server neither answers nor closes in time
     */
    List<Answer> send(byte[] bytes, boolean isHead) throws IOException {
        List<Answer> answers = new ArrayList<>();
        try (Socket socket = new Socket()) {
            socket.connect(server, (int) limit.toMillis());
            socket.setSoTimeout((int) limit.toMillis());
            Thread writer = new Thread(() -> write(socket, bytes), "wire");
            writer.start();
            InputStream in = new java.io.BufferedInputStream(socket.getInputStream());
            try {
                while (true) {
                    answers.add(answer(in, isHead));
                }
            } catch (EOFException | SocketException end) {
                // closed, or reset while bytes were under way that nobody reads any more
                return answers;
            } catch (java.net.SocketTimeoutException e) {
                throw new HangException(e);
            }
        }
    }

    private static void write(Socket socket, byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.shutdownOutput();
        } catch (IOException e) {
            // the server has had enough: what it answered is read by the other side
            System.getLogger(Wire.class.getName()).log(System.Logger.Level.TRACE, "not all was sent", e);
        }
    }

    private static Answer answer(InputStream in, boolean isHead) throws IOException {
        String status = line(in);
        if (!status.startsWith("HTTP/1.")) {
            throw new IOException("no HTTP: " + status);
        }
        int code = Integer.parseInt(status.split(" ")[1]);
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        if (code < 200) {
            return answer(in, isHead);
        }
        boolean none = isHead || code == 204 || code == 304;
        return new Answer(code, headers, none ? new byte[0] : body(in, headers));
    }

    private static byte[] body(InputStream in, Map<String, String> headers) throws IOException {
        if (headers.getOrDefault("transfer-encoding", "").equals("chunked")) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            for (int size = Integer.parseInt(line(in), 16); size > 0; size = Integer.parseInt(line(in), 16)) {
                body.write(exactly(in, size));
                line(in);
            }
            line(in);
            return body.toByteArray();
        }
        String length = headers.get("content-length");
        return length == null ? in.readAllBytes() : exactly(in, Integer.parseInt(length));
    }

    private static byte[] exactly(InputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new IOException("the body ends after " + bytes.length + " of " + length + " bytes");
        }
        return bytes;
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException();
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }
}
