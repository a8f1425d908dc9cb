package vn.sotay.platform.rules;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A rule pack.
 *
 * @param issuer who issued it
 * @param number official number, null for a local practice without one
 * @param issued day of issue, null if it is not known
 * @param to last day in force, null while it is open
 * @param source where the text was read
 * @param ofProvince whether it is the province's own
 * @param confirmed whether it is in force on its days; else it waits until the province confirms it
 * @param rules how many it has
 */
public record PackLine(
        String id,
        String title,
        String issuer,
        @Nullable String number,
        @Nullable LocalDate issued,
        LocalDate from,
        @Nullable LocalDate to,
        @Nullable String supersedes,
        String source,
        boolean ofProvince,
        boolean confirmed,
        int rules) {}
