package vn.sotay.platform.access;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/** Internet addresses as numbers; no name is ever looked up. */
public final class Addresses {

    private static final String BYTE = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";
    private static final Pattern V4 = Pattern.compile(BYTE + "(\\." + BYTE + "){3}");
    private static final Pattern V6 = Pattern.compile("(?=.*:)[0-9a-fA-F:][0-9a-fA-F:.]{1,44}");

    private Addresses() {}

    /**
     * Reads an address as people and headers write it.
     *
     * @param text of either version; of version 6 also in brackets
     * @return empty if it is none; one of version 4 that is written as version 6 is one of version 4
     */
    public static Optional<InetAddress> parse(String text) {
        String bare = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        if (!V4.matcher(bare).matches() && !V6.matcher(bare).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(bare));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /**
     * What one household or company has: an address of version 4, or the first 64 bits of one of version 6, within which a phone takes
     * another address each day and a guesser as many as he likes.
     *
     * @return the text itself if it is no address
     */
    static String network(String address) {
        return parse(address)
                .map(found -> found instanceof Inet6Address
                        ? HexFormat.of().formatHex(found.getAddress(), 0, 8) + "::/64"
                        : found.getHostAddress())
                .orElse(address);
    }
}
