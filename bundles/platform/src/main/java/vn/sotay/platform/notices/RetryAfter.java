package vn.sotay.platform.notices;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** The header {@code Retry-After}: seconds, or a time. Pure functions. */
final class RetryAfter {

    /** Who asks for more is asked before: the next channel is not to wait for ever. */
    static final Duration LONGEST = Duration.ofHours(1);

    private RetryAfter() {}

    /** How long to wait; zero for what says nothing. */
    static Duration of(String text, Instant now) {
        Duration asked;
        try {
            asked = text.strip().matches("\\d{1,9}")
                    ? Duration.ofSeconds(Long.parseLong(text.strip()))
                    : Duration.between(
                            now,
                            ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                                    .toInstant());
        } catch (DateTimeException e) {
            return Duration.ZERO;
        }
        return asked.isNegative() ? Duration.ZERO : asked.compareTo(LONGEST) > 0 ? LONGEST : asked;
    }
}
