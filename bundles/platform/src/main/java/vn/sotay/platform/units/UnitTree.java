package vn.sotay.platform.units;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.store.Saved;
import vn.sotay.api.unit.Unit;

/** All units at one moment. Immutable. */
final class UnitTree {

    static final UnitTree EMPTY = new UnitTree(List.of());

    private final Map<UUID, Saved<Unit>> byId = new HashMap<>();
    private final Map<String, Unit> byCode = new HashMap<>();
    private final Map<UUID, List<Unit>> below = new HashMap<>();
    private final List<Unit> all;
    private final @Nullable Unit root;

    UnitTree(List<Saved<Unit>> units) {
        Unit found = null;
        for (Saved<Unit> saved : units) {
            Unit unit = saved.value();
            byId.put(unit.id(), saved);
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
        all = units.stream().map(Saved::value).sorted(order).toList();
    }

    Optional<Saved<Unit>> find(UUID id) {
        return Optional.ofNullable(byId.get(id));
    }

    Optional<Unit> byCode(String code) {
        return Optional.ofNullable(byCode.get(code));
    }

    Optional<Unit> root() {
        return Optional.ofNullable(root);
    }

    List<Unit> below(UUID parent) {
        return List.copyOf(below.getOrDefault(parent, List.of()));
    }

    /** By code. */
    List<Unit> all() {
        return all;
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
}
