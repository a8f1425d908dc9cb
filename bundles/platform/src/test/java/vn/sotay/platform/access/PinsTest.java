package vn.sotay.platform.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.sotay.api.http.FieldError;
import vn.sotay.api.member.Member;
import vn.sotay.api.member.MemberStatus;

class PinsTest {

    private static final Member MEMBER = new Member(
            UUID.randomUUID(),
            "Đỗ Văn Biển",
            LocalDate.of(1979, 3, 25),
            1979,
            null,
            "34.871305",
            null,
            null,
            MemberStatus.OFFICIAL,
            UUID.randomUUID(),
            "0905774183");

    private static List<String> rules(String wanted, boolean pinIsEnough) {
        return Pins.check("lan", "mat khau hien tai", wanted, MEMBER, pinIsEnough).stream()
                .map(FieldError::rule)
                .toList();
    }

    private static List<String> expected(String rule) {
        return rule.isEmpty() ? List.of() : List.of(rule);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "con thuyền nhỏ,   ''",
        "ngắn,             password.short",
        "123456789,        password.short",
        "7302915846,       password.digits",
        "mat khau hien tai, password.same",
        "Của LÀN đây nhé,  password.easy",
        "aaaaaaaaaaaa,     password.easy",
        "abcabcabcabc,     password.easy",
        "abcdabcdabcd,     ''",
    })
    void aPasswordOfWhoseAccountReachesBeyondACell(String wanted, String rule) {
        assertThat(rules(wanted, false)).isEqualTo(expected(rule));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "730291,           ''",
        "73029158,         ''",
        "con thuyền nhỏ,   ''",
        "73029,            pin.short",
        "thuyền,           password.short-or-pin",
        "123456,           pin.easy",
        "987654,           pin.easy",
        "890123,           pin.easy",
        "111111,           pin.easy",
        "727272,           pin.easy",
        "738738,           pin.easy",
        "250379,           pin.easy",
        "25031979,         pin.easy",
        "790325,           pin.easy",
        "19790325,         pin.easy",
        "34871305,         pin.easy",
        "871305,           pin.easy",
        "774183,           pin.easy",
        "0905774183,       pin.easy",
    })
    void aPinOfAMember(String wanted, String rule) {
        assertThat(rules(wanted, true)).isEqualTo(expected(rule));
    }

    @ParameterizedTest
    @CsvSource({
        "'Mozilla/5.0 (Linux; Android 10; SM-A105F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Mobile Safari/537.36', Android · Chrome",
        "'Mozilla/5.0 (iPhone; CPU iPhone OS 15_8 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/15.6 Mobile/15E148 Safari/604.1', iPhone · Safari",
        "'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36 Edg/120.0', Windows · Edge",
        "'Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Gecko/20100101 Firefox/120.0', Linux · Firefox",
        "'Mozilla/5.0 (Linux; Android 9; coc_coc_browser) Chrome/100.0 Mobile Safari/537.36', Android · Cốc Cốc",
        "curl/8.5, ''",
    })
    void namesOfDevices(String agent, String name) {
        assertThat(DeviceNames.of(agent)).isEqualTo(name);
    }
}
