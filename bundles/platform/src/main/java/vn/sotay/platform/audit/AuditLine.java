package vn.sotay.platform.audit;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.store.AuditKind;

/**
 * A row of the audit trail, as it is shown.
 *
 * @param seq its number; numbers have gaps
 * @param by who did it; null for the system, and for a login that there is not
 * @param on the session by which it was done; null where none did it, and for rows from before sessions were kept
 * @param type of the thing
 * @param id of the thing; null if it has none
 * @param concerns whom it concerns; null for nobody
 * @param before digest of what the thing was; null if it was not there
 * @param after digest of what it has become; null if it is gone
 * @param detail some words; null for none
 */
record AuditLine(
        long seq,
        Instant at,
        AuditKind action,
        @Nullable By by,
        @Nullable On on,
        String type,
        @Nullable String id,
        @Nullable Whom concerns,
        @Nullable String before,
        @Nullable String after,
        @Nullable String detail) {

    /**
     * Who did it.
     *
     * @param member null for an account of the system
     * @param name the member's, or the login of an account of the system; null if there is no such account any more
     */
    record By(UUID account, @Nullable UUID member, @Nullable String name) {}

    /**
     * A session, which may have ended.
     *
     * @param device the phone or computer that stays with its owner, on which it was; null if it was on another
     * @param name of its browser, empty if it is not known
     */
    record On(UUID session, @Nullable UUID device, String name) {}

    /** Whom it concerns; the name is null if there is no such member any more. */
    record Whom(UUID member, @Nullable String name) {}
}
