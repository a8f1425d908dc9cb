package vn.sotay.platform.notices;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.change.ChangeType;
import vn.sotay.api.member.Born;
import vn.sotay.api.notice.Urgency;
import vn.sotay.api.store.Sensitive;

/**
 * A notice as its readers' devices get it, and put it into words.
 *
 * @param module whose texts it is made of
 * @param template the texts are {@code notice.<template>.title} and {@code .text}
 * @param data what the texts name in braces
 * @param link the page that tells more
 * @param born when those of the audience are born whom it is for; null for all of them
 */
record Told(
        UUID id,
        String module,
        String template,
        @Sensitive Map<String, String> data,
        String link,
        Urgency urgency,
        Instant sentAt,
        @Nullable Born born) {

    static final ChangeType<Told> TYPE = new ChangeType<>("notice", Told.class);
}
