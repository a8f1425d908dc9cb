package vn.sotay.platform.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.sotay.api.rule.Rule;
import vn.sotay.platform.module.ModuleException;
import vn.sotay.platform.rules.RuleBook.Origin;

class RulesTest {

    private static final String KEY = "meetings.documents.days-before";
    /** A cell, the commune and the province above it. */
    private static final List<String> CELL = List.of("38.168.053.000.001", "38.168", "38");

    private static final List<String> CELL_ELSEWHERE = List.of("44.001.001.000.001", "44.001", "44");

    private static RulePack pack(String id, String from, String to, String supersedes, String... rules) {
        return new RulePack(
                id,
                id,
                "tester",
                null,
                null,
                LocalDate.parse(from),
                to.isEmpty() ? null : LocalDate.parse(to),
                supersedes.isEmpty() ? null : supersedes,
                "test",
                null,
                Stream.of(rules)
                        .map(rule -> rule.split("="))
                        .map(rule -> new RulePack.Line(KEY, rule[0], rule[1], id + " says so", null, null, null))
                        .toList());
    }

    private static RuleBook book(List<RulePack> province, List<RulePack> modules) throws ModuleException {
        return new RuleBook(Map.of(Origin.PROVINCE, province, Origin.MODULES, modules));
    }

    private static String value(RuleBook book, String day, List<String> codes) {
        return book.find(LocalDate.parse(day), codes, KEY)
                .map(rule -> rule.value() + " by " + rule.pack())
                .orElse("none");
    }

    @Test
    void whereverItHolds() throws ModuleException {
        RuleBook book = new RuleBook(
                Map.of(
                        Origin.PROVINCE, List.of(pack("ours", "2026-01-01", "", "", "38.168=5", "44=7")),
                        Origin.MODULES, List.of(pack("theirs", "2025-01-01", "2026-06-30", "", "*=3"))),
                id -> true);
        assertThat(anywhere(book, "2024-12-31")).isEmpty();
        assertThat(anywhere(book, "2025-12-31")).containsExactly("3");
        assertThat(anywhere(book, "2026-06-30")).containsExactlyInAnyOrder("3", "5", "7");
        assertThat(anywhere(book, "2026-07-01")).containsExactlyInAnyOrder("5", "7");
        assertThat(book.anywhere(LocalDate.parse("2026-07-01"), "another")).isEmpty();
    }

    private static List<String> anywhere(RuleBook book, String day) {
        return book.anywhere(LocalDate.parse(day), KEY).stream()
                .map(Rule::value)
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        // day,        expected
        "2025-10-27,   none",
        "2025-10-28,   1 by first",
        "2026-06-30,   1 by first",
        "2026-07-01,   3 by second",
        "2026-12-31,   3 by second",
        "2027-01-01,   none",
    })
    void aPackIsInForceFromItsFirstDayUntilItEndsOrIsSuperseded(String day, String expected) throws ModuleException {
        RuleBook book = book(
                List.of(),
                List.of(
                        pack("first", "2025-10-28", "", "", "*=1"),
                        pack("second", "2026-07-01", "2026-12-31", "first", "*=3")));

        assertThat(value(book, day, CELL)).isEqualTo(expected);
    }

    @Test
    void theNearestUnitGoesBeforeThoseAboveIt() throws ModuleException {
        RuleBook book = book(List.of(), List.of(pack("p", "2025-01-01", "", "", "*=1", "38=2", "38.168=3", "38.1=9")));

        assertThat(value(book, "2026-01-01", CELL)).isEqualTo("3 by p");
        assertThat(value(book, "2026-01-01", List.of("38.200.001.000.001", "38.200", "38")))
                .isEqualTo("2 by p");
        assertThat(value(book, "2026-01-01", CELL_ELSEWHERE)).isEqualTo("1 by p");
    }

    @Test
    void theProvincesOwnGoBeforeThoseOfModules() throws ModuleException {
        RuleBook book = book(
                List.of(pack("own", "2026-01-01", "", "", "*=2")),
                List.of(pack("module", "2025-01-01", "", "", "*=1", "38.168=3")));

        assertThat(value(book, "2025-12-31", CELL)).isEqualTo("3 by module");
        assertThat(value(book, "2026-01-01", CELL)).isEqualTo("2 by own");
    }

    @Test
    void twoPacksOfOneOriginOnOneDayAreRefused() {
        List<RulePack> twice =
                List.of(pack("a", "2025-01-01", "2025-12-31", "", "*=1"), pack("b", "2025-12-31", "", "", "*=2"));

        assertThatThrownBy(() -> book(List.of(), twice))
                .isInstanceOf(ModuleException.class)
                .hasMessage("the rule packs a and b both say " + KEY + " for * on the same day:"
                        + " end one of them by effectiveTo or supersedes");
    }

    @Test
    void anotherScopeOrDayOrOriginIsNoDouble() throws ModuleException {
        RuleBook book = book(
                List.of(pack("c", "2025-01-01", "", "", "*=5")),
                List.of(
                        pack("a", "2025-01-01", "2025-12-31", "", "*=1", "38=2"),
                        pack("b", "2026-01-01", "", "", "*=3")));

        assertThat(value(book, "2026-01-01", CELL)).isEqualTo("5 by c");
    }

    @Test
    void aWrongFileIsNamedWithItsFault() {
        assertThatThrownBy(() -> RuleFiles.parse("x.json", "{\"id\": \"x\"}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(ModuleException.class)
                .hasMessageContaining("x.json")
                .hasMessageContaining("title is missing");
        assertThatThrownBy(() -> RuleFiles.parse("x.json", "null".getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("is empty");
    }

    @Test
    void theProvincesFolderMayBeMissing(@TempDir Path folder) throws ModuleException {
        assertThat(RuleFiles.read(folder.resolve("rules"))).isEmpty();
    }

    @Test
    void theShippedPacksOfQuangNgaiWantDocumentsTwoDaysBefore() throws Exception {
        Path config = Path.of("../../config/rules");
        Path meetings = Path.of("../modules/meetings/src/main/resources/sotay/rules");
        RuleBook book = book(RuleFiles.read(config), RuleFiles.read(meetings));
        LocalDate day = LocalDate.of(2026, 11, 24);

        assertThat(book.find(day, CELL, KEY).orElseThrow().integer()).isEqualTo(2);
        assertThat(book.find(day, CELL_ELSEWHERE, KEY).orElseThrow().integer()).isEqualTo(1);
        assertThat(book.find(day, CELL, "meetings.vote.admission")
                        .orElseThrow()
                        .threshold()
                        .needed(20))
                .isEqualTo(14);
    }

    private static RulePack dated(String id, boolean confirm, RulePack.Line... lines) {
        return new RulePack(
                id,
                id,
                "tester",
                null,
                null,
                LocalDate.parse("2026-02-01"),
                null,
                null,
                "test",
                confirm,
                List.of(lines));
    }

    private static RulePack.Line line(String value, String from, String to, boolean continuous) {
        return new RulePack.Line(
                KEY,
                "*",
                value,
                "says so",
                from.isEmpty() ? null : LocalDate.parse(from),
                to.isEmpty() ? null : LocalDate.parse(to),
                continuous);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-31, none",
        "2026-02-01, 3 by p",
        "2027-12-31, 3 by p",
        "2028-01-01, 5 by p",
    })
    void aRuleMayHaveDaysOfItsOwnWithinItsPack(String day, String expected) throws ModuleException {
        RuleBook book = book(
                List.of(),
                List.of(dated("p", false, line("3", "", "2027-12-31", true), line("5", "2028-01-01", "", true))));

        assertThat(value(book, day, CELL)).isEqualTo(expected);
    }

    @Test
    void aDayWithoutARuleThatMustBeContinuousIsRefused() {
        RulePack gap = dated("p", false, line("3", "", "2027-12-30", true), line("5", "2028-01-01", "", false));

        assertThatThrownBy(() -> book(List.of(), List.of(gap)))
                .isInstanceOf(ModuleException.class)
                .hasMessage("no rule pack says " + KEY + " for * on 2027-12-31, after p ends: it must be continuous");
    }

    @Test
    void aPackThatWaitsIsShownAndNotInForceUntilItIsConfirmed() throws ModuleException {
        Map<Origin, List<RulePack>> packs =
                Map.of(Origin.MODULES, List.of(dated("example", true, line("7", "", "", false))));
        LocalDate day = LocalDate.of(2026, 11, 1);

        assertThat(new RuleBook(packs).find(day, CELL, KEY)).isEmpty();
        assertThat(new RuleBook(packs).on(day, CELL)).singleElement().matches(entry -> !entry.isConfirmed());
        assertThat(new RuleBook(packs, "example"::equals)
                        .find(day, CELL, KEY)
                        .orElseThrow()
                        .value())
                .isEqualTo("7");
    }
}
