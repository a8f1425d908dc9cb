package vn.sotay.platform.access;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Explained;
import vn.sotay.api.access.Scope;
import vn.sotay.api.member.Members;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.unit.Unit;
import vn.sotay.api.unit.Units;

/** Says who may read a thing: the same roles, permissions and mandates that decide it, read the other way round. Thread-safe. */
@Component(service = Readers.class)
public final class Readers {

    /** So many are named; above that the number is told. */
    private static final int MOST_NAMES = 20;

    /**
     * Some who can read it, and why.
     *
     * @param role MEMBER for those who need no mandate
     * @param scope OWN: it is their own; UNIT: of the unit itself; BELOW: of the unit and all below it
     * @param unit where they hold the role
     * @param unitName its name
     * @param names those who hold it today, 20 at most; left out for members without a mandate
     * @param count how many they are
     */
    record Some(
            Role role,
            Scope scope,
            UUID unit,
            String unitName,
            @Nullable List<String> names,
            int count) {}

    /**
     * Who can read a thing.
     *
     * @param permission by which it is decided
     * @param readers by role, from the thing's unit upwards
     */
    record Explanation(String resource, UUID id, String permission, List<Some> readers) {}

    private final Store store;
    private final Accounts accounts;
    private final Permissions permissions;
    private final Members members;
    private final Units units;

    @Activate
    public Readers(
            @Reference Store store,
            @Reference Accounts accounts,
            @Reference Permissions permissions,
            @Reference Members members,
            @Reference Units units) {
        this.store = store;
        this.accounts = accounts;
        this.permissions = permissions;
        this.members = members;
        this.units = units;
    }

    Explanation explain(String resource, UUID id, Explained.Subject subject) {
        Unit unit = units.current(subject.unit());
        List<Unit> path = units.path(unit.id());
        LocalDate today = accounts.today();
        return store.read(
                tx -> {
                    List<Mandates.Held> held =
                            Mandates.at(tx.handle(), path.stream().map(Unit::id).toList(), today).stream()
                                    .filter(one -> one.mandate().isHeldOn(today))
                                    .toList();
                    List<Some> readers = new ArrayList<>();
                    for (Role role : Role.values()) {
                        Scope scope = permissions.scope(subject.read(), role).orElse(null);
                        if (scope == null) {
                            continue;
                        }
                        if (role == Role.MEMBER) {
                            members(tx, subject, scope, unit).ifPresent(readers::add);
                        } else {
                            for (int i = path.size() - 1; i >= 0; i--) {
                                if (scope == Scope.BELOW || scope == Scope.UNIT && i == path.size() - 1) {
                                    holders(held, role, scope, path.get(i)).ifPresent(readers::add);
                                }
                            }
                        }
                    }
                    return new Explanation(resource, id, subject.read().name(), readers);
                });
    }

    private Optional<Some> members(Transaction tx, Explained.Subject subject, Scope scope, Unit unit) {
        if (scope == Scope.OWN) {
            return subject.owner() == null
                    ? Optional.empty()
                    : members.find(tx, subject.owner())
                            .map(one -> new Some(Role.MEMBER, scope, unit.id(), unit.name(), List.of(one.name()), 1));
        }
        return Optional.of(new Some(
                Role.MEMBER,
                scope,
                unit.id(),
                unit.name(),
                null,
                members.ofCell(tx, unit.id()).size()));
    }

    private static Optional<Some> holders(List<Mandates.Held> held, Role role, Scope scope, Unit unit) {
        List<String> names = held.stream()
                .filter(one -> one.mandate().unit().equals(unit.id())
                        && one.mandate().role().equals(role.name()))
                .map(Mandates.Held::holder)
                .distinct()
                .toList();
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of(new Some(
                        role,
                        scope,
                        unit.id(),
                        unit.name(),
                        names.subList(0, Math.min(names.size(), MOST_NAMES)),
                        names.size()));
    }
}
