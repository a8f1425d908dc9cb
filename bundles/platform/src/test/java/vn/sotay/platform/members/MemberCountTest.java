package vn.sotay.platform.members;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import vn.sotay.api.member.Member;
import vn.sotay.api.member.MemberStatus;
import vn.sotay.api.unit.Unit;
import vn.sotay.platform.access.Village;
import vn.sotay.testkit.Database;

/** How many active members cells have, of a province and of a part of it. */
class MemberCountTest {

    @ParameterizedTest
    @EnumSource
    void countsThoseWhoAreActive(Database database) {
        try (Village village = new Village(database, Clock.systemUTC())) {
            village.member("Cao Văn Một", village.haiNinh);
            village.member("Cao Văn Hai", village.haiNinh);
            UUID gone = village.member("Cao Văn Ba", village.haiNam);
            village.member("Cao Văn Tư", village.haiNam);
            Map<UUID, Integer> before = counts(village, village.province);
            village.store.store().change(tx -> {
                Member member = village.members.find(tx, gone).orElseThrow();
                village.members.save(tx, left(member), LocalDate.parse("2026-01-01"));
            });

            Map<UUID, Integer> counts = counts(village, village.province);
            assertThat(counts).isEqualTo(oneByOne(village, village.province));
            assertThat(counts.get(village.haiNinh.id())).isEqualTo(before.get(village.haiNinh.id()));
            assertThat(counts.get(village.haiNam.id())).isEqualTo(before.get(village.haiNam.id()) - 1);
            assertThat(counts(village, village.haiNinh)).containsOnlyKeys(village.haiNinh.id());
        }
    }

    private static Map<UUID, Integer> counts(Village village, Unit unit) {
        return village.store.store().read(tx -> village.members.countBelow(tx, unit));
    }

    private static Map<UUID, Integer> oneByOne(Village village, Unit unit) {
        Map<UUID, Integer> counts = new HashMap<>();
        village.store.store().read(tx -> {
            village.members.forEachBelow(tx, unit, (member, cell) -> counts.merge(cell, 1, Integer::sum));
            return true;
        });
        return counts;
    }

    private static Member left(Member member) {
        return new Member(
                member.id(),
                member.name(),
                member.birthDate(),
                member.birthYear(),
                member.gender(),
                member.cardNumber(),
                member.admittedOn(),
                member.officialOn(),
                MemberStatus.LEFT,
                member.cell(),
                member.phone());
    }
}
