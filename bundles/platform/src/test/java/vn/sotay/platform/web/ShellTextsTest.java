package vn.sotay.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ShellTextsTest {

    private static final Pattern NAME = Pattern.compile("\\{\\w+}");

    private static Properties texts(String language) throws IOException {
        Properties texts = new Properties();
        try (Reader in = new InputStreamReader(
                ShellTextsTest.class.getResourceAsStream("/web/texts/" + language + ".properties"),
                StandardCharsets.UTF_8)) {
            texts.load(in);
        }
        return texts;
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "ko"})
    void everyTextIsThereInEveryLanguageAndNamesTheSameValues(String language) throws IOException {
        Properties source = texts("vi");
        Properties other = texts(language);

        assertThat(other.keySet()).containsExactlyInAnyOrderElementsOf(source.keySet());
        source.forEach((key, text) -> assertThat(names((String) other.get(key)))
                .as((String) key)
                .containsExactlyInAnyOrder(names((String) text)));
    }

    private static String[] names(String text) {
        return NAME.matcher(text).results().map(result -> result.group()).toArray(String[]::new);
    }
}
