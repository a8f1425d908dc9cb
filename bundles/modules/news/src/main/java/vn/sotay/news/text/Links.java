package vn.sotay.news.text;

import java.util.regex.Pattern;

/** Which addresses a link may have: a list of what is known to do no harm, of everything else there is too much. */
public final class Links {

    private static final int LONGEST = 2_000;

    /** Browsers leave out control characters before they look at an address, so an address with any is none. */
    private static final Pattern PLAIN = Pattern.compile("[^\\u0000-\\u0020\\u007f-\\u00a0\\u2028\\u2029\\\\]+");

    /** A page of Sotay; {@code //host} is one of somebody else's. */
    private static final Pattern PAGE = Pattern.compile("/(?!/).*");

    /** With a host and no name before it: {@code https://bank.vn@evil.example} is read as the bank's. */
    private static final Pattern SITE =
            Pattern.compile("https?://[^/?#@:]+(?::\\d{1,5})?(?:[/?#].*)?", Pattern.CASE_INSENSITIVE);

    private static final Pattern PERSON =
            Pattern.compile("(?:tel:\\+?[0-9().-]{3,30}|mailto:[^?&:/@]+@[^?&:/@]+)", Pattern.CASE_INSENSITIVE);

    private Links() {}

    /** Whether a link may lead there: a site, a page of Sotay, a number to call or an address to write to. */
    public static boolean isSafe(String address) {
        return address.length() <= LONGEST
                && PLAIN.matcher(address).matches()
                && (PAGE.matcher(address).matches()
                        || SITE.matcher(address).matches()
                        || PERSON.matcher(address).matches());
    }
}
