package vn.sotay.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * That the scripts of all pages run as they are written in the oldest browsers that docs/web.md names: no syntax and no function that
 * came later, and imports by relative paths of files that are there.
 */
final class ScriptsTest {

    private static final Path BUNDLES = Path.of("..").toAbsolutePath().normalize();
    private static final Path SHELL = BUNDLES.resolve("platform/src/main/resources/web/shell");
    private static final Pattern LATER = Pattern.compile("\\blater\\('(\\w+)', '(\\w+)'\\)");
    private static final Pattern IMPORT = Pattern.compile("(?m)^(?:import|export) (?:[^'\n]* from )?'([^']+)';$");

    /** Chrome 80, Firefox 74 and Safari 13.1 lack these. */
    private static final Pattern TOO_NEW = Pattern.compile(
            "\\\\p\\{|\\(\\?<|\\?\\?=|\\|\\|=|&&=|\\.replaceAll\\(|\\.at\\(|\\.findLast|structuredClone|Object\\.hasOwn|\\bstatic \\{|\\s#\\w+[ (=;]"
                    + "|Promise\\.any|AggregateError|toSorted|Array\\.fromAsync|^(const|let|export).*= await ");

    private static List<Path> scripts() throws IOException {
        try (Stream<Path> files = Files.walk(BUNDLES)) {
            return files.filter(file -> file.toString().endsWith(".js"))
                    .filter(file -> file.toString().contains("src/main/resources"))
                    .toList();
        }
    }

    @Test
    void nothingIsNewerThanTheOldestBrowser() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path script : scripts()) {
            for (String line : Files.readAllLines(script)) {
                Matcher newer = TOO_NEW.matcher(line);
                if (newer.find()) {
                    found.add(BUNDLES.relativize(script) + ": " + newer.group());
                }
            }
        }

        assertThat(scripts()).hasSizeGreaterThan(50);
        assertThat(found).isEmpty();
    }

    @Test
    void whatIsLoadedLaterIsThere() throws IOException {
        List<String> found = new ArrayList<>();
        int asked = 0;
        for (Path script : scripts()) {
            Matcher later = LATER.matcher(Files.readString(script));
            for (; later.find(); asked++) {
                Path file = SHELL.resolve("later/" + later.group(1) + ".js");
                if (!Files.exists(file)
                        || !Files.readString(file)
                                .matches("(?s).*\\bexport (const|function) " + later.group(2) + "\\b.*")) {
                    found.add(BUNDLES.relativize(script) + ": " + later.group());
                }
            }
        }

        assertThat(asked).isGreaterThan(20);
        assertThat(found).isEmpty();
    }

    @Test
    void importsAreFilesThatAreThere() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path script : scripts()) {
            if (script.toString().contains("/vendor/")) {
                continue;
            }
            Matcher imported = IMPORT.matcher(Files.readString(script));
            while (imported.find()) {
                String path = imported.group(1);
                if (!path.startsWith(".") || !Files.exists(script.resolveSibling(path))) {
                    found.add(BUNDLES.relativize(script) + ": " + path);
                }
            }
        }

        assertThat(found).isEmpty();
    }
}
