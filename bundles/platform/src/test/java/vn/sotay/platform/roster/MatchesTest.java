package vn.sotay.platform.roster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import vn.sotay.api.job.Finding;
import vn.sotay.api.member.Gender;
import vn.sotay.api.member.Member;
import vn.sotay.api.member.MemberStatus;

class MatchesTest {

    private static final UUID CELL = UUID.fromString("00000000-0000-7000-8000-000000000001");
    private static final UUID OTHER_CELL = UUID.fromString("00000000-0000-7000-8000-000000000002");
    private static final UUID ID = UUID.fromString("00000000-0000-7000-8000-0000000000aa");
    private static final LocalDate BORN = LocalDate.of(1980, 2, 1);

    private static Entry entry(String name, @Nullable LocalDate born, @Nullable String card, UUID cell) {
        return new Entry(name, born, born == null ? null : born.getYear(), null, card, null, null, cell, null);
    }

    private static Member member(
            String name, @Nullable LocalDate born, @Nullable String card, UUID cell, MemberStatus status) {
        return new Member(
                ID,
                name,
                born,
                born == null ? null : born.getYear(),
                Gender.FEMALE,
                card,
                LocalDate.of(2010, 2, 3),
                null,
                status,
                cell,
                "0905123456");
    }

    private static Matches.Known known(@Nullable String card, UUID cell, boolean within) {
        return new Matches.Known(member("Lê Thị Hoa", BORN, card, cell, MemberStatus.OFFICIAL), 3, within);
    }

    private static Matches.Match find(Entry entry, Matches.Known... known) {
        return Matches.find(7, entry, List.of(known));
    }

    private static String refused(Matches.Match match) {
        return Objects.requireNonNull(match.refused()).rule();
    }

    @Test
    void findsAMemberByCardSpellingAside() {
        Matches.Known known = known("34.000001", CELL, true);
        assertThat(find(entry("Le Thi Hoa", BORN, "34.000001", CELL), known).known())
                .isEqualTo(known);
        assertThat(find(entry("Lê Thị Hoa", null, "34.000001", CELL), known).known())
                .isEqualTo(known);
    }

    @Test
    void refusesTheCardOfSomebodyElse() {
        Matches.Known known = known("34.000001", CELL, true);
        assertThat(refused(find(entry("Trần Văn Nam", BORN, "34.000001", CELL), known)))
                .isEqualTo("roster.card-of-member");
        assertThat(refused(find(entry("Lê Thị Hoa", BORN.plusYears(1), "34.000001", CELL), known)))
                .isEqualTo("roster.card-of-member");
    }

    @Test
    void tellsNothingOfMembersElsewhere() {
        Matches.Known elsewhere = known("34.000001", OTHER_CELL, false);
        assertThat(refused(find(entry("Lê Thị Hoa", BORN, "34.000001", CELL), elsewhere)))
                .isEqualTo(refused(find(entry("Trần Văn Nam", BORN, "34.000001", CELL), elsewhere)))
                .isEqualTo("roster.card-elsewhere");
        assertThat(find(entry("Lê Thị Hoa", BORN, "34.000002", CELL), elsewhere))
                .isEqualTo(Matches.Match.none());
    }

    @Test
    void findsAMemberWithoutACardByNameAndBirthdayInTheCell() {
        Matches.Known known = known(null, CELL, true);
        assertThat(find(entry("Lê Thị Hoa", BORN, "34.000001", CELL), known).known())
                .isEqualTo(known);
        assertThat(find(entry("Lê Thị Hoa", BORN, null, CELL), known).known()).isEqualTo(known);
        assertThat(find(entry("Lê Thị Hoa", BORN, null, CELL), known("34.000001", CELL, true))
                        .known())
                .isNotNull();
        assertThat(find(entry("Lê Thị Hoa", null, null, CELL), known).known()).isNull();
    }

    @Test
    void findsAMemberOfWhomOnlyTheYearIsKnownByTheVeryNameInTheCell() {
        Entry year = new Entry("Lê Thị Hoa", null, 1980, null, null, null, null, CELL, null);
        Matches.Known known = known(null, CELL, true);
        assertThat(find(year, known).known()).isEqualTo(known);
        assertThat(find(year, known(null, OTHER_CELL, true))).isEqualTo(Matches.Match.none());
        assertThat(find(new Entry("Lê Thị Hòa", null, 1980, null, null, null, null, CELL, null), known))
                .isEqualTo(Matches.Match.none());
        assertThat(find(new Entry("Lê Thị Hoa", null, 1981, null, null, null, null, CELL, null), known))
                .isEqualTo(Matches.Match.none());
    }

    @Test
    void wondersWhetherTwoAlikeAreTwo() {
        for (Matches.Known known : List.of(known("34.000009", CELL, true), known(null, OTHER_CELL, true))) {
            Matches.Match match = find(entry("Lê Thị Hoa", BORN, "34.000001", CELL), known);
            assertThat(match.known()).isNull();
            assertThat(match.warnings()).extracting(Finding::rule).containsExactly("roster.two-people-member");
        }
    }

    @Test
    void saysThatAMemberMovesOrHasLeft() {
        Matches.Match moves = find(entry("Lê Thị Hoa", BORN, "34.000001", CELL), known("34.000001", OTHER_CELL, true));
        assertThat(moves.known()).isNotNull();
        assertThat(moves.warnings()).extracting(Finding::rule).containsExactly("roster.moves");

        Matches.Known left =
                new Matches.Known(member("Lê Thị Hoa", BORN, "34.000001", CELL, MemberStatus.LEFT), 3, true);
        assertThat(refused(find(entry("Lê Thị Hoa", BORN, "34.000001", CELL), left)))
                .isEqualTo("roster.member-left");
        // one who is active has the card now
        Matches.Known active = new Matches.Known(
                new Member(
                        OTHER_CELL,
                        "Lê Thị Hoa",
                        BORN,
                        1980,
                        null,
                        "34.000001",
                        null,
                        null,
                        MemberStatus.OFFICIAL,
                        CELL,
                        null),
                1,
                true);
        assertThat(find(entry("Lê Thị Hoa", BORN, "34.000001", CELL), left, active)
                        .known())
                .isEqualTo(active);
    }

    @Test
    void changesOnlyWhatTheRowSays() {
        Member was = member("Lê Thị Hoa", BORN, "34.000001", CELL, MemberStatus.OFFICIAL);
        assertThat(Matches.merged(entry("Lê Thị Hoa", null, null, CELL), was)).isEqualTo(was);
        assertThat(Matches.merged(entry("Le Thi Hoa", BORN, "34.000001", CELL), was))
                .isEqualTo(was);
        Entry year = new Entry("Lê Thị Hoa", null, 1980, null, null, null, null, CELL, null);
        assertThat(Matches.merged(year, was)).isEqualTo(was);

        Member marked = Matches.merged(
                entry("Lê Thị Hoà", BORN, null, CELL), member("Le Thi Hoa", BORN, null, CELL, MemberStatus.OFFICIAL));
        assertThat(marked.name()).isEqualTo("Lê Thị Hoà");
        assertThat(marked.phone()).isEqualTo("0905123456");
    }

    @Test
    void makesAMemberOfficialWhenTheRowSaysSince() {
        Entry official = new Entry("Lê Thị Hoa", BORN, 1980, null, null, null, LocalDate.of(2011, 2, 3), CELL, null);
        assertThat(Matches.merged(official, member("Lê Thị Hoa", BORN, null, CELL, MemberStatus.PROBATIONARY))
                        .status())
                .isEqualTo(MemberStatus.OFFICIAL);
        assertThat(Matches.merged(official, member("Lê Thị Hoa", BORN, null, CELL, MemberStatus.SUSPENDED))
                        .status())
                .isEqualTo(MemberStatus.SUSPENDED);
        assertThat(Matches.added(official, ID).status()).isEqualTo(MemberStatus.OFFICIAL);
        assertThat(Matches.added(entry("Lê Thị Hoa", BORN, null, CELL), ID).status())
                .isEqualTo(MemberStatus.PROBATIONARY);
    }
}
