package vn.sotay.api.text;

import java.text.Normalizer;
import java.util.Locale;

/**
 * Folds Vietnamese text to what people type without diacritics, for search and comparison: {@code Đỗ Văn Hoà} becomes
 * {@code do van hoa}. Names of documents and people are stored as written and searched by their fold.
 */
public final class Folding {

    private Folding() {}

    /** Lower case, without marks, đ as d (also where the eth Ð was typed for it), white space squeezed to single blanks. */
    public static String fold(String text) {
        String decomposed = Normalizer.normalize(text, Normalizer.Form.NFD);
        StringBuilder folded = new StringBuilder(decomposed.length());
        boolean blank = false;
        for (int i = 0; i < decomposed.length(); i++) {
            char c = decomposed.charAt(i);
            if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                blank = !folded.isEmpty();
            } else if (Character.getType(c) != Character.NON_SPACING_MARK) {
                if (blank) {
                    folded.append(' ');
                    blank = false;
                }
                folded.append(
                        switch (c) {
                            case 'đ', 'Đ', 'Ð', 'ð' -> 'd';
                            default -> c;
                        });
            }
        }
        return folded.toString().toLowerCase(Locale.ROOT);
    }

    /** The words of a name with the given name first, as Vietnamese lists are sorted: {@code an nguyen van}. */
    public static String byGivenName(String name) {
        String folded = fold(name);
        int last = folded.lastIndexOf(' ');
        return last < 0 ? folded : folded.substring(last + 1) + ' ' + folded.substring(0, last);
    }
}
