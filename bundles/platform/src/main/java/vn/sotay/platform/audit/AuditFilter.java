package vn.sotay.platform.audit;

import java.time.Instant;
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
 */
record AuditFilter(
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable UUID account,
        @Nullable UUID member,
        @Nullable AuditKind action,
        @Nullable String type) {}
