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
 * How what a member owes from before is paid off, as it was agreed with the cell (kế hoạch đóng bù). Agreed once, not changed, taken back
 * with a reason. What is paid of it is computed: all that is paid for its months counts, the oldest instalment first. What the server sets
 * is not looked at when a client sends it.
 *
 * @param name the member's; the server's
 * @param agreedOn the day on which it was agreed
 * @param periods the months that are paid off, {@code 2026-11}
 * @param instalments in the order of their days, one a month; together all that was open of the months
 * @param open đồng of these months that are open today; the server's
 * @param state the server's
 * @param reason why it was taken back; null if it was not; the server's
 * @param agreedBy the member who wrote it down for the cell; null where nobody did; the server's
 * @param at when it was written down; the server's
 * @param endedAt when it was taken back; the server's
 */
public record Plan(
        @Nullable UUID id,
        UUID member,
        @Nullable @Text(max = 100) String name,
        LocalDate agreedOn,
        @Range(max = 60) List<String> periods,
        @Range(max = 60) List<Instalment> instalments,
        @Nullable Long open,
        @Nullable State state,
        @Nullable @Text(max = 200) String reason,
        @Nullable UUID agreedBy,
        @Nullable Instant at,
        @Nullable Instant endedAt) {

    static final ChangeType<Plan> TYPE = new ChangeType<>("dues-plan", Plan.class);

    /** What became of it. */
    public enum State {
        /** Something is to be paid still; whether in time, its instalments tell. */
        OPEN,
        /** All of its months are paid. */
        PAID,
        /** It was taken back. */
        WITHDRAWN
    }

    /**
     * What is to be paid until a day.
     *
     * @param amount đồng
     * @param paid đồng of it that are paid; the server's
     */
    public record Instalment(
            LocalDate day,
            @Range(min = 1, max = 1_000_000_000) long amount,
            @Nullable Long paid) {

        boolean isOpen() {
            return amount > (paid == null ? 0 : paid);
        }
    }

    /** Why a plan is taken back. */
    public record Ending(@Text(max = 200) String reason) {}

    public Plan {
        periods = List.copyOf(periods);
        instalments = List.copyOf(instalments);
    }

    long total() {
        return instalments.stream().mapToLong(Instalment::amount).sum();
    }

    /** Whether an instalment has not been paid until its day. */
    boolean isBroken(LocalDate today) {
        return instalments.stream().anyMatch(one -> one.isOpen() && one.day().isBefore(today));
    }

    /** Whether this, as it was written, is what the other asks for. */
    boolean isWhat(Plan asked) {
        return member.equals(asked.member)
                && agreedOn.equals(asked.agreedOn)
                && periods.equals(asked.periods)
                && days(this).equals(days(asked));
    }

    private static List<Instalment> days(Plan plan) {
        return plan.instalments.stream()
                .map(one -> new Instalment(one.day(), one.amount(), null))
                .toList();
    }

    /** The same beside what is paid today. */
    Plan beside(String nameOfMember, Balance balance) {
        long still = PlanRules.open(balance, periods);
        return new Plan(
                id,
                member,
                nameOfMember,
                agreedOn,
                periods,
                PlanRules.paid(instalments, still),
                still,
                endedAt != null ? State.WITHDRAWN : still > 0 ? State.OPEN : State.PAID,
                reason,
                agreedBy,
                at,
                endedAt);
    }

    boolean isLive() {
        return Objects.requireNonNull(state) == State.OPEN;
    }
}
