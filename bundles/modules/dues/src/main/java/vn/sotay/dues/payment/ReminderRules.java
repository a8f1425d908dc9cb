package vn.sotay.dues.payment;

import java.time.LocalDate;
import java.time.LocalTime;

/** When members are reminded of what they owe. Pure functions. */
final class ReminderRules {

    /** The day of a month from which on who owes something of it is reminded; 0 for nobody. */
    static final String DAY = "dues.remind.day";

    /** How many days before an instalment is due its payer is reminded; 0 for never. */
    static final String INSTALMENT_DAYS = "dues.remind.instalment.days-before";

    private static final LocalTime FIRST = LocalTime.of(7, 0);

    private ReminderRules() {}

    /** Whether it is the hour at which people are told: nobody is before that in the morning. */
    static boolean isHour(LocalTime time) {
        return !time.isBefore(FIRST);
    }

    /**
     * Whether the members of a cell are reminded of this month.
     *
     * @param day of the month by the rule; a month that does not have it ends with it
     */
    static boolean isMonthDue(LocalDate today, int day) {
        return day > 0 && today.getDayOfMonth() >= Math.min(day, today.lengthOfMonth());
    }

    /** Whether it is near: on the days before it, not on the day itself and after. */
    static boolean isInstalmentDue(LocalDate today, LocalDate due, int daysBefore) {
        return daysBefore > 0 && today.isBefore(due) && !today.isBefore(due.minusDays(daysBefore));
    }
}
