package vn.sotay.dues.transfer;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.change.ChangeType;
import vn.sotay.api.http.Range;
import vn.sotay.api.http.Text;

/**
 * A request for a transfer, with all that a banking app needs. Whether it was paid is known from the bank's statement alone.
 *
 * @param periods the months that it is for; null for all that were open
 * @param amount đồng; the server's, as all that follows
 * @param code what tells it from others
 * @param memo what the transfer says: {@code DP0926 K7M3QX}
 * @param account where it goes
 * @param bank what people call the bank
 * @param settled whether a statement has shown the money
 */
public record Ask(
        @Nullable UUID id,
        UUID member,
        @Nullable @Range(max = 60) List<String> periods,
        @Nullable Long amount,
        @Nullable @Text(max = 6) String code,
        @Nullable @Text(max = 25) String memo,
        @Nullable Account account,
        @Nullable String bank,
        @Nullable Instant at,
        @Nullable Boolean settled) {

    static final ChangeType<Ask> TYPE = new ChangeType<>("dues-request", Ask.class);

    public Ask {
        periods = periods == null ? null : List.copyOf(periods);
    }
}
