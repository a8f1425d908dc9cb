package vn.sotay.api.rule;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A share of a whole that must be reached, kept exact: two thirds is no decimal.
 *
 * @param strict whether the share itself is not enough ({@code > 1/2})
 * @param numerator at least 0
 * @param denominator at least 1
 */
public record Threshold(boolean strict, int numerator, int denominator) {

    private static final Pattern FORM = Pattern.compile("(>=|>)\\s*(\\d{1,9})/([1-9]\\d{0,8})");

    /**
     * Reads {@code > 1/2} or {@code >= 2/3}.
     *
     * @throws IllegalArgumentException if the text has another form
     */
    public static Threshold parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("a threshold looks like '> 1/2' or '>= 2/3', not " + text);
        }
        return new Threshold(
                form.group(1).equals(">"), Integer.parseInt(form.group(2)), Integer.parseInt(form.group(3)));
    }

    /** The smallest number of {@code whole} that passes: 14 of 20 for two thirds. */
    public int needed(int whole) {
        long share = (long) whole * numerator;
        return Math.toIntExact(strict ? share / denominator + 1 : (share + denominator - 1) / denominator);
    }
}
