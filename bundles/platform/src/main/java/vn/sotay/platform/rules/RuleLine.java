package vn.sotay.platform.rules;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A rule on a day, with where it stands.
 *
 * @param scope code of the unit below which it holds, or {@code *}
 * @param pack id of its pack
 * @param title of its pack
 * @param from its first day
 * @param to its last day, null while it is open
 * @param confirmed whether it is in force; else it waits until the province confirms its pack
 */
public record RuleLine(
        String key,
        String scope,
        String value,
        String citation,
        String pack,
        String title,
        LocalDate from,
        @Nullable LocalDate to,
        boolean confirmed) {}
