package vn.sotay.platform.notices;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import vn.sotay.api.notice.Urgency;

/** When a notice goes out, by the clock of Viet Nam. Pure functions. */
final class Times {

    static final ZoneId ZONE = ZoneId.of("Asia/Ho_Chi_Minh");

    /**
     * When somebody wants to hear nothing, unless it is urgent.
     *
     * @param from the first minute; equal to {@code to} for never
     * @param to the first minute after it; may be on the next day
     */
    record Quiet(LocalTime from, LocalTime to) {

        boolean holds(LocalTime time) {
            if (from.equals(to)) {
                return false;
            }
            return from.isBefore(to)
                    ? !time.isBefore(from) && time.isBefore(to)
                    : !time.isBefore(from) || time.isBefore(to);
        }
    }

    private Times() {}

    /**
     * When a notice that is sent now goes out.
     *
     * @param daily whether its reader wants to hear once a day: at the end of the quiet hours
     */
    static Instant first(Instant now, Urgency urgency, Quiet quiet, boolean daily) {
        if (urgency == Urgency.URGENT) {
            return now;
        }
        ZonedDateTime there = now.atZone(ZONE);
        return daily || quiet.holds(there.toLocalTime()) ? next(there, quiet.to()) : now;
    }

    /** When one hears again who has heard enough for this day. */
    static Instant tomorrow(Instant now, Quiet quiet) {
        return now.atZone(ZONE)
                .toLocalDate()
                .plusDays(1)
                .atTime(quiet.to())
                .atZone(ZONE)
                .toInstant();
    }

    /** The beginning of the day that now is on. */
    static Instant today(Instant now) {
        return now.atZone(ZONE).toLocalDate().atStartOfDay(ZONE).toInstant();
    }

    private static Instant next(ZonedDateTime now, LocalTime time) {
        ZonedDateTime then = now.with(time);
        return (then.isAfter(now) ? then : then.plusDays(1)).toInstant();
    }
}
