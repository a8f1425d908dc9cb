package vn.sotay.api.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FoldingTest {

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                // as it is written,folded
                "Đỗ Văn Hoà,do van hoa",
                "Đỗ Văn Hòa,do van hoa",
                "ĐẶNG THUỲ TRÂM,dang thuy tram",
                "Ðinh Thị Ðào,dinh thi dao",
                "ðường,duong",
                "Nguyễn Ước Ừ ữ ợ Ỡ,nguyen uoc u u o o",
                "Y Kră Êban,y kra eban",
                "H'Wương,h'wuong",
                "  Lê \t Thị  Bé ,le thi be",
                "Lê\u00a0Thị\u3000Bé,le thi be",
                "05-NQ/CB,05-nq/cb",
                "ІІ,іі",
                "한국,한국",
            })
    void fold(String written, String folded) {
        assertThat(Folding.fold(written)).isEqualTo(Normalizer.normalize(folded, Normalizer.Form.NFD));
        assertThat(Folding.fold(Normalizer.normalize(written, Normalizer.Form.NFD)))
                .as("decomposed")
                .isEqualTo(Folding.fold(written));
        assertThat(Folding.fold(Folding.fold(written))).as("again").isEqualTo(Folding.fold(written));
    }

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource({
        "Nguyễn Văn An,   an nguyen van",
        "Nguyễn Văn Ân,   an nguyen van",
        "Đỗ Bé,           be do",
        "Tư,              tu",
        "'',              ''",
    })
    void byGivenName(String name, String key) {
        assertThat(Folding.byGivenName(name)).isEqualTo(key);
    }
}
