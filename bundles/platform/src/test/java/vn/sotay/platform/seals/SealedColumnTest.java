package vn.sotay.platform.seals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.sotay.platform.json.Json;
import vn.sotay.platform.module.ModuleException;

/** What a module declares as sealed, and the line when that is wrong. */
class SealedColumnTest {

    @Test
    void readsTablesAndFields() throws Exception {
        assertThat(
                        SealedColumn.of(
                                "dues",
                                Json.mapper()
                                        .readTree(
                                                "{\"dues_income\": {\"key\": \"id\", \"fields\": {\"income\": {\"column\": \"income_sealed\","
                                                        + " \"hash\": \"income_hash\"}, \"reason\": {\"column\": \"reason_sealed\"}}}, \"dues_line\": {\"key\": [\"dues\", \"member\"], \"fields\":"
                                                        + " {\"why\": {\"column\": \"why_sealed\", \"was\": {\"column\": \"why\", \"payload\": \"dues-line.whyNot\"}}}}}")))
                .containsExactly(
                        new SealedColumn(
                                "dues",
                                "dues_income",
                                List.of("id"),
                                "income",
                                "income_sealed",
                                "income_hash",
                                null,
                                null),
                        new SealedColumn(
                                "dues", "dues_income", List.of("id"), "reason", "reason_sealed", null, null, null),
                        new SealedColumn(
                                "dues",
                                "dues_line",
                                List.of("dues", "member"),
                                "why",
                                "why_sealed",
                                null,
                                "why",
                                "dues-line.whyNot"));
        assertThat(SealedColumn.of("dues", Json.mapper().missingNode())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"t": {"fields": {"a": {"column": "a"}}}}                                         | names ""
            {"t": {"key": "id", "fields": {"a": {}}}}                                         | names ""
            {"t; drop table member": {"key": "id", "fields": {"a": {"column": "a"}}}}         | names "t; drop table member"
            {"t": {"key": "id", "fields": {"a": {"column": "a b"}}}}                          | names "a b"
            {"t": {"key": "id", "fields": {"a": {"column": "a", "hash": "A"}}}}               | names "A"
            {"t": {"key": "id", "fields": {"a": {"colum": "a"}}}}                             | has "colum", which is not known: known are column, hash, was
            {"t": {"key": [], "fields": {}}}                                                  | has a "key" of 0 columns
            {"t": {"key": ["a", "b", "c", "d"], "fields": {}}}                                | has a "key" of 4 columns
            {"t": {"key": ["a", "b;"], "fields": {}}}                                         | names "b;"
            {"t": {"key": "id", "fields": {"a": {"column": "a", "was": {"payload": "a.b"}}}}} | names ""
            {"t": {"key": "id", "fields": {"a": {"column": "a", "was": {"column": "b", "payload": "b"}}}}} | names "b"
            {"t": {"key": "id", "fields": {"a": {"column": "a", "was": {"hash": "b"}}}}}      | has "hash", which is not known: known are column, payload
            {"t": {"keys": "id"}}                                                             | has "keys", which is not known: known are fields, key
            {"t": {"key": "id", "fields": {"a": {"column": "a"}}}, "u": {"key": "id", "fields": {"a": {"column": "a"}}}} | the sealed field a stands in two tables
            """)
    void tellsWhatIsWrong(String sealed, String told) {
        assertThatThrownBy(() -> SealedColumn.of("dues", Json.mapper().readTree(sealed)))
                .isInstanceOf(ModuleException.class)
                .hasMessageContaining("\"sealed\" in module.json of dues")
                .hasMessageContaining(told);
    }
}
