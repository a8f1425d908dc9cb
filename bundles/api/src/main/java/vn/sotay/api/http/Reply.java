package vn.sotay.api.http;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.store.Saved;

/** What a handler answers. Immutable. */
public final class Reply {

    /** Writes a body of bytes. */
    @FunctionalInterface
    public interface Writer {
        void write(OutputStream out) throws IOException;
    }

    private final int status;
    private final @Nullable Object body;
    private final Map<String, String> headers;

    private Reply(int status, @Nullable Object body, Map<String, String> headers) {
        this.status = status;
        this.body = body;
        this.headers = Map.copyOf(headers);
    }

    /** 200 with a record, a {@link Page} or a list as JSON. */
    public static Reply ok(Object body) {
        return new Reply(200, body, Map.of());
    }

    /** 200 with JSON that is written already, in UTF-8. */
    public static Reply json(byte[] written) {
        return new Reply(200, written, Map.of());
    }

    /** What was saved or read, with its version as ETag: 201 when it was made now, else 200; 304 where the reader has it. */
    public static Reply of(Saved<?> saved) {
        return new Reply(saved.made() ? 201 : 200, saved.value(), Map.of()).version(saved.version());
    }

    /** 201 with what was made. */
    public static Reply made(Object body) {
        return new Reply(201, body, Map.of());
    }

    /** 202: the work goes on; the body says where to look. */
    public static Reply accepted(Object body) {
        return new Reply(202, body, Map.of());
    }

    /** 204. */
    public static Reply nothing() {
        return new Reply(204, null, Map.of());
    }

    /**
     * 200 with bytes.
     *
     * @param type media type
     */
    public static Reply bytes(String type, Writer writer) {
        return new Reply(200, writer, Map.of("Content-Type", type));
    }

    /** Answers when the stage is done, without holding a thread. */
    public static Reply later(CompletionStage<Reply> reply) {
        return new Reply(200, reply, Map.of());
    }

    /** The same with another status. */
    public Reply status(int other) {
        return new Reply(other, body, headers);
    }

    /** The same with this version as its ETag. */
    public Reply version(long version) {
        return header("ETag", '"' + Long.toString(version) + '"');
    }

    /** The same, to be kept by the caller's own cache for so long. */
    public Reply keep(Duration age) {
        return header("Cache-Control", "private, max-age=" + age.toSeconds());
    }

    /** The same with a header. */
    public Reply header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Reply(status, body, more);
    }

    public int status() {
        return status;
    }

    /** A record, list, {@link Page}, written JSON as {@code byte[]}, {@link Writer} or {@link CompletionStage}; null where there is none. */
    public @Nullable Object body() {
        return body;
    }

    public Map<String, String> headers() {
        return headers;
    }
}
