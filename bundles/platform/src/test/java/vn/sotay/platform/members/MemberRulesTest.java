package vn.sotay.platform.members;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.sotay.api.member.Gender;
import vn.sotay.api.member.Member;
import vn.sotay.api.member.MemberStatus;

class MemberRulesTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);

    private static Member member(
            String name,
            LocalDate born,
            Integer year,
            String card,
            LocalDate admitted,
            LocalDate official,
            MemberStatus status,
            String phone) {
        return new Member(
                new UUID(0, 1),
                name,
                born,
                year,
                Gender.FEMALE,
                card,
                admitted,
                official,
                status,
                new UUID(0, 2),
                phone);
    }

    @ParameterizedTest
    @CsvSource({
        // name, born,       year, admitted,   official,   status,       broken rules
        "Lê Bé,  1980-02-29, 1980, 2010-05-19, 2011-05-19, OFFICIAL,     ''",
        "Lê Bé,  ,           ,     ,           ,           OFFICIAL,     ''",
        "Lê Bé,  ,           1980, 1998-01-01, ,           PROBATIONARY, ''",
        "Y,      1980-02-29, ,     ,           ,           OFFICIAL,     ''",
        "12.3,   1980-02-29, ,     ,           ,           OFFICIAL,     name member.no-name",
        "Lê Bé,  1980-02-29, 1981, ,           ,           OFFICIAL,     birthYear member.birth-year",
        "Lê Bé,  2026-11-25, ,     ,           ,           OFFICIAL,     birthDate member.day-in-future",
        "Lê Bé,  2026-11-24, ,     ,           ,           OFFICIAL,     ''",
        "Lê Bé,  ,           2027, ,           ,           OFFICIAL,     birthYear member.day-in-future",
        "Lê Bé,  1899-12-31, ,     ,           ,           OFFICIAL,     birthDate member.born-too-early",
        "Lê Bé,  1980-02-29, ,     1980-02-28, ,           OFFICIAL,     admittedOn member.before-birth",
        "Lê Bé,  ,           1980, 1979-12-31, ,           OFFICIAL,     admittedOn member.before-birth",
        "Lê Bé,  ,           1980, 1980-01-01, ,           OFFICIAL,     ''",
        "Lê Bé,  1980-02-29, ,     ,           1979-01-01, OFFICIAL,     officialOn member.before-birth",
        "Lê Bé,  1980-02-29, ,     2010-05-19, 2010-05-18, OFFICIAL,     officialOn member.official-before-admitted",
        "Lê Bé,  1980-02-29, ,     2010-05-19, 2010-05-19, OFFICIAL,     ''",
        "Lê Bé,  1980-02-29, ,     2026-11-25, ,           PROBATIONARY, admittedOn member.day-in-future",
        "Lê Bé,  1980-02-29, ,     2010-05-19, 2026-11-25, OFFICIAL,     officialOn member.day-in-future",
        "Lê Bé,  1980-02-29, ,     2010-05-19, 2011-05-19, PROBATIONARY, status member.probationary-official",
    })
    void check(
            String name,
            LocalDate born,
            Integer year,
            LocalDate admitted,
            LocalDate official,
            MemberStatus status,
            String broken) {
        assertThat(MemberRules.check(member(name, born, year, null, admitted, official, status, null), TODAY))
                .extracting(error -> error.field() + ' ' + error.rule())
                .isEqualTo(broken.isEmpty() ? java.util.List.of() : java.util.List.of(broken));
    }

    @Test
    void namesAllThatIsWrongAtOnce() {
        Member wrong = member("?", null, 1980, null, LocalDate.of(1970, 1, 1), null, MemberStatus.OFFICIAL, "113");

        assertThat(MemberRules.check(wrong, TODAY))
                .extracting(error -> error.field())
                .containsExactly("name", "admittedOn", "phone");
    }

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource({
        "34.123456,    34.123456",
        "34123456,     34.123456",
        "34 123456,    34.123456",
        "'34,123456',  34.123456",
        "' 34.123456', 34.123456",
        "3412345,      3412345",
        "34.1234567,   34.1234567",
        "AB-12,        AB-12",
        ",             ",
    })
    void card(String typed, String kept) {
        assertThat(MemberRules.card(typed)).isEqualTo(kept);
    }

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource({
        "3,            3",
        "34,           34",
        "34.,          34.",
        "341,          34.1",
        "34.1,         34.1",
        "34 12,        34.12",
        "34123456,     34.123456",
        "341234567,    341234567",
        "ab-12,        ab-12",
    })
    void cardBeginning(String typed, String begins) {
        assertThat(MemberRules.cardBeginning(typed)).isEqualTo(begins);
    }

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource({
        "0905123456,        0905123456, true",
        "0905 123 456,      0905123456, true",
        "+84 905.123.456,   0905123456, true",
        "(0255) 3123456,    02553123456, true",
        "905123456,         905123456,  false",
        "0905-12-34,        09051234,   false",
        "không có,          khôngcó,    false",
    })
    void phone(String typed, String kept, boolean right) {
        Member member = MemberRules.kept(member("Lê Bé", null, null, null, null, null, MemberStatus.OFFICIAL, typed));

        assertThat(member.phone()).isEqualTo(kept);
        assertThat(MemberRules.check(member, TODAY).isEmpty()).isEqualTo(right);
    }

    @Test
    void keepsOneFormOfARecord() {
        Member typed = member(
                "  Lê \t Thị  Bé ",
                LocalDate.of(1980, 2, 29),
                null,
                "34 123456",
                null,
                null,
                MemberStatus.OFFICIAL,
                "+84905123456");

        Member kept = MemberRules.kept(typed);

        assertThat(kept)
                .isEqualTo(member(
                        "Lê Thị Bé",
                        LocalDate.of(1980, 2, 29),
                        1980,
                        "34.123456",
                        null,
                        null,
                        MemberStatus.OFFICIAL,
                        "0905123456"));
        assertThat(MemberRules.kept(kept)).isEqualTo(kept);
    }
}
