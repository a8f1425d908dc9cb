package vn.sotay.platform.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Mandate;
import vn.sotay.api.access.Permission;
import vn.sotay.api.http.FieldError;
import vn.sotay.api.http.Problem;
import vn.sotay.api.http.ProblemException;
import vn.sotay.api.member.Member;
import vn.sotay.api.store.AuditKind;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.text.Folding;
import vn.sotay.api.unit.Units;
import vn.sotay.platform.access.AccountRows.Credentials;
import vn.sotay.platform.access.AccountRows.Device;
import vn.sotay.platform.access.AccountRows.Session;
import vn.sotay.platform.members.MemberBook;
import vn.sotay.platform.members.MemberRules;
import vn.sotay.platform.store.AuditEntry;
import vn.sotay.platform.store.AuditReads;

/** Signing in and out, sessions and the devices they are on, passwords and PINs. Thread-safe. */
@Component(service = SignIns.class)
public final class SignIns {

    /** Whose accounts reach beyond a cell: for them digits alone are no password. */
    private static final Set<String> BEYOND_A_CELL =
            Set.of(Role.OFFICER.name(), Role.EDITOR.name(), Role.ADMINISTRATOR.name());

    private static final String SESSION = "session";

    /** A session that has begun. */
    record Begun(String token, Instant expires, SignedIn caller) {

        @Override
        public String toString() {
            return "Begun[caller=" + caller.account() + ']';
        }
    }

    /**
     * A session, as a list shows it.
     *
     * @param name of the device, empty if it is not known
     * @param used when it was used last, to the hour
     * @param bound whether its device asks for the PIN alone
     * @param current whether it is the one that asks
     */
    record Listed(UUID id, String name, Instant begun, Instant used, boolean bound, boolean current) {}

    private final Store store;
    private final Accounts accounts;
    private final MemberBook members;
    private final Passwords passwords;
    private final Clock clock;
    private final Guessing guessing;
    private final Factors factors;
    private final Passkeys passkeys;
    private final @Nullable AuditReads trail;

    @Activate
    public SignIns(
            @Reference Store store,
            @Reference Accounts accounts,
            @Reference MemberBook members,
            @Reference Passwords passwords,
            @Reference Factors factors,
            @Reference Passkeys passkeys,
            @Reference AuditReads trail) {
        this(store, accounts, members, passwords, factors, passkeys, trail, Clock.systemUTC());
    }

    /** @param trail takes the tries that fail; null for none */
    SignIns(
            Store store,
            Accounts accounts,
            MemberBook members,
            Passwords passwords,
            Factors factors,
            Passkeys passkeys,
            @Nullable AuditReads trail,
            Clock clock) {
        this.factors = factors;
        this.passkeys = passkeys;
        this.store = store;
        this.accounts = accounts;
        this.members = members;
        this.passwords = passwords;
        this.trail = trail;
        this.clock = clock;
        this.guessing = new Guessing(clock);
    }

    // ---- in and out

    /** Begins a session of an account that has no second factor. */
    Begun signIn(String login, String password, Origin origin) {
        return signIn(login, password, null, origin);
    }

    /**
     * Begins a session.
     *
     * @param login a login, or the number of a Party card or a telephone; empty on a device that is bound
     * @param code of the second factor; null if it was not asked for yet
     * @throws ProblemException 401 if login or password is wrong, whichever, if a code is needed, or is wrong; 429 if it was tried too
     *     often
     */
    Begun signIn(String login, String password, @Nullable String code, Origin origin) {
        Proven proven = prove(login, password, origin);
        requireFactor(proven.account(), code, origin.address());
        return store.write(tx -> begin(tx, proven.account(), origin, proven.device(), null))
                .caller(accounts);
    }

    /** Whose password was right; the device is null unless it is bound to the account. */
    private record Proven(UUID account, @Nullable Device device) {}

    private Proven prove(String login, String password, Origin origin) {
        Optional<Device> device = device(origin.device());
        Optional<Credentials> known = store.read(tx -> login.isBlank()
                ? device.flatMap(one -> AccountRows.credentials(tx.handle(), one.account()))
                : find(tx, login));
        boolean isBound = known.isPresent()
                && device.filter(one -> one.account().equals(known.get().account()))
                        .isPresent();
        Guessing.Try attempt = isBound
                ? Guessing.Try.ofDevice(device.get().id())
                : new Guessing.Try(key(known, login), origin.address());
        if (!verify(known, password, attempt)) {
            throw Problem.other(401, login.isBlank() ? "wrong-pin" : "wrong-password");
        }
        return new Proven(known.orElseThrow().account(), isBound ? device.get() : null);
    }

    /** Asks for a code where there is a second factor; codes are guessed at as slowly as passwords. */
    private void requireFactor(UUID account, @Nullable String code, String address) {
        Optional<String> asked = store.read(tx -> askedFor(tx, account));
        if (asked.isEmpty()) {
            return;
        }
        if (code == null || code.isBlank()) {
            throw Problem.other(401, asked.get());
        }
        if (!accepts(account, code, address)) {
            throw Problem.other(401, "wrong-code");
        }
    }

    /** The problem by which a second factor is asked for after the password, if the account has one. */
    Optional<String> askedFor(Transaction tx, UUID account) {
        if (factors.has(tx, account)) {
            return Optional.of("second-factor");
        }
        return PasskeyRows.has(tx.handle(), account) ? Optional.of("second-factor-passkey") : Optional.empty();
    }

    private boolean accepts(UUID account, String code, String address) {
        Guessing.Try attempt = new Guessing.Try("factor " + account, address);
        requireTurn(attempt);
        if (!store.<Boolean, RuntimeException>write(tx -> factors.accepts(tx, account, code))) {
            failed(account);
            return false;
        }
        guessing.passed(attempt);
        return true;
    }

    // ---- by a passkey

    /**
     * Asks a passkey to sign in.
     *
     * @param login as for {@link #signIn}; empty for a passkey that tells by itself whose it is
     * @throws ProblemException 401 if login or password is wrong; 409 if the account has no passkeys for this host; 429
     */
    PasskeyEndpoints.Ask askToSignIn(PasskeySite site, String login, String password, Origin origin) {
        if (login.isBlank() && password.isBlank()) {
            return passkeys.ask(site, Challenges.Use.SIGN_IN, null, List.of(), origin.address());
        }
        Proven proven = prove(login, password, origin);
        return ask(site, Challenges.Use.SIGN_IN, proven.account(), origin.address());
    }

    private PasskeyEndpoints.Ask ask(PasskeySite site, Challenges.Use use, UUID account, String address) {
        List<PasskeyRows.Row> rows = store.read(tx -> PasskeyRows.of(tx.handle(), account));
        PasskeyEndpoints.Ask ask = passkeys.ask(site, use, account, rows, address);
        if (ask.passkeys().isEmpty()) {
            throw Problem.conflict("passkey.none");
        }
        return ask;
    }

    /**
     * Begins a session by a passkey alone: its device has looked whether it is its owner, which makes it two factors.
     *
     * @throws ProblemException 401 if it is nobody's or does not hold; 409 if it was asked too long ago; 429
     */
    Begun signIn(PasskeySite site, PasskeyEndpoints.Signed given, Origin origin) {
        Challenges.Taken asked = passkeys.asked(Challenges.Use.SIGN_IN, given);
        Guessing.Try attempt = new Guessing.Try("passkey " + Passkeys.hash(given.credential()), origin.address());
        requireTurn(attempt);
        Passkeys.Checked checked = passkeys.check(site, asked, null, given);
        UUID account = checked.account();
        if (account == null || !checked.holds()) {
            failed(account);
            throw Problem.other(401, "wrong-passkey");
        }
        guessing.passed(attempt);
        Device device = device(origin.device())
                .filter(one -> one.account().equals(account))
                .orElse(null);
        return store.write(tx -> begin(tx, account, origin, device, "passkey")).caller(accounts);
    }

    // ---- by an identity provider

    /** The account of whom a provider names; logins that nobody can type name nobody. */
    Optional<UUID> find(OidcSettings.Holds what, String value) {
        return store.read(tx -> switch (what) {
                    case LOGIN ->
                        LoginCards.shown(Folding.fold(value)) == null
                                ? Optional.<Credentials>empty()
                                : AccountRows.credentials(tx.handle(), Folding.fold(value));
                    case CARD ->
                        Optional.ofNullable(MemberRules.card(value))
                                .flatMap(card -> AccountRows.ofPartyCard(tx.handle(), card));
                    case PHONE -> ofPhone(tx, value);
                })
                .map(Credentials::account);
    }

    /**
     * Begins a session of one whom a provider has named.
     *
     * @param twice whether the provider has asked for a second factor that counts
     * @param code of the account's own second factor; null if it was not asked for yet
     * @throws ProblemException 401 if a code is needed, or is wrong; 429
     */
    Begun signIn(UUID account, boolean twice, @Nullable String code, Origin origin) {
        if (!twice) {
            requireFactor(account, code, origin.address());
        }
        Device device = device(origin.device())
                .filter(one -> one.account().equals(account))
                .orElse(null);
        return store.write(tx -> begin(tx, account, origin, device, "identity provider"))
                .caller(accounts);
    }

    /** Somebody came from a provider and was not let in. */
    void refused() {
        failed(null);
    }

    // ---- the second factor

    /** Begins to set up an app; gives its secret in Base32. */
    String beginFactor(SignedIn caller) {
        return store.write(tx -> {
            if (factors.has(tx, caller.account())) {
                throw Problem.conflict("factor.there");
            }
            return factors.begin(tx, caller.account());
        });
    }

    /**
     * Lets an app count from now on, if the code is right; ends all other sessions, which had none.
     *
     * @param passkey of an account that has any: else who finds its device would have a factor of its own
     * @return recovery codes, told this once; those from before are of no use any more
     */
    List<String> confirmFactor(
            SignedIn caller,
            String code,
            PasskeyEndpoints.@Nullable Signed passkey,
            @Nullable PasskeySite site,
            String address) {
        if (store.<Boolean, RuntimeException>read(tx -> PasskeyRows.has(tx.handle(), caller.account()))) {
            proveByPasskey(caller, passkey, site, address);
        }
        Guessing.Try attempt = new Guessing.Try("factor " + caller.account(), address);
        requireTurn(attempt);
        List<String> codes = store.write(tx -> {
                    Optional<List<String>> made = factors.confirm(tx, caller.account(), code);
                    if (made.isPresent()) {
                        AccountRows.endSessions(tx, caller.account(), caller.session());
                        tx.audited(AuditKind.ACCOUNT, "account", caller.account(), null, "second factor set");
                    }
                    return made;
                })
                .orElseThrow(() -> Problem.invalid("code", "factor.wrong-code"));
        guessing.passed(attempt);
        accounts.forget(caller.account());
        return codes;
    }

    /**
     * Takes the caller's app away: who finds a device that is signed in cannot.
     *
     * @param site null where there can be no passkeys
     * @throws ProblemException 422 if the proof is wrong or was taken before, 429
     */
    void removeFactor(SignedIn caller, PasskeyEndpoints.Proof proof, @Nullable PasskeySite site, String address) {
        proveByFactor(caller, proof, site, address);
        store.change(tx -> {
            if (factors.remove(tx, caller.account())) {
                tx.audited(AuditKind.ACCOUNT, "account", caller.account(), null, "second factor removed");
            }
            forgetCodesOfNothing(tx, caller.account());
        });
        accounts.forget(caller.account());
    }

    private void forgetCodesOfNothing(Transaction tx, UUID account) {
        if (askedFor(tx, account).isEmpty()) {
            factors.forgetCodes(tx, account);
        }
    }

    /**
     * Takes all second factors of somebody away who has lost them, and ends all sessions of that account.
     *
     * @throws ProblemException 404 unless all that the account is lies where the caller may do so; 403 for the caller's own, which takes
     *     a proof
     */
    void resetFactor(SignedIn caller, UUID account, Permission permission, Units units) {
        AccountRows.Identity identity =
                store.read(tx -> AccountRows.identity(tx.handle(), account)).orElseThrow(Problem::notFound);
        List<UUID> places = Stream.concat(
                        Optional.ofNullable(identity.person()).map(AccountRows.Person::cell).stream(),
                        identity.mandates().stream().map(Mandate::unit))
                .toList();
        if (places.isEmpty() || !places.stream().allMatch(unit -> caller.may(permission, units.current(unit)))) {
            throw Problem.notFound();
        }
        if (account.equals(caller.account())) {
            // who finds a device that is signed in would take it away by this
            throw Problem.forbidden();
        }
        store.change(tx -> {
            boolean app = factors.remove(tx, account);
            boolean keys = PasskeyRows.removeAll(tx, account);
            factors.forgetCodes(tx, account);
            if (app || keys) {
                tx.audited(
                        AuditKind.ACCOUNT,
                        "account",
                        account,
                        null,
                        keys ? "second factor and passkeys reset" : "second factor reset");
            }
            AccountRows.endSessions(tx, account, null);
        });
        accounts.forget(account);
    }

    // ---- passkeys of one who is signed in

    PasskeyEndpoints.Factors factors(SignedIn caller) {
        return store.read(tx -> new PasskeyEndpoints.Factors(
                factors.has(tx, caller.account()),
                factors.codes(tx, caller.account()),
                PasskeyRows.of(tx.handle(), caller.account()).stream()
                        .map(Passkeys.Listed::of)
                        .toList()));
    }

    /** @throws ProblemException 409 if the caller has no passkeys for this host */
    PasskeyEndpoints.Ask askForProof(SignedIn caller, PasskeySite site, String address) {
        return ask(site, Challenges.Use.PROVE, caller.account(), address);
    }

    /**
     * Offers the caller to make a passkey, by which it signs in from then on: so the caller proves itself by the second factor, or by the
     * password where there is none.
     *
     * @throws ProblemException 422 if the proof is wrong; 409 if there are too many; 429
     */
    PasskeyEndpoints.Offer offerPasskey(
            SignedIn caller, PasskeyEndpoints.Proof proof, PasskeySite site, String address) {
        if (store.read(tx -> askedFor(tx, caller.account())).isPresent()) {
            proveByFactor(caller, proof, site, address);
        } else {
            Optional<Credentials> known = store.read(tx -> AccountRows.credentials(tx.handle(), caller.account()));
            String password = proof.password();
            if (password == null || password.isBlank()) {
                throw Problem.invalid("password", "required");
            }
            if (!verify(known, password, new Guessing.Try(caller.account().toString(), address))) {
                throw Problem.invalid("password", "password.wrong");
            }
        }
        AccountRows.Person person = caller.identity().person();
        String shown = LoginCards.shown(caller.identity().login());
        return passkeys.offer(
                site, caller.account(), person != null ? person.name() : shown != null ? shown : "Sotay", address);
    }

    /**
     * Adds the passkey that the caller has made. The first second factor ends all other sessions, which had none.
     *
     * @throws ProblemException 422 if it does not hold; 409 if it was offered too long ago, or there are too many
     */
    PasskeyEndpoints.Added addPasskey(
            SignedIn caller,
            PasskeyEndpoints.NewPasskey given,
            PasskeySite site,
            String name,
            List<String> transports) {
        UUID account = caller.account();
        WebAuthn.Made made = passkeys.made(site, account, given);
        PasskeyEndpoints.Added added = store.write(tx -> {
            boolean first = askedFor(tx, account).isEmpty();
            PasskeyRows.Row row = passkeys.add(tx, site, account, made, name, transports);
            if (first) {
                AccountRows.endSessions(tx, account, caller.session());
            }
            tx.audited(AuditKind.ACCOUNT, "account", account, null, "passkey added");
            return new PasskeyEndpoints.Added(
                    Passkeys.Listed.of(row), first ? factors.newCodes(tx, account) : List.of());
        });
        accounts.forget(account);
        return added;
    }

    /**
     * Takes one of the caller's passkeys away, by any second factor.
     *
     * @throws ProblemException 404 if the caller has no such one; 422 if the proof is wrong; 429
     */
    void removePasskey(
            SignedIn caller, UUID passkey, PasskeyEndpoints.Proof proof, @Nullable PasskeySite site, String address) {
        UUID account = caller.account();
        if (store.read(tx -> PasskeyRows.of(tx.handle(), account)).stream()
                .noneMatch(one -> one.id().equals(passkey))) {
            throw Problem.notFound();
        }
        proveByFactor(caller, proof, site, address);
        store.change(tx -> {
            if (PasskeyRows.remove(tx, account, passkey)) {
                tx.audited(AuditKind.ACCOUNT, "account", account, null, "passkey removed");
            }
            forgetCodesOfNothing(tx, account);
        });
        accounts.forget(account);
    }

    private void proveByFactor(
            SignedIn caller, PasskeyEndpoints.Proof proof, @Nullable PasskeySite site, String address) {
        if (proof.passkey() != null) {
            proveByPasskey(caller, proof.passkey(), site, address);
            return;
        }
        String code = proof.code();
        if (code == null || code.isBlank()) {
            throw Problem.invalid("code", "required");
        }
        if (!accepts(caller.account(), code, address)) {
            throw Problem.invalid("code", "factor.wrong-code");
        }
    }

    private void proveByPasskey(
            SignedIn caller, PasskeyEndpoints.@Nullable Signed given, @Nullable PasskeySite site, String address) {
        if (given == null) {
            throw Problem.invalid("passkey", "required");
        }
        if (site == null) {
            throw Problem.conflict("passkey.host");
        }
        Challenges.Taken asked = passkeys.asked(Challenges.Use.PROVE, given);
        Guessing.Try attempt = new Guessing.Try("factor " + caller.account(), address);
        requireTurn(attempt);
        if (!passkeys.check(site, asked, caller.account(), given).holds()) {
            failed(caller.account());
            throw Problem.invalid("passkey", "passkey.wrong");
        }
        guessing.passed(attempt);
    }

    /** One account, however it was called, is guessed at as one. */
    private static String key(Optional<Credentials> known, String login) {
        return known.map(one -> one.account().toString()).orElseGet(() -> Folding.fold(login));
    }

    /** The account of whoever signs in by this: a login, or the number of a Party card or a telephone. */
    Optional<Credentials> find(Transaction tx, String login) {
        return AccountRows.credentials(tx.handle(), Folding.fold(login))
                .or(() -> Optional.ofNullable(MemberRules.card(login))
                        .flatMap(card -> AccountRows.ofPartyCard(tx.handle(), card)))
                .or(() -> ofPhone(tx, login));
    }

    /** Of two who share a telephone none is meant: they sign in by their cards. */
    private Optional<Credentials> ofPhone(Transaction tx, String typed) {
        List<Credentials> found = members.withPhone(tx, typed).stream()
                .flatMap(member ->
                        AccountRows.ofMember(tx.handle(), member.value().id()).stream())
                .toList();
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    /** A session that is written, and can be used once its transaction has ended. */
    record Written(String token, Instant expires) {

        Begun caller(Accounts accounts) {
            return new Begun(token, expires, (SignedIn)
                    accounts.caller(token).orElseThrow(() -> Problem.other(401, "wrong-password")));
        }
    }

    /**
     * Begins a session.
     *
     * @param device on which the account is known; null if it is not bound
     * @param how for the audit trail; null if by a password
     */
    Written begin(Transaction tx, UUID account, Origin origin, @Nullable Device device, @Nullable String how) {
        String token = passwords.token();
        Instant expires = clock.instant().truncatedTo(ChronoUnit.MILLIS).plus(accounts.lasts());
        tx.handle().execute("delete from session_token where expires_at <= ?", clock.instant());
        String hash = Accounts.hash(token);
        AccountRows.insert(tx, hash, new Session(account, expires), origin.name(), device == null ? null : device.id());
        AuditEntry.add(
                tx,
                AuditEntry.of(account, AuditKind.SIGN_IN, SESSION, device == null ? null : device.id(), null, how)
                        .by(AccountRows.sessionId(hash)));
        return new Written(token, expires);
    }

    /** Looks whether the password is right, and takes as long if there is nobody whose it could be. */
    private boolean verify(Optional<Credentials> known, String password, Guessing.Try attempt) {
        requireTurn(attempt);
        if (known.isEmpty()) {
            passwords.spendTime(password);
            failed(null);
            return false;
        }
        if (!passwords.matches(password, known.get().password())) {
            failed(known.get().account());
            return false;
        }
        guessing.passed(attempt);
        return true;
    }

    /** Puts it on the trail, and waits for nothing: it must not take longer for a login that there is. */
    private void failed(@Nullable UUID account) {
        if (trail != null) {
            trail.keep(AuditEntry.of(account, AuditKind.SIGN_IN_FAILED, SESSION, null, null, null));
        }
    }

    /**
     * Counts a try.
     *
     * @throws ProblemException 429 if it comes too soon
     */
    void requireTurn(Guessing.Try attempt) {
        Optional<Duration> wait = guessing.wait(attempt);
        if (wait.isPresent()) {
            throw Problem.other(429, "too-many-tries")
                    .with("seconds", Math.max(1, wait.get().plusMillis(999).toSeconds()));
        }
        guessing.tried(attempt);
    }

    /** The try that was counted last was no guess. */
    void passed(Guessing.Try attempt) {
        guessing.passed(attempt);
    }

    /** Ends the caller's session. */
    void signOut(SignedIn caller) {
        store.change(tx -> {
            tx.handle().execute("delete from session_token where hash = ?", caller.session());
            tx.audited(AuditKind.SIGN_OUT, SESSION, null, null, null);
        });
        accounts.forget(caller.account());
    }

    // ---- devices

    /** Who is asked for the PIN alone on the device with this token; empty if it is bound to nobody, or to one who has left. */
    Optional<Member> owner(@Nullable String token) {
        return device(token)
                .flatMap(device -> store.read(tx -> AccountRows.credentials(tx.handle(), device.account())
                        .flatMap(found -> Optional.ofNullable(found.member()))
                        .flatMap(member -> members.find(tx, member))
                        .filter(member -> member.status().isActive())));
    }

    /**
     * Lets the device on which the caller is signed in stay with it: it asks for the PIN alone from now on.
     *
     * @param token of the device, if it bears one; it is of no use afterwards
     * @return the device's new token
     */
    String bind(SignedIn caller, @Nullable String token) {
        String next = passwords.token();
        store.change(tx -> {
            UUID id = UUID.randomUUID();
            if (token != null) {
                // the same phone of the same person stays the same on the trail
                id = AccountRows.device(tx.handle(), Accounts.hash(token))
                        .filter(before -> before.account().equals(caller.account()))
                        .map(Device::id)
                        .orElse(id);
                tx.handle().execute("delete from device where hash = ?", Accounts.hash(token));
            }
            Device device = new Device(id, caller.account());
            AccountRows.insert(tx, device, Accounts.hash(next));
            AccountRows.bind(tx, Objects.requireNonNull(caller.session()), device.id());
            tx.audited(AuditKind.ACCOUNT, "device", device.id(), null, "bound");
        });
        return next;
    }

    private Optional<Device> device(@Nullable String token) {
        return token == null
                ? Optional.empty()
                : store.read(tx -> AccountRows.device(tx.handle(), Accounts.hash(token)));
    }

    /** The device asks who one is again. */
    void unbind(@Nullable String token) {
        if (token != null) {
            store.change(tx -> tx.handle().execute("delete from device where hash = ?", Accounts.hash(token)));
        }
    }

    // ---- sessions

    /** Where an account is signed in, the newest first; {@code current} is the one of the caller who asks, if it is among them. */
    List<Listed> sessions(UUID account, SignedIn asks) {
        return store.read(tx -> AccountRows.sessions(tx, account)).stream()
                .map(one -> new Listed(
                        AccountRows.sessionId(one.hash()),
                        one.name(),
                        one.begun(),
                        one.used() == null ? one.begun() : one.used(),
                        one.device() != null,
                        one.hash().equals(asks.session())))
                .toList();
    }

    /**
     * Ends a session at once, and unbinds its device.
     *
     * @throws ProblemException 404 if the account has no such session
     */
    void revoke(UUID account, UUID session) {
        store.change(tx -> {
            AccountRows.Listed ended = AccountRows.sessions(tx, account).stream()
                    .filter(one -> AccountRows.sessionId(one.hash()).equals(session))
                    .findFirst()
                    .orElseThrow(Problem::notFound);
            tx.handle().execute("delete from session_token where hash = ?", ended.hash());
            if (ended.device() != null) {
                tx.handle().execute("delete from session_token where device = ?", ended.device());
                tx.handle().execute("delete from device where id = ?", ended.device());
            }
            tx.audited(AuditKind.ACCOUNT, SESSION, account, null, "ended");
        });
        accounts.forget(account);
    }

    // ---- passwords

    /**
     * Gives the caller another password or PIN and ends all its other sessions.
     *
     * @throws ProblemException 422 if the current one is wrong or the new one too weak, 429
     */
    void changePassword(SignedIn caller, String current, String wanted, String address) {
        Optional<Credentials> known = store.read(tx -> AccountRows.credentials(tx.handle(), caller.account()));
        if (!verify(known, current, new Guessing.Try(caller.account().toString(), address))) {
            throw Problem.invalid("current", "password.wrong");
        }
        requireStrong(caller.identity(), current, wanted);
        String hash = passwords.hash(wanted);
        store.change(tx -> {
            AccountRows.password(tx, caller.account(), hash);
            tx.audited(AuditKind.ACCOUNT, "account", caller.account(), null, "password");
            AccountRows.endSessions(tx, caller.account(), caller.session());
        });
        accounts.forget(caller.account());
    }

    private void requireStrong(AccountRows.Identity identity, String current, String wanted) {
        AccountRows.Person person = identity.person();
        Member member = person == null
                ? null
                : store.read(tx -> members.find(tx, person.id())).orElse(null);
        List<FieldError> errors = Pins.check(identity.login(), current, wanted, member, isPinEnough(identity));
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
    }

    /** Whether digits alone may guard the account. */
    static boolean isPinEnough(AccountRows.Identity identity) {
        return identity.mandates().stream().noneMatch(mandate -> BEYOND_A_CELL.contains(mandate.role()));
    }
}
