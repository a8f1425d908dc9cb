package vn.sotay.api.member;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.osgi.annotation.versioning.ProviderType;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.unit.Unit;

/**
 * Members as they are today, read inside the caller's own transaction. Asks nobody's permission: a module checks its own
 * permission at the cell first.
 *
 * <p>Thread-safe.
 */
@ProviderType
public interface Members {

    /** The member with this id, whatever the status. */
    Optional<Member> find(Transaction tx, UUID id);

    /** The active members of a cell, sorted by given name the Vietnamese way. */
    List<Member> ofCell(Transaction tx, UUID cell);

    /**
     * Goes through the active members of a unit and all below it, in no order: for counts, since a province has many.
     *
     * @param each called with a member's id and the id of its cell
     * @since 1.2
     */
    void forEachBelow(Transaction tx, Unit unit, BiConsumer<UUID, UUID> each);

    /**
     * As {@link #forEachBelow(Transaction, Unit, BiConsumer)}, of those alone who may be born in these days.
     *
     * @since 1.4
     */
    default void forEachBelow(Transaction tx, Unit unit, Born born, BiConsumer<UUID, UUID> each) {
        forEachBelow(tx, unit, (member, cell) -> {
            if (find(tx, member).filter(one -> born.meets(Born.of(one))).isPresent()) {
                each.accept(member, cell);
            }
        });
    }

    /**
     * How many active members each cell has, of a unit and all below it.
     *
     * @return by the cell's id; cells without members are left out
     * @since 1.3
     */
    default Map<UUID, Integer> countBelow(Transaction tx, Unit unit) {
        Map<UUID, Integer> counts = new HashMap<>();
        forEachBelow(tx, unit, (member, cell) -> counts.merge(cell, 1, Integer::sum));
        return counts;
    }
}
