package vn.sotay.platform.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1,                10.0.0.1",
        "2001:db8:1:2:3:4:5:6,    20010db800010002::/64",
        "[2001:db8:1:2::9],       20010db800010002::/64",
        "2001:db8:1:3::9,         20010db800010003::/64",
        "::1,                     0000000000000000::/64",
        "::ffff:10.0.0.1,         10.0.0.1",
        "unknown,                 unknown",
    })
    void aNetworkIsWhatOneHouseholdHas(String address, String network) {
        assertThat(Addresses.network(address)).isEqualTo(network);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a.vn",
                "256.1.1.1",
                "1.2.3",
                "1.2.3.4.5",
                "10.0.0.1:80",
                ":",
                "::g",
                ".:",
                "abcd",
                "fe80::1%0"
            })
    void whatIsNoAddressIsNotLookedUp(String text) {
        assertThat(Addresses.parse(text)).isEmpty();
    }
}
