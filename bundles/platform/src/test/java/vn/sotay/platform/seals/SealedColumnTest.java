package vn.sotay.platform.seals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
                                                        + " \"hash\": \"income_hash\"}, \"reason\": {\"column\": \"reason_sealed\"}}}}")))
                .containsExactly(
                        new SealedColumn("dues", "dues_income", "id", "income", "income_sealed", "income_hash"),
                        new SealedColumn("dues", "dues_income", "id", "reason", "reason_sealed", null));
        assertThat(SealedColumn.of("dues", Json.mapper().missingNode())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"t": {"fields": {"a": {"column": "a"}}}}                                         | names ""
            {"t": {"key": "id", "fields": {"a": {}}}}                                         | names ""
            {"t; drop table member": {"key": "id", "fields": {"a": {"column": "a"}}}}         | names "t; drop table member"
            {"t": {"key": "id", "fields": {"a": {"column": "a b"}}}}                          | names "a b"
            {"t": {"key": "id", "fields": {"a": {"column": "a", "hash": "A"}}}}               | names "A"
            {"t": {"key": "id", "fields": {"a": {"colum": "a"}}}}                             | has "colum", which is not known: known are column, hash
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
