package vn.sotay.platform.roster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vn.sotay.api.job.Finding;
import vn.sotay.platform.csv.Safe;

class RowChecksTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);
    private static final UUID CELL = UUID.fromString("00000000-0000-7000-8000-000000000001");
    private static final Map<Field, Integer> COLUMNS = Map.of(
            Field.ORDINAL,
            1,
            Field.NAME,
            2,
            Field.BIRTH,
            3,
            Field.GENDER,
            4,
            Field.CARD,
            5,
            Field.ADMITTED,
            6,
            Field.OFFICIAL,
            7,
            Field.CELL,
            8,
            Field.PHONE,
            9);

    private static Map<Field, Value> complete() {
        Map<Field, Value> fields = new EnumMap<>(Field.class);
        fields.put(Field.NAME, Value.text("Lê Thị Hoa"));
        fields.put(Field.BIRTH, Value.text("01/02/1980"));
        fields.put(Field.GENDER, Value.text("Nữ"));
        fields.put(Field.CARD, Value.text("34.123456"));
        fields.put(Field.ADMITTED, Value.text("03/02/2010"));
        fields.put(Field.OFFICIAL, Value.text("03/02/2011"));
        return fields;
    }

    private static RowChecks.Checked check(Field field, Value value) {
        Map<Field, Value> fields = complete();
        fields.put(field, value);
        return RowChecks.check(7, fields, called -> RowChecks.Cells.Found.of(CELL), TODAY);
    }

    private static RawRow row(String... values) {
        return new RawRow(7, Arrays.stream(values).map(Value::text).toList());
    }

    @ParameterizedTest
    @CsvSource({
        "34.123456,34.123456",
        "34123456,34.123456",
        "'34,123456',34.123456",
        "34. 123456,34.123456",
    })
    void readsCardNumbers(String written, String card) {
        RowChecks.Checked checked = check(Field.CARD, Value.text(written));
        assertThat(checked.entry().cardNumber()).isEqualTo(card);
        assertThat(checked.warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"49.97687,49.976870", "5.5,05.500000", "34123456,34.123456", "4123456,04.123456"})
    void givesACardNumberItsZerosBack(String number, String card) {
        RowChecks.Checked checked = check(Field.CARD, Value.number(number));
        assertThat(checked.entry().cardNumber()).isEqualTo(card);
        assertThat(checked.warnings()).extracting(Finding::rule).containsExactly("roster.card-as-number");
    }

    @Test
    void keepsACardNumberOfAnotherForm() {
        RowChecks.Checked checked = check(Field.CARD, Value.text("QN 0123"));
        assertThat(checked.entry().cardNumber()).isEqualTo("QN 0123");
        assertThat(checked.warnings()).extracting(Finding::rule).containsExactly("roster.card-form");
    }

    @ParameterizedTest
    @CsvSource({
        "0905123456,0905123456",
        "905123456,0905123456",
        "0905 123 456,0905123456",
        "0905.123.456,0905123456",
        "+84 905 123 456,0905123456",
        "84905123456,0905123456",
        "0905123456 / 0914000000,0905123456",
        "(0255) 3822123,02553822123",
    })
    void readsPhones(String written, String phone) {
        assertThat(check(Field.PHONE, Value.text(written)).entry().phone()).isEqualTo(phone);
    }

    @Test
    void leavesOutAPhoneThatIsNone() {
        RowChecks.Checked checked = check(Field.PHONE, Value.text("không có"));
        assertThat(checked.entry().phone()).isNull();
        assertThat(checked.warnings()).extracting(Finding::rule).containsExactly("roster.phone-form");
    }

    @Test
    void tellsEveryFaultOfARowButNotWhatFollowsFromIt() {
        Map<Field, Value> fields = complete();
        fields.put(Field.NAME, Value.text("123"));
        fields.put(Field.BIRTH, Value.text("01/02/2031"));
        fields.put(Field.GENDER, Value.text("Khác"));
        RowChecks.Checked checked = RowChecks.check(7, fields, called -> RowChecks.Cells.Found.of(CELL), TODAY);
        assertThat(checked.entry()).isNull();
        assertThat(checked.refused())
                .extracting(Finding::rule)
                .containsExactly("roster.no-name", "roster.born-in-future", "roster.gender-unknown");
    }

    @Test
    void takesAYearForABirthAlone() {
        assertThat(check(Field.BIRTH, Value.text("1980")).entry().birthYear()).isEqualTo(1980);
        assertThat(check(Field.ADMITTED, Value.text("2010")).refused())
                .extracting(Finding::rule)
                .containsExactly("roster.day-needed");
        assertThat(check(Field.BIRTH, Value.text("2010")).refused()).isEmpty();
        assertThat(check(Field.BIRTH, Value.text("2011")).refused())
                .extracting(Finding::rule)
                .containsExactly("roster.admitted-before-birth");
    }

    @Test
    void doesNotWonderAboutProbationInItsYear() {
        Map<Field, Value> fields = complete();
        fields.remove(Field.OFFICIAL);
        fields.put(Field.ADMITTED, Value.text("19/05/2026"));
        RowChecks.Checked checked = RowChecks.check(7, fields, called -> RowChecks.Cells.Found.of(CELL), TODAY);
        assertThat(checked.warnings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Tổng cộng", "Tổng cộng: 60 đảng viên", "TỔNG SỐ", "Cộng", "Cộng: 60"})
    void knowsTotals(String total) {
        RawRow row = row("", total, "60");
        assertThat(RowChecks.isNoMember(row, RowChecks.fields(row, COLUMNS))).isTrue();
    }

    @Test
    void takesNobodyForATotal() {
        RawRow row = row("1", "Công Văn Tổng", "1980");
        assertThat(RowChecks.isNoMember(row, RowChecks.fields(row, COLUMNS))).isFalse();
    }

    @Test
    void knowsARowThatNumbersTheColumns() {
        RawRow row = row("(1)", "(2)", "(3)", "(4)", "(5)");
        assertThat(RowChecks.isNoMember(row, RowChecks.fields(row, COLUMNS))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+84", "-x", "@sum", "'=x", "''"})
    void guardsAndUnguards(String text) {
        assertThat(Safe.guarded(text)).startsWith("'").isNotEqualTo(text);
        assertThat(Safe.unguarded(Safe.guarded(text))).isEqualTo(text);
    }

    @Test
    void guardsNoOrdinaryText() {
        List.of("Lê Thị Hoa", "0905123456", "", "H'Mrưa", "'")
                .forEach(text -> assertThat(Safe.unguarded(Safe.guarded(text))).isEqualTo(text));
        assertThat(Safe.guarded("Lê Thị Hoa")).isEqualTo("Lê Thị Hoa");
    }
}
