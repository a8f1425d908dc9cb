package vn.sotay.dues.transfer;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import vn.sotay.api.table.Tables.Row;
import vn.sotay.dues.transfer.StatementLayout.Field;
import vn.sotay.dues.transfer.StatementLayout.Found;

/** What a bank's statement says has come. Pure. */
final class StatementFile {

    /**
     * Money that came.
     *
     * @param line in the file
     * @param amount đồng, more than nothing
     */
    record Line(int line, LocalDate day, String reference, long amount, String memo) {}

    private static final int SEARCHED = 40;
    private static final Pattern DAY =
            Pattern.compile("(\\d{1,2})[/.-](\\d{1,2})[/.-](\\d{4}|\\d{2})(\\D.*)?", Pattern.DOTALL);
    private static final Pattern ISO_DAY = Pattern.compile("(\\d{4})-(\\d{2})-(\\d{2})(\\D.*)?", Pattern.DOTALL);
    private static final Pattern BEFORE_DIGITS = Pattern.compile("[^0-9.,+-]");
    private static final Pattern THOUSANDS = Pattern.compile("[+-]?\\d{1,3}([.,])\\d{3}(\\1\\d{3})*");

    private StatementFile() {}

    /** The money that came, in the order of the file; empty where no layout has its heads there. */
    static Optional<List<Line>> read(List<List<Row>> sheets, List<StatementLayout> layouts) {
        List<Row> best = List.of();
        Found found = null;
        for (List<Row> rows : sheets) {
            for (StatementLayout layout : layouts) {
                Optional<Found> one = layout.find(rows, SEARCHED);
                if (one.isPresent() && (found == null || one.get().fields() > found.fields())) {
                    found = one.get();
                    best = rows;
                }
            }
        }
        return found == null ? Optional.empty() : Optional.of(lines(best, found));
    }

    /** Totals, repeated heads and money that went have no day, or no credit: they are left out. */
    private static List<Line> lines(List<Row> rows, Found found) {
        List<Line> lines = new ArrayList<>();
        for (Row row : rows.subList(found.heads() + 1, rows.size())) {
            Optional<LocalDate> day = day(cell(row, found.columns(), Field.DAY));
            Field money = found.columns().containsKey(Field.CREDIT) ? Field.CREDIT : Field.AMOUNT;
            Optional<Long> amount = amount(cell(row, found.columns(), money));
            if (day.isPresent() && amount.isPresent() && amount.get() > 0) {
                lines.add(new Line(
                        row.line(),
                        day.get(),
                        cell(row, found.columns(), Field.REFERENCE),
                        amount.get(),
                        cell(row, found.columns(), Field.MEMO)));
            }
        }
        return lines;
    }

    private static String cell(Row row, Map<Field, Integer> columns, Field field) {
        Integer column = columns.get(field);
        return column == null ? "" : row.at(column).strip();
    }

    /** Day, month and year, or as ISO has it; a time of day may follow. */
    static Optional<LocalDate> day(String text) {
        try {
            Matcher iso = ISO_DAY.matcher(text);
            if (iso.matches()) {
                return Optional.of(LocalDate.of(number(iso, 1), number(iso, 2), number(iso, 3)));
            }
            Matcher day = DAY.matcher(text);
            if (!day.matches()) {
                return Optional.empty();
            }
            int year = number(day, 3);
            return Optional.of(LocalDate.of(year < 100 ? 2000 + year : year, number(day, 2), number(day, 1)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static int number(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }

    /** Đồng, with points or commas between thousands, a currency beside it, or two digits that are always zero behind it. */
    static Optional<Long> amount(String text) {
        String bare = BEFORE_DIGITS.matcher(text).replaceAll("");
        if (!bare.matches(".*\\d.*")) {
            return Optional.empty();
        }
        int point = Math.max(bare.lastIndexOf('.'), bare.lastIndexOf(','));
        boolean whole = point < 0 || THOUSANDS.matcher(bare).matches();
        String digits = whole
                ? bare.replaceAll("[.,]", "")
                : bare.substring(0, point).replaceAll("[.,]", "") + '.' + bare.substring(point + 1);
        try {
            return Optional.of(new BigDecimal(digits).longValueExact());
        } catch (ArithmeticException | NumberFormatException e) {
            return Optional.empty();
        }
    }
}
