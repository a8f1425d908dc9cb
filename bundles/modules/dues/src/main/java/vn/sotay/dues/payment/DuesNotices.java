package vn.sotay.dues.payment;

import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import vn.sotay.api.access.Audience;
import vn.sotay.api.notice.Notice;

/** What members are reminded of, and when it is settled. Pure. */
final class DuesNotices {

    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("M/yyyy");
    private static final String OF_MONTH = "dues:";
    private static final String OF_PLAN = "dues-plan:";
    private static final int ID = 36;

    private DuesNotices() {}

    /** @param open đồng */
    static Notice month(UUID member, String period, long open) {
        return Notice.of(id("month", period, member), Audience.member(member), "dues-open", "/dues")
                .with("month", MONTH.format(YearMonth.parse(period)))
                .with("amount", amount(open))
                .about(OF_MONTH + period);
    }

    static Notice instalment(UUID plan, UUID member, Plan.Instalment instalment) {
        long paid = Objects.requireNonNullElse(instalment.paid(), 0L);
        String which = plan + "/" + instalment.day();
        return Notice.of(id("instalment", which, member), Audience.member(member), "dues-instalment", "/dues")
                .with("day", instalment.day().toString())
                .with("amount", amount(instalment.amount() - paid))
                .about(OF_PLAN + which);
    }

    /**
     * Whether nothing is owed any more of what a notice is about.
     *
     * @param plans all of the member's, beside what is paid
     */
    static boolean isSettled(String about, Balance balance, List<Plan> plans) {
        if (about.startsWith(OF_MONTH)) {
            return PlanRules.open(balance, List.of(about.substring(OF_MONTH.length()))) == 0;
        }
        if (!about.startsWith(OF_PLAN)) {
            return false;
        }
        String which = about.substring(OF_PLAN.length());
        return plans.stream().filter(Plan::isLive).noneMatch(plan -> isOpen(plan, which));
    }

    private static boolean isOpen(Plan plan, String which) {
        String id = String.valueOf(plan.id());
        if (!which.startsWith(id)) {
            return false;
        }
        String day = which.substring(Math.min(which.length(), ID + 1));
        return plan.instalments().stream()
                .anyMatch(one ->
                        one.isOpen() && (day.isEmpty() || one.day().toString().equals(day)));
    }

    /** {@code 27.000}: as it is written in Viet Nam. */
    private static String amount(long dong) {
        return String.format(Locale.ROOT, "%,d", dong).replace(',', '.');
    }

    /** The same for the same, on each node and however often. */
    private static UUID id(String what, String which, UUID member) {
        return UUID.nameUUIDFromBytes(("dues/" + what + '/' + which + '/' + member).getBytes(StandardCharsets.UTF_8));
    }
}
