package vn.sotay.dues.payment;

import java.util.List;
import java.util.UUID;
import vn.sotay.api.change.ChangeType;

/**
 * What a member still owes today.
 *
 * @param cell the member's cell today
 * @param open đồng of all months together
 * @param ahead đồng paid for months to come
 * @param months the months that are not paid in full, the oldest first
 */
public record MemberBalance(UUID member, String name, UUID cell, long open, long ahead, List<Month> months) {

    static final ChangeType<MemberBalance> TYPE = new ChangeType<>("dues-balance", MemberBalance.class);

    /** A month: what is due and what of it is paid, in đồng. */
    public record Month(String period, long due, long paid) {}

    public MemberBalance {
        months = List.copyOf(months);
    }
}
