package vn.sotay.platform.roster;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.text.Folding;

/**
 * Days as offices write them. The day always stands before the month; nothing is guessed: what cannot be read for certain is
 * refused. Pure.
 */
final class Dates {

    private static final Pattern DAY_FIRST = Pattern.compile("(\\d{1,2}) ?[/.\\- ] ?(\\d{1,2}) ?[/.\\- ] ?(\\d{4})");
    private static final Pattern YEAR_FIRST = Pattern.compile("(\\d{4}) ?[/.\\-] ?(\\d{1,2}) ?[/.\\-] ?(\\d{1,2})");
    private static final Pattern WORDS = Pattern.compile("(?:ngay )?(\\d{1,2}) thang (\\d{1,2}),? nam (\\d{4})");
    private static final Pattern SHORT_YEAR =
            Pattern.compile("\\d{1,2} ?[/.\\- ] ?\\d{1,2} ?[/.\\- ] ?\\d{2}|\\d{2}[/.\\-]\\d{1,2}[/.\\-]\\d{1,2}");
    private static final Pattern MONTH = Pattern.compile("(?:thang )?(\\d{1,2}) ?(?:[/.\\-]|,? nam) ?(\\d{4})");
    private static final Pattern YEAR = Pattern.compile("(?:nam )?(\\d{4})");
    private static final Pattern TIME = Pattern.compile("[ t]\\d{1,2}:\\d{2}(:\\d{2}(\\.\\d+)?)?z?$");
    private static final Pattern SERIAL = Pattern.compile("\\d{5}");

    /** Day 0 of the serial numbers that spreadsheets show when a date lost its format. */
    private static final LocalDate SERIAL_ZERO = LocalDate.of(1899, 12, 30);

    private Dates() {}

    /**
     * What was understood.
     *
     * @param day null if it is not known
     * @param year of the day, or known alone; null if there is none
     * @param refused rule that it breaks, else null
     * @param warning rule of a doubt, else null
     * @param values what the rule's text names
     */
    record Read(
            @Nullable LocalDate day,
            @Nullable Integer year,
            @Nullable String refused,
            @Nullable String warning,
            Map<String, Object> values) {

        static final Read NOTHING = new Read(null, null, null, null, Map.of());

        static Read of(LocalDate day) {
            return new Read(day, day.getYear(), null, null, Map.of());
        }

        static Read year(int year) {
            return new Read(null, year, null, null, Map.of());
        }

        static Read refused(String rule, String text) {
            return new Read(null, null, rule, null, Map.of("text", text));
        }
    }

    static Read read(Value value) {
        if (value.day() != null) {
            return Read.of(value.day());
        }
        String written = value.text();
        String text = TIME.matcher(Folding.fold(written)).replaceFirst("");
        if (text.isEmpty()) {
            return Read.NOTHING;
        }
        Matcher dayFirst = DAY_FIRST.matcher(text);
        if (dayFirst.matches()) {
            return day(written, dayFirst.group(1), dayFirst.group(2), dayFirst.group(3));
        }
        Matcher yearFirst = YEAR_FIRST.matcher(text);
        if (yearFirst.matches()) {
            return day(written, yearFirst.group(3), yearFirst.group(2), yearFirst.group(1));
        }
        Matcher words = WORDS.matcher(text);
        if (words.matches()) {
            return day(written, words.group(1), words.group(2), words.group(3));
        }
        Matcher month = MONTH.matcher(text);
        if (month.matches()) {
            return month(written, Integer.parseInt(month.group(1)), Integer.parseInt(month.group(2)));
        }
        Matcher year = YEAR.matcher(text);
        if (year.matches()) {
            return Read.year(Integer.parseInt(year.group(1)));
        }
        if (SERIAL.matcher(text).matches()) {
            LocalDate day = SERIAL_ZERO.plusDays(Long.parseLong(text));
            return new Read(
                    day,
                    day.getYear(),
                    null,
                    "roster.serial",
                    Map.of("text", written, "day", Value.day(day).text()));
        }
        return Read.refused(
                SHORT_YEAR.matcher(text).matches() ? "roster.short-year" : "roster.unreadable-day", written);
    }

    private static Read day(String written, String day, String month, String year) {
        int inMonth = Integer.parseInt(day);
        if (inMonth == 0) {
            return month(written, Integer.parseInt(month), Integer.parseInt(year));
        }
        try {
            return Read.of(LocalDate.of(Integer.parseInt(year), Integer.parseInt(month), inMonth));
        } catch (DateTimeException e) {
            return Read.refused("roster.no-day", written);
        }
    }

    /** Zeros stand for what is not known. */
    private static Read month(String written, int month, int year) {
        if (month > 12) {
            return Read.refused("roster.no-day", written);
        }
        return month == 0 ? Read.year(year) : new Read(null, year, null, "roster.month-alone", Map.of("text", written));
    }
}
