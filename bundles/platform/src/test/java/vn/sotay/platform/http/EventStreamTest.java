package vn.sotay.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import vn.sotay.api.http.Endpoints;
import vn.sotay.api.http.Reply;
import vn.sotay.platform.module.Module;

/** A stream to who does not read: nobody waits for it, and what it holds does not grow. */
@Timeout(60)
class EventStreamTest {

    /** Together more than the system keeps for a connection. */
    private static final int TIMES = 400_000;

    @TempDir
    Path data;

    @Test
    void whoDoesNotReadIsToldOnceForAllThatCameMeanwhile() throws Exception {
        CompletableFuture<Runnable> begun = new CompletableFuture<>();
        AtomicInteger ended = new AtomicInteger();
        Endpoints endpoints = routes -> routes.get("/api/told")
                .signedIn()
                .givesBytes()
                .to(request -> Reply.ok(new EventStream("told", null, Set.of(), tell -> {
                    begun.complete(tell);
                    return ended::incrementAndGet;
                })));
        try (TestServer server = new TestServer(data, Map.of())
                        .add(Module.PLATFORM, endpoints)
                        .open();
                Socket socket = new Socket("localhost", server.port())) {
            socket.getOutputStream()
                    .write(("GET /api/told HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + TestServer.TOKEN
                                    + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            Runnable tell = begun.get(20, TimeUnit.SECONDS);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            tell.run();
            for (String line = ""; !line.equals("event: told"); ) {
                // from here on it is open: what is told while its head is being sent may be passed over by its end
                line = Objects.requireNonNull(line(in));
            }
            for (int i = 0; i < TIMES; i++) {
                tell.run();
            }
            int heard = 0;
            CompletableFuture<Void> stopping = CompletableFuture.runAsync(server::close);
            for (String line = line(in); line != null; line = line(in)) {
                heard += line.equals("event: told") ? 1 : 0;
            }
            stopping.join();
            assertThat(heard).isBetween(1, TIMES - 1);
            assertThat(ended).hasValue(1);
        }
    }

    /** Null at the end. */
    private static @Nullable String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                return null;
            }
            line.append((char) next);
        }
        return line.toString().strip();
    }
}
