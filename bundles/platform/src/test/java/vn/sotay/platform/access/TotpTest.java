package vn.sotay.platform.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {

    /** Of RFC 6238, appendix B, and RFC 4226, appendix D. */
    private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

    @ParameterizedTest
    @CsvSource({
        "59,94287082",
        "1111111109,07081804",
        "1111111111,14050471",
        "1234567890,89005924",
        "2000000000,69279037",
        "20000000000,65353130"
    })
    void isThatOfTheStandard(long seconds, String code) {
        long step = Totp.step(Instant.ofEpochSecond(seconds));
        assertThat(Totp.code(SECRET, step, 8)).isEqualTo(code);
        assertThat(Totp.code(SECRET, step)).isEqualTo(code.substring(2));
    }

    @ParameterizedTest
    @CsvSource({"-2,false", "-1,true", "0,true", "1,true", "2,false"})
    void isTakenNextToItsTime(int off, boolean taken) {
        Instant now = Instant.ofEpochSecond(1_234_567_890);
        String code = Totp.code(SECRET, Totp.step(now) + off);
        assertThat(Totp.match(SECRET, code, now, 0).isPresent()).isEqualTo(taken);
        assertThat(Totp.match(SECRET, code.substring(0, 3) + ' ' + code.substring(3), now, 0)
                        .isPresent())
                .isEqualTo(taken);
    }

    @Test
    void isTakenOnce() {
        Instant now = Instant.ofEpochSecond(1_234_567_890);
        long step = Totp.step(now);
        assertThat(Totp.match(SECRET, Totp.code(SECRET, step), now, step)).isEmpty();
        assertThat(Totp.match(SECRET, Totp.code(SECRET, step - 1), now, step)).isEmpty();
        assertThat(Totp.match(SECRET, Totp.code(SECRET, step + 1), now, step)).hasValue(step + 1);
        assertThat(Totp.match(SECRET, "", now, 0)).isEmpty();
    }

    /** Of RFC 4648, without what fills up. */
    @ParameterizedTest
    @CsvSource({"'',''", "f,MY", "fo,MZXQ", "foo,MZXW6", "foob,MZXW6YQ", "fooba,MZXW6YTB", "foobar,MZXW6YTBOI"})
    void isTypedInBase32(String plain, String text) {
        assertThat(Totp.text(plain.getBytes(StandardCharsets.US_ASCII))).isEqualTo(text);
    }

    @Test
    void isReadByApps() {
        assertThat(Totp.uri("MZXW6", "Đỗ Hoà"))
                .isEqualTo("otpauth://totp/Sotay:%C4%90%E1%BB%97%20Ho%C3%A0?secret=MZXW6&issuer=Sotay");
    }
}
