package vn.sotay.platform.pdf;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The words of the platform's pages, in Vietnamese: what a page calls so is called so on paper. Thread-safe. */
public final class PageWords {

    private static final class Texts {
        static final Properties VIETNAMESE = read();

        private static Properties read() {
            Properties texts = new Properties();
            try (var in = new InputStreamReader(
                    Objects.requireNonNull(PageWords.class.getResourceAsStream("/web/texts/vi.properties")),
                    StandardCharsets.UTF_8)) {
                texts.load(in);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return texts;
        }
    }

    private PageWords() {}

    /** Null if there is no such text. */
    public static @Nullable String find(String key) {
        return Texts.VIETNAMESE.getProperty(key);
    }

    /** @throws IllegalArgumentException if there is no such text */
    public static String say(String key) {
        String text = find(key);
        if (text == null) {
            throw new IllegalArgumentException("web/texts/vi.properties has no " + key);
        }
        return text;
    }
}
