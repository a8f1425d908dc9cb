package vn.sotay.dues.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VietQrTest {

    @Test
    void theGoldenCodeToTheByte() {
        assertThat(VietQr.payload("970418", "9999000000001", 46_800, "DP0926 K7M3QX"))
                .isEqualTo("00020101021238570010A00000072701270006970418011399990000000010208QRIBFTTA5303704"
                        + "5405468005802VN62170813DP0926 K7M3QX6304BB77");
    }

    @Test
    void theChecksumIsThatOfTheStandard() {
        assertThat(VietQr.crc("123456789")).isEqualTo(0x29b1);
    }

    @ParameterizedTest
    @CsvSource({
        "97041, 123, 1, DP0926 K7M3QX",
        "970418, 12345678901234567890, 1, DP0926 K7M3QX",
        "970418, 12-3, 1, DP0926 K7M3QX",
        "970418, 123, 0, DP0926 K7M3QX",
        "970418, 123, 1, dp0926",
        "970418, 123, 1, DP0926 K7M3QX AND SOME MORE",
    })
    void whatABankCannotReadIsNoCode(String bin, String account, long amount, String memo) {
        assertThatIllegalArgumentException().isThrownBy(() -> VietQr.payload(bin, account, amount, memo));
    }
}
