package vn.sotay.platform.members;

import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.http.Range;
import vn.sotay.api.http.Text;
import vn.sotay.api.member.Gender;
import vn.sotay.api.member.Member;
import vn.sotay.api.member.MemberStatus;

/**
 * A member as a client sends it; see {@link Member}.
 *
 * @param id may be left out; else that of the address
 * @param status left out: as it was; for a new member what the official day says
 */
record MemberBody(
        @Nullable UUID id,
        @Text(max = 100) String name,
        @Nullable LocalDate birthDate,
        @Nullable @Range(min = 1900, max = 2100) Integer birthYear,
        @Nullable Gender gender,
        @Nullable @Text(max = 20) String cardNumber,
        @Nullable LocalDate admittedOn,
        @Nullable LocalDate officialOn,
        @Nullable MemberStatus status,
        UUID cell,
        @Nullable @Text(max = 20) String phone) {

    /** The member that is meant, in the form that is kept. */
    Member member(UUID address, @Nullable MemberStatus before) {
        MemberStatus meant = status != null
                ? status
                : before != null ? before : officialOn == null ? MemberStatus.PROBATIONARY : MemberStatus.OFFICIAL;
        return MemberRules.kept(new Member(
                address, name, birthDate, birthYear, gender, cardNumber, admittedOn, officialOn, meant, cell, phone));
    }
}
