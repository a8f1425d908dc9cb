package vn.sotay.platform.http;

import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executor;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.http.Problem;
import vn.sotay.platform.outbox.Turn;

/** One request and its response, as Jetty gives them. */
final class Exchange {

    /** The first is preferred: no other host and no page without HTTPS can have set it. */
    private static final List<String> COOKIES = List.of("__Host-sotay", "sotay");

    final Request request;
    final Response response;
    Callback callback;
    private final Proxies proxies;
    private Proxies.@Nullable Client client;
    private final Instant at = Instant.now();
    private final long start = System.nanoTime();
    /** Template of the route that answers, for the access log: it names no one. */
    String route = "-";
    /** For what has to wait before it is answered. */
    @Nullable Executor threads;
    /** If it is a command of an outbox. */
    @Nullable Turn turn;

    Exchange(Request request, Response response, Callback callback, Proxies proxies) {
        this.request = request;
        this.response = response;
        this.callback = callback;
        this.proxies = proxies;
    }

    String method() {
        return request.getMethod();
    }

    @Nullable String header(String name) {
        return request.getHeaders().get(name);
    }

    Instant at() {
        return at;
    }

    long millis() {
        return (System.nanoTime() - start) / 1_000_000;
    }

    Locale language() {
        return Texts.preferred(header("Accept-Language"));
    }

    /** Whether it came by HTTPS. Asked of every request: who called is looked at only if a proxy may tell otherwise. */
    boolean isSecure() {
        return proxies.isEmpty() ? request.getConnectionMetaData().isSecure() : client().secure();
    }

    /** Who called, as a proxy tells it that is believed. */
    Proxies.Client client() {
        Proxies.Client known = client;
        if (known == null) {
            String host = header("Host");
            known = proxies.client(
                    Request.getRemoteAddr(request),
                    request.getConnectionMetaData().isSecure(),
                    // HTTP/2 has another field for it
                    host == null ? String.valueOf(request.getHttpURI().getAuthority()) : host,
                    name -> request.getHeaders().getValuesList(name));
            client = known;
        }
        return known;
    }

    /** The path's segments, decoded and composed to NFC; null if they cannot be decoded. */
    @Nullable List<String> segments() {
        String path = request.getHttpURI().getCanonicalPath();
        if (path == null || !path.startsWith("/")) {
            return null;
        }
        List<String> segments = new ArrayList<>();
        for (String segment : path.substring(1).split("/", -1)) {
            String decoded = isPlain(segment) ? segment : decode(segment.replace("+", "%2B"));
            if (decoded == null) {
                return null;
            }
            segments.add(decoded);
        }
        return segments;
    }

    /** The query's parameters, decoded and composed to NFC; the last of a name counts. */
    Map<String, String> queries() {
        Map<String, String> queries = new LinkedHashMap<>();
        String query = request.getHttpURI().getQuery();
        if (query == null || query.isEmpty()) {
            return queries;
        }
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            String name = plainOrDecoded(equals < 0 ? pair : pair.substring(0, equals));
            String value = plainOrDecoded(equals < 0 ? "" : pair.substring(equals + 1));
            if (name == null || value == null) {
                throw Problem.other(400, "malformed-query");
            }
            if (!name.isEmpty()) {
                queries.put(name, value);
            }
        }
        return queries;
    }

    /** Whether decoding would change nothing, as with nearly all that comes. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '%') {
                return false;
            }
        }
        return true;
    }

    private static @Nullable String plainOrDecoded(String text) {
        return isPlain(text) && text.indexOf('+') < 0 ? text : decode(text);
    }

    private static @Nullable String decode(String text) {
        try {
            String decoded = URLDecoder.decode(text, StandardCharsets.UTF_8);
            return decoded.indexOf('\uFFFD') >= 0 || decoded.indexOf('\0') >= 0
                    ? null
                    : Normalizer.normalize(decoded, Normalizer.Form.NFC);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** The token that a client sends; null if there is none. */
    @Nullable String bearer() {
        String header = header("Authorization");
        return header != null && header.regionMatches(true, 0, "Bearer ", 0, 7)
                ? header.substring(7).strip()
                : null;
    }

    /** The token in the browser's cookie; null if there is none. */
    @Nullable String cookie() {
        List<HttpCookie> sent = Request.getCookies(request);
        return COOKIES.stream()
                .flatMap(name -> sent.stream().filter(cookie -> cookie.getName().equals(name)))
                .map(HttpCookie::getValue)
                .findFirst()
                .orElse(null);
    }

    /** Whether a browser sent this from a page of ours: else a page elsewhere could write with the caller's cookie. */
    boolean isSameOrigin() {
        String site = header("Sec-Fetch-Site");
        if (site != null) {
            return site.equals("same-origin") || site.equals("none");
        }
        String origin = header("Origin");
        if (origin == null) {
            return true;
        }
        int scheme = origin.indexOf("://");
        return scheme > 0
                && origin.substring(scheme + 3).equals(client().host())
                // without HTTPS a page of the same host may be anybody's on the way
                && (origin.startsWith("https:") || !isSecure());
    }

    /** Whether the reader has this version already. */
    boolean has(@Nullable String etag) {
        if (etag == null || !(method().equals("GET") || method().equals("HEAD"))) {
            return false;
        }
        String bare = etag.replace("\"", "");
        for (HttpField field : request.getHeaders()) {
            if (field.getHeader() == HttpHeader.IF_NONE_MATCH && field.getValue() != null) {
                // split by hand: Jetty throws at quotes that are not closed, and no tag of ours has a comma
                for (String tag : field.getValue().split(",")) {
                    String theirs =
                            tag.strip().replace("W/", "").replace("\"", "").replace("--gzip", "");
                    if (theirs.equals(bare) || theirs.equals("*")) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    void header(String name, String value) {
        response.getHeaders().put(name, value);
    }

    /** Does this when the answer is on its way, before the exchange ends. */
    void last(Runnable work) {
        callback = Callback.from(work, callback);
    }

    /** Ends it with a body; HEAD gets the headers alone. */
    void send(int status, byte[] body) {
        response.setStatus(status);
        if (status == 204) {
            // a phone asks all day long and hears that nothing is new
            for (Iterator<HttpField> fields = response.getHeaders().iterator(); fields.hasNext(); ) {
                if (JettyServer.isOfContent(fields.next())) {
                    fields.remove();
                }
            }
        } else if (status != 304) {
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        }
        boolean bare = status == 304 || status == 204 || method().equals("HEAD");
        response.write(true, bare ? ByteBuffer.allocate(0) : ByteBuffer.wrap(body), callback);
    }
}
