package vn.sotay.platform.roster;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code rosters/expected.tsv} says of each file: of single lines, and of all of it.
 *
 * @param line 0 for the whole file
 * @param outcome {@code taken}, {@code taken with warning}, {@code refused}; for the whole {@code 13 taken, 7 refused}
 */
record Expected(String file, int line, String outcome, String reason) {

    private static final Pattern WHOLE =
            Pattern.compile("(\\d+) taken(?: after the columns are confirmed)?(?:, (\\d+) refused)?");

    static List<Expected> all() {
        try (InputStream in = Objects.requireNonNull(Expected.class.getResourceAsStream("/rosters/expected.tsv"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(line -> line.split("\t", -1))
                    .map(parts -> new Expected(
                            parts[0],
                            parts[1].equals("*") ? 0 : Integer.parseInt(parts[1]),
                            parts[2],
                            parts.length > 3 ? parts[3] : ""))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> files() {
        return all().stream().map(Expected::file).distinct().toList();
    }

    static List<Expected> lines(String file) {
        return all().stream()
                .filter(each -> each.file.equals(file) && each.line > 0)
                .toList();
    }

    static Expected whole(String file) {
        return all().stream()
                .filter(each -> each.file.equals(file) && each.line == 0)
                .findFirst()
                .orElseThrow();
    }

    int taken() {
        return Integer.parseInt(numbers().group(1));
    }

    int refused() {
        String refused = numbers().group(2);
        return refused == null ? 0 : Integer.parseInt(refused);
    }

    boolean isConfirmedFirst() {
        return outcome.contains("confirmed");
    }

    private Matcher numbers() {
        Matcher numbers = WHOLE.matcher(outcome);
        if (!numbers.matches()) {
            throw new IllegalStateException("not understood: " + outcome);
        }
        return numbers;
    }
}
