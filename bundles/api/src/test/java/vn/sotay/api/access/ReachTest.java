package vn.sotay.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.sotay.api.unit.Unit;

class ReachTest {

    private static final Unit PROVINCE = unit(null, 1);
    private static final Unit COMMUNE = unit(PROVINCE, 2);
    private static final Unit CELL = unit(COMMUNE, 3);
    private static final Unit OTHER = unit(PROVINCE, 4);
    private static final Map<String, Unit> UNITS =
            Map.of("province", PROVINCE, "commune", COMMUNE, "cell", CELL, "other", OTHER);

    private static Unit unit(Unit parent, int number) {
        UUID id = new UUID(0, number);
        return new Unit(
                id,
                parent == null ? null : parent.id(),
                "UNIT",
                "" + number,
                "unit " + number,
                (parent == null ? "/" : parent.path()) + id + '/');
    }

    private static List<Unit> units(String words) {
        return words.isEmpty()
                ? List.of()
                : Stream.of(words.split(" "))
                        .map((Function<String, Unit>) UNITS::get)
                        .toList();
    }

    @ParameterizedTest(name = "[{0}] and below [{1}]: {2}")
    @CsvSource({
        // alone, with all below, covered
        "'',           '',            ''",
        "cell,         '',            cell",
        "commune,      '',            commune",
        "'',           cell,          cell",
        "'',           commune,       commune cell",
        "'',           province,      province commune cell other",
        "other,        commune,       commune cell other",
    })
    void covers(String alone, String trees, String covered) {
        Reach reach = new Reach(units(alone), units(trees));

        assertThat(UNITS.values()).filteredOn(reach::covers).containsExactlyInAnyOrderElementsOf(units(covered));
        assertThat(reach.isEmpty()).isEqualTo(covered.isEmpty());
    }

    @Test
    void becomesAConditionWhoseNamesAreAllBound() {
        Reach reach = new Reach(List.of(OTHER), List.of(COMMUNE));

        assertThat(reach.sql("m.cell"))
                .isEqualTo("m.cell in (select id from unit where 1 = 0 or id = :reachUnit0"
                        + " or (parent = :reachUnit0 and closed_at is not null)"
                        + " or (path >= :reachTree0 and path < :reachTreeEnd0))");
        assertThat(reach.binds()).containsOnlyKeys("reachUnit0", "reachTree0", "reachTreeEnd0");
        String end = (String) reach.binds().get("reachTreeEnd0");
        assertThat(COMMUNE.path()).isLessThan(end);
        assertThat(CELL.path()).isLessThan(end);
        assertThat(OTHER.path()).isGreaterThan(end);
    }
}
