package vn.sotay.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vn.sotay.api.http.FieldError;
import vn.sotay.api.http.Problem;
import vn.sotay.api.http.ProblemException;
import vn.sotay.platform.json.Json;

class BodiesTest {

    private static final String ITEM = "{\"id\":\"" + Sample.ID + "\",\"name\":\"abc\"}";

    private static Sample read(String json) {
        return Bodies.read(Json.mapper(), json.getBytes(StandardCharsets.UTF_8), Sample.class);
    }

    private static Problem problem(String json) {
        return catchThrowableOfType(ProblemException.class, () -> read(json)).problem();
    }

    @Test
    void readsWhatIsRight() {
        Sample sample = read(Sample.json("Họp", "Ho\u0323p"));

        assertThat(sample.title()).as("composed").isEqualTo("Họp");
        assertThat(sample.cell()).isEqualTo(UUID.fromString(Sample.ID));
        assertThat(sample.day()).isEqualTo(LocalDate.of(2026, 11, 24));
        assertThat(sample.at()).isEqualTo(Instant.parse("2026-11-24T05:00:00Z"));
        assertThat(sample.amount()).isEqualTo(5_000_000_000L);
        assertThat(sample.items()).hasSize(1);
        assertThat(sample.note()).isNull();
    }

    @ParameterizedTest(name = "{1} for {0}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
                    "title":"Họp",                   |                                         | title required
                    "title":"Họp"                    | "title":null                            | title required
                    "title":"Họp"                    | "title":7                               | title text
                    "title":"Họp"                    | "title":["a"]                           | title text
                    "title":"Họp"                    | "title":" "                             | title blank
                    "title":"Họp"                    | "title":"123456789012345678901"         | title too-long
                    "title":"Họp"                    | "title":"a\\u0007"                      | title control-characters
                    "title":"Họp"                    | "title":"a\\nb"                         | title control-characters
                    "stance":"AGREE"                 | "stance":"agree"                        | stance enum
                    "stance":"AGREE"                 | "stance":0                              | stance enum
                    "stance":"AGREE",                |                                         | stance required
                    "cell":"0193c1f0                 | "cell":"x193c1f0                        | cell uuid
                    "day":"2026-11-24"               | "day":"2026-02-30"                      | day day
                    "day":"2026-11-24"               | "day":20261124                          | day day
                    "day":"2026-11-24"               | "day":[2026,11,24]                      | day day
                    "at":"2026-11-24T05:00:00Z"      | "at":1764000000                         | at instant
                    "at":"2026-11-24T05:00:00Z"      | "at":"2026-11-24"                       | at instant
                    "count":3                        | "count":0                               | count out-of-range
                    "count":3                        | "count":11                              | count out-of-range
                    "count":3                        | "count":"3"                             | count number
                    "count":3                        | "count":null                            | count number
                    "count":3                        | "count":99999999999                     | count number
                    "open":true                      | "open":"true"                           | open boolean
                    "open":true                      | "open":1                                | open boolean
                    "open":true                      | "open":true,"closed":true               | closed unknown-field
                    "items":[ITEM]                   | "items":{}                              | items list
                    "items":[ITEM]                   | "items":null                            | items required
                    "items":[ITEM]                   | "items":[null]                          | items[0] required
                    "items":[ITEM]                   | "items":[ITEM,ITEM,ITEM,ITEM]           | items too-many
                    "items":[ITEM]                   | "items":[ITEM,{"name":"abc"}]           | items[1].id required
                    "name":"abc"                     | "name":"ABC"                            | items[0].name form
                    "name":"abc"                     | "name":"abcdef"                         | items[0].name too-long
                    "name":"abc"                     | "name":"abc","x":1                      | items[0].x unknown-field
                    "open":true                      | "open":true,"one":5                     | one object
                    "open":true                      | "open":true,"one":{"name":"a"}          | one.id required
                    """)
    void namesTheFieldAndTheRule(String part, String other, String error) {
        String json = Sample.json(part.replace("ITEM", ITEM), other == null ? "" : other.replace("ITEM", ITEM));

        Problem problem = problem(json);

        assertThat(problem.status()).isEqualTo(422);
        assertThat(problem.errors())
                .extracting(one -> one.field() + ' ' + one.rule())
                .containsExactly(error);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    "open":true  | "open":true,"note":""
                    "open":true  | "open":true,"note":"a\\nb\\tc"
                    "open":true  | "open":true,"note":null,"second":null,"one":null
                    "title":"Họp" | "title":"12345678901234567890"
                    "title":"Họp" | "title":"🚢🚢🚢🚢🚢🚢🚢🚢🚢🚢🚢🚢🚢🚢🚢🚢🚢🚢🚢🚢"
                    [ITEM]       | []
                    "count":3    | "count":10
                    """)
    void takesWhatIsWithinTheLimits(String part, String other) {
        assertThat(read(Sample.json(part.replace("ITEM", ITEM), other))).isNotNull();
    }

    @Test
    void namesAllThatBreakARuleAtOnce() {
        String json =
                Sample.json("\"count\":3", "\"count\":0").replace("Họp", " ").replace("abc", "ABC");

        assertThat(problem(json).errors())
                .extracting(FieldError::field)
                .containsExactly("title", "count", "items[0].name");
    }

    @Test
    void saysWhatThereIsInstead() {
        assertThat(problem(Sample.json("\"stance\":\"AGREE\"", "\"stance\":\"NO\""))
                        .errors())
                .containsExactly(new FieldError("stance", "enum", Map.of("values", "AGREE, OTHER")));
        assertThat(problem(Sample.json("\"name\":\"abc\"", "\"nmae\":\"abc\"")).errors())
                .containsExactly(new FieldError("items[0].nmae", "unknown-field", Map.of("known", "id, name")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {                      | 1
                    {"title": }            | 1
                    {\\n"note": "",\\n]    | 3
                    {"note":"","note":""}  | 1
                    null                   | 1
                    ''                     | 1
                    """)
    void namesThePlaceInWhatIsNoJson(String json, int line) {
        Problem problem = problem(json.replace("\\n", "\n"));

        assertThat(problem.status()).isEqualTo(400);
        assertThat(problem.code()).isEqualTo("malformed-json");
        assertThat(problem.values()).containsEntry("line", line).containsKey("column");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "7", "\"text\"", "true"})
    void wantsAnObject(String json) {
        Problem problem = problem(json);

        assertThat(problem.status()).isEqualTo(422);
        assertThat(problem.errors()).extracting(FieldError::rule).containsExactly("object");
    }

    @Test
    void readsOneObjectAndNothingAfterIt() {
        assertThat(problem(Sample.json() + " {}").code()).isEqualTo("malformed-json");
        assertThat(problem(Sample.json() + '}').code()).isEqualTo("malformed-json");
        assertThat(read(Sample.json() + " \n ")).isNotNull();
    }

    @Test
    void readsUtf8Alone() {
        byte[] latin = "{\"title\":\"H\u00f4p\"}".getBytes(StandardCharsets.ISO_8859_1);

        Problem problem = catchThrowableOfType(
                        ProblemException.class, () -> Bodies.read(Json.mapper(), latin, Sample.class))
                .problem();

        assertThat(problem.code()).isEqualTo("not-utf8");
    }

    @Test
    void endsWhatIsNestedWithoutEnd() {
        Problem problem = problem("{\"items\":" + "[".repeat(100_000));

        assertThat(problem.status()).isBetween(400, 422);
    }
}
