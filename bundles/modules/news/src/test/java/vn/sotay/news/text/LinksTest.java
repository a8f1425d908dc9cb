package vn.sotay.news.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which addresses a link may have. */
class LinksTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://quangngai.gov.vn",
                "HTTPS://Example.vn/a?b=c#d",
                "http://localhost:8080/news",
                "https://vi.wikipedia.org/wiki/Quảng_Ngãi",
                "/documents/018f5b3e-7a51-7c1e-9a2b-3f0c5d6e7f80#dieu-5",
                "tel:+84255123456",
                "mailto:vanphong@example.vn"
            })
    void doesNoHarm(String address) {
        assertThat(Links.isSafe(address)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "javascript:alert(1)",
                "JaVaScRiPt:alert(1)",
                " javascript:alert(1)",
                "java\tscript:alert(1)",
                "java\nscript:alert(1)",
                "\u0001javascript:alert(1)",
                "vbscript:msgbox(1)",
                "data:text/html,<script>alert(1)</script>",
                "data:image/svg+xml;base64,PHN2Zz4=",
                "blob:https://a.vn/1",
                "file:///etc/passwd",
                "ftp://a.vn/",
                "//evil.example/",
                "/\\evil.example/",
                "\\\\evil.example\\a",
                "https://bank.vn@evil.example/",
                "https://user:word@evil.example/",
                "https://",
                "https:evil.example",
                "evil.example",
                "#top",
                "?q=1",
                "intent://scan/#Intent;end",
                "mailto:a@b.vn?subject=x&bcc=c@d.vn",
                "tel:*21*123#",
                "https://a.vn/ b",
                "https://a.vn/\u2028",
                "/a\u0000b"
            })
    void isNone(String address) {
        assertThat(Links.isSafe(address)).isFalse();
    }
}
