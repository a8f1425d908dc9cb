package vn.sotay.api.member;

import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.http.Range;
import vn.sotay.api.http.Text;
import vn.sotay.api.store.Sensitive;

/**
 * A Party member: the thin record that meetings, dues and notices need. Personal files stay in the central register.
 *
 * @param id made by whoever creates the member
 * @param name in full, as written
 * @param birthDate day of birth, null when only the year is known
 * @param birthYear year of birth; equals that of {@code birthDate} when both are given
 * @param gender null when the roster does not say
 * @param cardNumber number of the member's card, {@code 34.123456}; null before one is issued
 * @param admittedOn day of the admission decision, from which Party age counts
 * @param officialOn day the probation ended; null for a probationary member
 * @param status what the member is today
 * @param cell the cell whose meetings the member attends today
 * @param phone national form, {@code 0905123456}
 */
public record Member(
        UUID id,
        @Text(max = 100) String name,
        @Nullable LocalDate birthDate,
        @Nullable @Range(min = 1900, max = 2100) Integer birthYear,
        @Nullable Gender gender,
        @Nullable @Text(max = 20) String cardNumber,
        @Nullable LocalDate admittedOn,
        @Nullable LocalDate officialOn,
        MemberStatus status,
        UUID cell,
        @Nullable @Sensitive @Text(max = 20) String phone) {}
