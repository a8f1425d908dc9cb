package vn.sotay.dues.transfer;

import java.text.Normalizer;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The memo of a transfer, {@code DP0926 K7M3QX}: no name, and no word that says whose it is. Banks put numbers before and after it,
 * break it, drop its blank or put others in. Pure.
 */
final class Memo {

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern NOISE = Pattern.compile("[^A-Z0-9]+");
    private static final Pattern BEGIN = Pattern.compile("DP[0O1IL][0-9OIL](20)?[0-9OIL]{2}");

    private Memo() {}

    /** The memo of a request that ends with this month. */
    static String of(YearMonth month, String code) {
        return String.format(Locale.ROOT, "DP%02d%02d %s", month.getMonthValue(), month.getYear() % 100, code);
    }

    /**
     * The codes that a bank's memo may bear, as they were given out, in their order and once each. That they are whole is all that is
     * known of them: whether there is such a request is for the caller to look up.
     */
    static List<String> codes(String memo) {
        String folded = fold(memo);
        String joined = NOISE.matcher(folded).replaceAll("");
        Set<String> found = new LinkedHashSet<>();
        Matcher begin = BEGIN.matcher(joined);
        boolean begun = false;
        for (int from = 0; begin.find(from); from = begin.start() + 2) {
            begun = true;
            readFrom(joined, begin.start() + 6, found);
            readFrom(joined, begin.end(), found);
        }
        if (begun) {
            // a bank has put something of its own between the month and the code
            for (String word : NOISE.split(folded)) {
                RequestCode.read(word).ifPresent(found::add);
            }
        }
        return new ArrayList<>(found);
    }

    /** Reads codes as long as one follows the other. */
    private static void readFrom(String joined, int from, Set<String> found) {
        for (int at = from; at + RequestCode.LENGTH <= joined.length(); at += RequestCode.LENGTH) {
            var code = RequestCode.read(joined.substring(at, at + RequestCode.LENGTH));
            if (code.isEmpty()) {
                return;
            }
            found.add(code.get());
        }
    }

    /** Upper case without marks. */
    static String fold(String text) {
        String plain =
                MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFD)).replaceAll("");
        return plain.replace('đ', 'd').replace('Đ', 'D').toUpperCase(Locale.ROOT);
    }
}
