package vn.sotay.api.member;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;
import vn.sotay.api.store.Transaction;

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
}
