package vn.sotay.platform.push;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The push services that may be asked: what a browser names is an address that we send to, and nobody is to point us at the province's own
 * network by it. A host stands for HTTPS at its usual port, one that begins with a dot for all below it, a whole origin for that alone.
 * Immutable.
 */
public final class PushServices {

    /** Those of the browsers that there are: Chrome and those made of it, Firefox, Safari, Edge. */
    public static final String USUAL =
            "fcm.googleapis.com, .push.services.mozilla.com, web.push.apple.com, .notify.windows.com";

    private final List<String> hosts;
    private final List<String> origins;

    /** @param text the names, with commas between them */
    public PushServices(String text) {
        List<String> names = Stream.of(text.split(","))
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .filter(name -> !name.isEmpty())
                .toList();
        this.origins = names.stream().filter(name -> name.contains("://")).toList();
        this.hosts = names.stream().filter(name -> !name.contains("://")).toList();
    }

    /** The address, if it is one of a service that may be asked. */
    public Optional<URI> allowed(String endpoint) {
        try {
            URI address = new URI(endpoint);
            return address.getHost() != null
                            && address.getRawUserInfo() == null
                            && address.getRawFragment() == null
                            && isAllowed(address)
                    ? Optional.of(address)
                    : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private boolean isAllowed(URI address) {
        String host = address.getHost().toLowerCase(Locale.ROOT);
        return origins.contains(Vapid.audience(address).toLowerCase(Locale.ROOT))
                || "https".equalsIgnoreCase(address.getScheme())
                        && (address.getPort() == -1 || address.getPort() == 443)
                        && hosts.stream()
                                .anyMatch(name -> name.startsWith(".") ? host.endsWith(name) : host.equals(name));
    }
}
