package vn.sotay.platform.access;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Caller;
import vn.sotay.api.access.Mandate;
import vn.sotay.api.access.Permission;
import vn.sotay.api.http.FieldError;
import vn.sotay.api.http.Problem;
import vn.sotay.api.http.ProblemException;
import vn.sotay.api.member.Member;
import vn.sotay.api.store.AuditKind;
import vn.sotay.api.store.Saved;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.unit.Unit;
import vn.sotay.api.unit.Units;
import vn.sotay.platform.access.AccountRows.Credentials;
import vn.sotay.platform.members.MemberBook;
import vn.sotay.platform.store.AuditEntry;

/**
 * Who is what at a unit, from a day to a day. Who may give a role stands as a permission with the others:
 * {@code access.mandate-secretary} and so on; and {@code access.delegate} lets a secretary name somebody who acts until a day. What is
 * given or taken counts for running sessions with their next request. Thread-safe.
 */
@Component(service = MandateBook.class)
public final class MandateBook {

    static final Permission READ = new Permission("access.mandates");
    static final Permission DELEGATE = new Permission("access.delegate");

    /** So long somebody may act for a secretary without the committee above. */
    static final int MOST_DELEGATED_DAYS = 92;

    /** Held by members of the very unit. */
    private static final Set<Role> OF_THE_UNIT = Set.of(Role.SECRETARY, Role.DEPUTY, Role.HELPER);

    /**
     * A mandate, as a list shows it.
     *
     * @param member null for an account of the system
     * @param name the member's, or the login of an account of the system
     */
    record Shown(
            UUID id,
            UUID unit,
            Role role,
            @Nullable UUID member,
            String name,
            LocalDate from,
            @Nullable LocalDate to) {}

    /**
     * A mandate that is to be given, or whose end is to be changed.
     *
     * @param holder a login, or the number of a Party card or a telephone, for one whom the caller cannot look up; null if there is a
     *     member
     * @param from today if it is left out
     */
    record Wanted(
            UUID unit,
            Role role,
            @Nullable UUID member,
            @Nullable String holder,
            @Nullable LocalDate from,
            @Nullable LocalDate to) {}

    private final Store store;
    private final Accounts accounts;
    private final SignIns signIns;
    private final MemberBook members;
    private final Units units;
    private final Passwords passwords;
    private final Permissions permissions;

    @Activate
    public MandateBook(
            @Reference Store store,
            @Reference Accounts accounts,
            @Reference SignIns signIns,
            @Reference MemberBook members,
            @Reference Units units,
            @Reference Passwords passwords,
            @Reference Permissions permissions) {
        this.store = store;
        this.accounts = accounts;
        this.signIns = signIns;
        this.members = members;
        this.units = units;
        this.passwords = passwords;
        this.permissions = permissions;
    }

    /** The permission to give and to end mandates of a role. */
    static Permission toGive(Role role) {
        return new Permission("access.mandate-" + role.name().toLowerCase(Locale.ROOT));
    }

    /**
     * The mandates at a unit that are held today or later.
     *
     * @throws ProblemException 404 or 403
     */
    List<Shown> at(Caller caller, UUID id) {
        Unit unit = units.current(id);
        caller.require(READ, unit);
        return store.read(tx -> Mandates.at(tx.handle(), List.of(unit.id()), accounts.today())).stream()
                .map(MandateBook::shown)
                .sorted((one, other) -> one.role() == other.role()
                        ? one.from().compareTo(other.from())
                        : one.role().compareTo(other.role()))
                .toList();
    }

    /** The roles that the caller may give at a unit. */
    List<Role> givable(Caller caller, UUID id) {
        Unit unit = units.current(id);
        List<Role> roles = new ArrayList<>();
        for (Role role : Role.values()) {
            if (role != Role.MEMBER && (may(caller, role, unit) || mayDelegate(caller, role, unit))) {
                roles.add(role);
            }
        }
        return roles;
    }

    private static Shown shown(Mandates.Held held) {
        Mandate mandate = held.mandate();
        return new Shown(
                held.id(),
                mandate.unit(),
                Role.valueOf(mandate.role()),
                held.member(),
                held.holder(),
                mandate.from(),
                mandate.to());
    }

    /**
     * Gives a mandate, or changes the end of one.
     *
     * @throws ProblemException 404 or 403, 409 if there is one with this id that is another's, 422
     */
    Saved<Shown> put(Caller caller, UUID id, Wanted wanted) {
        Unit unit = units.get(wanted.unit());
        // before anything is said about the body: else what the caller may not know of is told apart from what is not
        // there
        caller.require(READ, unit);
        if (store.read(tx -> Mandates.find(tx.handle(), List.of(id))).stream()
                .anyMatch(held -> !caller.may(READ, units.current(held.mandate().unit())))) {
            throw Problem.notFound();
        }
        LocalDate today = accounts.today();
        LocalDate from = wanted.from() == null ? today : wanted.from();
        check(wanted, from, today, unit);
        requireMay(caller, wanted, from, unit);
        // for one who has never signed in: nobody knows it, a login card gives another
        String nobodys = passwords.hash(passwords.token());
        Saved<Shown> saved = store.write(tx -> {
            List<Mandates.Held> there = Mandates.find(tx.handle(), List.of(id));
            if (!there.isEmpty()) {
                return changed(tx, caller, there.get(0), wanted, unit);
            }
            UUID account = holder(tx, caller, wanted, unit, nobodys);
            if (account.equals(caller.account())) {
                throw Problem.other(403, "mandate.own");
            }
            requireNew(tx, account, wanted, unit, from);
            AccountRows.insert(tx, id, account, new Mandate(wanted.role().name(), unit.id(), from, wanted.to()));
            Mandates.Held held = Mandates.find(tx.handle(), List.of(id)).get(0);
            return new Saved<>(shown(held), 1, true);
        });
        accounts.forget();
        return saved;
    }

    private static void check(Wanted wanted, LocalDate from, LocalDate today, Unit unit) {
        List<FieldError> errors = new ArrayList<>();
        if (wanted.role() == Role.MEMBER) {
            errors.add(new FieldError("role", "mandate.member"));
        }
        if (wanted.to() != null && wanted.to().isBefore(from)) {
            errors.add(new FieldError("to", "mandate.ends-before"));
        }
        if (wanted.to() != null && wanted.to().isBefore(today)) {
            errors.add(new FieldError("to", "mandate.over"));
        }
        if (unit.parent() != null && (wanted.role() == Role.EDITOR || wanted.role() == Role.ADMINISTRATOR)) {
            errors.add(new FieldError("unit", "mandate.of-province"));
        }
        if ((wanted.member() == null) == (wanted.holder() == null)) {
            errors.add(new FieldError("member", "mandate.holder"));
        }
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
    }

    private boolean may(Caller caller, Role role, Unit unit) {
        if (role == Role.OFFICER) {
            if (units.isCell(unit)) {
                return false;
            }
            // of another committee than one's own: a peer is named from above, or by the administrator
            UUID above = unit.parent();
            return holds(caller, Role.ADMINISTRATOR) && caller.may(toGive(role), unit)
                    || above != null && caller.may(toGive(role), units.current(above));
        }
        return caller.may(toGive(role), unit);
    }

    private static boolean holds(Caller caller, Role role) {
        return caller.mandates().stream().anyMatch(mandate -> mandate.role().equals(role.name()));
    }

    /** Who only acts for a time has the role, but does not hand it on. */
    private boolean mayDelegate(Caller caller, Role role, Unit unit) {
        return role == Role.SECRETARY
                && caller.may(DELEGATE, unit)
                && caller.mandates().stream()
                        .anyMatch(held -> held.unit().equals(unit.id())
                                && !isForATime(held)
                                && permissions
                                        .scope(DELEGATE, Role.valueOf(held.role()))
                                        .isPresent());
    }

    /** Whether a secretary could have given it. */
    private static boolean isForATime(Mandate mandate) {
        return mandate.to() != null && !mandate.to().isAfter(mandate.from().plusDays(MOST_DELEGATED_DAYS));
    }

    private void requireMay(Caller caller, Wanted wanted, LocalDate from, Unit unit) {
        if (may(caller, wanted.role(), unit)) {
            return;
        }
        if (!mayDelegate(caller, wanted.role(), unit)) {
            throw caller.sees(unit) ? Problem.forbidden() : Problem.notFound();
        }
        requireForATime(wanted, from);
    }

    private static void requireForATime(Wanted wanted, LocalDate from) {
        if (wanted.to() == null || wanted.to().isAfter(from.plusDays(MOST_DELEGATED_DAYS))) {
            throw Problem.invalid(
                    List.of(new FieldError("to", "mandate.delegated", Map.of("days", MOST_DELEGATED_DAYS))));
        }
    }

    private Saved<Shown> changed(Transaction tx, Caller caller, Mandates.Held held, Wanted wanted, Unit unit) {
        Mandate before = held.mandate();
        boolean same = before.unit().equals(unit.id())
                && before.role().equals(wanted.role().name());
        if (!same || wanted.member() != null && !wanted.member().equals(held.member())) {
            throw Problem.conflict("mandate.another");
        }
        if (held.account().equals(caller.account())) {
            throw Problem.other(403, "mandate.own");
        }
        if (!may(caller, wanted.role(), unit)) {
            if (!isForATime(before)) {
                throw Problem.forbidden();
            }
            // counted from its first day: else it would be prolonged again and again
            requireForATime(wanted, before.from());
        }
        tx.handle().execute("update mandate set to_day = ? where id = ?", wanted.to(), held.id());
        AuditEntry.add(
                tx,
                AuditEntry.ofActing(
                                AuditKind.MANDATE,
                                "mandate",
                                held.id(),
                                held.member(),
                                "ends " + (wanted.to() == null ? "never" : wanted.to()))
                        .at(before.unit()));
        return new Saved<>(shown(Mandates.find(tx.handle(), List.of(held.id())).get(0)), 1, false);
    }

    /** The account of who is to hold it; made for a member who has none. */
    private UUID holder(Transaction tx, Caller caller, Wanted wanted, Unit unit, String password) {
        if (wanted.holder() != null) {
            return signIns.find(tx, wanted.holder())
                    .filter(found -> isOfUnit(tx, found, wanted.role(), unit))
                    .map(Credentials::account)
                    .orElseThrow(() -> Problem.invalid("holder", "mandate.nobody"));
        }
        Member member = Optional.ofNullable(wanted.member())
                .flatMap(id -> members.find(tx, id))
                .filter(one -> caller.may(READ, units.current(one.cell())))
                .orElseThrow(() -> Problem.invalid("member", "mandate.nobody"));
        if (!member.status().isActive()
                || OF_THE_UNIT.contains(wanted.role())
                        && !units.current(member.cell()).isWithin(unit)) {
            throw Problem.invalid(
                    List.of(new FieldError("member", "mandate.not-of-unit", Map.of("name", member.name()))));
        }
        return AccountRows.ofMember(tx.handle(), member.id())
                .map(Credentials::account)
                .orElseGet(() -> {
                    UUID account = UUID.randomUUID();
                    AccountRows.insert(tx, account, LoginCards.nameless(member.id()), member.id(), password);
                    return account;
                });
    }

    private boolean isOfUnit(Transaction tx, Credentials found, Role role, Unit unit) {
        return !OF_THE_UNIT.contains(role)
                || Optional.ofNullable(found.member())
                        .flatMap(member -> members.find(tx, member))
                        .filter(member -> units.current(member.cell()).isWithin(unit))
                        .isPresent();
    }

    private static void requireNew(Transaction tx, UUID account, Wanted wanted, Unit unit, LocalDate from) {
        boolean held = Mandates.at(tx.handle(), List.of(unit.id()), from).stream()
                .filter(other -> other.account().equals(account))
                .map(Mandates.Held::mandate)
                .filter(other -> other.role().equals(wanted.role().name()))
                .anyMatch(other -> wanted.to() == null || !other.from().isAfter(wanted.to()));
        if (held) {
            throw Problem.conflict("mandate.held");
        }
    }

    /**
     * Ends a mandate at once. One may end one's own.
     *
     * @throws ProblemException 404 or 403, 409 {@code mandate.last} for the last administrator
     */
    void end(Caller caller, UUID id) {
        LocalDate today = accounts.today();
        store.change(tx -> {
            Mandates.Held held =
                    Mandates.find(tx.handle(), List.of(id)).stream().findFirst().orElseThrow(Problem::notFound);
            Unit unit = units.current(held.mandate().unit());
            Role role = Role.valueOf(held.mandate().role());
            if (!caller.sees(unit) || !caller.may(READ, unit)) {
                throw Problem.notFound();
            }
            boolean own = held.account().equals(caller.account());
            boolean delegated = isForATime(held.mandate()) && mayDelegate(caller, role, unit);
            if (!own && !delegated && !may(caller, role, unit)) {
                throw Problem.forbidden();
            }
            if (role == Role.ADMINISTRATOR && Mandates.count(tx.handle(), role, today) < 2) {
                throw Problem.conflict("mandate.last");
            }
            Mandates.end(tx, List.of(held), today.minusDays(1));
        });
        accounts.forget();
    }
}
