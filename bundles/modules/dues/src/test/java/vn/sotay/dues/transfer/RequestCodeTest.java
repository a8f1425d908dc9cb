package vn.sotay.dues.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestCodeTest {

    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    @Test
    void aCodeIsReadAsItWasGivenOut() {
        Random random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            String code = RequestCode.next(random::nextInt);
            assertThat(code).matches("[0-9A-HJKMNP-TV-Z]{6}");
            assertThat(RequestCode.read(code)).contains(code);
            assertThat(RequestCode.read(code.toLowerCase())).contains(code);
        }
    }

    @Test
    void oneWrongCharacterOrTwoSwappedAreFound() {
        Random random = new Random(11);
        for (int i = 0; i < 300; i++) {
            String code = RequestCode.next(random::nextInt);
            for (int at = 0; at < code.length(); at++) {
                for (char other : ALPHABET.toCharArray()) {
                    String wrong = code.substring(0, at) + other + code.substring(at + 1);
                    assertThat(RequestCode.read(wrong).isPresent()).isEqualTo(wrong.equals(code));
                }
                for (int to = at + 1; to < code.length(); to++) {
                    StringBuilder swapped = new StringBuilder(code);
                    swapped.setCharAt(at, code.charAt(to));
                    swapped.setCharAt(to, code.charAt(at));
                    if (!swapped.toString().equals(code)) {
                        assertThat(RequestCode.read(swapped)).isEmpty();
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"K7M3QX, K7M3QX", "k7m3qx, K7M3QX", "oaibo5, 0A1B05", "0ALB05, 0A1B05"})
    void lettersThatLookLikeDigitsAreThose(String written, String code) {
        assertThat(RequestCode.read(written)).contains(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "K7M3Q", "K7M3QXX", "K7M3QU", "K7M3Q-", "123454", "970432"})
    void whatIsNoCode(String written) {
        assertThat(RequestCode.read(written)).isEmpty();
    }
}
