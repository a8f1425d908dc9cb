package vn.sotay.dues.payment;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.change.ChangeType;
import vn.sotay.api.http.Range;
import vn.sotay.api.http.Text;

/**
 * Money that a member has paid (đảng phí đã đóng). It is written once and stays: what is wrong is taken back by a payment of the opposite
 * sign that names it and says why.
 *
 * @param unit the cell that took it, which it stays with when the member moves; the server's
 * @param amount đồng; less than nothing for what takes another back
 * @param day when the member gave it
 * @param reference of a bank or the portal; null for none
 * @param periods the months that it is meant for, {@code 2026-11}; null for the oldest that are open
 * @param rest what becomes of what is more than is due; {@code AHEAD} if it does not say
 * @param book the book of the device that numbered it without a network; else the server's
 * @param number its number in that book and year; else the server's
 * @param bookedOn the day in the book: the first that is not closed; the server's
 * @param receipt {@code CP26-A-000123}; the server's
 * @param lines which months it settles; the server's
 * @param extra đồng given of one's own will; the server's
 * @param ahead đồng for months to come; the server's
 * @param reverses the payment that this one takes back; null if it does not
 * @param reason why it takes that back
 * @param reversedBy the payment that took this one back; null if none did; the server's
 * @param recordedBy the member who wrote it down; null where nobody did; the server's
 * @param at when it was written down; the server's
 */
public record Payment(
        @Nullable UUID id,
        UUID member,
        @Nullable UUID unit,
        @Range(min = -1_000_000_000, max = 1_000_000_000) long amount,
        LocalDate day,
        Channel channel,
        @Nullable @Text(max = 60) String reference,
        @Nullable @Range(max = 60) List<String> periods,
        @Nullable Rest rest,
        @Nullable UUID book,
        @Nullable @Range(min = 1, max = 999_999) Integer number,
        @Nullable LocalDate bookedOn,
        @Nullable @Text(max = 20) String receipt,
        @Nullable List<Line> lines,
        @Nullable Long extra,
        @Nullable Long ahead,
        @Nullable UUID reverses,
        @Nullable @Text(max = 200) String reason,
        @Nullable UUID reversedBy,
        @Nullable UUID recordedBy,
        @Nullable Instant at) {

    static final ChangeType<Payment> TYPE = new ChangeType<>("dues-payment", Payment.class);

    /** By which way money comes. */
    public enum Channel {
        CASH,
        TRANSFER,
        /** The national portal of public services. */
        PORTAL
    }

    /** What becomes of money that is more than is due. */
    public enum Rest {
        /** It waits for the months to come. */
        AHEAD,
        /** It is given of one's own will. */
        EXTRA
    }

    /** A month that it settles, in đồng. */
    public record Line(String period, long amount) {}

    public Payment {
        periods = periods == null ? null : List.copyOf(periods);
        lines = lines == null ? null : List.copyOf(lines);
    }

    /** What somebody asks to be written down. */
    public static Payment of(
            UUID member,
            long amount,
            LocalDate day,
            Channel channel,
            @Nullable String reference,
            @Nullable List<String> periods,
            @Nullable Rest rest) {
        return new Payment(
                null, member, null, amount, day, channel, reference, periods, rest, null, null, null, null, null, null,
                null, null, null, null, null, null);
    }

    /** The same numbered in a device's own book. */
    public Payment numbered(UUID deviceBook, int ownNumber) {
        return new Payment(
                id,
                member,
                unit,
                amount,
                day,
                channel,
                reference,
                periods,
                rest,
                deviceBook,
                ownNumber,
                bookedOn,
                receipt,
                lines,
                extra,
                ahead,
                reverses,
                reason,
                reversedBy,
                recordedBy,
                at);
    }

    /** What takes a payment back. */
    public static Payment reversalOf(Payment origin, LocalDate day, String reason) {
        return new Payment(
                null,
                origin.member,
                null,
                -origin.amount,
                day,
                origin.channel,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                origin.id,
                reason,
                null,
                null,
                null);
    }

    Rest restOrAhead() {
        return rest == null ? Rest.AHEAD : rest;
    }

    /** Whether this, as it was written, is what the other asks for. */
    boolean isWhat(Payment asked, boolean ownNumber) {
        return member.equals(asked.member)
                && amount == asked.amount
                && day.equals(asked.day)
                && channel == asked.channel
                && Objects.equals(reference, asked.reference)
                && Objects.equals(periods, asked.periods)
                && restOrAhead() == asked.restOrAhead()
                && Objects.equals(reverses, asked.reverses)
                && Objects.equals(reason, asked.reason)
                && (asked.book == null ? !ownNumber : asked.book.equals(book) && Objects.equals(asked.number, number));
    }
}
