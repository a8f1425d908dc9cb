package vn.sotay.platform.audit;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.store.AuditKind;

/**
 * That somebody has read what is kept of a member.
 *
 * @param action read, or taken out as a file
 * @param type what was read, such as {@code member}
 * @param name of the reader; null if there is no such account any more
 * @param posts what the reader was on that day
 */
record RecordRead(
        Instant at, AuditKind action, String type, @Nullable String name, List<Post> posts) {

    /** A role at a unit; the name is null if there is no such unit. */
    record Post(String role, @Nullable String unit) {}
}
