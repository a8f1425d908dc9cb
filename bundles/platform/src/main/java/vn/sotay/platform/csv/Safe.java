package vn.sotay.platform.csv;

/**
 * Keeps a spreadsheet from running what somebody typed as a name: a text that it would take for a formula is written with an
 * apostrophe before it, which is taken away when the file comes back. Pure.
 */
public final class Safe {

    private static final String FORMULA = "=+-@\t\r\n";

    private Safe() {}

    /** The text as it is written. */
    public static String guarded(String text) {
        return !text.isEmpty() && (FORMULA.indexOf(text.charAt(0)) >= 0 || isGuarded(text)) ? "'" + text : text;
    }

    /** What was written guarded. */
    public static String unguarded(String text) {
        return isGuarded(text) ? text.substring(1) : text;
    }

    private static boolean isGuarded(String text) {
        return text.length() > 1 && text.charAt(0) == '\'' && (FORMULA + '\'').indexOf(text.charAt(1)) >= 0;
    }
}
