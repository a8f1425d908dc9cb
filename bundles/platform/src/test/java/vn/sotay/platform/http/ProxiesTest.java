package vn.sotay.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxiesTest {

    private static final String OURS = "10.0.0.0/24, 192.168.7.1,fd00::/8";

    /** The proxies of {@link #OURS} are believed; the connection itself is plain and for {@code inner:8080}. */
    @ParameterizedTest(name = "{0}: {1} {2} {3}")
    @CsvSource(
            nullValues = "-",
            value = {
                // peer,       for,                           proto,         host,   address,        secure, seen host
                "203.0.113.9,  -,                             -,             -,      203.0.113.9,    false,  inner:8080",
                "203.0.113.9,  8.8.8.8,                       https,         a.vn,   203.0.113.9,    false,  inner:8080",
                "10.0.0.5,     -,                             -,             -,      10.0.0.5,       false,  inner:8080",
                "10.0.0.5,     203.0.113.9,                   https,         a.vn,   203.0.113.9,    true,   a.vn",
                "10.0.0.5,     203.0.113.9,                   http,          a.vn,   203.0.113.9,    false,  a.vn",
                "10.0.0.5,     203.0.113.9,                   -,             -,      203.0.113.9,    false,  inner:8080",
                "10.0.0.5,     -,                             https,         -,      10.0.0.5,       true,   inner:8080",
                "192.168.7.1,  203.0.113.9,                   https,         a.vn,   203.0.113.9,    true,   a.vn",
                "192.168.7.2,  203.0.113.9,                   https,         a.vn,   192.168.7.2,    false,  inner:8080",
                // what the client wrote itself stands before what the proxy saw
                "10.0.0.5,     '1.1.1.1, 203.0.113.9',        https,         a.vn,   203.0.113.9,    true,   a.vn",
                "10.0.0.5,     '10.0.0.9, 203.0.113.9',       https,         a.vn,   203.0.113.9,    true,   a.vn",
                "10.0.0.5,     203.0.113.9,                   'https, http', a.vn,   203.0.113.9,    false,  a.vn",
                // two proxies, one behind the other
                "10.0.0.5,     '1.1.1.1, 203.0.113.9, 10.0.0.6', https,      a.vn,   203.0.113.9,    true,   a.vn",
                "10.0.0.5,     '10.0.0.7, 10.0.0.6',          https,         a.vn,   10.0.0.7,       true,   a.vn",
                // what is no address
                "10.0.0.5,     unknown,                       https,         a.vn,   10.0.0.5,       true,   a.vn",
                "10.0.0.5,     '1.1.1.1, evil.example',       https,         a.vn,   10.0.0.5,       true,   a.vn",
                "10.0.0.5,     999.1.1.1,                     https,         a.vn,   10.0.0.5,       true,   a.vn",
                "10.0.0.5,     '',                            https,         a.vn,   10.0.0.5,       true,   a.vn",
                // version 6, ports
                "[fd12::1],    [2001:db8::9]:4711,            https,         a.vn,   2001:db8:0:0:0:0:0:9, true, a.vn",
                "fd12:0::1,    2001:db8::9,                   https,         a.vn,   2001:db8:0:0:0:0:0:9, true, a.vn",
                "fe12::1,      2001:db8::9,                   https,         a.vn,   fe12:0:0:0:0:0:0:1, false, inner:8080",
                "10.0.0.5,     203.0.113.9:80,                https,         a.vn,   203.0.113.9,    true,   a.vn",
                "10.0.0.5,     ::ffff:203.0.113.9,            https,         a.vn,   203.0.113.9,    true,   a.vn",
            })
    void believesOnlyOurs(
            String peer, String from, String proto, String host, String address, boolean secure, String seen) {
        Proxies proxies = Proxies.of(OURS, "X-Forwarded");
        Map<String, List<String>> headers = Map.of(
                "X-Forwarded-For", list(from),
                "X-Forwarded-Proto", list(proto),
                "X-Forwarded-Host", list(host),
                "Forwarded", List.of("for=6.6.6.6;proto=https;host=evil.example"));

        assertThat(proxies.client(peer, false, "inner:8080", name -> headers.getOrDefault(name, List.of())))
                .isEqualTo(new Proxies.Client(address, secure, seen));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "for=203.0.113.9;proto=https;host=a.vn              | 203.0.113.9          | true  | a.vn",
                "For=\"[2001:db8::9]:4711\" ; Proto=https           | 2001:db8:0:0:0:0:0:9 | true  | inner",
                "for=1.1.1.1;proto=http, for=203.0.113.9;proto=https | 203.0.113.9         | true  | inner",
                "for=203.0.113.9;proto=https, for=10.0.0.6;proto=http | 203.0.113.9        | true  | inner",
                "for=_hidden;proto=https                            | 10.0.0.5             | true  | inner",
                "for=\"203.0.113.9                                  | 10.0.0.5             | false | inner",
                "proto=https                                        | 10.0.0.5             | true  | inner",
                "nonsense                                           | 10.0.0.5             | false | inner",
            })
    void readsTheStandardHeaderIfToldTo(String header, String address, boolean secure, String host) {
        Proxies proxies = Proxies.of(OURS, "forwarded");
        Map<String, List<String>> headers = Map.of("Forwarded", List.of(header), "X-Forwarded-For", List.of("6.6.6.6"));

        assertThat(proxies.client("10.0.0.5", false, "inner", name -> headers.getOrDefault(name, List.of())))
                .isEqualTo(new Proxies.Client(address, secure, host));
    }

    @Test
    void believesNobodyUnlessTold() {
        assertThat(Proxies.of(" ", "X-Forwarded").client("127.0.0.1", true, "a", name -> List.of("6.6.6.6")))
                .isEqualTo(new Proxies.Client("127.0.0.1", true, "a"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10.0.0.5, proxy.local | X-Forwarded | http.proxies: \"proxy.local\" is no address",
                "10.0.0.0/33           | X-Forwarded | http.proxies: \"10.0.0.0/33\" needs a number from 0 to 32",
                "fd00::/x              | X-Forwarded | http.proxies: \"fd00::/x\" needs a number from 0 to 128",
                "10.0.0.5              | X-Real-IP   | http.proxyHeaders must be X-Forwarded or Forwarded",
            })
    void saysWhatIsWrongWithTheSettings(String addresses, String headers, String line) {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> Proxies.of(addresses, headers))
                .withMessageStartingWith(line);
    }

    private static List<String> list(String value) {
        return value == null ? List.of() : List.of(value);
    }
}
