package vn.sotay.platform.audit;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.store.AuditKind;

/**
 * Whose data an account, or one of its devices, has reached in a period, by the audit trail: what to go by when a device or a password was in other hands.
 *
 * @param name of the account; null if there is none any more
 * @param from first day, in Viet Nam
 * @param to last day
 * @param count of the people whose data it has reached
 * @param people the first of them by name, 1,000 at most: the file has all
 * @param others what else was read or taken out, and names nobody
 * @param posts what the account was meanwhile, by roles that read members
 * @param couldReach how many members these posts could read, whether they did or not
 * @param devices all on which the account was used in the period, whichever the report is of, the one used last first
 * @param unknown rows of the account in the period of which no device is known: from before sessions were kept
 */
record AccountReach(
        UUID account,
        @Nullable String name,
        LocalDate from,
        LocalDate to,
        int count,
        List<Person> people,
        List<Other> others,
        List<Post> posts,
        long couldReach,
        List<Device> devices,
        int unknown) {

    /**
     * A phone or computer on which the account was signed in.
     *
     * @param device if it stays with its owner: all sessions on it count; null for a single session
     * @param session if it is on no such device; else null
     * @param name of its browser, empty if it is not known
     * @param begun when it was signed in first; null if the trail has forgotten
     * @param used when it was used last, to the hour; null likewise
     * @param times rows of the trail in the period
     */
    record Device(
            @Nullable UUID device,
            @Nullable UUID session,
            String name,
            @Nullable Instant begun,
            @Nullable Instant used,
            int times) {}

    /** How somebody's data were reached. */
    enum How {
        /** The record, or a thing of this member's, was read. */
        READ,
        /** It was changed. */
        CHANGED,
        /** A list of the unit was read. */
        LISTED,
        /** A file with the unit's members was taken out. */
        EXPORTED
    }

    /**
     * Somebody.
     *
     * @param name null if there is no such member any more
     * @param cell name of the cell today
     * @param times rows of the trail
     */
    record Person(
            UUID member,
            @Nullable String name,
            @Nullable String cell,
            Set<How> how,
            int times,
            Instant first,
            Instant last) {}

    /**
     * Rows of the trail that name no member.
     *
     * @param id of the thing; null for a search through all that the account may read
     */
    record Other(AuditKind action, String type, @Nullable String id, int times, Instant last) {}

    /** A role at a unit; the unit's name is null if there is no such unit. */
    record Post(
            String role,
            @Nullable String unit,
            LocalDate from,
            @Nullable LocalDate to) {}
}
