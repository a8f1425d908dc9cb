package vn.sotay.platform.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import vn.sotay.api.member.Member;
import vn.sotay.api.member.MemberStatus;
import vn.sotay.api.unit.Unit;

class DemoPlanTest {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 1);

    private static List<Member> members(DemoPlan plan) {
        List<Member> members = new ArrayList<>();
        for (int commune = 0; commune < plan.communes(); commune++) {
            members.addAll(plan.members(commune));
        }
        return members;
    }

    private static List<Unit> cells(DemoPlan plan) {
        return plan.units().stream().filter(unit -> unit.kind().equals("CELL")).toList();
    }

    @Test
    void isTheSameEachTime() {
        DemoPlan one = new DemoPlan(DemoSize.SMALL, DAY);
        DemoPlan other = new DemoPlan(DemoSize.SMALL, DAY);
        assertThat(other.units()).isEqualTo(one.units());
        assertThat(members(other)).isEqualTo(members(one));
        assertThat(members(one).hashCode())
                .isNotEqualTo(
                        members(new DemoPlan(DemoSize.SMALL, DAY.plusMonths(1))).hashCode());
    }

    @Test
    void isThreeCommunesWhenSmall() {
        DemoPlan plan = new DemoPlan(DemoSize.SMALL, DAY);
        assertThat(plan.communes()).isEqualTo(3);
        assertThat(cells(plan)).hasSize(60);
        assertThat(members(plan)).hasSize(1_500);
    }

    @Test
    void isAsLargeAsLifeWhenFull() {
        DemoPlan plan = new DemoPlan(DemoSize.FULL, DAY);
        List<Member> members = members(plan);
        assertThat(plan.communes()).isEqualTo(96);
        assertThat(cells(plan)).hasSize(6_000);
        assertThat(members).hasSize(130_000);
        assertThat(unique(members.stream().map(Member::id).toList())).hasSize(130_000);
        List<String> cards = members.stream()
                .map(Member::cardNumber)
                .filter(card -> card != null)
                .toList();
        assertThat(unique(cards)).hasSameSizeAs(cards);
        List<String> codes = plan.units().stream().map(Unit::code).toList();
        assertThat(unique(codes)).hasSameSizeAs(codes);
    }

    private static <T> Set<T> unique(List<T> all) {
        return new HashSet<>(all);
    }

    @Test
    void hasTheCellOfHaiNinh() {
        DemoPlan plan = new DemoPlan(DemoSize.SMALL, DAY);
        Unit cell = cells(plan).stream()
                .filter(unit -> unit.code().equals("38.168.053.000.001"))
                .findFirst()
                .orElseThrow();
        assertThat(cell.name()).isEqualTo("thôn Hải Ninh");
        List<Member> members = members(plan).stream()
                .filter(member -> member.cell().equals(cell.id()))
                .toList();
        assertThat(members).hasSize(34);
        assertThat(members)
                .filteredOn(member -> member.status() == MemberStatus.PROBATIONARY)
                .hasSize(2);
        assertThat(members)
                .filteredOn(member -> member.status() == MemberStatus.EXEMPT)
                .hasSize(1);
    }

    @Test
    void makesUpNobodyWhoCannotBe() {
        for (Member member : members(new DemoPlan(DemoSize.SMALL, DAY))) {
            LocalDate admitted = member.admittedOn();
            assertThat(admitted).as("%s", member).isBeforeOrEqualTo(DAY);
            assertThat(admitted.getYear() - member.birthYear()).as("%s", member).isBetween(18, 60);
            if (member.status() == MemberStatus.PROBATIONARY) {
                assertThat(member.officialOn()).isNull();
            } else {
                assertThat(member.officialOn()).isAfter(admitted).isBeforeOrEqualTo(DAY);
            }
            assertThat(member.name()).matches("[\\p{L}]+( [\\p{L}]+){1,4}");
        }
    }
}
