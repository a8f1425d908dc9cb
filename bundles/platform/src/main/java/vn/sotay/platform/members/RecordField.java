package vn.sotay.platform.members;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.http.Problem;
import vn.sotay.api.http.ProblemException;
import vn.sotay.api.member.Gender;
import vn.sotay.api.member.Member;

/** A field of a member's record that the member knows better than anybody. */
public enum RecordField {
    NAME,
    BIRTH,
    GENDER,
    CARD,
    ADMITTED,
    OFFICIAL,
    PHONE;

    /** As it stands in the record; null if it is empty. */
    public @Nullable String of(Member member) {
        Object value =
                switch (this) {
                    case NAME -> member.name();
                    case BIRTH -> member.birthDate() == null ? member.birthYear() : member.birthDate();
                    case GENDER -> member.gender();
                    case CARD -> member.cardNumber();
                    case ADMITTED -> member.admittedOn();
                    case OFFICIAL -> member.officialOn();
                    case PHONE -> member.phone();
                };
        return value == null ? null : value.toString();
    }

    /**
     * The record with this field changed.
     *
     * @param value a day as {@code 1979-03-26}, of a birth the year alone too
     * @throws ProblemException 422 for {@code value}, if it has another form
     */
    Member in(Member member, String value) {
        boolean isYear = this == BIRTH && value.matches("\\d{4}");
        return new Member(
                member.id(),
                this == NAME ? value : member.name(),
                this == BIRTH ? isYear ? null : day(value) : member.birthDate(),
                this == BIRTH ? isYear ? Integer.valueOf(value) : null : member.birthYear(),
                this == GENDER ? gender(value) : member.gender(),
                this == CARD ? value : member.cardNumber(),
                this == ADMITTED ? day(value) : member.admittedOn(),
                this == OFFICIAL ? day(value) : member.officialOn(),
                member.status(),
                member.cell(),
                this == PHONE ? value : member.phone());
    }

    private static LocalDate day(String value) {
        try {
            return LocalDate.parse(value);
        } catch (DateTimeException e) {
            throw Problem.invalid("value", "correction.day");
        }
    }

    private static Gender gender(String value) {
        try {
            return Gender.valueOf(value.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw Problem.invalid("value", "correction.gender");
        }
    }
}
