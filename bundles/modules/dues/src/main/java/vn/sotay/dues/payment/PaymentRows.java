package vn.sotay.dues.payment;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.result.RowView;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.store.Transaction;

/** Payments in the database: written once, never changed. */
final class PaymentRows {

    static final String SELECT =
            "select p.*, r.id as reversed_by from dues_payment p" + " left join dues_payment r on r.reverses = p.id";

    /** A payment with whether its number is a device's own. */
    record Row(Payment payment, boolean ownNumber) {}

    private PaymentRows() {}

    static Optional<Row> find(Transaction tx, UUID id) {
        List<Row> rows = tx.handle()
                .createQuery(SELECT + " where p.id = :id")
                .bind("id", id)
                .map(PaymentRows::row)
                .list();
        return withLines(tx, rows).stream().findFirst();
    }

    /** The payment that has this number in a book. */
    static Optional<Payment> numbered(Transaction tx, UUID book, String receipt) {
        int year = 2000 + Integer.parseInt(receipt.substring(2, 4));
        int number = Integer.parseInt(receipt.substring(receipt.lastIndexOf('-') + 1));
        return tx.handle()
                .createQuery(SELECT + " where p.book = :book and p.number_year = :year and p.number = :number")
                .bind("book", book)
                .bind("year", year)
                .bind("number", number)
                .map(PaymentRows::row)
                .findFirst()
                .map(Row::payment);
    }

    /** The same with the months that they settle. */
    static List<Row> withLines(Transaction tx, List<Row> rows) {
        if (rows.isEmpty()) {
            return rows;
        }
        Map<UUID, List<Payment.Line>> lines = new HashMap<>();
        List<UUID> all = rows.stream()
                .map(one -> Objects.requireNonNull(one.payment().id()))
                .toList();
        Ids.forEach(all, ids -> tx.handle()
                .createQuery("select payment, period, amount from dues_payment_line where payment in (<ids>)"
                        + " order by payment, period")
                .bindList("ids", ids)
                .map(row -> Map.entry(
                        row.getColumn("payment", UUID.class),
                        new Payment.Line(row.getColumn("period", String.class), row.getColumn("amount", Long.class))))
                .forEach(one -> lines.computeIfAbsent(one.getKey(), id -> new ArrayList<>())
                        .add(one.getValue())));
        return rows.stream()
                .map(one -> new Row(
                        lined(one.payment(), lines.getOrDefault(one.payment().id(), List.of())), one.ownNumber()))
                .toList();
    }

    private static Payment lined(Payment one, List<Payment.Line> lines) {
        return new Payment(
                one.id(),
                one.member(),
                one.unit(),
                one.amount(),
                one.day(),
                one.channel(),
                one.reference(),
                one.periods(),
                one.rest(),
                one.book(),
                one.number(),
                one.bookedOn(),
                one.receipt(),
                lines,
                one.extra(),
                one.ahead(),
                one.reverses(),
                one.reason(),
                one.reversedBy(),
                one.recordedBy(),
                one.at());
    }

    static Row row(RowView row) {
        String periods = row.getColumn("periods", String.class);
        var number = new ReceiptNumber(
                row.getColumn("number_year", Integer.class),
                row.getColumn("series", String.class),
                row.getColumn("number", Integer.class));
        return new Row(
                new Payment(
                        row.getColumn("id", UUID.class),
                        row.getColumn("member", UUID.class),
                        row.getColumn("unit", UUID.class),
                        row.getColumn("amount", Long.class),
                        row.getColumn("day", LocalDate.class),
                        row.getColumn("channel", Payment.Channel.class),
                        row.getColumn("reference", String.class),
                        periods == null ? null : Arrays.asList(periods.split(",")),
                        row.getColumn("rest", Payment.Rest.class),
                        row.getColumn("book", UUID.class),
                        number.number(),
                        row.getColumn("booked_on", LocalDate.class),
                        number.toString(),
                        List.of(),
                        row.getColumn("extra", Long.class),
                        row.getColumn("ahead", Long.class),
                        row.getColumn("reverses", UUID.class),
                        row.getColumn("reason", String.class),
                        row.getColumn("reversed_by", UUID.class),
                        row.getColumn("recorded_by", UUID.class),
                        row.getColumn("recorded_at", Instant.class)),
                row.getColumn("own_number", Boolean.class));
    }

    static void insert(Transaction tx, Payment payment, boolean ownNumber, ReceiptNumber number) {
        tx.handle()
                .createUpdate("insert into dues_payment (id, member, unit, amount, day, channel, reference, periods,"
                        + " rest, extra, ahead, book, series, own_number, number_year, number, booked_on, reverses, reason,"
                        + " recorded_by, recorded_at) values (:id, :member, :unit, :amount, :day, :channel, :reference,"
                        + " :meant, :rest, :extra, :ahead, :book, :series, :ownNumber, :numberYear, :number, :bookedOn,"
                        + " :reverses, :reason, :recordedBy, :at)")
                .bindMethods(payment)
                .bind("meant", joined(payment.periods()))
                .bind("ownNumber", ownNumber)
                .bind("series", number.series())
                .bind("numberYear", number.year())
                .execute();
        for (Payment.Line line : Objects.requireNonNull(payment.lines())) {
            tx.handle()
                    .execute(
                            "insert into dues_payment_line (payment, period, member, amount) values (?, ?, ?, ?)",
                            payment.id(),
                            line.period(),
                            payment.member(),
                            line.amount());
        }
    }

    private static @Nullable String joined(@Nullable List<String> periods) {
        return periods == null ? null : String.join(",", periods);
    }
}
