package vn.sotay.platform.store;

import java.util.concurrent.CompletionStage;

/** Takes what was read onto the audit trail. Thread-safe. */
@FunctionalInterface
public interface AuditReads {

    /**
     * Keeps a read, together with those of others who read now.
     *
     * @return done when it is on the disk, or is sure not to be now, since the database cannot be written to: then it is kept in memory
     *     and written later. Never fails
     */
    CompletionStage<Void> keep(AuditEntry entry);
}
