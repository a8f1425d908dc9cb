package vn.sotay.dues.payment;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Explained;
import vn.sotay.api.member.Member;
import vn.sotay.api.member.Members;
import vn.sotay.api.member.PersonalData;
import vn.sotay.api.store.Transaction;

/** What is kept of a member about what it has paid, and who may read a payment. Thread-safe. */
@Component(service = {PersonalData.class, Explained.class})
public final class PaymentData implements PersonalData, Explained {

    private final Members members;

    @Activate
    public PaymentData(@Reference Members members) {
        this.members = members;
    }

    @Override
    public String resource() {
        return "dues-payment";
    }

    @Override
    public Optional<Subject> find(Transaction tx, UUID id) {
        return PaymentRows.find(tx, id)
                .map(PaymentRows.Row::payment)
                .map(one -> new Subject(Rights.COLLECT, Objects.requireNonNull(one.unit()), one.member()));
    }

    @Override
    public List<Part> of(Transaction tx, UUID member) {
        List<Map<String, Object>> records = tx
                .handle()
                .createQuery(PaymentRows.SELECT + " where p.member = :member order by p.day desc, p.id")
                .bind("member", member)
                .map(PaymentRows::row)
                .list()
                .stream()
                .map(row -> record(tx, row.payment()))
                .toList();
        return List.of(new Part("dues.payments", records), new Part("dues.requests", requests(tx, member)));
    }

    private static List<Map<String, Object>> requests(Transaction tx, UUID member) {
        return tx.handle()
                .createQuery("select memo, amount, periods, made_at, settled_by from dues_request"
                        + " where member = :member order by made_at desc, id")
                .bind("member", member)
                .map(row -> {
                    Map<String, Object> record = new LinkedHashMap<>();
                    record.put("memo", row.getColumn("memo", String.class));
                    record.put("amount", row.getColumn("amount", Long.class));
                    put(record, "periods", row.getColumn("periods", String.class));
                    record.put("at", row.getColumn("made_at", Instant.class));
                    record.put("settled", row.getColumn("settled_by", String.class) != null);
                    return record;
                })
                .list();
    }

    private Map<String, Object> record(Transaction tx, Payment payment) {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("receipt", String.valueOf(payment.receipt()));
        record.put("day", payment.day());
        record.put("amount", payment.amount());
        record.put("channel", payment.channel().name());
        put(record, "reference", payment.reference());
        put(record, "periods", payment.periods() == null ? null : String.join(", ", payment.periods()));
        record.put("rest", payment.restOrAhead().name());
        put(record, "extra", payment.extra());
        put(record, "ahead", payment.ahead());
        put(record, "reason", payment.reason());
        if (payment.recordedBy() != null) {
            record.put("recordedBy", nameOf(tx, payment.recordedBy()));
        }
        put(record, "at", payment.at());
        return record;
    }

    private static void put(Map<String, Object> record, String name, @Nullable Object value) {
        if (value != null) {
            record.put(name, value);
        }
    }

    private String nameOf(Transaction tx, UUID leader) {
        return members.find(tx, leader).map(Member::name).orElse(leader.toString());
    }
}
