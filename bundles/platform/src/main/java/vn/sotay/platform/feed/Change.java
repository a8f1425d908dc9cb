package vn.sotay.platform.feed;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A thing as one audience may know it now.
 *
 * @param audience such as {@code everyone} or {@code members:<unit>}; each has its own payload of the thing
 * @param at when it changed
 * @param deleted true when the audience has it no longer; else left out
 * @param data its payload, as JSON; left out when it was deleted
 */
record Change(
        String audience,
        String type,
        UUID id,
        long version,
        Instant at,
        @Nullable Boolean deleted,
        @Nullable Object data) {}
