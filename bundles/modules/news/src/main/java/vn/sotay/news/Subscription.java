package vn.sotay.news;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The address by which a member's programme for feeds reads news.
 *
 * @param since when it was made; null if there is none
 * @param address told once, when it is made: what is kept of it does not give it back; null later
 */
public record Subscription(
        @Nullable Instant since, @Nullable String address) {}
