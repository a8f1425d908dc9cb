package vn.sotay.documents.text;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Stamps of state secrets as they stand on paper: a line of their own. A law that speaks of them has them within its sentences, and is
 * no secret.
 */
final class Stamps {

    /** A stamp stands on the first page, and this many lines are about as much. */
    private static final int LINES = 60;

    private static final Pattern ALONE = Pattern.compile(
            "[^\\p{L}\\p{N}]*(?:ĐỘ MẬT\\s*:?\\s*)?(?:MẬT|TỐI\\s+MẬT|TUYỆT\\s+MẬT)[^\\p{L}\\p{N}]*(?:(?i:Bản số)\\b.{0,20})?");

    private Stamps() {}

    /** @param lines as they are printed, composed (NFC), from the beginning of the document on */
    static boolean isStamped(List<String> lines) {
        return lines.stream()
                .limit(LINES)
                .map(String::strip)
                // a stamp may be red letters with room between them
                .map(line -> line.length() < 40 ? line.replaceAll("(?<=\\b\\p{Lu}) (?=\\p{Lu}\\b)", "") : line)
                .anyMatch(line -> ALONE.matcher(line).matches() && line.equals(line.toUpperCase(Locale.ROOT)));
    }
}
