package vn.sotay.dues;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import vn.sotay.api.member.Member;
import vn.sotay.api.member.Members;
import vn.sotay.api.store.Store;
import vn.sotay.api.unit.Unit;
import vn.sotay.api.unit.Units;

/**
 * Finds members who have come to another cell, and lets the months that they owe follow them. It remembers of each cell a sum over its
 * members alone, and looks closer where that is another; after a start at all of them once, so that nobody is missed who moved while the
 * module did not run. For one thread.
 */
final class Moves {

    /** Members who are looked at together, but for a single cell that has more. */
    private static final int SLICE = 500;

    private final Store store;
    private final Members members;
    private final Units units;
    private final Assessor assessor;
    private Map<UUID, Long> known = Map.of();

    Moves(Store store, Members members, Units units, Assessor assessor) {
        this.store = store;
        this.members = members;
        this.units = units;
        this.assessor = assessor;
    }

    /** Looks at a unit and all below it. */
    void look(Unit root) {
        Map<UUID, Long> now = new HashMap<>();
        store.read(tx -> {
            now.clear();
            members.forEachBelow(
                    tx,
                    root,
                    (member, cell) -> now.merge(
                            cell, member.getMostSignificantBits() * 31 + member.getLeastSignificantBits(), Long::sum));
            return true;
        });
        List<UUID> changed = now.entrySet().stream()
                .filter(one -> !one.getValue().equals(known.get(one.getKey())))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        List<Member> slice = new ArrayList<>();
        for (UUID cell : changed) {
            slice.addAll(store.read(tx -> members.ofCell(tx, units.current(cell).id())));
            if (slice.size() >= SLICE) {
                follow(slice);
                slice.clear();
            }
        }
        follow(slice);
        known = now;
    }

    private void follow(List<Member> slice) {
        List<Member> moved = store.read(tx -> assessor.elsewhere(tx, slice));
        if (!moved.isEmpty()) {
            store.change(tx -> assessor.follow(tx, moved));
        }
    }
}
