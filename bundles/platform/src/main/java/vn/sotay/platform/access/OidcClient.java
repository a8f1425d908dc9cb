package vn.sotay.platform.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.sotay.platform.json.Json;

/**
 * Speaks with the identity provider (OpenID Connect Core 1.0, code flow with PKCE), and with nobody else: no redirect is followed, and what
 * it tells must be at its own hosts. Each call ends within ten seconds. Blocks. Thread-safe.
 */
final class OidcClient {

    private static final Logger LOG = LoggerFactory.getLogger(OidcClient.class);
    private static final JsonMapper MAPPER = Json.own();
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration KNOWN = Duration.ofHours(1);
    private static final int MOST_BYTES = 1024 * 1024;

    /**
     * Somebody's way to the provider and back.
     *
     * @param nonce that the token must bear
     * @param verifier whose hash was sent ahead (RFC 7636)
     * @param redirect where the provider sends people back
     */
    record Trip(String state, String nonce, String verifier, String redirect) {

        @Override
        public String toString() {
            return "Trip[]";
        }
    }

    /** What the provider tells of itself. */
    private record Told(
            URI authorize,
            URI token,
            @Nullable URI people,
            boolean issuerNamed,
            boolean secretInBody,
            IdTokens tokens,
            Instant until) {}

    private final OidcSettings settings;
    private final Clock clock;
    private final HttpClient http;
    private volatile @Nullable Told told;

    OidcClient(OidcSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.http = HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /** Where to send somebody's browser. */
    URI way(Trip trip, Locale language) throws OidcException {
        Told provider = provider();
        Map<String, String> query = new LinkedHashMap<>();
        query.put("response_type", "code");
        query.put("client_id", settings.clientId());
        query.put("redirect_uri", trip.redirect());
        query.put("scope", settings.scopes());
        query.put("state", trip.state());
        query.put("nonce", trip.nonce());
        query.put("code_challenge", challenge(trip.verifier()));
        query.put("code_challenge_method", "S256");
        query.put("ui_locales", language.getLanguage());
        if (!settings.acr().isEmpty()) {
            query.put("acr_values", String.join(" ", settings.acr()));
        }
        String address = provider.authorize().toString();
        return URI.create(address + (address.indexOf('?') < 0 ? '?' : '&') + form(query));
    }

    /**
     * Who has come back.
     *
     * @param issuer that the browser has brought; null if none
     * @return claims of the token, and of the provider's endpoint where the token does not have the one that is asked for
     */
    Map<String, Object> claims(Trip trip, String code, @Nullable String issuer) throws OidcException {
        Told provider = provider();
        if (issuer == null ? provider.issuerNamed() : !issuer.equals(settings.issuer())) {
            throw OidcException.refused("it came from another issuer", null);
        }
        Map<String, String> body = new LinkedHashMap<>();
        body.put("grant_type", "authorization_code");
        body.put("code", code);
        body.put("redirect_uri", trip.redirect());
        body.put("code_verifier", trip.verifier());
        HttpRequest.Builder request =
                HttpRequest.newBuilder(provider.token()).header("Content-Type", "application/x-www-form-urlencoded");
        if (settings.secret().isEmpty() || provider.secretInBody()) {
            body.put("client_id", settings.clientId());
        }
        if (!settings.secret().isEmpty() && provider.secretInBody()) {
            body.put("client_secret", settings.secret());
        } else if (!settings.secret().isEmpty()) {
            String pair = encoded(settings.clientId()) + ':' + encoded(settings.secret());
            request.header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        }
        JsonNode tokens = json(request.POST(BodyPublishers.ofString(form(body))));
        Map<String, Object> claims = new LinkedHashMap<>(
                provider.tokens().claims(tokens.path("id_token").asText(), trip.nonce()));
        if (!claims.containsKey(settings.claim()) && provider.people() != null) {
            JsonNode person = json(HttpRequest.newBuilder(provider.people())
                    .header(
                            "Authorization",
                            "Bearer " + tokens.path("access_token").asText()));
            if (!person.path("sub").asText().equals(claims.get("sub"))) {
                throw OidcException.refused("token and person are two", null);
            }
            person.properties().forEach(entry -> {
                if (entry.getValue().isValueNode()) {
                    claims.putIfAbsent(
                            entry.getKey(),
                            entry.getValue().isBoolean()
                                    ? (Object) entry.getValue().asBoolean()
                                    : entry.getValue().asText());
                }
            });
        }
        return claims;
    }

    // ---- what the provider tells of itself

    private Told provider() throws OidcException {
        Told known = told;
        if (known != null && known.until().isAfter(clock.instant())) {
            return known;
        }
        try {
            Told fresh = discover();
            told = fresh;
            return fresh;
        } catch (OidcException e) {
            if (known != null && e.isAway()) {
                LOG.warn(
                        "{} does not tell of itself now, what it told before is believed: {}",
                        settings.issuer(),
                        e.getMessage());
                return known;
            }
            throw e;
        }
    }

    private Told discover() throws OidcException {
        URI address = URI.create(settings.issuer().replaceAll("/$", "") + "/.well-known/openid-configuration");
        JsonNode found = json(HttpRequest.newBuilder(address));
        if (!found.path("issuer").asText().equals(settings.issuer())) {
            throw OidcException.refused(
                    "it names itself \"" + found.path("issuer").asText() + '"', null);
        }
        String methods = found.path("token_endpoint_auth_methods_supported").toString();
        String people = found.path("userinfo_endpoint").asText();
        URI keys = settings.endpoint(found.path("jwks_uri").asText());
        return new Told(
                settings.endpoint(found.path("authorization_endpoint").asText()),
                settings.endpoint(found.path("token_endpoint").asText()),
                people.isEmpty() ? null : settings.endpoint(people),
                found.path("authorization_response_iss_parameter_supported").asBoolean(),
                methods.contains("\"client_secret_post\"") && !methods.contains("\"client_secret_basic\""),
                new IdTokens(settings, keys, this::text),
                clock.instant().plus(KNOWN));
    }

    // ---- HTTP

    private JsonNode json(HttpRequest.Builder request) throws OidcException {
        byte[] body = send(request.header("Accept", "application/json"));
        try {
            JsonNode read = MAPPER.readTree(body);
            if (read != null && read.isObject()) {
                return read;
            }
        } catch (IOException e) {
            throw OidcException.refused("it answers no JSON", e);
        }
        throw OidcException.refused("it answers no object", null);
    }

    private String text(URI address) throws OidcException {
        return new String(send(HttpRequest.newBuilder(address)), StandardCharsets.UTF_8);
    }

    private byte[] send(HttpRequest.Builder builder) throws OidcException {
        HttpRequest request = builder.timeout(PATIENCE).build();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        CompletableFuture<HttpResponse<Void>> reply = http.sendAsync(
                request,
                head -> BodySubscribers.ofByteArrayConsumer(part -> part.ifPresent(bytes -> {
                    // what is too long is read and thrown away, for as long as our patience lasts
                    if (body.size() <= MOST_BYTES) {
                        body.writeBytes(bytes);
                    }
                })));
        String where = request.method() + ' ' + request.uri().getPath();
        try {
            int status = reply.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).statusCode();
            if (status >= 500 || status == 429) {
                throw OidcException.away(where + " is answered " + status, null);
            }
            if (status != 200) {
                throw OidcException.refused(where + " is answered " + status, null);
            }
            if (body.size() > MOST_BYTES) {
                throw OidcException.refused(where + " is answered more than we read", null);
            }
            return body.toByteArray();
        } catch (ExecutionException | TimeoutException e) {
            reply.cancel(true);
            throw OidcException.away(where + " is not answered: " + (e.getCause() == null ? e : e.getCause()), e);
        } catch (InterruptedException e) {
            reply.cancel(true);
            Thread.currentThread().interrupt();
            throw OidcException.away("we are stopping", e);
        }
    }

    private static String form(Map<String, String> values) {
        return values.entrySet().stream()
                .map(entry -> entry.getKey() + '=' + encoded(entry.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static String challenge(String verifier) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
