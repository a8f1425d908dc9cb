package vn.sotay.platform.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasskeySiteTest {

    @ParameterizedTest
    @CsvSource({
        "sotay.example.vn,      '',              sotay.example.vn, https://sotay.example.vn",
        "SoTay.Example.vn:8443, '',              sotay.example.vn, https://sotay.example.vn:8443",
        "localhost:8080,        '',              localhost,        https://localhost:8080 http://localhost:8080",
        "a.localhost,           '',              a.localhost,      https://a.localhost http://a.localhost",
        "dang.example.vn,       example.vn,      example.vn,       https://dang.example.vn",
        "example.vn,            example.vn,      example.vn,       https://example.vn"
    })
    void isMadeForTheHostOrTheDomainThatIsConfigured(String host, String configured, String id, String origins) {
        assertThat(PasskeySite.of(host, configured)).contains(new PasskeySite(id, Set.of(origins.split(" "))));
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7,          ''",
        "192.0.2.7:8443,     ''",
        "[2001:db8::1]:8443, ''",
        "2001:db8::1,        ''",
        "'',                 ''",
        ":8443,              ''",
        "localhost:8080,     example.vn",
        "badexample.vn,      example.vn",
        "example.vn.evil.vn, example.vn",
        "example.vn,         dang.example.vn"
    })
    void isMadeNowhereElse(String host, String configured) {
        assertThat(PasskeySite.of(host, configured)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://sotay.example.vn",
                "sotay.example.vn:8443",
                "sotay.example.vn/",
                "192.0.2.7",
                "sổ.vn",
                "a..b"
            })
    void aSettingThatIsNoNameIsTold(String domain) {
        assertThatThrownBy(() -> PasskeySite.configured(domain))
                .hasMessageContaining("access.passkeyHost")
                .hasMessageContaining(domain);
    }

    @ParameterizedTest
    @CsvSource({"'', ''", "' Sotay.Example.VN ', sotay.example.vn", "localhost, localhost"})
    void aSettingIsReadAsPeopleWriteIt(String domain, String read) {
        assertThat(PasskeySite.configured(domain)).isEqualTo(read);
    }
}
