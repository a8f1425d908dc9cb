package vn.sotay.platform.notices;

import java.util.Locale;
import java.util.UUID;
import vn.sotay.api.notice.Urgency;

/**
 * A message that goes out.
 *
 * @param key the same however often it is tried: by it whoever takes it knows that it has come before
 * @param to the member
 * @param address of the channel: a telephone number, or an address of mail; empty where the channel itself knows it
 * @param title what it is about, in a line
 * @param text the rest, in several lines; never empty
 * @param path of the page that tells more
 * @param topic what it takes the place of, where a message can: the same for all about one thing
 * @param language that it is in
 */
record Outgoing(
        String key,
        UUID to,
        String address,
        String title,
        String text,
        String path,
        UUID topic,
        Urgency urgency,
        Locale language) {

    @Override
    public String toString() {
        return "Outgoing[" + key + ']';
    }
}
