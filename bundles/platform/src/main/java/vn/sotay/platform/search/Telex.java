package vn.sotay.platform.search;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What is left in the text where the keyboard's Vietnamese was switched off: {@code nghij quyeets} for nghị quyết. Only what is no
 * syllable as it stands, and is one when it is read so.
 */
final class Telex {

    /** A syllable without marks. */
    private static final Pattern SYLLABLE =
            Pattern.compile("(b|ch?|d|gh?|gi|h|kh?|l|m|n|ngh?|nh|ph?|qu|r|s|th?|tr|v|x)?"
                    + "(a[iouy]?|e[ou]?|i(a|eu?|u)?|o([ai]|a[ioy]|eo?)?|u([aeiouy]|ay|oi|ou|y[aeu]|ye)?|y(eu?)?)"
                    + "(ch?|m|ng?|nh|p|t)?");

    /** Loan words that are syllables with a double o. */
    private static final Set<String> DOUBLE_O = Set.of("xoong", "boong", "coong", "goong", "mooc", "sooc");

    private static final String TONES = "fsxrj";
    private static final String MARKS = "\u0300\u0301\u0303\u0309\u0323";

    private Telex() {}

    /** Whether this could be a Vietnamese syllable, from which all marks were taken. */
    static boolean isSyllable(String folded) {
        return SYLLABLE.matcher(folded).matches() || DOUBLE_O.contains(folded);
    }

    /** The syllable that these keys would have written, in the form of {@link Spelling#exact}; empty if none, or if it needs no reading. */
    static Optional<String> read(String word) {
        String keys = word.toLowerCase(Locale.ROOT);
        if (keys.length() < 2 || !keys.chars().allMatch(c -> c >= 'a' && c <= 'z') || isSyllable(keys)) {
            return Optional.empty();
        }
        String tone = "";
        int vowel = firstVowel(keys);
        for (int i = keys.length() - 1; i > vowel && vowel >= 0; i--) {
            int which = TONES.indexOf(keys.charAt(i));
            if (which >= 0) {
                tone = MARKS.substring(which, which + 1);
                keys = keys.substring(0, i) + keys.substring(i + 1);
                break;
            }
        }
        String letters = keys.replaceFirst("^dd", "đ")
                .replaceFirst("^d(.+)d$", "đ$1")
                .replace("uow", "ươ")
                .replace("aa", "â")
                .replace("ee", "ê")
                .replace("oo", "ô")
                .replace("aw", "ă")
                .replace("ow", "ơ")
                .replace("uw", "ư");
        String read = letters + tone;
        return !read.equals(word) && isSyllable(Spelling.folded(read)) ? Optional.of(read) : Optional.empty();
    }

    private static int firstVowel(String keys) {
        for (int i = 0; i < keys.length(); i++) {
            if ("aeiouy".indexOf(keys.charAt(i)) >= 0) {
                return i;
            }
        }
        return -1;
    }
}
