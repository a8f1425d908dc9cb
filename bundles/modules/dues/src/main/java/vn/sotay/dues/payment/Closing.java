package vn.sotay.dues.payment;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.change.ChangeType;
import vn.sotay.api.http.Range;
import vn.sotay.api.http.Text;

/**
 * The close of a day in a cash book: one counts, another confirms, and the day and those before it take no more receipts.
 *
 * @param expected đồng that the book says since the close before; the server's
 * @param counted đồng that are there
 * @param note what explains a difference; needed if there is one
 * @param countedBy the account that counted; the server's
 * @param confirmedBy the account that confirmed; null while nobody did; the server's
 */
public record Closing(
        @Nullable UUID book,
        @Nullable LocalDate day,
        @Nullable Long expected,

        @Range(min = -1_000_000_000_000L, max = 1_000_000_000_000L)
        long counted,

        @Nullable @Text(max = 200) String note,
        @Nullable UUID countedBy,
        @Nullable Instant countedAt,
        @Nullable UUID confirmedBy,
        @Nullable Instant confirmedAt) {

    static final ChangeType<Closing> TYPE = new ChangeType<>("dues-closing", Closing.class);

    boolean isConfirmed() {
        return confirmedBy != null;
    }
}
