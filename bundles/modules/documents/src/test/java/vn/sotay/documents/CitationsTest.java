package vn.sotay.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of spellings, most of them of real laws; {@code DocumentPagesIT} holds the page's links to the same table. */
class CitationsTest {

    static Stream<String> spellings() throws IOException {
        return Files.readAllLines(Path.of("src/test/resources/citations.tsv")).stream()
                .filter(line -> !line.startsWith("# "));
    }

    @ParameterizedTest
    @MethodSource("spellings")
    void aTextNamesNumbers(String line) {
        String[] cells = line.split("\t", -1);
        String[] keys = Stream.of(cells[1].split(" ; "))
                .filter(one -> !one.isEmpty())
                .map(one -> one.replaceFirst(".* = ", "").replaceFirst("#.*", ""))
                .distinct()
                .toArray(String[]::new);

        assertThat(Citations.of(cells[0])).containsExactly(keys);
        assertThat(Citations.of(Normalizer.normalize(cells[0], Normalizer.Form.NFD)))
                .containsExactly(keys);
    }

    @Test
    void manyAreKeptUpToABound() {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i < 2_000; i++) {
            text.append(i).append("-QĐ/TU ");
        }

        assertThat(Citations.of(text.toString())).hasSize(500);
    }

    @Test
    void aNumberWithoutEndTakesNoTime() {
        assertThat(Citations.of("1/2018/" + "a-".repeat(500_000))).hasSizeLessThan(2);
    }
}
