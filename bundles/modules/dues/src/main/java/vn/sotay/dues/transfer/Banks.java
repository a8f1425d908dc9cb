package vn.sotay.dues.transfer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The banks of Viet Nam by their numbers, of a file of the module. Thread-safe. */
final class Banks {

    private static final int BIN = 0;
    private static final int CODE = 1;
    private static final int SHORT = 2;
    private static final int NAME = 3;
    private static final int DEPRECATED = 6;

    private final List<Bank> all = read();

    /** Those whose names are in use, by what people call them. */
    List<Bank> all() {
        return all;
    }

    Optional<Bank> byBin(String bin) {
        return all.stream().filter(one -> one.bin().equals(bin)).findFirst();
    }

    private static List<Bank> read() {
        try (InputStream in = Objects.requireNonNull(Banks.class.getResourceAsStream("/sotay/banks/banks.tsv"));
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return lines.lines()
                    .skip(1)
                    .map(line -> line.split("\t", -1))
                    .filter(cells -> cells.length <= DEPRECATED || cells[DEPRECATED].isBlank())
                    .map(cells -> new Bank(cells[BIN], cells[CODE], cells[SHORT], cells[NAME]))
                    .sorted(Comparator.comparing(Bank::shortName, String.CASE_INSENSITIVE_ORDER))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
