package vn.sotay.platform.audit;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.store.AuditKind;

/**
 * Which rows are asked for; null for all.
 *
 * @param from at or after
 * @param to before
 * @param account who did it
 * @param member whom it concerns
 * @param sessions by one of these; all if null, and none if there is none in it
 */
record AuditFilter(
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable UUID account,
        @Nullable UUID member,
        @Nullable AuditKind action,
        @Nullable String type,
        @Nullable Set<UUID> sessions) {

    AuditFilter {
        sessions = sessions == null ? null : Set.copyOf(sessions);
    }

    /** Adds conditions for all but the sessions, and what is bound in them. */
    void and(StringBuilder sql, Map<String, Object> binds) {
        and(sql, binds, "done_at >= :from", "from", from);
        and(sql, binds, "done_at < :to", "to", to);
        and(sql, binds, "account = :account", "account", account);
        and(sql, binds, "for_member = :member", "member", member);
        and(sql, binds, "kind = :kind", "kind", action);
        and(sql, binds, "type = :type", "type", type);
    }

    private static void and(
            StringBuilder sql, Map<String, Object> binds, String condition, String name, @Nullable Object value) {
        if (value != null) {
            sql.append(" and ").append(condition);
            binds.put(name, value);
        }
    }

    /** What is done on a phone or a computer is done by its sessions. */
    boolean isOnDevice(@Nullable UUID session) {
        return sessions == null || session != null && sessions.contains(session);
    }
}
