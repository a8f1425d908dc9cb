package vn.sotay.platform.audit;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.store.AuditKind;

/**
 * A row of the audit trail as who answers for a unit sees it: who did what with whom, and nothing of what it was, nor by which device.
 *
 * @param seq its number; numbers have gaps
 * @param deed what was done with the thing; null where the action says it all
 * @param by who did it; null for the system
 * @param type of the thing
 * @param concerns whom it concerns; null for nobody, and for all of the unit, as for a list
 * @param unit of which it was when it was done
 * @param mandate the mandate that it is about; null for none, or one that there is no more
 */
record UnitLine(
        long seq,
        Instant at,
        AuditKind action,
        @Nullable Deed deed,
        @Nullable By by,
        String type,
        AuditLine.@Nullable Whom concerns,
        Of unit,
        @Nullable Post mandate) {

    /** What was done with a thing. */
    enum Deed {
        MADE,
        CHANGED,
        REMOVED,
        /** A mandate or an emergency access was given or taken. */
        GIVEN,
        ENDED,
        /** A login card was issued. */
        ISSUED,
        TAKEN_BACK,
        /** A login card was opened by whom it is for. */
        OPENED,
        /** An officer has taken note. */
        SEEN
    }

    /** Who did it; the name is null if there is no such account any more. */
    record By(UUID account, @Nullable String name) {}

    /** A unit; the name is null if there is no such unit any more. */
    record Of(UUID id, @Nullable String name) {}

    /** A role, and who holds it. */
    record Post(String role, @Nullable String holder) {}
}
