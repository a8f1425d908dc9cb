package vn.sotay.platform.roster;

import java.text.Normalizer;
import java.util.Locale;
import vn.sotay.api.text.Folding;

/** Names as they ought to be written. Pure. */
final class Names {

    private Names() {}

    /** Composed to NFC; blanks of any kind squeezed to single ones, invisible characters and blanks at the ends left out. */
    static String clean(String text) {
        String composed = Normalizer.normalize(text, Normalizer.Form.NFC);
        StringBuilder clean = new StringBuilder(composed.length());
        boolean blank = false;
        for (int i = 0; i < composed.length(); i++) {
            char c = composed.charAt(i);
            if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                blank = !clean.isEmpty();
            } else if (Character.getType(c) != Character.FORMAT && !Character.isISOControl(c)) {
                if (blank) {
                    clean.append(' ');
                    blank = false;
                }
                clean.append(c);
            }
        }
        return clean.toString();
    }

    /**
     * A name as it is kept: the eth Ð, which looks the same, mended to Đ; a name typed in capitals (or without any) in proper
     * case; a name that has both is left as its writer wanted it.
     */
    static String proper(String name) {
        String mended = clean(name)
                .replace('\u00d0', '\u0110')
                .replace('\u0189', '\u0110')
                .replace('\u00f0', '\u0111')
                .replace('\u0256', '\u0111');
        boolean upper = mended.chars().anyMatch(Character::isUpperCase);
        boolean lower = mended.chars().anyMatch(Character::isLowerCase);
        return upper && lower ? mended : capitalised(mended);
    }

    private static String capitalised(String name) {
        StringBuilder proper = new StringBuilder(name.toLowerCase(Locale.ROOT));
        boolean begins = true;
        for (int i = 0; i < proper.length(); i++) {
            char c = proper.charAt(i);
            if (begins) {
                proper.setCharAt(i, Character.toUpperCase(c));
            }
            begins = !Character.isLetterOrDigit(c);
        }
        return proper.toString();
    }

    /** Whether two names are one, spelling aside: marks, case and blanks do not count. */
    static boolean alike(String one, String other) {
        return Folding.fold(one).equals(Folding.fold(other));
    }

    /** Whether a name was typed without a single mark, so that another writing of it tells more. */
    static boolean isBare(String name) {
        return name.toLowerCase(Locale.ROOT).equals(Folding.fold(name));
    }
}
