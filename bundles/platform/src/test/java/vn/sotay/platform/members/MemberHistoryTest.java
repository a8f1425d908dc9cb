package vn.sotay.platform.members;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.LocalDate;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import vn.sotay.api.member.Member;
import vn.sotay.api.member.MemberStatus;
import vn.sotay.platform.access.Village;
import vn.sotay.platform.members.MemberRows.History;
import vn.sotay.platform.members.MemberRows.Span;
import vn.sotay.testkit.Database;

/** What a member was is kept with its days. */
class MemberHistoryTest {

    private static LocalDate day(String day) {
        return LocalDate.parse(day);
    }

    private static Member with(Member member, MemberStatus status, UUID cell) {
        return new Member(
                member.id(),
                member.name(),
                member.birthDate(),
                member.birthYear(),
                member.gender(),
                member.cardNumber(),
                member.admittedOn(),
                member.officialOn(),
                status,
                cell,
                member.phone());
    }

    @ParameterizedTest
    @EnumSource
    void aChangeCountsFromItsDay(Database database) {
        try (Village village = new Village(database, Clock.systemUTC())) {
            UUID id = village.member("Cao Văn Đổi", village.haiNinh);
            UUID home = village.haiNinh.id();
            UUID other = village.haiNam.id();
            Member member = village.store
                    .store()
                    .read(tx -> village.members.find(tx, id))
                    .orElseThrow();
            save(village, with(member, MemberStatus.EXEMPT, home), "2024-01-10");
            save(village, with(member, MemberStatus.AWAY, home), "2024-03-01");
            save(village, with(member, MemberStatus.OFFICIAL, other), "2024-06-15");
            // a mistake that is put right on the same day leaves no trace
            save(village, with(member, MemberStatus.SUSPENDED, other), "2025-01-01");
            save(village, with(member, MemberStatus.EXEMPT, other), "2025-01-01");
            // another name is no change of these
            save(village, with(member, MemberStatus.EXEMPT, other), "2026-01-01");

            assertThat(spans(village, History.STATUS, id))
                    .containsExactly(
                            new Span(member.admittedOn(), day("2024-01-09"), "OFFICIAL"),
                            new Span(day("2024-01-10"), day("2024-02-29"), "EXEMPT"),
                            new Span(day("2024-03-01"), day("2024-06-14"), "AWAY"),
                            new Span(day("2024-06-15"), day("2024-12-31"), "OFFICIAL"),
                            new Span(day("2025-01-01"), null, "EXEMPT"));
            assertThat(spans(village, History.CELL, id))
                    .containsExactly(
                            new Span(member.admittedOn(), day("2024-06-14"), home.toString()),
                            new Span(day("2024-06-15"), null, other.toString()));
        }
    }

    private static void save(Village village, Member member, String from) {
        village.store.store().change(tx -> village.members.save(tx, member, day(from)));
    }

    private static java.util.List<Span> spans(Village village, History history, UUID id) {
        return village.store.store().read(tx -> MemberRows.spans(tx.handle(), history, id));
    }
}
