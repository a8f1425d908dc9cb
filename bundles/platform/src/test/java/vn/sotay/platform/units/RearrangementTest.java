package vn.sotay.platform.units;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.sotay.api.http.ProblemException;
import vn.sotay.api.store.Saved;
import vn.sotay.api.unit.Unit;
import vn.sotay.platform.store.Succession;
import vn.sotay.platform.units.Rearrangement.Worked;

/** What a move, a merge or a split makes of the tree, by tables. A unit is named by its code. */
class RearrangementTest {

    /** Two communes with cells, one with a grassroots committee and a sub-committee, and a cell of the province's own. */
    private static final List<String> PROVINCE = List.of(
            "38 PROVINCE -",
            "38.001 COMMUNE 38",
            "38.001.001 GRASSROOTS 38.001",
            "38.001.001.001 SUB_COMMITTEE 38.001.001",
            "38.001.001.001.001 CELL 38.001.001.001",
            "38.001.001.000.002 CELL 38.001.001",
            "38.001.002.000.001 CELL 38.001",
            "38.002 COMMUNE 38",
            "38.002.001.000.001 CELL 38.002",
            "38.002.001.000.002 CELL 38.002",
            "38.900 CELL 38");

    private UnitKinds kinds;
    private UnitTree tree;
    private Rearrangement change;

    @BeforeEach
    void make() throws Exception {
        try (InputStream in = UnitKinds.class.getResourceAsStream("/sotay/unit-kinds.json")) {
            kinds = UnitKinds.parse("kinds", in.readAllBytes());
        }
        List<Saved<Unit>> units = new ArrayList<>();
        UnitTree so = UnitTree.EMPTY;
        for (String line : PROVINCE) {
            String[] word = line.split(" ");
            Unit parent = word[2].equals("-") ? null : so.byCode(word[2]).orElseThrow();
            String path = (parent == null ? "/" : parent.path()) + id(word[0]) + '/';
            units.add(new Saved<>(
                    new Unit(id(word[0]), parent == null ? null : parent.id(), word[1], word[0], word[0], path), 1));
            so = new UnitTree(units);
        }
        tree = so;
        change = new Rearrangement(kinds, tree);
    }

    private static UUID id(String code) {
        return UUID.nameUUIDFromBytes(code.getBytes(StandardCharsets.UTF_8));
    }

    private Unit unit(String code) {
        return tree.find(id(code)).orElseThrow().value();
    }

    private String errors() {
        ProblemException problem = catchThrowableOfType(ProblemException.class, () -> change.work());
        return problem == null
                ? ""
                : String.join(
                        " ",
                        problem.problem().errors().stream()
                                .map(error -> error.field() + ":" + error.rule())
                                .toList());
    }

    private void next(Worked worked) {
        tree = worked.after();
        change = new Rearrangement(kinds, tree);
    }

    private void merge(String closing, String into) {
        Set<UUID> ids = new HashSet<>();
        List<String> codes = Arrays.asList(closing.split("\\+"));
        codes.forEach(code -> ids.add(id(code)));
        codes.forEach(code -> change.close(code, unit(code), unit(into), ids));
    }

    /** What becomes of a unit, by codes: {@code unit>successor -left +joined}. */
    private String told(Succession one) {
        return names(List.of(one.unit())) + ">" + names(List.of(one.successor())) + " -" + names(one.left()) + " +"
                + names(one.joined());
    }

    private String names(List<UUID> ids) {
        return String.join(
                ",",
                ids.stream()
                        .map(id -> tree.find(id).orElseThrow().value().code())
                        .toList());
    }

    @ParameterizedTest
    @CsvSource({
        "38.002.001.000.001, 38.001, ''",
        "38.002.001.000.001, 38.001.001.001, ''",
        "38.900, 38.002, ''",
        "38.001.001, 38.002, ''",
        "38.001.001.001, 38.002, ''",
        "38.001, 38.002, parent:unit.parent-kind",
        "38.001.001.001, 38, parent:unit.parent-kind",
        "38.900, 38.002.001.000.001, parent:unit.parent-kind",
        "38.001, 38.001, parent:unit.below-itself",
        "38.001, 38.001.001.001, parent:unit.below-itself",
        "38.001.001, 38.001.001.001.001, parent:unit.below-itself",
    })
    void placesUnitsWhereTheirKindMayStand(String code, String parent, String errors) {
        change.place("parent", unit(code), unit(parent));
        assertThat(errors()).isEqualTo(errors);
    }

    @ParameterizedTest
    @CsvSource({
        "38.002.001.000.001, 38.002.001.000.002, ''",
        "38.002.001.000.001, 38.900, ''",
        "38.001, 38.002, ''",
        "38.001.001.001, 38.001.001, ''",
        "38.001.001.001+38.001.001, 38.002, ''",
        "38.001.001, 38.001.001.001, 38.001.001:unit.below-itself",
        "38, 38.001, 38:unit.root",
        "38.900, 38.001, 38.900:unit.merge-kind",
        "38.001, 38.900, 38.001:unit.merge-kind",
        "38.002+38.900, 38.001, 38.900:unit.merge-kind",
        // what stood below a commune cannot stand below a sub-committee
        "38.002, 38.001.001.001, ''",
        "38.001, 38.002.001.000.001, 38.001:unit.merge-kind",
    })
    void mergesLikeWithLike(String closing, String into, String errors) {
        merge(closing, into);
        assertThat(errors()).isEqualTo(errors);
    }

    @Test
    void refusesWhatMayNotStandBelowTheSuccessor() {
        // the grassroots committee of one commune cannot stand below a sub-committee of another
        change.place("", unit("38.001.001.001"), unit("38.002"));
        next(change.work());
        merge("38.001", "38.001.001.001");
        assertThat(errors()).isEqualTo("38.001:unit.parent-kind");
    }

    @Test
    void movesAWholeTreeAndLeavesTheRest() {
        change.place("parent", unit("38.001.001"), unit("38.002"));
        Worked worked = change.work();
        assertThat(worked.changed())
                .extracting(saved -> saved.value().code())
                .containsExactlyInAnyOrder("38.001.001", "38.001.001.001", "38.001.001.001.001", "38.001.001.000.002");
        assertThat(worked.changed()).allMatch(saved -> saved.version() == 2);
        assertThat(worked.moved()).extracting(Unit::code).containsExactly("38.001.001");
        assertThat(worked.after().path(id("38.001.001.001.001")).stream()
                        .map(Unit::code)
                        .toList())
                .containsExactly("38", "38.002", "38.001.001", "38.001.001.001", "38.001.001.001.001");
        worked.after().withClosed().forEach(unit -> assertThat(unit.path())
                .isEqualTo("/"
                        + String.join(
                                "/",
                                worked.after().path(unit.id()).stream()
                                        .map(above -> above.id().toString())
                                        .toList())
                        + "/"));
        assertThat(worked.successions().stream().map(this::told))
                .containsExactlyInAnyOrder(
                        "38.001.001>38.001.001 -38.001 +38.002",
                        "38.001.001.001>38.001.001.001 -38.001 +38.002",
                        "38.001.001.001.001>38.001.001.001.001 -38.001 +38.002",
                        "38.001.001.000.002>38.001.001.000.002 -38.001 +38.002");
    }

    @ParameterizedTest
    @CsvSource({
        // the officers above are the same
        "38.002.001.000.001, 38.002.001.000.002, '38.002.001.000.001>38.002.001.000.002 - +'",
        // another commune
        "38.002.001.000.001, 38.001.002.000.001, '38.002.001.000.001>38.001.002.000.001 -38.002 +38.001'",
        "38.002.001.000.001, 38.001.001.000.002, '38.002.001.000.001>38.001.001.000.002 -38.002 +38.001.001,38.001'",
        // from a commune to the province itself, and the other way
        "38.002.001.000.001, 38.900, '38.002.001.000.001>38.900 -38.002 +'",
        "38.900, 38.002.001.000.001, '38.900>38.002.001.000.001 - +38.002'",
    })
    void knowsWhoIsAbove(String closing, String into, String told) {
        merge(closing, into);
        assertThat(change.work().successions().stream().map(this::told)).containsExactly(told);
    }

    @Test
    void officersOfAClosedCommitteeAreRenamedNotReplaced() {
        merge("38.002", "38.001");
        assertThat(change.work().successions().stream().map(this::told))
                .containsExactlyInAnyOrder(
                        "38.002>38.001 - +",
                        "38.002.001.000.001>38.002.001.000.001 - +",
                        "38.002.001.000.002>38.002.001.000.002 - +");
    }

    @Test
    void closedUnitsFollowTheirSuccessor() {
        merge("38.002.001.000.001", "38.002.001.000.002");
        next(change.work());
        merge("38.002.001.000.002", "38.900");
        next(change.work());
        change.place("parent", unit("38.900"), unit("38.001.001"));
        next(change.work());

        Unit first = unit("38.002.001.000.001");
        Unit last = unit("38.900");
        assertThat(first.hasClosed()).isTrue();
        assertThat(first.successor()).isEqualTo(last.id());
        assertThat(tree.current(first.id())).contains(last);
        assertThat(first.path()).isEqualTo(last.path() + first.id() + "/");
        assertThat(tree.below(last.id())).isEmpty();
        assertThat(tree.byCode("38.002.001.000.001")).isEmpty();
        assertThat(tree.all()).hasSize(PROVINCE.size() - 2).contains(last).doesNotContain(first);
    }

    @ParameterizedTest
    @CsvSource({
        "38.001.001=38.002.003, ''",
        "38.001.001=38.002, 38.001.001:unit.code-taken",
        "38.001.001=38.002.003 38.001.001.001=38.002.003, 38.001.001.001:unit.code-taken",
        "38.001.001=38.001.001.001 38.001.001.001=38.001.001, ''",
        "38.001.001=38.002.003 38.001.001=38.002.004, 38.001.001:unit.twice",
        "38.001.001=38.2, 38.001.001:unit.code",
        "38.001.001=, 38.001.001:unit.code",
    })
    void givesEachUnitACodeOfItsOwn(String codes, String errors) {
        for (String pair : codes.split(" ")) {
            String[] word = pair.split("=", -1);
            change.code(word[0], id(word[0]), word[1]);
        }
        assertThat(errors()).isEqualTo(errors);
    }

    @Test
    void aClosedUnitKeepsItsCode() {
        merge("38.002.001.000.001", "38.900");
        next(change.work());
        change.make("part", UUID.randomUUID(), "38.002.001.000.001", "mới", unit("38.900"));
        assertThat(errors()).isEqualTo("part.code:unit.code-taken");
    }

    @Test
    void makesPartsBesideTheWhole() {
        UUID part = UUID.randomUUID();
        change.make("units[0]", part, "38.003", "xã mới", unit("38.001"));
        change.placeInNew("units[0].below[0]", unit("38.001.001"), part, unit("38.001"));
        Worked worked = change.work();

        Unit made = worked.after().find(part).orElseThrow().value();
        assertThat(made.kind()).isEqualTo("COMMUNE");
        assertThat(made.path()).isEqualTo("/" + id("38") + "/" + part + "/");
        assertThat(worked.made()).containsExactly(new Saved<>(made, 1));
        assertThat(worked.moved()).extracting(Unit::code).containsExactly("38.001.001");

        change.make("units[1]", id("38.002"), "38.004", "xã khác", unit("38.001"));
        change.make("units[2]", part, "38.005", "xã khác", unit("38.001"));
        assertThat(errors()).isEqualTo("units[1].id:unit.exists units[2].id:unit.twice");
    }
}
