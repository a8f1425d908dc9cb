package vn.sotay.api.rule;

import java.math.BigDecimal;

/**
 * A rule in force on a day, with what an explanation needs.
 *
 * @param key such as {@code meetings.documents.days-before}
 * @param value as the pack writes it: a number ({@code 2}, {@code 0.5}) or a threshold ({@code > 1/2}, {@code >= 2/3})
 * @param pack id of the rule pack
 * @param citation where it stands, such as {@code Hướng dẫn 42-HD/BTCTW, mục 3}
 */
public record Rule(String key, String value, String pack, String citation) {

    /** @throws NumberFormatException if the value is no whole number */
    public int integer() {
        return Integer.parseInt(value);
    }

    /** @throws NumberFormatException if the value is no number */
    public BigDecimal decimal() {
        return new BigDecimal(value);
    }

    /** @throws IllegalArgumentException if the value is no threshold */
    public Threshold threshold() {
        return Threshold.parse(value);
    }
}
