package vn.sotay.api.http;

import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;
import vn.sotay.api.access.Audience;
import vn.sotay.api.access.Caller;

/** A request that has passed the route's checks. For the thread that handles it. */
@ProviderType
public interface Request {

    /**
     * Who asks.
     *
     * @throws IllegalStateException on a route that is {@link Route#open()} when nobody is signed in
     */
    Caller caller();

    /** A variable segment of the path, decoded. */
    String path(String name);

    /**
     * A variable segment that is an id.
     *
     * @throws ProblemException 404 if it is no UUID: there is no such thing
     */
    UUID id(String name);

    /**
     * A declared query parameter, read as the type it was declared with; empty when it was not given.
     *
     * @throws ProblemException 400 that names the parameter, if it cannot be read
     */
    <T> Optional<T> query(String name, Class<T> type);

    /** How many items a page may have: 50 unless asked otherwise, 500 at most. */
    int limit();

    /** The parts of the cursor after which the page begins, as given to {@link Page#of}; null on the first page. */
    @Nullable List<String> after();

    /**
     * The body as the record that the route {@link Route#takes}, checked.
     *
     * @throws IllegalStateException if the route takes another
     */
    <T extends Record> T body(Class<T> type);

    /** The body's bytes, where the route {@link Route#takesBytes}. */
    InputStream bytes();

    /** The body's parts, where the route {@link Route#takesForm}. */
    Form form();

    /** The version that {@code If-Match} names; empty when the caller does not care which it replaces. */
    OptionalLong ifMatch();

    /** A header, such as {@code Range}; empty when it was not sent. */
    Optional<String> header(String name);

    /**
     * The address that the request came from, as a proxy tells it that is believed: for slowing down who guesses, never to be kept.
     */
    String address();

    /** Whether the client speaks HTTPS: with Sotay itself, or with a proxy that is believed. */
    boolean secure();

    /** The host that the client asked for, with its port if that is no usual one: as it says itself, or a proxy that is believed. */
    String host();

    /** The caller's language: {@code vi}, {@code en} or {@code ko}. */
    Locale language();

    /**
     * What this caller was answered to this very path and query the last time, as long as nothing was committed since for these
     * audiences; otherwise what {@code read} gives, kept for the next time. The reply gets an ETag, so that a client that has it already
     * gets 304. Whether the caller may ask at all is decided before, each time.
     *
     * @param audiences those whose payloads in the change feed tell of everything that the reply is made of; empty if there are none
     *     such: then it is always read
     * @param read gives a reply of 200 with a body of JSON, from committed rows
     */
    Reply unlessChanged(Set<Audience> audiences, Supplier<Reply> read);

    /** When the request came, UTC. */
    Instant at();
}
