package vn.sotay.api.unit;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A node of the organisation tree (tổ chức đảng): a committee, or a cell when its kind is a leaf.
 *
 * @param id made by whoever creates the unit
 * @param parent the unit directly above; null at the root alone. A closed unit stands below its successor
 * @param kind id of its {@link UnitKind}
 * @param code organisation code such as {@code 38.168.053.000.001} (2.3.3.3.3 digits): unique, shown, never the key. A closed
 *     unit keeps its own
 * @param name as written, without the kind's word
 * @param path the ids from the root down to this unit, each between slashes: {@code /root/…/id/}. It changes when the unit
 *     or one above it moves, so keep ids, not paths
 * @param state whether it still works
 * @param successor the living unit that has taken over what a closed one had; null for a living one
 */
public record Unit(
        UUID id,
        @Nullable UUID parent,
        String kind,
        String code,
        String name,
        String path,
        UnitState state,
        @Nullable UUID successor) {

    /** A living unit. */
    public Unit(UUID id, @Nullable UUID parent, String kind, String code, String name, String path) {
        this(id, parent, kind, code, name, path, UnitState.LIVE, null);
    }

    /** Whether it has a successor. */
    public boolean hasClosed() {
        return state == UnitState.CLOSED;
    }

    /** Whether this unit is {@code above} or stands somewhere below it. */
    public boolean isWithin(Unit above) {
        return path.startsWith(above.path);
    }
}
