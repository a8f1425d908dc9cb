package vn.sotay.documents;

import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The numbers of documents that a text names, such as {@code 29/2018/QH14} and {@code 01-QĐ/TW}: what {@code sotay/ui/cites.js} makes links
 * of. A table of spellings, {@code citations.tsv}, holds both together. Pure functions.
 */
final class Citations {

    private static final String WORD = "[A-Za-z\u0110\u0111\u00d0]";
    private static final String DASH = "[-\u2010-\u2013]";
    private static final String CODE =
            WORD + "{1,10}+\\d{0,2}+(?:\\s?" + DASH + "\\s?" + WORD + "{1,10}+\\d{0,3}+){0,6}";
    private static final Pattern NUMBER = Pattern.compile("(?<![0-9\\p{L}\\p{M}/.,-])\\d{1,5}(?:"
            + "\\s?/\\s?(?:19|20)\\d\\d\\s?/\\s?" + CODE
            + "|\\s?" + DASH + "\\s?" + WORD + "{2,6}\\s?/\\s?" + CODE
            + "|/" + WORD + "{2,6}" + DASH + CODE
            + ")(?![0-9\\p{L}\\p{M}/])");

    /** A text that names more is a list of documents; the first are kept. */
    private static final int MOST = 500;

    private static final int LONGEST = 100;

    private Citations() {}

    /** The numbers, as {@link DocumentRules#numberKey} compares them. */
    static Set<String> of(String text) {
        Set<String> keys = new LinkedHashSet<>();
        Matcher number = NUMBER.matcher(Normalizer.normalize(text, Normalizer.Form.NFC));
        while (keys.size() < MOST && number.find()) {
            String key = DocumentRules.numberKey(number.group());
            if (key.length() <= LONGEST) {
                keys.add(key);
            }
        }
        return keys;
    }
}
