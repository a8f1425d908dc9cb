package vn.sotay.platform.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Caller;
import vn.sotay.api.access.Mandate;
import vn.sotay.api.access.Permission;
import vn.sotay.api.http.FieldError;
import vn.sotay.api.http.Problem;
import vn.sotay.api.http.ProblemException;
import vn.sotay.api.member.Member;
import vn.sotay.api.member.Members;
import vn.sotay.api.store.AuditKind;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.unit.Unit;
import vn.sotay.api.unit.Units;
import vn.sotay.platform.access.AccountRows.Credentials;
import vn.sotay.platform.access.AccountRows.Identity;
import vn.sotay.platform.access.CardRows.Row;
import vn.sotay.platform.store.AuditEntry;

/**
 * Login cards: how members who have neither e-mail nor a password come in. A secretary or an officer issues one, the member opens it by
 * its eight characters and sets a PIN. A card is used once; a newer one of the same member takes its place. Thread-safe.
 */
@Component(
        service = LoginCards.class,
        configurationPid = "vn.sotay.access",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class LoginCards {

    static final Permission ISSUE = new Permission("access.cards");
    static final Permission SESSIONS = new Permission("access.sessions");

    /** A card that waits on paper: that long at most. */
    static final int MOST_HOURS = 30 * 24;

    private static final String CARD = "login-card";

    /** How members' accounts are called that nobody has given a name: no one types that. */
    private static final String NAMELESS = "#";

    /**
     * A card that was issued now; its code is told this once.
     *
     * @param cell the name of the member's cell
     */
    record Issued(UUID id, UUID member, String name, String cell, String code, Instant expires) {

        @Override
        public String toString() {
            return "Issued[member=" + member + ']';
        }
    }

    /**
     * How a member can sign in.
     *
     * @param member id
     * @param account whether the member has signed in by a card or a password before
     * @param card what has become of the newest card; null if there never was one
     * @param cardId of the newest card
     * @param expires of the newest card
     */
    record Standing(
            UUID member,
            String name,
            boolean account,
            @Nullable CardState card,
            @Nullable UUID cardId,
            @Nullable Instant expires) {}

    /**
     * Whose card it is.
     *
     * @param account whether the member has a PIN or a password already, which the new one takes the place of
     * @param pin whether digits alone are enough
     */
    record Opened(String name, String cell, Instant expires, boolean account, boolean pin) {}

    /** A session of the account, or the problem by which the second factor is asked for. */
    private record Opening(
            UUID account,
            SignIns.@Nullable Written begun,
            @Nullable String asked) {}

    /** @param key by which it is found, and by which nobody finds it */
    private record Code(String code, String key) {}

    private final Store store;
    private final Members members;
    private final Units units;
    private final Accounts accounts;
    private final SignIns signIns;
    private final Passwords passwords;
    private final Clock clock;
    private final int usualHours;

    @Activate
    public LoginCards(
            AccessConfig config,
            @Reference Store store,
            @Reference Members members,
            @Reference Units units,
            @Reference Accounts accounts,
            @Reference SignIns signIns,
            @Reference Passwords passwords) {
        this(store, members, units, accounts, signIns, passwords, Clock.systemUTC(), config.cardHours());
    }

    LoginCards(
            Store store,
            Members members,
            Units units,
            Accounts accounts,
            SignIns signIns,
            Passwords passwords,
            Clock clock,
            int usualHours) {
        this.store = store;
        this.members = members;
        this.units = units;
        this.accounts = accounts;
        this.signIns = signIns;
        this.passwords = passwords;
        this.clock = clock;
        this.usualHours = usualHours;
    }

    // ---- for who issues them

    /**
     * Issues a card for each of these members.
     *
     * @param hours how long they can be opened; null for as long as is usual
     * @throws ProblemException 404 or 403 as the caller may know of a member, 403 {@code card.higher} if the member's account reaches
     *     further than the caller's, 422 for a member who has left
     */
    List<Issued> issue(Caller caller, List<UUID> wanted, @Nullable Integer hours) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Instant expires = now.plus(Duration.ofHours(hours == null ? usualHours : hours));
        // slow to compute, and so outside the transaction
        List<Code> codes = wanted.stream()
                .map(member -> passwords.code())
                .map(code -> new Code(code, key(code)))
                .toList();
        return store.write(tx -> {
            List<Issued> issued = new ArrayList<>();
            for (int i = 0; i < wanted.size(); i++) {
                Member member = member(tx, caller, wanted.get(i), ISSUE);
                requireIssuable(tx, caller, member, "members[" + i + ']');
                CardRows.revokeOpen(tx, member.id());
                Row card = new Row(UUID.randomUUID(), member.id(), caller.account(), now, expires, null, null);
                CardRows.insert(tx, card, codes.get(i).key());
                tx.audited(AuditKind.ACCOUNT, CARD, card.id(), member.id(), "issued");
                issued.add(new Issued(
                        card.id(),
                        member.id(),
                        member.name(),
                        units.current(member.cell()).name(),
                        codes.get(i).code(),
                        expires));
            }
            return issued;
        });
    }

    private void requireIssuable(Transaction tx, Caller caller, Member member, String field) {
        if (!member.status().isActive()) {
            throw Problem.invalid(List.of(new FieldError(field, "card.left", Map.of("name", member.name()))));
        }
        if (caller.member().filter(member.id()::equals).isPresent()) {
            // who finds a device that is signed in would otherwise be its owner from then on
            throw Problem.other(403, "card.own");
        }
        Optional<Credentials> account = AccountRows.ofMember(tx.handle(), member.id());
        if (account.isPresent() && reachesFurther(tx, account.get().account(), caller)) {
            throw Problem.other(403, "card.higher").with("name", member.name());
        }
    }

    /** Whoever issues a card could open it: an account that may do more is none of theirs. */
    private boolean reachesFurther(Transaction tx, UUID account, Caller caller) {
        Identity identity = AccountRows.identity(tx.handle(), account).orElseThrow();
        for (Mandate mandate : identity.mandates()) {
            boolean covered = !mandate.role().equals(Role.ADMINISTRATOR.name())
                    && units.find(mandate.unit())
                            .filter(unit -> caller.may(ISSUE, unit))
                            // a deputy who opened the secretary's would be the secretary
                            .filter(unit -> !mandate.role().equals(Role.SECRETARY.name())
                                    || caller.may(MandateBook.toGive(Role.SECRETARY), unit))
                            .isPresent();
            if (!covered && (mandate.to() == null || !mandate.to().isBefore(accounts.today()))) {
                return true;
            }
        }
        return false;
    }

    /**
     * How the active members of a cell can sign in, by given name.
     *
     * @throws ProblemException 404 or 403
     */
    List<Standing> standings(Caller caller, UUID cell) {
        Unit unit = units.current(cell);
        caller.require(ISSUE, unit);
        Instant now = clock.instant();
        return store.read(tx -> {
            List<Member> all = members.ofCell(tx, unit.id());
            List<UUID> ids = all.stream().map(Member::id).toList();
            Map<UUID, Row> cards = new HashMap<>();
            CardRows.newest(tx.handle(), ids).forEach(card -> cards.putIfAbsent(card.member(), card));
            Set<UUID> known = AccountRows.withAccounts(tx.handle(), ids);
            return all.stream()
                    .map(member -> {
                        Row card = cards.get(member.id());
                        boolean account = known.contains(member.id());
                        return card == null
                                ? new Standing(member.id(), member.name(), account, null, null, null)
                                : new Standing(
                                        member.id(),
                                        member.name(),
                                        account,
                                        card.state(now),
                                        card.id(),
                                        card.expires());
                    })
                    .toList();
        });
    }

    /**
     * Takes a card back. One that was used, has expired or was taken back stays as it is.
     *
     * @throws ProblemException 404 or 403
     */
    void revoke(Caller caller, UUID id) {
        store.change(tx -> {
            Row card = CardRows.find(tx.handle(), id).orElseThrow(Problem::notFound);
            member(tx, caller, card.member(), ISSUE);
            CardRows.revoke(tx, id);
            tx.audited(AuditKind.ACCOUNT, CARD, id, card.member(), "taken back");
        });
    }

    private Member member(Transaction tx, Caller caller, UUID id, Permission permission) {
        Member member = members.find(tx, id).orElseThrow(Problem::notFound);
        caller.require(permission, units.current(member.cell()));
        return member;
    }

    // ---- sessions of those one is responsible for

    /**
     * Where a member is signed in.
     *
     * @throws ProblemException 404 or 403
     */
    List<SignIns.Listed> sessions(SignedIn caller, UUID member) {
        return account(caller, member)
                .map(account -> signIns.sessions(account, caller))
                .orElse(List.of());
    }

    /**
     * Ends one of a member's sessions: a phone was lost.
     *
     * @throws ProblemException 404 or 403
     */
    void revokeSession(SignedIn caller, UUID member, UUID session) {
        signIns.revoke(account(caller, member).orElseThrow(Problem::notFound), session);
    }

    private Optional<UUID> account(Caller caller, UUID member) {
        return store.read(tx -> {
            Member found = member(tx, caller, member, SESSIONS);
            return AccountRows.ofMember(tx.handle(), found.id()).map(Credentials::account);
        });
    }

    // ---- for who opens one

    /**
     * Whose card has this code.
     *
     * @throws ProblemException 404 {@code card.unknown}, 410 if it cannot be opened any more, 429
     */
    Opened open(String typed, String address) {
        Guessing.Try attempt = attempt(typed, address);
        String key = key(typed);
        Opened opened = store.read(tx -> {
            Row card = usable(tx, key);
            Member member = members.find(tx, card.member()).orElseThrow(Problem::notFound);
            Optional<Identity> known = identity(tx, member);
            return new Opened(
                    member.name(),
                    units.current(member.cell()).name(),
                    card.expires(),
                    known.isPresent(),
                    known.map(SignIns::isPinEnough).orElse(true));
        });
        signIns.passed(attempt);
        return opened;
    }

    /**
     * Opens a card: its member has this PIN or password from now on, and is signed in here and nowhere else.
     *
     * @throws ProblemException as {@link #open}, and 422 if the PIN is too weak
     */
    SignIns.Begun redeem(String typed, String wanted, Origin origin) {
        Guessing.Try attempt = attempt(typed, origin.address());
        String key = key(typed);
        UUID whose = store.read(tx -> {
            Row card = usable(tx, key);
            Member member = members.find(tx, card.member()).orElseThrow(Problem::notFound);
            Identity identity = identity(tx, member).orElseGet(() -> stranger(member));
            List<FieldError> errors = Pins.check(identity.login(), null, wanted, member, SignIns.isPinEnough(identity));
            if (!errors.isEmpty()) {
                throw Problem.invalid(errors);
            }
            return member.id();
        });
        signIns.passed(attempt);
        String hash = passwords.hash(wanted);
        Opening opening = store.write(tx -> {
            Row card = usable(tx, key);
            if (!CardRows.use(tx, card.id())) {
                throw Problem.other(410, "card.used");
            }
            UUID account = AccountRows.ofMember(tx.handle(), whose)
                    .map(Credentials::account)
                    .orElse(null);
            if (account == null) {
                account = UUID.randomUUID();
                AccountRows.insert(tx, account, nameless(whose), whose, hash);
            } else {
                AccountRows.password(tx, account, hash);
                AccountRows.endSessions(tx, account, null);
            }
            AuditEntry.add(tx, AuditEntry.of(account, AuditKind.ACCOUNT, CARD, card.id(), whose, "opened"));
            // the card gives a PIN, and not the second factor: both are asked for at the sign-in
            String asked = signIns.askedFor(tx, account).orElse(null);
            return new Opening(account, asked == null ? signIns.begin(tx, account, origin, null, null) : null, asked);
        });
        accounts.forget(opening.account());
        if (opening.begun() == null) {
            throw Problem.other(401, Objects.requireNonNull(opening.asked()));
        }
        return opening.begun().caller(accounts);
    }

    private static Optional<Identity> identity(Transaction tx, Member member) {
        return AccountRows.ofMember(tx.handle(), member.id())
                .flatMap(found -> AccountRows.identity(tx.handle(), found.account()));
    }

    private static Identity stranger(Member member) {
        return new Identity(member.id(), nameless(member.id()), null, List.of(), false);
    }

    /** The login of an account that nobody has given a name. */
    static String nameless(UUID member) {
        return NAMELESS + member;
    }

    /** A login that somebody can type; null for an account that was made by a card. */
    static @Nullable String shown(String login) {
        return login.startsWith(NAMELESS) ? null : login;
    }

    private Guessing.Try attempt(String typed, String address) {
        Guessing.Try attempt = new Guessing.Try("card " + Passwords.typedCode(typed), address);
        signIns.requireTurn(attempt);
        return attempt;
    }

    private String key(String code) {
        return passwords.key("login card", Passwords.typedCode(code));
    }

    /** Who has the code is told what has become of the card. */
    private static Row usable(Transaction tx, String key) {
        Row card = CardRows.byCode(tx.handle(), key).orElseThrow(() -> Problem.other(404, "card.unknown"));
        CardState state = card.state(tx.now());
        return switch (state) {
            case OPEN -> card;
            case USED -> throw Problem.other(410, "card.used");
            case EXPIRED -> throw Problem.other(410, "card.expired");
            case REVOKED -> throw Problem.other(410, "card.revoked");
        };
    }
}
