package vn.sotay.bench;

import java.util.Locale;

/** What a figure has to be. */
record Goal(boolean atMost, double bound) {

    static Goal atMost(double bound) {
        return new Goal(true, bound);
    }

    static Goal atLeast(double bound) {
        return new Goal(false, bound);
    }

    boolean isMet(double value) {
        return atMost ? value <= bound : value >= bound;
    }

    @Override
    public String toString() {
        return (atMost ? "≤ " : "≥ ")
                + String.format(Locale.ROOT, isWhole(bound) ? "%.0f" : isWhole(bound * 100) ? "%.2f" : "%.3f", bound);
    }

    private static boolean isWhole(double value) {
        return Math.abs(value - Math.rint(value)) < 1e-9;
    }
}
