package vn.sotay.platform.roster;

import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.member.Gender;

/**
 * What a row says about a member, understood. A field that is null is not said, which is no reason to forget what is known.
 *
 * @param birthYear of {@code birthDate}, or known alone
 */
record Entry(
        String name,
        @Nullable LocalDate birthDate,
        @Nullable Integer birthYear,
        @Nullable Gender gender,
        @Nullable String cardNumber,
        @Nullable LocalDate admittedOn,
        @Nullable LocalDate officialOn,
        UUID cell,
        @Nullable String phone) {}
