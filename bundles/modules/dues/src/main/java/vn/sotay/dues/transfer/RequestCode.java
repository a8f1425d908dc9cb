package vn.sotay.dues.transfer;

import java.util.Locale;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/**
 * The code of a request for a transfer: five letters and digits by chance and one that checks them, of those that nobody mistakes for
 * another (Crockford's base 32). The check is a remainder over GF(32): it finds each wrong character and any two that were swapped. Pure.
 */
final class RequestCode {

    static final int LENGTH = 6;

    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    /** x^5 + x^2 + 1, which is primitive. */
    private static final int POLYNOMIAL = 0x25;
    /** With fewer letters a code is easily found in the numbers that banks put around a memo. */
    private static final int LEAST_LETTERS = 2;

    private RequestCode() {}

    /**
     * A new code.
     *
     * @param random gives a number from 0 to below its argument, which nobody can foresee
     */
    static String next(IntUnaryOperator random) {
        while (true) {
            StringBuilder code = new StringBuilder();
            for (int i = 1; i < LENGTH; i++) {
                code.append(ALPHABET.charAt(random.applyAsInt(ALPHABET.length())));
            }
            if (hasLetters(code)) {
                return code.append(check(code)).toString();
            }
        }
    }

    /** The code as it was given out, where somebody wrote O for 0, I or L for 1, or small letters; empty if it is none. */
    static Optional<String> read(CharSequence written) {
        if (written.length() != LENGTH) {
            return Optional.empty();
        }
        String code = written.toString()
                .toUpperCase(Locale.ROOT)
                .replace('O', '0')
                .replace('I', '1')
                .replace('L', '1');
        boolean known = code.chars().allMatch(one -> ALPHABET.indexOf(one) >= 0);
        return known && hasLetters(code) && check(code.substring(0, LENGTH - 1)) == code.charAt(LENGTH - 1)
                ? Optional.of(code)
                : Optional.empty();
    }

    private static boolean hasLetters(CharSequence code) {
        return code.subSequence(0, LENGTH - 1)
                        .chars()
                        .filter(Character::isLetter)
                        .count()
                >= LEAST_LETTERS;
    }

    private static char check(CharSequence code) {
        int remainder = 0;
        for (int i = 0; i < code.length(); i++) {
            remainder = shifted(remainder) ^ ALPHABET.indexOf(code.charAt(i));
        }
        return ALPHABET.charAt(shifted(shifted(remainder)));
    }

    private static int shifted(int value) {
        int shifted = value << 1;
        return (shifted & 32) == 0 ? shifted : shifted ^ POLYNOMIAL;
    }
}
