package vn.sotay.dues.transfer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import vn.sotay.dues.transfer.StatementLayout.Field;

/** How banks head the columns of their statements: a file of the module, with a line for each bank and field. */
final class StatementLayouts {

    private static final String FILE = "/sotay/banks/statements.tsv";

    private StatementLayouts() {}

    static List<StatementLayout> read() {
        try (InputStream in = Objects.requireNonNull(StatementLayouts.class.getResourceAsStream(FILE));
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            Map<String, Map<Field, List<String>>> banks = new LinkedHashMap<>();
            lines.lines().skip(1).map(line -> line.split("\t")).forEach(cells -> banks.computeIfAbsent(
                            cells[0], bank -> new EnumMap<>(Field.class))
                    .put(Field.valueOf(cells[1]), List.of(cells[2].split("\\|"))));
            return banks.entrySet().stream()
                    .map(one -> new StatementLayout(one.getKey(), one.getValue()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
