package vn.sotay.platform.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.Resource;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Looks whether an ID token holds: signature by a key that the provider shows, issuer, audience, nonce, times. The only class that knows
 * the library. Keys are kept for five minutes, and asked for anew when a token names one that is not among them. Thread-safe.
 */
final class IdTokens {

    /** None of them is made with a secret that both sides know, and none without a key. */
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    private static final Duration KEPT = Duration.ofMinutes(5);
    private static final Duration WAIT = Duration.ofSeconds(15);
    /** Of keys that are asked for: who sends tokens with unknown keys makes us ask no more often. */
    private static final Duration APART = Duration.ofSeconds(10);

    /** Reads the text at an address. */
    @FunctionalInterface
    interface Reader {
        String read(URI address) throws OidcException;
    }

    private final OidcSettings settings;
    private final JWKSource<SecurityContext> keys;

    IdTokens(OidcSettings settings, URI keys, Reader reader) throws OidcException {
        this.settings = settings;
        try {
            this.keys = JWKSourceBuilder.<SecurityContext>create(keys.toURL(), url -> resource(reader, url))
                    .cache(KEPT.toMillis(), WAIT.toMillis())
                    .refreshAheadCache(false)
                    .rateLimited(APART.toMillis())
                    .build();
        } catch (MalformedURLException e) {
            throw OidcException.refused("the keys' address is none", e);
        }
    }

    private static Resource resource(Reader reader, URL url) throws IOException {
        try {
            return new Resource(reader.read(url.toURI()), "application/json");
        } catch (OidcException | URISyntaxException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /**
     * What a token says.
     *
     * @throws OidcException if it does not hold
     */
    Map<String, Object> claims(String token, String nonce) throws OidcException {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
        processor.setJWTClaimsSetVerifier(new DefaultJWTClaimsVerifier<>(
                settings.clientId(),
                new JWTClaimsSet.Builder()
                        .issuer(settings.issuer())
                        .claim("nonce", nonce)
                        .build(),
                Set.of("sub", "exp", "iat")));
        try {
            JWTClaimsSet claims = processor.process(token, null);
            List<String> audience = claims.getAudience();
            Object authorized = claims.getClaim("azp");
            if (authorized == null ? audience.size() > 1 : !authorized.equals(settings.clientId())) {
                throw OidcException.refused("the token was made for another client", null);
            }
            return claims.getClaims();
        } catch (KeySourceException e) {
            throw OidcException.away("the provider's keys were not read: " + e.getMessage(), e);
        } catch (BadJOSEException | JOSEException | ParseException e) {
            throw OidcException.refused("the token does not hold: " + e.getMessage(), e);
        }
    }
}
