package vn.sotay.platform.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What words are the same, with marks and without, and what numbers and short forms stand for. */
class SpellingTest {

    @ParameterizedTest(name = "{0} = {1}: {2}")
    @CsvSource({
        // one, other, the same as they are written
        "hoà,       hòa,      true",
        "thuỷ,      thủy,     true",
        "Khoẻ,      khỏe,     true",
        "quyết,     quyêt,    false",
        "hoa,       hòa,      false",
        "Đảng,      đảng,     true",
        "Ðảng,      đảng,     true",
        "đảng,      đang,     false",
        "dân,       đần,      false",
        "01,        1,        true",
        "10,        1,        false",
        "0,         00,       true",
        "QH14,      qh14,     true",
    })
    void exact(String one, String other, boolean same) {
        assertThat(Spelling.exact(one).equals(Spelling.exact(other))).isEqualTo(same);
        assertThat(Spelling.exact(Normalizer.normalize(one, Normalizer.Form.NFD)))
                .as("decomposed")
                .isEqualTo(Spelling.exact(one));
    }

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource({"Đường, duong", "ðường, duong", "HOÀ, hoa", "hòa, hoa", "Ừ, u", "007, 7", "0, 0", "2017, 2017", "한국, 한국"
    })
    void folded(String written, String folded) {
        assertThat(Spelling.folded(written)).isEqualTo(Normalizer.normalize(folded, Normalizer.Form.NFD));
        assertThat(Spelling.folded(Normalizer.normalize(written, Normalizer.Form.NFD)))
                .as("decomposed")
                .isEqualTo(Spelling.folded(written));
    }

    @Test
    void isTheSameForEachLetterHoweverItsMarksAreSent() {
        for (char c = 0x80; c < 0x2100; c++) {
            if (Character.isLetter(c)) {
                for (String word : List.of("a" + c, c + "ế" + c)) {
                    String apart = Normalizer.normalize(word, Normalizer.Form.NFD);
                    assertThat(Spelling.folded(word)).as(word).isEqualTo(Spelling.folded(apart));
                    assertThat(Spelling.exact(word)).as(word).isEqualTo(Spelling.exact(apart));
                }
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "quyết", "nghị", "đường", "hoàn", "giá", "gì", "quý", "thương", "chuyển", "của", "mía", "người", "yếu", "ở"
    })
    void isShownAsItIsWritten(String word) {
        assertThat(Spelling.shown(List.of(Spelling.exact(word)))).isEqualTo(word);
    }

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource({
        // keys, what they would have written; nothing where they are no leftover
        "nghij,     nghị",
        "quyeets,   quyết",
        "quyeest,   quyết",
        "ddangr,    đảng",
        "ddoongf,   đồng",
        "ddoong,    đông",
        "thuowngf,  thường",
        "nguwowif,  người",
        "laamf,     lầm",
        "banj,      bạn",
        "dd,        ''",
        "nghi,      ''",
        "quyet,     ''",
        "class,     ''",
        "covid,     ''",
        "email,     ''",
        "boong,     ''",
        "trang,     ''",
        "chi,       ''",
    })
    void telex(String keys, String written) {
        assertThat(Telex.read(keys).map(read -> Spelling.shown(List.of(read))).orElse(""))
                .isEqualTo(written);
    }

    @ParameterizedTest(name = "{0} asks for {1}")
    @CsvSource({
        // what is asked, a number, whether it is found by the number itself
        "01-QĐ/TW,                  01-QĐ/TW,       true",
        "01 qd tw,                  01-QĐ/TW,       true",
        "1-QĐ/TW,                   01-QĐ/TW,       true",
        "quy dinh 01,               01-QĐ/TW,       true",
        "Quy định số 01,            01-QĐ/TW,       true",
        "quyết định 1,              01-QĐ/TW,       true",
        "Điều 5 Quy định 01-QĐ/TW,  01-QĐ/TW,       true",
        "qđ 01,                     01-QĐ/TW,       true",
        "nghi quyet 05,             Số 05-NQ/CB,    true",
        "nghị định 13/2023,         13/2023/NĐ-CP,  true",
        "nghị định 13,              13/2023/NĐ-CP,  true",
        "13/2023/nd-cp,             13/2023/NĐ-CP,  true",
        "quy định 02,               01-QĐ/TW,       false",
        "nghị quyết 01,             01-QĐ/TW,       false",
        "11-QĐ/TW,                  01-QĐ/TW,       false",
        "năm 2023,                  13/2023/NĐ-CP,  false",
    })
    void numbers(String asked, String number, boolean found) {
        assertThat(Numbers.asked(Question.of(asked), Abbreviations.read(null)).stream()
                        .anyMatch(Numbers.of(number)::contains))
                .isEqualTo(found);
    }

    @Test
    void aProvinceHasShortFormsOfItsOwn(@TempDir Path config) throws Exception {
        Files.writeString(
                config.resolve("abbreviations.json"),
                "{\n// of the province\n\"TĐV\": [\"tổ đảng viên\"], \"nq\": [], \"CT\": [\"chương trình\"]}");

        Abbreviations all = Abbreviations.read(config);

        assertThat(all.of("tdv")).extracting(Abbreviations.Short::words).containsExactly(List.of("to", "dang", "vien"));
        assertThat(all.of("nq")).isEmpty();
        assertThat(all.of("ct")).extracting(Abbreviations.Short::words).containsExactly(List.of("chuong", "trinh"));
        assertThat(all.of("qd")).hasSize(2);
        assertThat(all.at(List.of("theo", "to", "dang", "vien"), 1))
                .extracting(Abbreviations.Short::letters)
                .containsExactly("tdv");
    }

    @Test
    void aBrokenFileOfTheProvinceIsNotTaken(@TempDir Path config) throws Exception {
        Files.writeString(config.resolve("abbreviations.json"), "{\"NQ\": ");

        assertThat(Abbreviations.read(config).of("nq")).hasSize(1);
    }
}
