package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each problem and each rule that the sources name has its text in every language: no reader ever sees a key. */
class ProblemTextsTest {

    private static final Path BUNDLES = Path.of("..", "bundles");
    private static final Path PLATFORM = BUNDLES.resolve("platform");

    /** {@code conflict("meeting.closed")}, {@code other(404, "no-such-path")}, {@code new Problem(400, "bad-parameter"}. */
    private static final Pattern PROBLEM = Pattern.compile(
            "(?:\\bconflict\\(|\\bother\\(\\s*\\d+,|\\bnew Problem\\(\\s*\\d+,)\\s*\"([a-z0-9.-]*[a-z0-9])\"");

    /** {@code invalid("cell", "unit.unknown")}, {@code new FieldError(field, "required"}. */
    private static final Pattern RULE =
            Pattern.compile("(?:\\binvalid\\(|\\bnew FieldError\\()\\s*[^,;]+?,\\s*\"([a-z0-9.-]*[a-z0-9])\"");

    static Stream<Path> bundles() throws IOException {
        try (Stream<Path> modules = Files.list(BUNDLES.resolve("modules"))) {
            return Stream.concat(
                    Stream.of(PLATFORM),
                    modules.filter(folder -> Files.exists(folder.resolve("pom.xml"))).sorted().toList().stream());
        }
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void areThereInEveryLanguage(Path bundle) throws IOException {
        TreeSet<String> named = named(bundle);

        for (String language : new String[] {"vi", "en", "ko"}) {
            Properties texts = texts(PLATFORM, language);
            texts.putAll(texts(bundle, language));
            assertThat(texts.stringPropertyNames()).as(language).containsAll(named);
        }
    }

    @Test
    void areFound() throws IOException {
        assertThat(named(PLATFORM))
                .contains("problem.no-such-path", "problem.unit.move", "rule.required", "rule.unit.unknown");
    }

    private static TreeSet<String> named(Path bundle) throws IOException {
        TreeSet<String> named = new TreeSet<>();
        try (Stream<Path> files = Files.walk(bundle.resolve("src/main/java"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                String source = Files.readString(file);
                PROBLEM.matcher(source).results().forEach(found -> named.add("problem." + found.group(1)));
                RULE.matcher(source).results().forEach(found -> named.add("rule." + found.group(1)));
            }
        }
        return named;
    }

    private static Properties texts(Path bundle, String language) throws IOException {
        Properties texts = new Properties();
        try (Reader in =
                Files.newBufferedReader(bundle.resolve("src/main/resources/sotay/i18n/" + language + ".properties"))) {
            texts.load(in);
        }
        return texts;
    }
}
