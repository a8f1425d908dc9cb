package vn.sotay.platform.units;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.store.Saved;
import vn.sotay.api.unit.Unit;

/** All units at one moment, closed ones included. Immutable. */
final class UnitTree {

    static final UnitTree EMPTY = new UnitTree(List.of());

    private final Map<UUID, Saved<Unit>> byId = new LinkedHashMap<>();
    private final Map<String, Unit> byCode = new HashMap<>();
    private final Map<UUID, List<Unit>> below = new HashMap<>();
    private final List<Unit> all;
    private final @Nullable Unit root;

    UnitTree(Collection<Saved<Unit>> units) {
        Unit found = null;
        List<Unit> living = new ArrayList<>();
        for (Saved<Unit> saved : units) {
            Unit unit = saved.value();
            byId.put(unit.id(), saved);
            if (unit.hasClosed()) {
                continue;
            }
            living.add(unit);
            byCode.put(unit.code(), unit);
            if (unit.parent() == null) {
                found = unit;
            } else {
                below.computeIfAbsent(unit.parent(), id -> new ArrayList<>()).add(unit);
            }
        }
        root = found;
        Comparator<Unit> order = Comparator.comparing(Unit::code);
        below.values().forEach(units2 -> units2.sort(order));
        living.sort(order);
        all = List.copyOf(living);
    }

    /** The same with these units made or changed. */
    UnitTree with(Collection<Saved<Unit>> changed) {
        Map<UUID, Saved<Unit>> units = new LinkedHashMap<>(byId);
        changed.forEach(saved -> units.put(saved.value().id(), saved));
        return new UnitTree(units.values());
    }

    /** The unit, living or closed. */
    Optional<Saved<Unit>> find(UUID id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** The living unit that has what belongs to this one. */
    Optional<Unit> current(UUID id) {
        return find(id).map(Saved::value).flatMap(unit -> {
            UUID successor = unit.successor();
            return successor == null ? Optional.of(unit) : find(successor).map(Saved::value);
        });
    }

    Optional<Unit> byCode(String code) {
        return Optional.ofNullable(byCode.get(code));
    }

    Optional<Unit> root() {
        return Optional.ofNullable(root);
    }

    /** The living units directly below. */
    List<Unit> below(UUID parent) {
        return List.copyOf(below.getOrDefault(parent, List.of()));
    }

    /** The living units, by code. */
    List<Unit> all() {
        return all;
    }

    /** Every unit there ever was. */
    List<Unit> withClosed() {
        return byId.values().stream().map(Saved::value).toList();
    }

    List<Unit> path(UUID id) {
        List<Unit> path = new ArrayList<>();
        Saved<Unit> at = byId.get(id);
        while (at != null) {
            path.add(0, at.value());
            UUID parent = at.value().parent();
            at = parent == null ? null : byId.get(parent);
        }
        return path;
    }

    /** The units above this one, the nearest first. */
    List<UUID> above(UUID id) {
        List<UUID> above = new ArrayList<>();
        List<Unit> path = path(id);
        for (int i = path.size() - 2; i >= 0; i--) {
            above.add(path.get(i).id());
        }
        return above;
    }
}
