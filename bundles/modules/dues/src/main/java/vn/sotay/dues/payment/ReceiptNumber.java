package vn.sotay.dues.payment;

import java.time.LocalDate;
import java.util.Locale;

/**
 * The number of a receipt, {@code CP26-A-000123}: the year, the book's series, and which receipt of the book in that year it is, from 1
 * and without a gap.
 *
 * @param series {@code A} for a unit's own book, {@code CK} for what comes by bank, further letters for books of devices
 */
record ReceiptNumber(int year, String series, int number) {

    static ReceiptNumber of(LocalDate day, String series, int number) {
        return new ReceiptNumber(day.getYear(), series, number);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "CP%02d-%s-%06d", year % 100, series, number);
    }
}
