package vn.sotay.dues.remittance;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.change.ChangeType;
import vn.sotay.api.http.Range;
import vn.sotay.api.http.Text;

/**
 * Money that a unit passes on to the one above it (nộp đảng phí lên cấp trên). Until it is acknowledged there it can be withdrawn; then it
 * stays.
 *
 * @param unit that passes it on
 * @param superior that gets it; null for what goes out of the province; the server's
 * @param amount đồng that are passed on: what {@link Passing} says at that moment
 * @param received đồng that had come in since the time before; the server's
 * @param kept đồng of them that stay with the unit; the server's
 * @param percent of what came in that is kept; the server's
 * @param citation where that stands; the server's
 * @param reference of the bank, or the number of the slip; null for none
 * @param madeBy the member who passed it on; the server's
 * @param acknowledgedBy the member who says that it has come; the server's
 */
public record Remittance(
        @Nullable UUID id,
        UUID unit,
        @Nullable UUID superior,
        LocalDate day,
        @Range(min = 1, max = 1_000_000_000_000L) long amount,
        @Nullable Long received,
        @Nullable Long kept,
        @Nullable @Text(max = 10) String percent,
        @Nullable @Text(max = 500) String citation,
        @Nullable @Text(max = 60) String reference,
        @Nullable State state,
        @Nullable UUID madeBy,
        @Nullable Instant madeAt,
        @Nullable UUID acknowledgedBy,
        @Nullable Instant acknowledgedAt) {

    static final ChangeType<Remittance> TYPE = new ChangeType<>("dues-remittance", Remittance.class);

    /** How far it has come. */
    public enum State {
        SENT,
        ACKNOWLEDGED,
        WITHDRAWN
    }

    /** What somebody asks to be passed on. */
    public static Remittance of(UUID unit, LocalDate day, long amount, @Nullable String reference) {
        return new Remittance(
                null, unit, null, day, amount, null, null, null, null, reference, null, null, null, null, null);
    }

    /** Whether it is what somebody asks for once more. */
    boolean isWhat(Remittance body) {
        return unit.equals(body.unit)
                && day.equals(body.day)
                && amount == body.amount
                && Objects.equals(reference, body.reference);
    }
}
