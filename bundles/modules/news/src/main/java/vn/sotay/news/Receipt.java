package vn.sotay.news;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.change.ChangeType;

/**
 * That a member has read a piece of news (đã đọc): said with a touch, or told by the page that it was opened, as the news asks.
 *
 * @param member who has; in a body it may be left out
 * @param edition of the news, as the member read it: a newer one asks anew
 * @param at when it reached the server; in a body it may be left out
 */
public record Receipt(
        @Nullable UUID news,
        @Nullable UUID member,
        int edition,
        @Nullable Instant at) {

    static final ChangeType<Receipt> TYPE = new ChangeType<>("news-receipt", Receipt.class);
}
