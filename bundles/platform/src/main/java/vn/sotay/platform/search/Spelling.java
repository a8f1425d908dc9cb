package vn.sotay.platform.search;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The two forms in which a word is compared: as it is written, wherever its tone mark stands, and without any mark. */
final class Spelling {

    /** Latin letters below this, in lower case, are looked up in tables; words with any other are taken apart. */
    private static final int TABLED = 0x1F00;
    /** What is left of a letter without any mark; 0 for what is not one letter. */
    private static final char[] FOLDED = new char[TABLED];
    /** What is left of it without its tone. */
    private static final char[] TONELESS = new char[TABLED];
    /** Its tone; 0 if it has none. */
    private static final char[] TONES = new char[TABLED];

    static {
        for (char c = 1; c < TABLED; c++) {
            if (c >= 0x80 && Character.UnicodeScript.of(c) != Character.UnicodeScript.LATIN) {
                continue;
            }
            String letter = String.valueOf(c);
            String folded = foldedOf(letter);
            String exact = exactOf(letter);
            boolean hasTone = exact.length() == 2 && isTone(exact.charAt(1));
            if (folded.length() == 1 && (exact.length() == 1 || hasTone)) {
                FOLDED[c] = folded.charAt(0);
                TONELESS[c] = exact.charAt(0);
                TONES[c] = hasTone ? exact.charAt(1) : 0;
            }
        }
    }

    private Spelling() {}

    /** Composed, as text is kept and shown. */
    static String composed(String text) {
        return Normalizer.isNormalized(text, Normalizer.Form.NFC)
                ? text
                : Normalizer.normalize(text, Normalizer.Form.NFC);
    }

    /**
     * A word as it is written, in lower case, its tone at the end: {@code hoà} and {@code hòa} are the same. Numbers lose their leading
     * zeros, as in {@link #folded}.
     */
    static String exact(String word) {
        if (isAscii(word)) {
            return withoutZeros(word.toLowerCase(Locale.ROOT));
        }
        String lower = word.toLowerCase(Locale.ROOT);
        if (!isTabled(lower)) {
            return exactOf(lower);
        }
        StringBuilder exact = new StringBuilder(lower.length() + 1);
        for (int i = 0; i < lower.length(); i++) {
            exact.append(TONELESS[lower.charAt(i)]);
        }
        for (int i = 0; i < lower.length(); i++) {
            if (TONES[lower.charAt(i)] != 0) {
                exact.append(TONES[lower.charAt(i)]);
            }
        }
        return exact.toString();
    }

    private static String exactOf(String lower) {
        String apart = Normalizer.normalize(lower, Normalizer.Form.NFD);
        StringBuilder letters = new StringBuilder(apart.length());
        StringBuilder tones = new StringBuilder(1);
        for (int i = 0; i < apart.length(); i++) {
            char c = apart.charAt(i);
            (isTone(c) ? tones : letters).append(c == 'ð' ? 'đ' : c);
        }
        return Normalizer.normalize(letters, Normalizer.Form.NFC) + tones;
    }

    /** A word without any mark, in lower case, đ as d. */
    static String folded(String word) {
        if (isAscii(word)) {
            return withoutZeros(word.toLowerCase(Locale.ROOT));
        }
        String lower = word.toLowerCase(Locale.ROOT);
        if (!isTabled(lower)) {
            return foldedOf(lower);
        }
        StringBuilder folded = new StringBuilder(lower.length());
        for (int i = 0; i < lower.length(); i++) {
            folded.append(FOLDED[lower.charAt(i)]);
        }
        return folded.toString();
    }

    private static String foldedOf(String lower) {
        String apart = Normalizer.normalize(lower, Normalizer.Form.NFD);
        StringBuilder letters = new StringBuilder(apart.length());
        for (int i = 0; i < apart.length(); i++) {
            char c = apart.charAt(i);
            if (Character.getType(c) != Character.NON_SPACING_MARK) {
                letters.append(c == 'đ' || c == 'ð' ? 'd' : c);
            }
        }
        return letters.toString();
    }

    /** Words in the form of {@link #exact} as people write them, tones above their vowels again. */
    static String shown(List<String> words) {
        return words.stream().map(Spelling::shown).collect(Collectors.joining(" "));
    }

    private static String shown(String word) {
        int end = word.length();
        if (end < 2 || !isTone(word.charAt(end - 1))) {
            return word;
        }
        int vowel = toned(word.substring(0, end - 1));
        return Normalizer.normalize(
                word.substring(0, vowel + 1) + word.charAt(end - 1) + word.substring(vowel + 1, end - 1),
                Normalizer.Form.NFC);
    }

    /** Where the tone stands: on the letter that has a mark already, else before the last letter of an open end, else on the last vowel. */
    private static int toned(String word) {
        int last = -1;
        int first = -1;
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if ("âêôăơư".indexOf(c) >= 0 && !(c == 'ư' && i + 1 < word.length() && word.charAt(i + 1) == 'ơ')) {
                return i;
            }
            boolean glides = i > 0
                    && (c == 'u' && word.charAt(i - 1) == 'q'
                            || c == 'i' && word.charAt(i - 1) == 'g' && i + 1 < word.length());
            if ("aeiouyư".indexOf(c) >= 0 && !glides) {
                first = first < 0 ? i : first;
                last = i;
            }
        }
        return last < 0 ? word.length() - 1 : last > first && last == word.length() - 1 ? last - 1 : last;
    }

    /** Grave, acute, tilde, hook above, dot below. The circumflex, the breve and the horn make other letters. */
    private static boolean isTone(char c) {
        return c == '\u0300' || c == '\u0301' || c == '\u0303' || c == '\u0309' || c == '\u0323';
    }

    private static boolean isTabled(String lower) {
        for (int i = 0; i < lower.length(); i++) {
            if (lower.charAt(i) >= TABLED || FOLDED[lower.charAt(i)] == 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAscii(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (word.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private static String withoutZeros(String word) {
        if (word.length() < 2 || word.charAt(0) != '0') {
            return word;
        }
        int from = 0;
        for (int i = 0; i < word.length(); i++) {
            if (!Character.isDigit(word.charAt(i))) {
                return word;
            }
            from += from == i && word.charAt(i) == '0' && i < word.length() - 1 ? 1 : 0;
        }
        return word.substring(from);
    }
}
