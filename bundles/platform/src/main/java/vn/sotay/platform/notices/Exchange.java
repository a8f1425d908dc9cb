package vn.sotay.platform.notices;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks a server that is not the province's own, within a time, and follows nothing that it sends elsewhere. Thread-safe. */
final class Exchange {

    /** For a connection, and for the beginning of a reply; twice as long for all of it. */
    static final Duration PATIENCE = Duration.ofSeconds(15);

    /** Made with the first request: it reads all certificates of this Java, which would take a twentieth of each start. */
    private static final class Client {

        private static final HttpClient HTTP = HttpClient.newBuilder()
                .connectTimeout(PATIENCE)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    private Exchange() {}

    /**
     * The reply.
     *
     * @param whom is asked, for the log
     * @throws IOException if there is none in time
     */
    static <T> HttpResponse<T> with(String whom, HttpRequest request, HttpResponse.BodyHandler<T> body)
            throws IOException {
        CompletableFuture<HttpResponse<T>> going = Client.HTTP.sendAsync(request, body);
        try {
            return going.get(PATIENCE.multipliedBy(2).toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            going.cancel(true);
            throw new IOException(whom + "'s reply does not end", e);
        } catch (ExecutionException e) {
            throw new IOException(whom + " does not answer as it should", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
