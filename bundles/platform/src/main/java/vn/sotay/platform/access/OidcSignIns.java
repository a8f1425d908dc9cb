package vn.sotay.platform.access;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.sotay.api.http.Problem;
import vn.sotay.api.http.ProblemException;
import vn.sotay.platform.secrets.Secrets;

/**
 * Signing in by a province's own identity provider, if one is configured. It says who somebody is; which account that is, and what it may do,
 * is decided here alone, and no account is made. Thread-safe.
 */
@Component(
        service = OidcSignIns.class,
        configurationPid = "vn.sotay.oidc",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = OidcConfig.class)
public final class OidcSignIns {

    static final Duration LAST = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(OidcSignIns.class);
    private static final int VALUE_MAX = 100;
    /** The provider may take ten seconds for each: those who wait must not take the threads of everybody else. */
    private static final int THREADS = 4;

    private static final int WAITING = 64;

    /**
     * Somebody who was sent to the provider.
     *
     * @param browser hash of what the browser must bring
     * @param account who it is, once the provider has said so and a second factor is asked for; null before
     */
    private record Gone(
            OidcClient.Trip trip, String browser, @Nullable UUID account) {}

    /**
     * A way to the provider.
     *
     * @param browser what the browser must bring when it comes back
     */
    record Way(URI address, String browser) {

        @Override
        public String toString() {
            return "Way[]";
        }
    }

    private final SignIns signIns;
    private final Passwords passwords;
    private final @Nullable OidcSettings settings;
    private final @Nullable OidcClient client;
    private final ShortLived<Gone> gone;
    private final ExecutorService threads;

    @Activate
    public OidcSignIns(OidcConfig config, @Reference SignIns signIns, @Reference Passwords passwords) {
        this.signIns = signIns;
        this.passwords = passwords;
        this.settings = config.issuer().isBlank() ? null : OidcSettings.of(config, secret(config));
        this.client = settings == null ? null : new OidcClient(settings, Clock.systemUTC());
        this.gone = new ShortLived<>(Clock.systemUTC(), LAST);
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                THREADS, THREADS, 60, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), task -> {
                    Thread thread = new Thread(task, "identity provider");
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        this.threads = pool;
    }

    private static String secret(OidcConfig config) {
        try {
            return Secrets.find(
                    "oidc.clientSecret",
                    System.getenv("SOTAY_OIDC_SECRET"),
                    config.clientSecretFile(),
                    config.clientSecret());
        } catch (IOException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    @Deactivate
    void stop() {
        threads.shutdownNow();
    }

    /** Words for the button, empty for the usual ones; nothing if there is no provider. */
    Optional<String> title() {
        return Optional.ofNullable(settings).map(OidcSettings::title);
    }

    private OidcClient client() {
        if (client == null) {
            throw Problem.other(404, "provider.off");
        }
        return client;
    }

    /** Runs what waits for the provider beside the threads that answer requests. */
    private <T> CompletionStage<T> beside(Callable<T> work) {
        try {
            CompletableFuture<T> done = new CompletableFuture<>();
            threads.execute(() -> {
                try {
                    done.complete(work.call());
                } catch (Exception | LinkageError e) {
                    done.completeExceptionally(e);
                }
            });
            return done;
        } catch (RejectedExecutionException e) {
            throw away();
        }
    }

    private static ProblemException away() {
        return Problem.other(503, "provider.away").with("seconds", 30);
    }

    private static ProblemException problem(OidcException e) {
        LOG.warn("nobody signs in by the identity provider now: {}", e.getMessage());
        return e.isAway() ? away() : Problem.other(401, "provider.refused");
    }

    /**
     * Sends somebody to the provider.
     *
     * @param origin scheme and host by which the browser has come
     * @throws ProblemException 404 if there is none; later 503 if it is away
     */
    CompletionStage<Way> go(String origin, Locale language, String address) {
        OidcClient provider = client();
        String home = settings == null || settings.address().isEmpty() ? origin : settings.address();
        return beside(() -> {
            String browser = passwords.token();
            OidcClient.Trip trip =
                    new OidcClient.Trip(passwords.token(), passwords.token(), passwords.token(), home + "/provider");
            try {
                URI way = provider.way(trip, language);
                gone.put(trip.state(), new Gone(trip, Accounts.hash(browser), null), address);
                return new Way(way, browser);
            } catch (OidcException e) {
                throw problem(e);
            }
        });
    }

    /**
     * Lets somebody in who has come back.
     *
     * @param browser what the browser has brought; null if nothing
     * @param factor code of the second factor, once it was asked for
     * @throws ProblemException 409 if nobody was sent so, or too long ago, or with another browser; later 401 if what comes does not hold
     *     or a second factor is asked for, 403 if it is nobody's account, 503
     */
    CompletionStage<SignIns.Begun> come(
            String state,
            @Nullable String code,
            @Nullable String issuer,
            @Nullable String browser,
            @Nullable String factor,
            Origin origin) {
        OidcClient provider = client();
        Gone one = gone.take(state)
                .filter(found -> browser != null && isSame(found.browser(), Accounts.hash(browser)))
                .orElseThrow(() -> Problem.conflict("provider.expired"));
        return beside(() -> {
            UUID account = one.account();
            boolean twice = false;
            if (account == null) {
                Map<String, Object> claims = claims(provider, one.trip(), code, issuer);
                account = account(claims);
                twice = isTwice(claims);
            }
            try {
                return signIns.signIn(account, twice, factor, origin);
            } catch (ProblemException e) {
                // the provider's code is good once: who is asked for a second factor goes on from here
                gone.put(state, new Gone(one.trip(), one.browser(), account), origin.address());
                throw e;
            }
        });
    }

    private static boolean isSame(String one, String other) {
        return MessageDigest.isEqual(
                one.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
    }

    private Map<String, Object> claims(
            OidcClient provider, OidcClient.Trip trip, @Nullable String code, @Nullable String issuer) {
        try {
            if (code == null) {
                throw OidcException.refused("there is no code", null);
            }
            return provider.claims(trip, code, issuer);
        } catch (OidcException e) {
            if (!e.isAway()) {
                signIns.refused();
            }
            throw problem(e);
        }
    }

    private UUID account(Map<String, Object> claims) {
        OidcSettings known = Objects.requireNonNull(settings);
        Object value = claims.get(known.claim());
        String text = value instanceof String || value instanceof Number
                ? value.toString().strip()
                : "";
        boolean verified = !known.claim().equals("phone_number")
                || String.valueOf(claims.get("phone_number_verified")).equals("true");
        Optional<UUID> account = text.isEmpty() || text.length() > VALUE_MAX || !verified
                ? Optional.empty()
                : signIns.find(known.holds(), text);
        return account.orElseThrow(() -> {
            LOG.info(
                    "the identity provider has said who it is, and no account fits: {}",
                    text.isEmpty()
                            ? "there is no claim " + known.claim()
                            : verified ? "nobody has it" : "not verified");
            signIns.refused();
            return Problem.other(403, "provider.unknown");
        });
    }

    /** Whether the provider says that it has asked for two factors, in a way that the configuration lets count. */
    private boolean isTwice(Map<String, Object> claims) {
        OidcSettings known = Objects.requireNonNull(settings);
        return known.acr().contains(String.valueOf(claims.get("acr")))
                || claims.get("amr") instanceof List<?> methods
                        && methods.stream().anyMatch(method -> known.amr().contains(String.valueOf(method)));
    }
}
