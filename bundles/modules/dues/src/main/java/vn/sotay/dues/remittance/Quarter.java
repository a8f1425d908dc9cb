package vn.sotay.dues.remittance;

import java.time.LocalDate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import vn.sotay.api.http.Problem;

/** A quarter of a year, {@code 2026-Q4}. */
record Quarter(int year, int number) {

    private static final Pattern TEXT = Pattern.compile("(20\\d{2})-Q([1-4])");
    private static final int MONTHS = 3;

    /** @throws vn.sotay.api.http.ProblemException 422 if it is none */
    static Quarter of(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw Problem.invalid("quarter", "quarter");
        }
        return new Quarter(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    /** Its first day. */
    LocalDate from() {
        return LocalDate.of(year, number * MONTHS - 2, 1);
    }

    /** Its last day. */
    LocalDate to() {
        return from().plusMonths(MONTHS).minusDays(1);
    }

    /** The first day of its year. */
    LocalDate january() {
        return LocalDate.of(year, 1, 1);
    }

    @Override
    public String toString() {
        return year + "-Q" + number;
    }
}
