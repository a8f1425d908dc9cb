package vn.sotay.platform.access;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.access.Audience;
import vn.sotay.api.access.Caller;
import vn.sotay.api.access.Mandate;
import vn.sotay.api.access.Permission;
import vn.sotay.api.access.Reach;
import vn.sotay.api.access.Scope;
import vn.sotay.api.http.Problem;
import vn.sotay.api.unit.Unit;
import vn.sotay.api.unit.Units;

/** A caller on a day, over the units as they stand: made anew when either is another. Immutable. */
final class SignedIn implements Caller {

    /** A role at a unit that there is. */
    private record Post(Role role, Unit unit) {}

    private final AccountRows.Identity identity;
    private final @Nullable String session;
    private final @Nullable UUID sessionId;
    private final Permissions permissions;
    private final Units units;
    private final LocalDate day;
    private final List<Mandate> mandates;
    private final List<Post> posts;
    private final Set<Audience> audiences;
    private final @Nullable Unit cell;

    SignedIn(
            AccountRows.Identity identity,
            @Nullable String session,
            Permissions permissions,
            Units units,
            LocalDate today) {
        this.identity = identity;
        this.session = session;
        this.sessionId = session == null ? null : AccountRows.sessionId(session);
        this.permissions = permissions;
        this.units = units;
        this.day = today;
        List<Mandate> held = new ArrayList<>();
        List<Post> filled = new ArrayList<>();
        AccountRows.Person person = identity.person();
        Unit home = person == null || !person.active()
                ? null
                : units.find(person.cell()).orElse(null);
        this.cell = home;
        if (person != null && home != null) {
            held.add(new Mandate(Role.MEMBER.name(), home.id(), person.since(), null));
            filled.add(new Post(Role.MEMBER, home));
        }
        for (Mandate mandate : identity.mandates()) {
            if (mandate.isHeldOn(today)) {
                held.add(mandate);
                units.find(mandate.unit()).ifPresent(unit -> filled.add(new Post(Role.valueOf(mandate.role()), unit)));
            }
        }
        this.mandates = List.copyOf(held);
        this.posts = List.copyOf(filled);
        this.audiences = allAudiences();
    }

    /** Whether this is the caller on that day too, with the units as they stand now. */
    boolean isStillSo(LocalDate today, Units now) {
        if (!day.equals(today)) {
            return false;
        }
        for (Post post : posts) {
            // units are read anew as a whole when any of them has changed
            if (now.find(post.unit().id()).orElse(null) != post.unit()) {
                return false;
            }
        }
        return true;
    }

    AccountRows.Identity identity() {
        return identity;
    }

    /** The hash of the session's token; null for a caller of the system's own. */
    @Nullable String session() {
        return session;
    }

    /** What it is called where its token must not be guessed from it; null for a caller of the system's own. */
    @Nullable UUID sessionId() {
        return sessionId;
    }

    @Override
    public UUID account() {
        return identity.account();
    }

    @Override
    public Optional<UUID> member() {
        return Optional.ofNullable(identity.person()).map(AccountRows.Person::id);
    }

    @Override
    public Optional<Unit> cell() {
        return Optional.ofNullable(cell);
    }

    @Override
    public List<Mandate> mandates() {
        return mandates;
    }

    @Override
    public Set<Audience> audiences() {
        return audiences;
    }

    private Set<Audience> allAudiences() {
        Set<Audience> all = new HashSet<>();
        all.add(Audience.EVERYONE);
        member().ifPresent(id -> all.add(Audience.member(id)));
        for (Post post : posts) {
            UUID unit = post.unit().id();
            if (post.role() == Role.MEMBER) {
                units.path(unit).forEach(above -> all.add(Audience.members(above.id())));
            } else if (post.role().leads()) {
                all.add(Audience.leaders(unit));
                units.path(unit).forEach(above -> all.add(Audience.allLeaders(above.id())));
            } else if (post.role() == Role.OFFICER) {
                all.add(Audience.officers(unit));
                units.path(unit).forEach(above -> all.add(Audience.allOfficers(above.id())));
            } else if (post.role() == Role.EDITOR) {
                all.add(Audience.EDITORS);
            }
        }
        return Set.copyOf(all);
    }

    @Override
    public Reach reach(Permission permission) {
        List<Unit> alone = new ArrayList<>();
        List<Unit> trees = new ArrayList<>();
        for (Post post : posts) {
            Scope scope = permissions.scope(permission, post.role()).orElse(Scope.OWN);
            if (scope == Scope.BELOW) {
                trees.add(post.unit());
            } else if (scope == Scope.UNIT) {
                alone.add(post.unit());
            }
        }
        return new Reach(
                alone.stream().distinct().toList(), trees.stream().distinct().toList());
    }

    @Override
    public boolean may(Permission permission, Unit unit) {
        return reach(permission).covers(unit);
    }

    @Override
    public boolean mayForSelf(Permission permission, UUID member) {
        return identity.person() != null
                && identity.person().id().equals(member)
                && posts.stream()
                        .anyMatch(post ->
                                permissions.scope(permission, post.role()).isPresent());
    }

    @Override
    public boolean sees(Unit asked) {
        // what is closed is known to whoever knows its successor
        Unit unit = asked.hasClosed() ? units.current(asked.id()) : asked;
        return posts.stream()
                .anyMatch(post -> post.unit().isWithin(unit)
                        || unit.isWithin(post.unit()) && permissions.reachesBelow(post.role()));
    }

    @Override
    public void require(Permission permission, Unit unit) {
        if (!may(permission, unit)) {
            throw sees(unit) ? Problem.forbidden() : Problem.notFound();
        }
    }
}
