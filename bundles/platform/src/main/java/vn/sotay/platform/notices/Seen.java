package vn.sotay.platform.notices;

import java.time.Instant;
import vn.sotay.api.change.ChangeType;

/**
 * How far somebody has looked at the notices; it never goes back.
 *
 * @param until those that were sent until then were on the screen
 */
record Seen(Instant until) {

    static final ChangeType<Seen> TYPE = new ChangeType<>("notice-seen", Seen.class);
}
