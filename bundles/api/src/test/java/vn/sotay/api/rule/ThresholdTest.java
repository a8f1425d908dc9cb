package vn.sotay.api.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThresholdTest {

    @ParameterizedTest(name = "{0} of {1} is {2}")
    @CsvSource({
        "> 1/2,   20,         11",
        "> 1/2,   19,         10",
        "> 1/2,   1,          1",
        "> 1/2,   0,          1",
        ">= 1/2,  20,         10",
        ">= 1/2,  19,         10",
        ">= 2/3,  20,         14",
        ">= 2/3,  21,         14",
        ">=2/3,   3,          2",
        ">= 3/3,  7,          7",
        ">= 0/1,  7,          0",
        ">= 2/3,  2147483647, 1431655765",
    })
    void needed(String threshold, int whole, int needed) {
        assertThat(Threshold.parse(threshold).needed(whole)).isEqualTo(needed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1/2", "> 0.5", "> 1/0", ">= 2 / 3", "< 1/2", "> -1/2", "> 1/2 "})
    void parsesNothingElse(String text) {
        assertThatThrownBy(() -> Threshold.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'> 1/2' or '>= 2/3'");
    }
}
