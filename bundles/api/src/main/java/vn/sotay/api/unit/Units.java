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
 */
@ProviderType
public interface Units {

    /** The unit with this id, closed ones left out. */
    Optional<Unit> find(UUID id);

    /**
     * The unit with this id.
     *
     * @throws vn.sotay.api.http.ProblemException 404 if there is none
     */
    Unit get(UUID id);

    /** The unit with this organisation code. */
    Optional<Unit> byCode(String code);

    /** The units from the root down to this one, itself included. Empty if there is none. */
    List<Unit> path(UUID id);

    /** The units directly below, by code. */
    List<Unit> below(UUID parent);

    /** Whether members meet in this unit. */
    boolean isCell(Unit unit);

    /** The kinds of units of this province, root first. */
    List<UnitKind> kinds();
}
