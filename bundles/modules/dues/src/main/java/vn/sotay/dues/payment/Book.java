package vn.sotay.dues.payment;

import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.change.ChangeType;
import vn.sotay.api.http.Text;

/**
 * A cash book (sổ quỹ): its receipts are numbered without a gap in each year.
 *
 * @param unit whose money it is
 * @param kind what it is for; {@code DEVICE} is opened by whoever holds the device, the others are the server's
 * @param series the letters in its receipts' numbers; the server's
 * @param holder the account that numbers receipts in a device's book; null for the others; the server's
 * @param closedTo the last day that takes no more; null before one was closed; the server's
 * @param numberYear the year that {@code last} is of; the server's
 * @param last the last number of this year when the book was read; 0 for none; the server's
 */
public record Book(
        @Nullable UUID id,
        UUID unit,
        @Nullable Kind kind,
        @Nullable @Text(max = 4) String series,
        @Nullable UUID holder,
        @Nullable LocalDate closedTo,
        @Nullable Integer numberYear,
        @Nullable Integer last) {

    static final ChangeType<Book> TYPE = new ChangeType<>("dues-book", Book.class);

    /** What a book is for. */
    public enum Kind {
        /** The unit's own, for money in hand. */
        CASH,
        /** What comes by bank and by the portal. */
        BANK,
        /** What a device takes that has no network. */
        DEVICE
    }

    /** The first day from this one on that takes receipts. */
    LocalDate open(LocalDate day) {
        return closedTo == null || day.isAfter(closedTo) ? day : closedTo.plusDays(1);
    }
}
