package vn.sotay.platform.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.sotay.api.http.Problem;
import vn.sotay.api.http.ProblemException;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;
import vn.sotay.platform.access.PasskeyEndpoints.Ask;
import vn.sotay.platform.access.PasskeyEndpoints.Offer;
import vn.sotay.platform.access.PasskeyEndpoints.Signed;
import vn.sotay.platform.json.Json;

/** Asks for passkeys, and looks whether what comes is one of ours. Who may do what with them is the business of {@link SignIns}. Thread-safe. */
@Component(
        service = Passkeys.class,
        configurationPid = "vn.sotay.access",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class Passkeys {

    static final int MOST = 10;

    private static final Logger LOG = LoggerFactory.getLogger(Passkeys.class);
    private static final JsonMapper MAPPER = Json.own();

    /**
     * Whose passkey has signed.
     *
     * @param account null if it is nobody's
     * @param holds whether the signature does
     */
    record Checked(@Nullable UUID account, boolean holds) {}

    /** A passkey, as its owner's list shows it. */
    record Listed(
            UUID id,
            String name,
            String host,
            boolean synced,
            Instant made,
            @Nullable Instant used) {

        static Listed of(PasskeyRows.Row row) {
            return new Listed(row.id(), row.name(), row.host(), row.synced(), row.made(), row.used());
        }
    }

    private final Store store;
    private final Challenges challenges;
    private final String domain;

    @Activate
    public Passkeys(@Reference Store store, AccessConfig config) {
        this(store, Clock.systemUTC(), PasskeySite.configured(config.passkeyHost()));
    }

    /** @param domain for which passkeys are made; empty for the host that is asked for */
    Passkeys(Store store, Clock clock, String domain) {
        this.store = store;
        this.challenges = new Challenges(clock);
        this.domain = domain;
    }

    /**
     * Where a request has come.
     *
     * @throws ProblemException 409 if there can be no passkeys there
     */
    PasskeySite site(String host) {
        return PasskeySite.of(host, domain).orElseThrow(() -> Problem.conflict("passkey.host"));
    }

    /** The same; null if there can be none. */
    @Nullable PasskeySite siteOrNull(String host) {
        return PasskeySite.of(host, domain).orElse(null);
    }

    /** Asks somebody to sign who has any of the passkeys; whoever has one, if there are none. */
    Ask ask(PasskeySite site, Challenges.Use use, @Nullable UUID account, List<PasskeyRows.Row> rows, String address) {
        return new Ask(
                challenges.make(use, account, address),
                site.id(),
                Challenges.LAST.toMillis(),
                rows.stream()
                        .filter(row -> row.host().equals(site.id()))
                        .map(Passkeys::known)
                        .toList());
    }

    /** Offers an account to make one. */
    Offer offer(PasskeySite site, UUID account, String name, String address) {
        List<PasskeyRows.Row> rows = store.read(tx -> PasskeyRows.of(tx.handle(), account));
        if (rows.size() >= MOST) {
            throw tooMany();
        }
        return new Offer(
                challenges.make(Challenges.Use.ADD, account, address),
                site.id(),
                Challenges.LAST.toMillis(),
                text(handle(account)),
                name,
                WebAuthn.ALGORITHMS,
                rows.stream().map(Passkeys::known).toList());
    }

    private static ProblemException tooMany() {
        return new ProblemException(
                Problem.conflict("passkey.too-many").problem().with("max", MOST));
    }

    private static PasskeyEndpoints.Known known(PasskeyRows.Row row) {
        return new PasskeyEndpoints.Known(text(WebAuthn.id(row.credential())), row.transports());
    }

    /**
     * Looks at one that an account has made as it was offered.
     *
     * @throws ProblemException 409 if that was too long ago; 422 if it does not hold
     */
    WebAuthn.Made made(PasskeySite site, UUID account, PasskeyEndpoints.NewPasskey given) {
        byte[] clientData = PasskeyEndpoints.bytes(given.clientData());
        Challenges.Taken challenge = take(clientData, Challenges.Use.ADD);
        try {
            if (!account.equals(challenge.account())) {
                throw Problem.invalid("clientData", "passkey.refused");
            }
            return WebAuthn.made(site, challenge.bytes(), clientData, PasskeyEndpoints.bytes(given.attestation()));
        } catch (PasskeyException e) {
            LOG.info("a new passkey was refused: {}", e.getMessage());
            throw Problem.invalid("attestation", "passkey.refused");
        }
    }

    /**
     * Keeps one.
     *
     * @throws ProblemException 409 if there are too many, or it is there already
     */
    PasskeyRows.Row add(
            Transaction tx, PasskeySite site, UUID account, WebAuthn.Made made, String name, List<String> transports) {
        String hash = hash(made.id());
        if (PasskeyRows.of(tx.handle(), account).size() >= MOST) {
            throw tooMany();
        }
        if (PasskeyRows.find(tx.handle(), hash).isPresent()) {
            throw Problem.conflict("passkey.there");
        }
        PasskeyRows.Row row = new PasskeyRows.Row(
                UUID.randomUUID(),
                account,
                site.id(),
                made.credential(),
                name,
                transports,
                made.synced(),
                made.count(),
                tx.now(),
                null);
        PasskeyRows.insert(tx, row, hash);
        return row;
    }

    /**
     * What a passkey was asked, that has signed it; it is no guess to come too late.
     *
     * @throws ProblemException 409 if it was asked too long ago, or has answered already
     */
    Challenges.Taken asked(Challenges.Use use, Signed given) {
        return take(PasskeyEndpoints.bytes(given.clientData()), use);
    }

    /**
     * Looks at what a passkey has signed, as it was asked.
     *
     * @param account for whom it was asked; null if for whoever signs in
     */
    Checked check(PasskeySite site, Challenges.Taken challenge, @Nullable UUID account, Signed given) {
        PasskeyRows.Row row = store.read(tx -> PasskeyRows.find(tx.handle(), hash(given.credential())))
                .orElse(null);
        if (row == null) {
            return new Checked(null, false);
        }
        boolean meant = (account == null || account.equals(row.account()))
                && (challenge.account() == null || challenge.account().equals(row.account()))
                && (given.user() == null || given.user().equals(text(handle(row.account()))))
                && row.host().equals(site.id());
        if (!meant) {
            LOG.info("a passkey was refused: it is another account's or host's");
            return new Checked(row.account(), false);
        }
        try {
            long count = WebAuthn.signed(site, challenge.bytes(), row, given);
            boolean holds = store.write(tx -> PasskeyRows.used(tx, row, count));
            return new Checked(row.account(), holds);
        } catch (PasskeyException e) {
            LOG.info("a passkey was refused: {}", e.getMessage());
            return new Checked(row.account(), false);
        }
    }

    private Challenges.Taken take(byte[] clientData, Challenges.Use use) {
        String text = "";
        try {
            JsonNode read = MAPPER.readTree(clientData);
            text = read == null ? "" : read.path("challenge").asText();
        } catch (IOException e) {
            LOG.debug("no client data", e);
        }
        Optional<Challenges.Taken> taken = challenges.take(text, use);
        return taken.orElseThrow(() -> Problem.conflict("passkey.expired"));
    }

    /** By which a device knows the account: the same for all its passkeys, and it tells nothing else. */
    private static byte[] handle(UUID account) {
        return ByteBuffer.allocate(16)
                .putLong(account.getMostSignificantBits())
                .putLong(account.getLeastSignificantBits())
                .array();
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static String hash(String credential) {
        return hash(PasskeyEndpoints.bytes(credential));
    }

    private static String hash(byte[] credential) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(credential));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
