package vn.sotay.testkit;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Speaks HTTP to a Sotay as one person. Immutable. */
public final class Client {

    static final ObjectMapper JSON = JsonMapper.builder().build();

    private final HttpClient http;
    private final URI url;
    private final @Nullable String token;
    private final Map<String, String> headers;

    Client(HttpClient http, URI url, @Nullable String token) {
        this(http, url, token, Map.of());
    }

    private Client(HttpClient http, URI url, @Nullable String token, Map<String, String> headers) {
        this.http = http;
        this.url = url;
        this.token = token;
        this.headers = headers;
    }

    /** The same person with a header in each request. */
    public Client header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Client(http, url, token, more);
    }

    public Response get(String path) {
        return send("GET", path, null, BodyPublishers.noBody());
    }

    public Response delete(String path) {
        return send("DELETE", path, null, BodyPublishers.noBody());
    }

    /** Puts this as JSON. */
    public Response put(String path, Object body) {
        return send("PUT", path, "application/json", json(body));
    }

    /** Posts this as JSON. */
    public Response post(String path, Object body) {
        return send("POST", path, "application/json", json(body));
    }

    /** Posts nothing. */
    public Response post(String path) {
        return send("POST", path, null, BodyPublishers.noBody());
    }

    /** Sends bytes of a type. */
    public Response send(String method, String path, String type, byte[] body) {
        return send(method, path, type, BodyPublishers.ofByteArray(body));
    }

    /** Sends nothing but the head. */
    public Response send(String method, String path) {
        return send(method, path, null, BodyPublishers.noBody());
    }

    /** Puts a file and returns its SHA-256. */
    public String putFile(byte[] content) {
        String hash = sha256(content);
        Response reply = send("PUT", "/api/files/" + hash, "application/octet-stream", content);
        if (reply.status() != 200 && reply.status() != 201) {
            throw new AssertionError("the file was not taken: " + reply);
        }
        return hash;
    }

    /** Posts a form with one file and texts. */
    public Response postForm(String path, String fileName, byte[] content, Map<String, String> texts) {
        String boundary = "----" + UUID.randomUUID();
        StringBuilder head = new StringBuilder();
        texts.forEach((name, value) -> head.append("--")
                .append(boundary)
                .append("\r\nContent-Disposition: form-data; name=\"")
                .append(name)
                .append("\"\r\n\r\n")
                .append(value)
                .append("\r\n"));
        head.append("--")
                .append(boundary)
                .append("\r\nContent-Disposition: form-data; name=\"file\"; filename=\"")
                .append(fileName)
                .append("\"\r\nContent-Type: application/octet-stream\r\n\r\n");
        byte[] first = head.toString().getBytes(StandardCharsets.UTF_8);
        byte[] last = ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8);
        byte[] body = new byte[first.length + content.length + last.length];
        System.arraycopy(first, 0, body, 0, first.length);
        System.arraycopy(content, 0, body, first.length, content.length);
        System.arraycopy(last, 0, body, first.length + content.length, last.length);
        return send("POST", path, "multipart/form-data; boundary=" + boundary, body);
    }

    /** Sends a body of a type, perhaps without telling its length before. */
    public Response send(String method, String path, @Nullable String type, BodyPublisher body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(url.resolve(path)).method(method, body).timeout(Duration.ofSeconds(60));
        if (type != null) {
            request.header("Content-Type", type);
        }
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        headers.forEach(request::setHeader);
        try {
            var reply = http.send(request.build(), BodyHandlers.ofByteArray());
            return new Response(method + ' ' + path, reply.statusCode(), reply.headers(), reply.body());
        } catch (IOException e) {
            throw new UncheckedIOException(method + ' ' + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static BodyPublisher json(Object body) {
        try {
            return BodyPublishers.ofByteArray(
                    body instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : JSON.writeValueAsBytes(body));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The SHA-256 of these bytes in lower-case hexadecimal. */
    public static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
