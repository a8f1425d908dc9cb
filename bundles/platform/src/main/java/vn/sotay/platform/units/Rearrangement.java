package vn.sotay.platform.units;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.http.FieldError;
import vn.sotay.api.http.Problem;
import vn.sotay.api.store.Saved;
import vn.sotay.api.unit.Unit;
import vn.sotay.api.unit.UnitState;
import vn.sotay.platform.store.Succession;

/**
 * A change of the tree that is being worked out: units get another place, another code, are made or closed. What is wrong is collected;
 * nothing is written. Pure, not thread-safe.
 */
final class Rearrangement {

    private final UnitKinds kinds;
    private final UnitTree before;
    private final Map<UUID, Unit> units = new LinkedHashMap<>();
    private final Map<UUID, String> codeFields = new LinkedHashMap<>();
    private final List<FieldError> errors = new ArrayList<>();

    Rearrangement(UnitKinds kinds, UnitTree before) {
        this.kinds = kinds;
        this.before = before;
        before.withClosed().forEach(unit -> units.put(unit.id(), unit));
    }

    void wrong(String field, String rule) {
        errors.add(new FieldError(field, rule));
    }

    /** Lets a living unit stand directly below another. */
    void place(String field, Unit unit, Unit parent) {
        if (parent.isWithin(unit)) {
            wrong(field, "unit.below-itself");
            return;
        }
        put(field, unit, parent.id(), parent);
    }

    /** Lets a living unit stand directly below one that is made, of the same kind as another. */
    void placeInNew(String field, Unit unit, UUID parent, Unit like) {
        put(field, unit, parent, like);
    }

    private void put(String field, Unit unit, UUID parent, Unit like) {
        UnitRules.check(kinds, unit.kind(), unit.code(), like).stream()
                .filter(error -> error.field().equals("parent"))
                .forEach(error -> errors.add(new FieldError(field, error.rule(), error.values())));
        units.computeIfPresent(unit.id(), (id, now) -> with(now, parent, now.code(), now.state()));
    }

    /** Gives a unit another code. */
    void code(String field, UUID unit, String code) {
        if (!UnitRules.isCode(code)) {
            wrong(field, "unit.code");
        } else if (codeFields.put(unit, field) != null) {
            wrong(field, "unit.twice");
        }
        units.computeIfPresent(unit, (id, now) -> with(now, now.parent(), code, now.state()));
    }

    /**
     * Closes a unit: what is directly below it stands below the successor from now on, and is the successor's if it was closed before.
     *
     * @param closing all units that are closed together with it
     */
    void close(String field, Unit unit, Unit successor, Collection<UUID> closing) {
        if (unit.parent() == null) {
            wrong(field, "unit.root");
            return;
        }
        if (kinds.isLeaf(unit.kind()) != kinds.isLeaf(successor.kind())) {
            wrong(field, "unit.merge-kind");
            return;
        }
        if (successor.isWithin(unit)) {
            wrong(field, "unit.below-itself");
            return;
        }
        units.computeIfPresent(unit.id(), (id, now) -> with(now, successor.id(), now.code(), UnitState.CLOSED));
        for (Unit below : before.withClosed()) {
            if (!unit.id().equals(below.parent()) || closing.contains(below.id())) {
                continue;
            }
            if (below.hasClosed()) {
                units.put(below.id(), with(below, successor.id(), below.code(), UnitState.CLOSED));
            } else {
                place(field, below, successor);
            }
        }
    }

    /** Makes a unit of the same kind and at the same place as another. */
    void make(String field, UUID id, String code, String name, Unit like) {
        if (units.containsKey(id)) {
            wrong(field + ".id", before.find(id).isPresent() ? "unit.exists" : "unit.twice");
            return;
        }
        units.put(id, new Unit(id, like.parent(), like.kind(), code, name, ""));
        code(field + ".code", id, code);
    }

    private static Unit with(Unit unit, @Nullable UUID parent, String code, UnitState state) {
        return new Unit(
                unit.id(),
                parent,
                unit.kind(),
                code,
                unit.name(),
                unit.path(),
                state,
                state == UnitState.CLOSED ? parent : null);
    }

    // ---- the outcome

    /**
     * The change as a whole.
     *
     * @throws vn.sotay.api.http.ProblemException 422 if anything is wrong
     */
    Worked work() {
        requireOwnCodes();
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
        setPaths();
        List<Saved<Unit>> made = new ArrayList<>();
        List<Saved<Unit>> changed = new ArrayList<>();
        for (Unit unit : units.values()) {
            Optional<Saved<Unit>> was = before.find(unit.id());
            if (was.isEmpty()) {
                made.add(new Saved<>(unit, 1));
            } else if (!was.get().value().equals(unit)) {
                changed.add(new Saved<>(unit, was.get().version() + 1));
            }
        }
        return new Worked(before, List.copyOf(made), List.copyOf(changed));
    }

    /** No code that is new where it stands belongs to another unit, living or closed. */
    private void requireOwnCodes() {
        Map<String, UUID> owners = new HashMap<>();
        units.values().stream()
                .filter(unit -> !codeFields.containsKey(unit.id()))
                .forEach(unit -> owners.put(unit.code(), unit.id()));
        codeFields.forEach((id, field) -> {
            Unit unit = units.get(id);
            if (unit != null && owners.putIfAbsent(unit.code(), id) != null) {
                wrong(field, "unit.code-taken");
            }
        });
    }

    private void setPaths() {
        Map<UUID, List<Unit>> below = new HashMap<>();
        List<Unit> level = new ArrayList<>();
        for (Unit unit : units.values()) {
            UUID parent = unit.parent();
            if (parent == null) {
                level.add(unit);
            } else {
                below.computeIfAbsent(parent, id -> new ArrayList<>()).add(unit);
            }
        }
        while (!level.isEmpty()) {
            List<Unit> next = new ArrayList<>();
            for (Unit unit : level) {
                Unit above = unit.parent() == null ? null : units.get(unit.parent());
                String path = (above == null ? "/" : above.path()) + unit.id() + '/';
                units.put(
                        unit.id(),
                        new Unit(
                                unit.id(),
                                unit.parent(),
                                unit.kind(),
                                unit.code(),
                                unit.name(),
                                path,
                                unit.state(),
                                unit.successor()));
                next.addAll(below.getOrDefault(unit.id(), List.of()));
            }
            level = next;
        }
    }

    /**
     * A change that is sound.
     *
     * @param changed as they will be, with their next versions; also those of which only the path is another
     */
    record Worked(UnitTree before, List<Saved<Unit>> made, List<Saved<Unit>> changed) {

        boolean isNothing() {
            return made.isEmpty() && changed.isEmpty();
        }

        UnitTree after() {
            return before.with(made).with(changed);
        }

        /** The units that are closed by it. */
        List<Unit> closed() {
            return changed.stream()
                    .map(Saved::value)
                    .filter(unit -> unit.hasClosed() && !was(unit).hasClosed())
                    .toList();
        }

        /** The living units that stand elsewhere or have another code; what only moves with them is left out. */
        List<Unit> moved() {
            return changed.stream()
                    .map(Saved::value)
                    .filter(unit -> !unit.hasClosed())
                    .filter(unit -> !Objects.equals(unit.parent(), was(unit).parent())
                            || !unit.code().equals(was(unit).code()))
                    .toList();
        }

        private Unit was(Unit unit) {
            return before.find(unit.id()).orElseThrow().value();
        }

        /** What becomes of the audiences. */
        List<Succession> successions() {
            UnitTree after = after();
            List<Succession> all = new ArrayList<>();
            for (Saved<Unit> saved : changed) {
                Unit unit = saved.value();
                if (was(unit).hasClosed()) {
                    continue;
                }
                UUID successor = unit.successor() == null ? unit.id() : unit.successor();
                List<UUID> above = before.above(unit.id());
                List<UUID> aboveNow = after.above(successor);
                if (unit.hasClosed() || !above.equals(aboveNow)) {
                    all.add(succession(after, unit.id(), successor, above, aboveNow));
                }
            }
            return all;
        }

        private static Succession succession(
                UnitTree after, UUID unit, UUID successor, List<UUID> above, List<UUID> aboveNow) {
            Set<UUID> takenOver = new HashSet<>();
            List<UUID> left = new ArrayList<>();
            for (UUID one : above) {
                UUID current = after.current(one).orElseThrow().id();
                takenOver.add(current);
                if (current.equals(one) && !aboveNow.contains(one)) {
                    left.add(one);
                }
            }
            List<UUID> joined =
                    aboveNow.stream().filter(one -> !takenOver.contains(one)).toList();
            List<UUID> nearest = above.isEmpty() ? List.of() : above.subList(0, 1);
            return new Succession(unit, successor, left, joined, left.isEmpty() ? nearest : left);
        }
    }
}
