package vn.sotay.platform.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import vn.sotay.api.access.Audience;
import vn.sotay.api.access.Caller;
import vn.sotay.api.access.Mandate;
import vn.sotay.api.http.ProblemException;
import vn.sotay.api.store.AuditKind;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.text.Folding;
import vn.sotay.api.unit.Units;
import vn.sotay.platform.access.AccountRows.Identity;
import vn.sotay.platform.access.AccountRows.Person;
import vn.sotay.platform.access.AccountRows.Session;
import vn.sotay.platform.store.CommitListener;
import vn.sotay.platform.store.Engine;

/**
 * Accounts, and who is behind the sessions of those who have signed in. Who was seen before is answered from memory, which is dropped when the
 * member changes, units do, and mandates with them, or an account does. Thread-safe.
 */
@Component(
        service = {Sessions.class, Accounts.class},
        configurationPid = "vn.sotay.access",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = AccessConfig.class)
public final class Accounts implements Sessions {

    private static final ZoneId ZONE = ZoneId.of("Asia/Ho_Chi_Minh");

    /** Each request needs one: looking an algorithm up among the providers takes longer than its work on a token. */
    private static final ThreadLocal<MessageDigest> DIGEST = ThreadLocal.withInitial(Accounts::sha256);

    /** What a session that is kept takes, with its caller and a share of the tables. */
    private static final int BYTES_OF_ONE = 1_200;

    /** So many sessions are kept in memory: a quarter of it. */
    private static final int MOST_KEPT =
            (int) Math.max(20_000, Runtime.getRuntime().maxMemory() / 4 / BYTES_OF_ONE);

    /** A session is prolonged in the database once in so long. */
    private static final Duration PROLONGED_AFTER = Duration.ofHours(1);

    /** What was seen before; sessions and callers by the hash of the session's token. */
    private record Cache(
            Map<String, Session> sessions,
            Map<UUID, Identity> identities,
            Map<UUID, UUID> accounts,
            Map<String, SignedIn> callers) {
        Cache() {
            this(
                    new ConcurrentHashMap<>(),
                    new ConcurrentHashMap<>(),
                    new ConcurrentHashMap<>(),
                    new ConcurrentHashMap<>());
        }

        /** The member's account is read anew; its sessions go on. */
        void forget(UUID member) {
            UUID account = accounts.remove(member);
            if (account != null) {
                identities.remove(account);
            }
        }
    }

    private final Store store;
    private final Units units;
    private final Permissions permissions;
    private final Clock clock;
    private final Duration lasts;
    private final Set<String> factorRoles;
    private final int mostKept;
    private volatile boolean isDemo;
    private final Passwords passwords;
    private final @Nullable Engine engine;
    private final CommitListener listener = (types, audiences) -> {
        if (types.contains("unit")) {
            forget();
        } else if (types.contains("member")) {
            audiences.stream()
                    .filter(audience -> audience.kind() == Audience.Kind.MEMBER)
                    .map(Audience::id)
                    .forEach(this::forgetMember);
        }
    };

    /** Replaced as a whole, so that who read before a change keeps nothing for those who come after it. */
    private volatile Cache cache = new Cache();

    /**
     * How many members and accounts have changed, and which was the last change of each share of them: who read one before does not keep it
     * either.
     */
    private final long[] lastChanges = new long[4096];

    private volatile long changes;

    @Activate
    public Accounts(
            AccessConfig config,
            @Reference Store store,
            @Reference Engine engine,
            @Reference Units units,
            @Reference Permissions permissions,
            @Reference Passwords passwords) {
        this(
                store,
                engine,
                units,
                permissions,
                passwords,
                Clock.systemUTC(),
                Duration.ofDays(config.sessionDays()),
                Stream.of(config.factorRoles().split(","))
                        .map(String::strip)
                        .filter(role -> !role.isEmpty())
                        .collect(Collectors.toUnmodifiableSet()),
                MOST_KEPT);
    }

    Accounts(
            Store store,
            @Nullable Engine engine,
            Units units,
            Permissions permissions,
            Passwords passwords,
            Clock clock,
            Duration lasts) {
        this(store, engine, units, permissions, passwords, clock, lasts, Set.of(), MOST_KEPT);
    }

    /**
     * @param factorRoles who must have a second factor
     * @param mostKept sessions in memory
     */
    Accounts(
            Store store,
            @Nullable Engine engine,
            Units units,
            Permissions permissions,
            Passwords passwords,
            Clock clock,
            Duration lasts,
            Set<String> factorRoles,
            int mostKept) {
        for (String role : factorRoles) {
            // a word that is none would leave those out who are meant
            Role.valueOf(role);
        }
        this.factorRoles = factorRoles;
        this.mostKept = mostKept;
        this.store = store;
        this.engine = engine;
        this.units = units;
        this.permissions = permissions;
        this.passwords = passwords;
        this.clock = clock;
        this.lasts = lasts;
        if (engine != null) {
            engine.listen(listener);
        }
    }

    @Deactivate
    void stop() {
        if (engine != null) {
            engine.unlisten(listener);
        }
    }

    // ---- who calls

    @Override
    public Optional<Caller> caller(String token) {
        String hash = hash(token);
        Cache known = cache;
        long asOf = changes;
        Instant now = clock.instant();
        Session before = known.sessions().get(hash);
        Session session = before;
        if (session == null) {
            thin(known);
            session = store.read(tx -> AccountRows.session(tx.handle(), hash)).orElse(null);
        }
        if (session == null || !session.expires().isAfter(now)) {
            known.sessions().remove(hash);
            known.callers().remove(hash);
            return Optional.empty();
        }
        if (Duration.between(now, session.expires()).compareTo(lasts.minus(PROLONGED_AFTER)) < 0) {
            session = prolong(hash, session, now);
            if (session == null) {
                return Optional.empty();
            }
        }
        if (session != before) {
            keep(known, hash, session, asOf);
        }
        LocalDate today = LocalDate.ofInstant(now, ZONE);
        SignedIn seen = known.callers().get(hash);
        if (seen != null
                && seen.identity() == known.identities().get(session.account())
                && seen.isStillSo(today, units)) {
            return Optional.of(seen);
        }
        Optional<SignedIn> caller = identity(known, session.account())
                .map(identity -> new SignedIn(identity, hash, permissions, units, today));
        caller.ifPresent(one -> known.callers().put(hash, one));
        return caller.map(Caller.class::cast);
    }

    @Override
    public @Nullable UUID session(Caller caller) {
        return caller instanceof SignedIn one ? one.sessionId() : null;
    }

    @Override
    public Optional<Place> place(Transaction tx, Caller caller) {
        String session = caller instanceof SignedIn one ? one.session() : null;
        return Optional.ofNullable(session).map(hash -> AccountRows.deviceOf(tx.handle(), hash)
                .map(device -> new Place(device, null))
                .orElseGet(() -> new Place(null, hash)));
    }

    @Override
    public boolean lacksFactor(Caller caller) {
        return caller instanceof SignedIn one && !one.identity().factor() && isOfFactorRole(one) && !isDemo();
    }

    private boolean isOfFactorRole(SignedIn caller) {
        // a loop: every request asks this
        for (Mandate mandate : caller.mandates()) {
            if (factorRoles.contains(mandate.role())) {
                return true;
            }
        }
        return false;
    }

    /** Whose people are made up, and share one password. A province does not become one later, nor is it one no longer. */
    private boolean isDemo() {
        if (!isDemo) {
            isDemo = store.read(tx -> tx.handle()
                    .createQuery("select module from demo_done where module = 'platform'")
                    .mapTo(String.class)
                    .findFirst()
                    .isPresent());
        }
        return isDemo;
    }

    private @Nullable Session prolong(String hash, Session session, Instant now) {
        Session longer = new Session(
                session.account(), now.truncatedTo(ChronoUnit.MILLIS).plus(lasts));
        try {
            int rows = store.write(tx -> AccountRows.used(tx, hash, longer.expires(), now));
            return rows == 0 ? null : longer;
        } catch (ProblemException e) {
            // nothing can be written now, and who only reads need not know
            return session;
        }
    }

    private Optional<Identity> identity(Cache known, UUID account) {
        Identity identity = known.identities().get(account);
        if (identity != null) {
            return Optional.of(identity);
        }
        long asOf = changes;
        Optional<Identity> found = store.read(tx -> AccountRows.identity(tx.handle(), account));
        found.ifPresent(one -> keep(known, one, asOf));
        return found;
    }

    /**
     * Lets go of every eighth session if there are too many: who comes again costs one look into the database. By their hashes they are in no
     * order, so that it is nobody in particular.
     */
    private void thin(Cache known) {
        if (known.sessions().size() < mostKept) {
            return;
        }
        synchronized (this) {
            if (known.sessions().size() < mostKept) {
                return;
            }
            int[] passed = {0};
            known.sessions().keySet().removeIf(hash -> passed[0]++ % 8 == 0);
            known.callers().keySet().retainAll(known.sessions().keySet());
            Set<UUID> left =
                    known.sessions().values().stream().map(Session::account).collect(Collectors.toSet());
            known.identities().keySet().retainAll(left);
            known.accounts().values().retainAll(left);
        }
    }

    /** How many sessions are kept in memory. */
    int kept() {
        return cache.sessions().size();
    }

    private synchronized void keep(Cache known, String hash, Session session, long asOf) {
        if (lastChanges[share(session.account())] <= asOf) {
            known.sessions().put(hash, session);
        }
    }

    private synchronized void keep(Cache known, Identity identity, long asOf) {
        if (lastChanges[share(identity.account())] > asOf) {
            return;
        }
        Person person = identity.person();
        if (person != null) {
            if (lastChanges[share(person.id())] > asOf) {
                return;
            }
            known.accounts().put(person.id(), identity.account());
        }
        known.identities().put(identity.account(), identity);
    }

    private synchronized void forgetMember(UUID member) {
        changed(member);
        cache.forget(member);
    }

    /** What is kept in memory of an account and its sessions is dropped, after any of them has changed. */
    synchronized void forget(UUID account) {
        changed(account);
        cache.identities().remove(account);
        cache.sessions().values().removeIf(session -> session.account().equals(account));
    }

    private void changed(UUID one) {
        long change = changes + 1;
        lastChanges[share(one)] = change;
        changes = change;
    }

    private int share(UUID one) {
        return Math.floorMod(one.hashCode(), lastChanges.length);
    }

    /**
     * Somebody as whom the system itself acts, such as one of the demo's people.
     *
     * @throws IllegalArgumentException if there is no such login
     */
    public Caller as(String login) {
        return store.read(tx -> AccountRows.credentials(tx.handle(), Folding.fold(login))
                        .flatMap(found -> AccountRows.identity(tx.handle(), found.account())))
                .map(identity -> new SignedIn(identity, null, permissions, units, today()))
                .orElseThrow(() -> new IllegalArgumentException("nobody signs in as " + login));
    }

    /** How long a session lasts that nobody uses. */
    Duration lasts() {
        return lasts;
    }

    LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZONE);
    }

    /** Drops all that is kept in memory, after mandates or accounts of many have changed. */
    public void forget() {
        cache = new Cache();
    }

    // ---- accounts

    /**
     * Somebody who is to sign in.
     *
     * @param member null for an account of the system
     */
    public record NewAccount(String login, @Nullable UUID member, List<Mandate> mandates) {}

    /** Whether nobody can sign in yet. */
    public boolean isEmpty() {
        return store.read(tx -> AccountRows.isEmpty(tx.handle()));
    }

    /** Makes accounts that all begin with one password. */
    public void create(String password, NewAccount... accounts) {
        List<String> hashes =
                Stream.of(accounts).map(account -> passwords.hash(password)).toList();
        store.change(tx -> {
            for (int i = 0; i < accounts.length; i++) {
                UUID id = UUID.randomUUID();
                AccountRows.insert(tx, id, Folding.fold(accounts[i].login()), accounts[i].member(), hashes.get(i));
                tx.audited(AuditKind.ACCOUNT, "account", id, accounts[i].member(), "made");
                accounts[i].mandates().forEach(mandate -> AccountRows.insert(tx, UUID.randomUUID(), id, mandate));
            }
        });
        forget();
    }

    /** A password that nobody guesses. */
    public String randomPassword() {
        return passwords.random();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java knows SHA-256", e);
        }
    }

    /** What is kept of a token. */
    static String hash(String token) {
        MessageDigest digest = DIGEST.get();
        return HexFormat.of().formatHex(digest.digest(token.getBytes(StandardCharsets.UTF_8)));
    }
}
