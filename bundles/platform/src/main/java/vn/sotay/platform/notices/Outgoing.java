package vn.sotay.platform.notices;

/**
 * A message that goes out.
 *
 * @param key the same however often it is tried: by it whoever takes it knows that it has come before
 * @param address of the channel: a telephone number, or an address of mail
 * @param title what it is about, in a line
 * @param text the rest, in several lines; never empty
 */
record Outgoing(String key, String address, String title, String text) {

    @Override
    public String toString() {
        return "Outgoing[" + key + ']';
    }
}
