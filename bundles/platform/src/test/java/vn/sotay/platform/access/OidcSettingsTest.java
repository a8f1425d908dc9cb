package vn.sotay.platform.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OidcSettingsTest {

    /** What is configured, over what is right. */
    private static OidcSettings of(Map<String, String> given) {
        Map<String, String> right =
                Map.of("issuer", "https://id.example.vn/tinh", "clientId", "sotay", "claim", "card");
        OidcConfig config = (OidcConfig) Proxy.newProxyInstance(
                OidcConfig.class.getClassLoader(), new Class<?>[] {OidcConfig.class}, (proxy, method, arguments) -> {
                    String usual = right.getOrDefault(method.getName(), (String) method.getDefaultValue());
                    return given.getOrDefault(method.getName(), usual);
                });
        return OidcSettings.of(config, "secret");
    }

    @Test
    void whatIsLeftOutIsTheUsual() {
        OidcSettings settings = of(Map.of());
        assertThat(settings.holds()).isEqualTo(OidcSettings.Holds.LOGIN);
        assertThat(settings.hosts()).containsExactly("id.example.vn");
        assertThat(settings.acr()).isEmpty();
        assertThat(settings.toString()).doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource({
        "clientId, '', oidc.clientId",
        "claim,    '', oidc.claim",
        "holds,    EMAIL, oidc.holds",
        "scopes,   profile, oidc.scopes",
        "issuer,   http://id.example.vn, oidc.issuer",
        "issuer,   https://id.example.vn?a=b, oidc.issuer",
        "issuer,   https://sotay@id.example.vn, oidc.issuer",
        "issuer,   file:///etc/passwd, oidc.issuer",
        "issuer,   id.example.vn, oidc.issuer",
        "address,  http://sotay.example.vn, oidc.address"
    })
    void whatIsWrongIsTold(String setting, String value, String told) {
        assertThatThrownBy(() -> of(Map.of(setting, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(told);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://id.example.vn/token", "https://ID.example.vn/token", "https://keys.example.vn:8443/jwks"
            })
    void isAskedAtItsOwnHosts(String endpoint) throws OidcException {
        assertThat(of(Map.of("hosts", "keys.example.vn:8443, b.example.vn")).endpoint(endpoint))
                .isEqualTo(URI.create(endpoint));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "token",
                "http://id.example.vn/token",
                "https://id.example.vn:8443/token",
                "https://id.example.vn@evil.vn/token",
                "https://id.example.vn.evil.vn/token",
                "https://keys.example.vn/jwks",
                "http://169.254.169.254/latest",
                "http://localhost:8080/api/me",
                "file:///etc/passwd",
                "javascript:alert(1)",
                "https://id.example.vn/ token"
            })
    void isAskedNowhereElse(String endpoint) {
        assertThatThrownBy(() -> of(Map.of("hosts", "keys.example.vn:8443")).endpoint(endpoint))
                .isInstanceOf(OidcException.class);
    }

    @Test
    void hostsOfTheMachineItselfNeedNoHttps() throws OidcException {
        OidcSettings settings = of(Map.of("issuer", "http://localhost:9000"));
        assertThat(settings.endpoint("http://localhost:9000/token")).hasPort(9000);
        assertThatThrownBy(() -> settings.endpoint("http://localhost:9001/token"))
                .isInstanceOf(OidcException.class);
    }
}
