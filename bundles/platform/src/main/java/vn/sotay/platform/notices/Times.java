package vn.sotay.platform.notices;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;
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

    /**
     * When somebody hears of something that is due and not urgent.
     *
     * @param enough whether it has heard enough today
     * @return null for now
     */
    static @Nullable Instant later(Instant now, Quiet quiet, boolean enough) {
        Instant first = first(now, Urgency.NORMAL, quiet, false);
        if (first.isAfter(now)) {
            return first;
        }
        return enough ? tomorrow(now, quiet) : null;
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

    /** The day that now is on. */
    static LocalDate day(Instant now) {
        return LocalDate.ofInstant(now, ZONE);
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
