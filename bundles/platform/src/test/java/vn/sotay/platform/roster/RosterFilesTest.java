package vn.sotay.platform.roster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import vn.sotay.api.job.Finding;

/** Every roster as offices keep them, read without a database. */
class RosterFilesTest {

    static final LocalDate TODAY = LocalDate.of(2026, 11, 24);
    static final UUID CELL = UUID.fromString("00000000-0000-7000-8000-000000000001");

    record Read(Table table, Map<Integer, Entry> taken, List<Finding> refused, List<Finding> warnings) {}

    static Path file(String name) {
        try {
            return Path.of(Objects.requireNonNull(RosterFilesTest.class.getResource("/rosters/" + name))
                    .toURI());
        } catch (java.net.URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    static Read read(String name) throws Exception {
        try (RosterFile file = RosterFile.open(() -> java.nio.file.Files.newInputStream(file(name)))) {
            Table table = Table.find(file, Heads.load(null));
            Map<Integer, Entry> taken = new TreeMap<>();
            List<Finding> refused = new ArrayList<>();
            List<Finding> warnings = new ArrayList<>();
            SeenRows seen = new SeenRows();
            table.read(file, row -> {
                Map<Field, Value> fields = RowChecks.fields(row, table.columns());
                if (RowChecks.isNoMember(row, fields)) {
                    return true;
                }
                RowChecks.Checked checked = RowChecks.check(
                        row.line(),
                        fields,
                        called -> called.equals("38.168.053.000.001")
                                ? RowChecks.Cells.Found.of(CELL)
                                : RowChecks.Cells.Found.refused("roster.cell-unknown"),
                        TODAY);
                refused.addAll(checked.refused());
                Entry entry = checked.entry();
                if (entry == null) {
                    return true;
                }
                SeenRows.Duplicate duplicate = seen.find(row.line(), entry);
                if (duplicate != null && duplicate.refused()) {
                    refused.add(duplicate.finding());
                    return true;
                }
                if (duplicate != null) {
                    warnings.add(duplicate.finding());
                }
                warnings.addAll(checked.warnings());
                seen.add(row.line(), entry);
                taken.put(row.line(), entry);
                return true;
            });
            return new Read(table, taken, refused, warnings);
        }
    }

    static List<String> files() {
        return Expected.files();
    }

    @ParameterizedTest
    @MethodSource("files")
    void readsAsExpected(String name) throws Exception {
        Read read = read(name);
        Expected whole = Expected.whole(name);
        assertThat(read.refused()).as("refused").hasSize(whole.refused());
        assertThat(read.taken()).as("taken").hasSize(whole.taken());
        assertThat(read.table().heads().isCertain()).as("heads are certain").isEqualTo(!whole.isConfirmedFirst());

        Map<Integer, String> outcomes = new TreeMap<>();
        read.taken().keySet().forEach(line -> outcomes.put(line, "taken"));
        read.warnings().forEach(finding -> outcomes.put(finding.line(), "taken with warning"));
        read.refused().forEach(finding -> outcomes.put(finding.line(), "refused"));
        Map<Integer, String> expected = new TreeMap<>(outcomes);
        expected.replaceAll((line, outcome) -> "taken");
        Expected.lines(name).forEach(line -> expected.put(line.line(), line.outcome()));
        assertThat(outcomes).isEqualTo(expected);
    }

    @Test
    void saysWhyARowIsRefused() throws Exception {
        assertThat(read("errors.csv").refused())
                .extracting(Finding::line, Finding::rule)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(3, "roster.name-missing"),
                        org.assertj.core.groups.Tuple.tuple(5, "roster.no-day"),
                        org.assertj.core.groups.Tuple.tuple(7, "roster.cell-unknown"),
                        org.assertj.core.groups.Tuple.tuple(9, "roster.same-person"),
                        org.assertj.core.groups.Tuple.tuple(11, "roster.born-in-future"),
                        org.assertj.core.groups.Tuple.tuple(13, "roster.admitted-before-birth"),
                        org.assertj.core.groups.Tuple.tuple(17, "roster.gender-unknown"));
        assertThat(read("duplicates.csv").refused())
                .extracting(Finding::line, Finding::rule, finding -> finding.values()
                        .get("line"))
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(22, "roster.same-person", 4),
                        org.assertj.core.groups.Tuple.tuple(24, "roster.card-of-line", 8),
                        org.assertj.core.groups.Tuple.tuple(25, "roster.same-person", 10));
        assertThat(read("dates.csv").refused())
                .extracting(Finding::line, Finding::rule)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(10, "roster.no-day"),
                        org.assertj.core.groups.Tuple.tuple(11, "roster.short-year"),
                        org.assertj.core.groups.Tuple.tuple(12, "roster.no-day"),
                        org.assertj.core.groups.Tuple.tuple(17, "roster.official-before-admitted"));
    }

    @Test
    void mendsWhatWasMeant() throws Exception {
        assertThat(read("errors.csv").taken().get(20).name()).isEqualTo("Đỗ Văn Đạt");
        assertThat(read("errors.csv").taken().get(18).name()).isEqualTo("Nguyễn Thị Nhung");
        assertThat(read("windows-1258.csv").taken().get(2).name()).isEqualTo("Lê Tấn Đức");
        assertThat(read("office.xlsx").taken().get(7).name()).isEqualTo("Phạm Hữu Thái");
        assertThat(read("office.xlsx").taken().get(7).birthDate()).isEqualTo(LocalDate.of(2001, 5, 14));
        assertThat(read("three-sheets.xlsx").taken().get(5).cardNumber()).isEqualTo("49.976869");
        assertThat(read("three-sheets.xlsx").taken().get(5).phone()).isEqualTo("0900083725");
        assertThat(read("dates.csv").taken().get(7).birthDate()).isEqualTo(LocalDate.of(1999, 3, 5));
        assertThat(read("dates.csv").taken().get(6).birthDate()).isEqualTo(LocalDate.of(1996, 6, 12));
        assertThat(read("dates.csv").taken().get(9).birthDate()).isNull();
        assertThat(read("dates.csv").taken().get(9).birthYear()).isEqualTo(1970);
        assertThat(read("excel-semicolon-bom.csv").taken().get(6).name()).isEqualTo("Võ Thanh Dũng");
        assertThat(read("other-heads.csv").table().heads().columns().stream()
                        .filter(column -> column.field() == null)
                        .map(Heads.Column::head))
                .containsExactly("Dân tộc", "Ghi chú");
    }
}
