package vn.sotay.dues;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.http.Range;
import vn.sotay.api.http.Text;

/**
 * What a member pays dues of, from a month on. It is made once and not changed: another one follows it, or it is taken back. What the server sets is not
 * looked at when a client sends it.
 *
 * @param from first month, {@code 2026-09}
 * @param base wage, allowance or pension a month in đồng, or the fixed amount of somebody abroad; null where the class needs none, and for leaders of the cell
 *     where the province does not show it to them
 * @param pay what a pensioner earns beside the pension
 * @param at when it was declared; the server's
 * @param recordedBy the leader who wrote it down for the member, null if it did so itself; the server's
 * @param withdrawn whether it was taken back; the server's
 */
public record Declaration(
        @Nullable UUID id,
        UUID member,
        DuesClass duesClass,
        @Text(max = 7) String from,
        @Nullable @Range(max = 10_000_000_000L) Long base,
        @Nullable @Range(max = 10_000_000_000L) Long pay,
        @Nullable Instant at,
        @Nullable UUID recordedBy,
        @Nullable Boolean withdrawn) {

    Declaration withoutAmounts() {
        return new Declaration(id, member, duesClass, from, null, null, at, recordedBy, withdrawn);
    }

    boolean saysTheSame(Declaration other) {
        return member.equals(other.member)
                && duesClass == other.duesClass
                && from.equals(other.from)
                && java.util.Objects.equals(base, other.base)
                && java.util.Objects.equals(pay, other.pay);
    }
}
