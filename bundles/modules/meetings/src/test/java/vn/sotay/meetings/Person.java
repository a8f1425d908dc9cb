package vn.sotay.meetings;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import vn.sotay.api.access.Audience;
import vn.sotay.api.access.Caller;
import vn.sotay.api.access.Mandate;
import vn.sotay.api.access.Permission;
import vn.sotay.api.access.Reach;
import vn.sotay.api.http.Problem;
import vn.sotay.api.unit.Unit;

/**
 * Somebody who asks, with what the roles of {@code module.json} give.
 *
 * @param at where the permissions hold, there and below
 * @param self whether the permission to answer is there, for the own member
 */
record Person(Optional<UUID> member, Unit at, Set<Permission> permissions, boolean self) implements Caller {

    static Person member(UUID member, Unit cell) {
        return new Person(Optional.of(member), cell, Set.of(Meetings.READ), true);
    }

    static Person secretary(UUID member, Unit cell) {
        return new Person(
                Optional.of(member),
                cell,
                Set.of(Meetings.READ, Meetings.WRITE, Meetings.RECORD, Meetings.COUNT),
                true);
    }

    static Person officer(Unit committee) {
        return new Person(Optional.empty(), committee, Set.of(Meetings.READ, Meetings.COUNT), false);
    }

    @Override
    public UUID account() {
        return member.orElse(at.id());
    }

    @Override
    public Optional<Unit> cell() {
        return member.map(id -> at);
    }

    @Override
    public List<Mandate> mandates() {
        return List.of(new Mandate("TEST", at.id(), LocalDate.EPOCH, null));
    }

    @Override
    public Set<Audience> audiences() {
        return Set.of();
    }

    @Override
    public Reach reach(Permission permission) {
        return new Reach(List.of(), permissions.contains(permission) ? List.of(at) : List.of());
    }

    @Override
    public boolean may(Permission permission, Unit unit) {
        return reach(permission).covers(unit);
    }

    @Override
    public boolean mayForSelf(Permission permission, UUID who) {
        return self
                && permission.equals(Meetings.ANSWER)
                && member.filter(who::equals).isPresent();
    }

    @Override
    public boolean sees(Unit unit) {
        return unit.isWithin(at);
    }

    @Override
    public void require(Permission permission, Unit unit) {
        if (!sees(unit)) {
            throw Problem.notFound();
        }
        if (!may(permission, unit)) {
            throw Problem.forbidden();
        }
    }
}
