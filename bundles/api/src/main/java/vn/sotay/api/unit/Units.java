package vn.sotay.api.unit;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The province's units as they stand now, answered from memory: a call costs no database and may stand in a loop.
 *
 * <p>Thread-safe. A change is seen here as soon as its transaction has committed. Modules may also join the columns
 * {@code id} and {@code path} of the table {@code unit} in their SQL; the rest of that table is the platform's own.
 *
 * <p>Units are merged, split and moved several times a year. A module changes nothing of its own then: it keeps the ids of units as
 * they were when something was written, and asks {@link #current} who may read and do what with it today. The platform addresses what
 * the module has told the feed, and the files it holds, to the successor.
 */
@ProviderType
public interface Units {

    /** The unit with this id, closed ones left out. */
    Optional<Unit> find(UUID id);

    /**
     * The unit with this id.
     *
     * @throws vn.sotay.api.http.ProblemException 404 if there is none, or it is closed
     */
    Unit get(UUID id);

    /**
     * The unit that has today what belongs to this one: itself, or the successor of a closed one. Permissions and audiences of what was
     * written long ago are those of this unit.
     *
     * @throws vn.sotay.api.http.ProblemException 404 if there never was such a unit
     */
    Unit current(UUID id);

    /** The unit with this organisation code, closed ones left out. */
    Optional<Unit> byCode(String code);

    /** The units from the root down to this one, itself included. Empty if there is none. */
    List<Unit> path(UUID id);

    /** The units directly below, by code, closed ones left out. */
    List<Unit> below(UUID parent);

    /** Whether members meet in this unit. */
    boolean isCell(Unit unit);

    /** The kinds of units of this province, root first. */
    List<UnitKind> kinds();
}
