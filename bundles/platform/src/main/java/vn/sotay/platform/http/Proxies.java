package vn.sotay.platform.http;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vn.sotay.platform.access.Addresses;

/**
 * The proxies that are believed when they say who called. A client may write such headers as well, so they are read from the end: each
 * proxy adds what it saw itself, and the first that is none of ours is the client, whatever stands before it. Immutable.
 */
final class Proxies {

    /**
     * Who called.
     *
     * @param address as a number where it is known
     * @param secure whether by HTTPS
     * @param host name and port, as the client wrote them
     */
    record Client(String address, boolean secure, String host) {}

    /** Which headers the proxies write; the others are the client's own words. */
    enum Headers {
        X_FORWARDED,
        FORWARDED
    }

    /** What one proxy says that it saw; null what it does not say. */
    private record Hop(
            @Nullable String address,
            @Nullable String scheme,
            @Nullable String host) {}

    /** Addresses that begin with the same bits. */
    private record Network(byte[] first, int bits) {

        static Network of(String text) {
            int slash = text.indexOf('/');
            String address = slash < 0 ? text : text.substring(0, slash);
            byte[] bytes = Addresses.parse(address)
                    .map(InetAddress::getAddress)
                    .orElseThrow(() -> new IllegalArgumentException("\"" + text + "\" is no address"));
            int most = bytes.length * 8;
            try {
                int bits = slash < 0 ? most : Integer.parseInt(text.substring(slash + 1));
                if (bits >= 0 && bits <= most) {
                    return new Network(bytes, bits);
                }
            } catch (NumberFormatException e) {
                // told below, as for a number out of range
            }
            throw new IllegalArgumentException(
                    "\"" + text + "\" needs a number from 0 to " + most + " after the slash");
        }

        boolean holds(byte[] address) {
            if (address.length != first.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                if (((address[bit / 8] ^ first[bit / 8]) >> (7 - bit % 8) & 1) != 0) {
                    return false;
                }
            }
            return true;
        }
    }

    private static final Pattern PAIR =
            Pattern.compile("\\s*([a-zA-Z]+)\\s*=\\s*(?:\"([^\"]*)\"|([^;,\"\\s]*))\\s*(?:;|$)");
    private static final Pattern WITH_PORT = Pattern.compile("(\\[[^]]*]|[^:]*)(?::[0-9]{1,5})?");

    private final List<Network> believed;
    private final Headers headers;

    private Proxies(List<Network> believed, Headers headers) {
        this.believed = believed;
        this.headers = headers;
    }

    /**
     * Reads the settings.
     *
     * @param addresses of the proxies, each perhaps with the bits that count, between commas
     * @param headers {@code X-Forwarded} or {@code Forwarded}
     * @throws IllegalArgumentException with a line for the operator
     */
    static Proxies of(String addresses, String headers) {
        List<Network> networks = new ArrayList<>();
        for (String text : addresses.split(",", -1)) {
            if (!text.isBlank()) {
                try {
                    networks.add(Network.of(text.strip()));
                } catch (IllegalArgumentException e) {
                    throw new IllegalArgumentException(
                            "http.proxies: " + e.getMessage() + "; it is a list such as \"10.0.0.5, 2001:db8::/32\"",
                            e);
                }
            }
        }
        return new Proxies(
                networks,
                switch (headers.toLowerCase(Locale.ROOT)) {
                    case "x-forwarded" -> Headers.X_FORWARDED;
                    case "forwarded" -> Headers.FORWARDED;
                    default ->
                        throw new IllegalArgumentException(
                                "http.proxyHeaders must be X-Forwarded or Forwarded, not \"" + headers + '"');
                });
    }

    /** Whether none is believed: then the connection alone tells who called. */
    boolean isEmpty() {
        return believed.isEmpty();
    }

    private boolean believes(String address) {
        return !believed.isEmpty()
                && Addresses.parse(address)
                        .map(InetAddress::getAddress)
                        .filter(bytes -> believed.stream().anyMatch(network -> network.holds(bytes)))
                        .isPresent();
    }

    /**
     * Who called.
     *
     * @param peer the address that the connection comes from
     * @param secure whether the connection itself is HTTPS
     * @param host as the request says it
     * @param values those of a header, in their order
     */
    Client client(String peer, boolean secure, String host, Function<String, List<String>> values) {
        Client client = new Client(plain(peer), secure, host);
        if (!believes(peer)) {
            return client;
        }
        for (Hop hop : headers == Headers.FORWARDED ? forwarded(values) : xForwarded(values)) {
            String scheme = hop.scheme();
            client = new Client(
                    hop.address() == null ? client.address() : hop.address(),
                    scheme == null ? client.secure() : scheme.equalsIgnoreCase("https"),
                    hop.host() == null ? client.host() : hop.host());
            if (hop.address() == null || !believes(hop.address())) {
                break;
            }
        }
        return client;
    }

    /** The nearest first. Scheme and host are written anew by the nearest, as is the custom. */
    private static List<Hop> xForwarded(Function<String, List<String>> values) {
        String scheme = last(values.apply("X-Forwarded-Proto"));
        String host = last(values.apply("X-Forwarded-Host"));
        List<Hop> hops = new ArrayList<>();
        for (String value : values.apply("X-Forwarded-For")) {
            for (String address : value.split(",")) {
                hops.add(new Hop(address(address.strip()), scheme, host));
            }
        }
        if (hops.isEmpty()) {
            hops.add(new Hop(null, scheme, host));
        }
        Collections.reverse(hops);
        return hops;
    }

    private static @Nullable String last(List<String> values) {
        if (values.isEmpty()) {
            return null;
        }
        String list = values.get(values.size() - 1);
        return list.substring(list.lastIndexOf(',') + 1).strip();
    }

    /** RFC 7239, the nearest first. */
    private static List<Hop> forwarded(Function<String, List<String>> values) {
        List<Hop> hops = new ArrayList<>();
        for (String value : values.apply("Forwarded")) {
            // a comma within quotation marks is in no address, scheme or host
            for (String element : value.split(",")) {
                hops.add(hop(element));
            }
        }
        Collections.reverse(hops);
        return hops;
    }

    private static Hop hop(String element) {
        String address = null;
        String scheme = null;
        String host = null;
        Matcher pairs = PAIR.matcher(element);
        while (pairs.find()) {
            String value = pairs.group(2) == null ? pairs.group(3) : pairs.group(2);
            switch (pairs.group(1).toLowerCase(Locale.ROOT)) {
                case "for" -> address = address(value);
                case "proto" -> scheme = value;
                case "host" -> host = value;
                default -> {}
            }
        }
        return new Hop(address, scheme, host);
    }

    /** Without a port; null if it is no address, such as {@code unknown}. */
    private static @Nullable String address(String text) {
        if (Addresses.parse(text).isPresent()) {
            return plain(text);
        }
        Matcher parts = WITH_PORT.matcher(text);
        return parts.matches() && Addresses.parse(parts.group(1)).isPresent() ? plain(parts.group(1)) : null;
    }

    private static String plain(String address) {
        return Addresses.parse(address).map(InetAddress::getHostAddress).orElse(address);
    }
}
