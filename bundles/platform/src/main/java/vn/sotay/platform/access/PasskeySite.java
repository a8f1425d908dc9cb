package vn.sotay.platform.access;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * For which host passkeys are made, and from which pages they are taken.
 *
 * @param id the host's name, or that of a domain above it
 * @param origins scheme, host and port
 */
record PasskeySite(String id, Set<String> origins) {

    /**
     * That of a request.
     *
     * @param host that the request names, perhaps with a port
     * @param configured the domain for which passkeys are to be made; empty for the host itself
     * @return empty where browsers make none: at an address that is a number, and outside the domain
     */
    static Optional<PasskeySite> of(String host, String configured) {
        String asked = host.strip().toLowerCase(Locale.ROOT);
        String name = asked.replaceAll(":[0-9]{1,5}$", "");
        if (name.isEmpty() || name.indexOf(':') >= 0 || Addresses.parse(name).isPresent()) {
            return Optional.empty();
        }
        String id = configured.isEmpty() ? name : configured;
        if (!name.equals(id) && !name.endsWith('.' + id)) {
            return Optional.empty();
        }
        // a page of this very machine needs no HTTPS, browsers say
        boolean local = name.equals("localhost") || name.endsWith(".localhost");
        return Optional.of(new PasskeySite(
                id, Set.copyOf(local ? List.of("https://" + asked, "http://" + asked) : List.of("https://" + asked))));
    }

    /**
     * A setting.
     *
     * @throws IllegalArgumentException if it is no name of a domain; the message is a line for the operator
     */
    static String configured(String domain) {
        String name = domain.strip().toLowerCase(Locale.ROOT);
        if (!name.isEmpty()
                && (!name.matches("[a-z0-9-]+(\\.[a-z0-9-]+)*")
                        || Addresses.parse(name).isPresent())) {
            throw new IllegalArgumentException(
                    "access.passkeyHost is the name of a host such as sotay.example.vn, without"
                            + " https:// and port, not \"" + domain + '"');
        }
        return name;
    }
}
