package vn.sotay.platform.units;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.sotay.api.http.FieldError;
import vn.sotay.api.unit.Unit;

class UnitRulesTest {

    private static UnitKinds kinds;

    @BeforeAll
    static void readKinds() throws Exception {
        try (InputStream in = UnitRules.class.getResourceAsStream("/sotay/" + UnitKinds.FILE)) {
            kinds = UnitKinds.parse("the platform's", in.readAllBytes());
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "38,                      true",
        "38.168,                  true",
        "38.168.053,              true",
        "38.168.053.000,          true",
        "38.168.053.000.001,      true",
        "38.168.053.000.001.001,  false",
        "38.,                     false",
        "38.16,                   false",
        "380,                     false",
        "38.168053,               false",
        "38-168,                  false",
        "38.168.,                 false",
        "' 38',                   false",
        "３８,                     false",
        "'',                      false",
    })
    void isCode(String code, boolean right) {
        assertThat(UnitRules.isCode(code)).isEqualTo(right);
    }

    @ParameterizedTest(name = "{0} below {1}: {2}")
    @CsvSource({
        // kind,         parent,        broken rule
        "PROVINCE,       ,              ",
        "COMMUNE,        PROVINCE,      ",
        "GRASSROOTS,     PROVINCE,      ",
        "GRASSROOTS,     COMMUNE,       ",
        "SUB_COMMITTEE,  GRASSROOTS,    ",
        "CELL,           PROVINCE,      ",
        "CELL,           COMMUNE,       ",
        "CELL,           GRASSROOTS,    ",
        "CELL,           SUB_COMMITTEE, ",
        "CELL,           ,              parent required",
        "CELL,           CELL,          parent unit.parent-kind",
        "COMMUNE,        COMMUNE,       parent unit.parent-kind",
        "SUB_COMMITTEE,  PROVINCE,      parent unit.parent-kind",
        "PROVINCE,       PROVINCE,      parent unit.parent-kind",
        "DISTRICT,       PROVINCE,      kind unit.kind",
    })
    void standsBelow(String kind, String parent, String broken) {
        Unit above = parent == null ? null : new Unit(new UUID(0, 1), null, parent, "38", "tỉnh", "/1/");

        assertThat(UnitRules.check(kinds, kind, "38.168", above))
                .extracting(error -> error.field() + ' ' + error.rule())
                .isEqualTo(broken == null ? java.util.List.of() : java.util.List.of(broken));
    }

    @ParameterizedTest
    @CsvSource({"DISTRICT, 1.2, kind code", "CELL, 1.2, parent code"})
    void namesAllThatIsWrongAtOnce(String kind, String code, String fields) {
        assertThat(UnitRules.check(kinds, kind, code, null))
                .extracting(FieldError::field)
                .containsExactly(fields.split(" "));
        assertThat(UnitRules.check(kinds, "DISTRICT", "38", null))
                .containsExactly(new FieldError(
                        "kind", "unit.kind", Map.of("values", "PROVINCE, COMMUNE, GRASSROOTS, SUB_COMMITTEE, CELL")));
    }
}
