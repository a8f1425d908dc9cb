package vn.sotay.api.member;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Days of birth, by which something is told to a part of the members alone. It narrows whom something reaches, and keeps nothing secret.
 *
 * @param from the first day; null for any
 * @param to the last day; null for any
 * @since 1.4
 */
public record Born(@Nullable LocalDate from, @Nullable LocalDate to) {

    private static final Born ANY = new Born(null, null);

    /** The days on which a member may be born by its record: one, those of a year, or any. */
    public static Born of(Member member) {
        if (member.birthDate() != null) {
            return new Born(member.birthDate(), member.birthDate());
        }
        Integer year = member.birthYear();
        return year == null ? ANY : new Born(LocalDate.of(year, 1, 1), LocalDate.of(year, 12, 31));
    }

    /** Whether some day is one of both. */
    public boolean meets(Born other) {
        return isUntil(from, other.to) && isUntil(other.from, to);
    }

    private static boolean isUntil(@Nullable LocalDate from, @Nullable LocalDate to) {
        return from == null || to == null || !from.isAfter(to);
    }
}
