package vn.sotay.platform.access;

import java.net.URI;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A province's identity provider, as it is configured.
 *
 * @param issuer as the provider names itself
 * @param secret empty for a client that has none
 * @param address by which people open Sotay, without a slash at its end; empty for the one that the browser asks for
 * @param title empty for the usual words
 * @param acr values that count as a second factor
 * @param amr values that count as a second factor
 * @param hosts at which the provider may have endpoints, its own among them
 */
record OidcSettings(
        String issuer,
        String clientId,
        String secret,
        String address,
        String title,
        String scopes,
        String claim,
        Holds holds,
        Set<String> acr,
        Set<String> amr,
        Set<String> hosts) {

    /** What the claim holds. */
    enum Holds {
        LOGIN,
        CARD,
        PHONE
    }

    @Override
    public String toString() {
        return "OidcSettings[issuer=" + issuer + ']';
    }

    /**
     * The settings.
     *
     * @throws IllegalArgumentException if something is missing or wrong; the message is a line for the operator
     */
    static OidcSettings of(OidcConfig config, String secret) {
        require(!config.clientId().isBlank(), "oidc.clientId is missing: the provider has given it");
        require(
                !config.claim().isBlank(),
                "oidc.claim is missing: it names the claim that holds login, card number or phone, as oidc.holds says");
        require(
                Arrays.stream(Holds.values()).anyMatch(one -> one.name().equals(config.holds())),
                "oidc.holds must be LOGIN, CARD or PHONE, not \"" + config.holds() + '"');
        Set<String> scopes = Set.of(config.scopes().strip().split("\\s+"));
        require(scopes.contains("openid"), "oidc.scopes must have openid among them");
        URI issuer = URI.create(config.issuer());
        require(
                isSafe(issuer) && issuer.getQuery() == null && issuer.getFragment() == null,
                "oidc.issuer must be an address with https, not \"" + config.issuer() + '"');
        String address = config.address().replaceAll("/+$", "");
        require(
                address.isEmpty() || isSafe(URI.create(address)),
                "oidc.address must be an address with https, not \"" + config.address() + '"');
        Set<String> hosts = new HashSet<>(list(config.hosts().toLowerCase(Locale.ROOT)));
        hosts.add(issuer.getAuthority().toLowerCase(Locale.ROOT));
        return new OidcSettings(
                config.issuer(),
                config.clientId(),
                secret,
                address,
                config.title().strip(),
                config.scopes().strip(),
                config.claim().strip(),
                Holds.valueOf(config.holds()),
                list(config.acr()),
                list(config.amr()),
                Set.copyOf(hosts));
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    private static Set<String> list(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(one -> !one.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether what is said there is secret on its way: by HTTPS, or without leaving the machine. */
    private static boolean isSafe(URI address) {
        String host = address.getHost();
        return host != null
                && address.getUserInfo() == null
                && ("https".equals(address.getScheme())
                        || "http".equals(address.getScheme())
                                && Set.of("localhost", "127.0.0.1", "[::1]").contains(host));
    }

    /**
     * An endpoint that the provider tells.
     *
     * @throws OidcException if it is elsewhere than the provider may be: whoever writes what the provider tells cannot send us anywhere
     */
    URI endpoint(String told) throws OidcException {
        try {
            URI address = URI.create(told);
            if (isSafe(address) && hosts.contains(address.getAuthority().toLowerCase(Locale.ROOT))) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            throw OidcException.refused("an endpoint is no address: " + told, e);
        }
        throw OidcException.refused("an endpoint is at a host that oidc.hosts does not name: " + told, null);
    }
}
