package vn.sotay.platform.units;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.sotay.api.unit.UnitKind;
import vn.sotay.platform.module.ModuleException;

class UnitKindsTest {

    private static final String NAMES = "\"names\": {\"vi\": \"a\", \"en\": \"b\", \"ko\": \"c\"}";

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    /** {@code CITY() WARD(CITY) *CELL(WARD,CITY)}: kinds with their parents, leaves with a star. */
    private static String json(String words) {
        StringBuilder json = new StringBuilder("[");
        for (String word : words.split(" ")) {
            boolean leaf = word.startsWith("*");
            String id = word.replaceAll("[*]|\\(.*", "");
            String parents = word.replaceAll(".*\\(|\\)", "");
            json.append(json.length() == 1 ? "" : ",")
                    .append("{\"id\": \"")
                    .append(id)
                    .append("\", \"leaf\": ")
                    .append(leaf)
                    .append(", \"parents\": [")
                    .append(parents.isEmpty() ? "" : '"' + parents.replace(",", "\", \"") + '"')
                    .append("], ")
                    .append(NAMES)
                    .append('}');
        }
        return json.append(']').toString();
    }

    @Test
    void areTheProvincesOwnWhereItHasThem(@TempDir Path config) throws Exception {
        byte[] platform = bytes(json("PROVINCE() *CELL(PROVINCE)"));
        assertThat(UnitKinds.of(null, platform).root().id()).isEqualTo("PROVINCE");
        assertThat(UnitKinds.of(config, platform).root().id()).isEqualTo("PROVINCE");

        Files.writeString(config.resolve("unit-kinds.json"), "// ours\n" + json("*CELL(CITY,WARD) WARD(CITY) CITY()"));
        UnitKinds own = UnitKinds.of(config, platform);

        assertThat(own.all()).extracting(UnitKind::id).containsExactly("CITY", "CELL", "WARD");
        assertThat(own.isLeaf("CELL")).isTrue();
        assertThat(own.isLeaf("WARD")).isFalse();
        assertThat(own.isLeaf("PROVINCE")).isFalse();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    CITY() WARD(CITY)                | one kind at least is a leaf, where members meet
                    *CELL(CELL)                      | exactly one kind has no parents: the root
                    CITY() TOWN() *CELL(CITY)        | exactly one kind has no parents: the root
                    CITY() *CELL(WARD)               | CELL may stand below WARD, which is no kind
                    CITY() *CELL(CITY) *GROUP(CELL)  | GROUP cannot stand below CELL, which is a leaf
                    CITY() *CELL(CITY) *CELL(CITY)   | CELL stands there twice
                    City() *CELL(City)               | the id City is not of capital letters, digits and underscores
                    """)
    void areToldWhenTheyAreWrong(String words, String line) {
        assertThatThrownBy(() -> UnitKinds.parse("unit-kinds.json", bytes(json(words))))
                .isInstanceOf(ModuleException.class)
                .hasMessage("unit-kinds.json: " + line);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    [{"id": "A", "leaf": true, "parents": []}]                             | A needs "parents", and "names"
                    [{"id": "A", "leaf": true, "parents": [], "names": {"vi": "a"}}]       | A needs "parents", and "names"
                    [{"leaf": true, "parents": [], "names": {"vi": "a"}}]                  | the id null is not of
                    [{"id": "A", "colour": "red"}]                                         | is no list of kinds of units
                    {"id": "A"}                                                            | is no list of kinds of units
                    [                                                                      | is no list of kinds of units
                    """)
    void areAListOfKinds(String json, String line) {
        assertThatThrownBy(() -> UnitKinds.parse("unit-kinds.json", bytes(json)))
                .isInstanceOf(ModuleException.class)
                .hasMessageContaining(line);
    }
}
