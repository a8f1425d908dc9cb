package vn.sotay.dues.payment;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.http.FieldError;

/** What may be agreed, and what is paid of it. Pure. */
final class PlanRules {

    /** Within how many months of the agreement the last instalment is, at most. */
    static final String MONTHS = "dues.plan.months";

    private PlanRules() {}

    /** What is open of some months, in đồng. */
    static long open(Balance balance, List<String> periods) {
        return balance.months().stream()
                .filter(one -> periods.contains(one.period()))
                .mapToLong(Balance.Month::open)
                .sum();
    }

    /** Puts what is paid, which is all that is not open any more, beside the instalments, the first one first. */
    static List<Plan.Instalment> paid(List<Plan.Instalment> agreed, long open) {
        long left =
                Math.max(0, agreed.stream().mapToLong(Plan.Instalment::amount).sum() - open);
        List<Plan.Instalment> paid = new ArrayList<>();
        for (Plan.Instalment one : agreed) {
            long part = Math.min(left, one.amount());
            paid.add(new Plan.Instalment(one.day(), one.amount(), part));
            left -= part;
        }
        return paid;
    }

    /**
     * What is wrong with what is agreed, but for its sum.
     *
     * @param most months
     */
    static List<FieldError> errors(Plan body, Balance balance, LocalDate today, int most) {
        List<FieldError> errors = new ArrayList<>(Periods.errors(body.periods()));
        for (int i = 0; i < body.periods().size(); i++) {
            if (open(balance, List.of(body.periods().get(i))) == 0) {
                errors.add(new FieldError("periods[" + i + "]", "period-paid"));
            }
        }
        if (body.agreedOn().isAfter(today)) {
            errors.add(new FieldError("agreedOn", "future"));
        }
        if (body.instalments().isEmpty()) {
            errors.add(new FieldError("instalments", "required"));
        }
        // the months count, not the day in them
        LocalDate last = YearMonth.from(body.agreedOn()).plusMonths(most).atEndOfMonth();
        LocalDate before = null;
        for (int i = 0; i < body.instalments().size(); i++) {
            Plan.Instalment one = body.instalments().get(i);
            String rule = rule(one.day(), before, body.agreedOn(), last);
            if (rule != null) {
                errors.add(new FieldError("instalments[" + i + "].day", rule, Map.of("most", most)));
            }
            before = one.day();
        }
        return errors;
    }

    private static @Nullable String rule(
            LocalDate day, @Nullable LocalDate before, LocalDate agreedOn, LocalDate last) {
        if (day.isBefore(agreedOn)) {
            return "plan-early";
        }
        if (before != null && !YearMonth.from(day).isAfter(YearMonth.from(before))) {
            return "plan-order";
        }
        return day.isAfter(last) ? "plan-late" : null;
    }
}
