package vn.sotay.platform.http;

/** The HTTP server. Its port is taken when the platform starts, so that a conflict is told at once; requests are answered after {@link #open}. */
public interface HttpServer {

    /**
     * Begins to answer requests.
     *
     * @return the base URL, such as {@code http://localhost:8080}
     */
    String open();

    /** Takes no more requests, and gives those that run ten seconds to finish. Does nothing the second time. */
    void close();
}
