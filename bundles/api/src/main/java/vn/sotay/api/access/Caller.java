package vn.sotay.api.access;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;
import vn.sotay.api.unit.Unit;

/**
 * Who asks: an account, the member behind it, and the mandates it holds today. Immutable; made for one request.
 */
@ProviderType
public interface Caller {

    /** The account that is signed in. */
    UUID account();

    /** The member behind the account; empty for an account of the system, such as the administrator's. */
    Optional<UUID> member();

    /** The member's cell. */
    Optional<Unit> cell();

    /** What the caller is today, {@code MEMBER} of its cell included. */
    List<Mandate> mandates();

    /** Whose payloads of the change feed the caller gets. */
    Set<Audience> audiences();

    /** Where the caller has this permission by scope {@link Scope#UNIT} or {@link Scope#BELOW}. */
    Reach reach(Permission permission);

    /** Whether the caller has this permission at the unit. */
    boolean may(Permission permission, Unit unit);

    /** Whether the caller has this permission for what belongs to that member, itself, by any scope. */
    boolean mayForSelf(Permission permission, UUID member);

    /** Whether the caller may know of this unit: its own cell, the units above it, and what its mandates reach. */
    boolean sees(Unit unit);

    /**
     * Passes if the caller has this permission at the unit.
     *
     * @throws vn.sotay.api.http.ProblemException 404 if the caller may not even know of the unit, else 403
     */
    void require(Permission permission, Unit unit);
}
