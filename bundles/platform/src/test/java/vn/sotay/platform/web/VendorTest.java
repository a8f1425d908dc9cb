package vn.sotay.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What others made is what vendor/README.md says, byte for byte. */
final class VendorTest {

    private static final Path WEB = Path.of("src/main/resources/web");
    private static final Pattern LINE = Pattern.compile("\\| `([^`]+)` .* `([0-9a-f]{64})` \\|");

    @Test
    void everyFileHasTheHashThatIsWrittenDown() throws IOException {
        Map<String, String> written = new TreeMap<>();
        LINE.matcher(Files.readString(WEB.resolve("vendor/README.md")))
                .results()
                .forEach(line -> written.put(line.group(1), line.group(2)));
        Map<String, String> found = new TreeMap<>();
        for (String folder : new String[] {"vendor", "fonts"}) {
            try (Stream<Path> files = Files.list(WEB.resolve(folder))) {
                for (Path file : files.filter(path -> path.toString().matches(".*\\.(js|woff2)"))
                        .toList()) {
                    byte[] digest = Assets.sha256().digest(Files.readAllBytes(file));
                    found.put(folder + '/' + file.getFileName(), HexFormat.of().formatHex(digest));
                }
            }
        }

        assertThat(found).isNotEmpty().isEqualTo(written);
    }
}
