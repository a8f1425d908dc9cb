package vn.sotay.api.change;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which of two values a field has afterwards; an empty cell: none. */
class MergedTest {

    @ParameterizedTest
    @CsvSource({
        // base, there, sent, value, gave way
        "a, a, a, a, ",
        "a, a, b, b, ",
        "a, b, a, b, ",
        "a, b, b, b, ",
        "a, b, c, c, b",
        " ,  , b, b, ",
        " , b, b, b, ",
        " , b,  , b, ",
        " , b, c, c, b",
        "a, a,  ,  , ",
        "a,  , a,  , ",
        "a, b,  ,  , b"
    })
    void whatOneAloneChangedCountsAndOfBothTheLater(
            String base, String there, String sent, String value, String other) {
        assertThat(Merged.of(base, there, sent)).isEqualTo(new Merged<>(value, other != null, other));
    }

    /** One side has emptied what both had: that counts as a value. */
    @ParameterizedTest
    @CsvSource({"a,  , b, b"})
    void anEmptyValueMayGiveWay(String base, String there, String sent, String value) {
        assertThat(Merged.of(base, there, sent)).isEqualTo(new Merged<>(value, true, null));
    }

    @ParameterizedTest
    @CsvSource({"a, b, c", "a, a, c", " , b, c", "a, b, "})
    void sentAgainItChangesNothing(String base, String there, String sent) {
        Merged<String> first = Merged.of(base, there, sent);

        assertThat(Merged.of(base, first.value(), sent)).isEqualTo(new Merged<>(first.value(), false, null));
    }
}
