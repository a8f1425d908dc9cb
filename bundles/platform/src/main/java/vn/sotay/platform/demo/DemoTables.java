package vn.sotay.platform.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import java.util.Objects;

/** Reads the tables that the demo is made up from: {@code demo/*.tsv}. */
final class DemoTables {

    private DemoTables() {}

    /** The rows below the heads. */
    static List<String[]> rows(String name) {
        try (InputStream in = Objects.requireNonNull(DemoTables.class.getResourceAsStream("/demo/" + name));
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader.lines()
                    .skip(1)
                    .filter(line -> !line.isBlank())
                    .map(line -> Normalizer.normalize(line, Normalizer.Form.NFC).split("\t", -1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
