package vn.sotay.api.store;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;
import vn.sotay.api.access.Audience;
import vn.sotay.api.change.ChangeType;

/**
 * One transaction. Belongs to the thread that runs the work, and ends with it.
 *
 * <p>The handle binds and reads {@code UUID} (as 36 characters), {@code Instant} (as epoch milliseconds), {@code LocalDate} (as ISO
 * text) and enums (by name). Write the small SQL that both databases know: {@code docs/sql.md}.
 */
@ProviderType
public interface Transaction {

    /** Runs SQL in this transaction. Do not begin, commit or close anything on it. */
    Handle handle();

    /** The time of this transaction, UTC, in milliseconds; equal at each call. */
    Instant now();

    /**
     * Tells the change feed the newest state of a thing: one payload for each audience. An audience that had one before and is not
     * addressed any more gets a tombstone; an unchanged payload stays as it was.
     *
     * @param id of the thing, unique within its type
     * @param version of the thing, growing with each change; the number that {@code If-Match} compares
     * @param payloads by audience, each a record that becomes JSON of at most 1 MB
     */
    <T> void changed(ChangeType<T> type, UUID id, long version, Map<Audience, ? extends T> payloads);

    /** As {@link #changed(ChangeType, UUID, long, Map)} for one audience. */
    default <T> void changed(ChangeType<T> type, UUID id, long version, Audience audience, T payload) {
        changed(type, id, version, Map.of(audience, payload));
    }

    /** Leaves a tombstone for every audience that had a payload of this thing. */
    default <T> void removed(ChangeType<T> type, UUID id, long version) {
        changed(type, id, version, Map.of());
    }

    /**
     * Keeps on the audit trail what the change feed does not tell of: who did what, and to whom. What is told to the feed is on the
     * trail by itself. Who does it is who is signed in, or started the job; nobody for the system.
     *
     * @param type of the thing, named as a change type: {@code mandate}
     * @param id of the thing; null if it has none
     * @param member whom it concerns; null for nobody
     * @param detail some words for who looks into it later, at most 200 characters; never content; null for none
     */
    void audited(AuditKind kind, String type, @Nullable UUID id, @Nullable UUID member, @Nullable String detail);
}
