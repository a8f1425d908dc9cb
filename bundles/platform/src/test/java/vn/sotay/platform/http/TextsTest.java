package vn.sotay.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.sotay.api.http.FieldError;
import vn.sotay.api.http.Problem;
import vn.sotay.api.store.Saved;

class TextsTest {

    private static final Locale VI = new Locale("vi");

    private final Texts texts = new Texts(Map.of(
            "vi",
            Map.of(
                    "problem.closed", "Đã kết thúc",
                    "problem.closed.detail", "Buổi {title} kết thúc lúc {time}.",
                    "problem.not-found", "Không tìm thấy",
                    "rule.too-long", "Nhiều nhất {max}, đang có {length}"),
            "en",
            Map.of("problem.closed", "Closed")));

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource(delimiter = '|', textBlock = """
                                        | vi
                    vi                  | vi
                    vi-VN,vi;q=0.9      | vi
                    en-US,en;q=0.9      | en
                    ko-KR               | ko
                    fr                  | vi
                    fr, ko;q=0.8        | ko
                    en;q=0.1, ko;q=0.2  | ko
                    *                   | vi
                    EN                  | en
                    en;q=much           | vi
                    """)
    void preferred(String asked, String language) {
        assertThat(Texts.preferred(asked).getLanguage()).isEqualTo(language);
    }

    @Test
    void aProblemSaysWhatTheTextsSay() {
        Problem problem = Problem.conflict("closed")
                .problem()
                .with("title", "tháng {time}")
                .with("time", "19:00");

        ProblemDocument document = ProblemDocument.of(problem, "meetings", VI, texts);

        assertThat(document.type()).isEqualTo("urn:sotay:problem:closed");
        assertThat(document.title()).isEqualTo("Đã kết thúc");
        assertThat(document.status()).isEqualTo(409);
        assertThat(document.detail()).isEqualTo("Buổi tháng {time} kết thúc lúc 19:00.");
        assertThat(ProblemDocument.of(problem, "meetings", Locale.ENGLISH, texts)
                        .detail())
                .isNull();
    }

    @Test
    void aProblemNamesItsFieldsAndBearsWhatIsThere() {
        Problem fields = Problem.invalid(List.of(new FieldError("name", "too-long", Map.of("max", 3, "length", 5))))
                .problem();
        Problem current = Problem.changedMeanwhile(new Saved<>("mới", 7)).problem();

        assertThat(ProblemDocument.of(fields, "meetings", VI, texts).errors())
                .containsExactly(new ProblemDocument.Field("name", "too-long", "Nhiều nhất 3, đang có 5"));
        assertThat(ProblemDocument.of(current, "meetings", VI, texts).current()).isEqualTo("mới");
    }
}
