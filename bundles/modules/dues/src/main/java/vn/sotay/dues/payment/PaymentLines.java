package vn.sotay.dues.payment;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import vn.sotay.api.store.Transaction;

/** What payments say of months. */
public final class PaymentLines {

    private PaymentLines() {}

    /** What members have paid, by member and month; a month of which everything was taken back is nothing. */
    public static Map<UUID, Map<String, Long>> paid(Transaction tx, Collection<UUID> members) {
        Map<UUID, Map<String, Long>> paid = new HashMap<>();
        Ids.forEach(members, ids -> tx.handle()
                .createQuery("select member, period, sum(amount) as paid from dues_payment_line"
                        + " --DERBY-PROPERTIES index=dues_payment_line_member\n where member in (<ids>)"
                        + " group by member, period")
                .bindList("ids", ids)
                .map((row, context) -> Map.entry(
                        UUID.fromString(row.getString("member")),
                        Map.entry(row.getString("period"), row.getLong("paid"))))
                .forEach(one -> paid.computeIfAbsent(one.getKey(), id -> new HashMap<>())
                        .put(one.getValue().getKey(), one.getValue().getValue())));
        return paid;
    }
}
