package vn.sotay.tests.roster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import vn.sotay.testkit.Client;
import vn.sotay.testkit.Sotay;

/**
 * Every roster of {@code expected.tsv} goes the whole way that an office goes with it: sent, reported, applied, and undone, after which
 * the province is exported as it was, to the last byte.
 */
class RosterIT {

    private static final Path ROSTERS = Sotay.dist().resolveSibling("bundles/platform/src/test/resources/rosters");
    private static final String CELL = "38.168.053.000.001";
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Pattern WHOLE = Pattern.compile(
            "(\\d+) taken(?<confirmed> after the columns are confirmed)?(?:, (?<refused>\\d+) refused)?");

    private static Sotay sotay;

    @BeforeAll
    static void start() {
        sotay = Sotay.start(Sotay.prepared());
    }

    @AfterAll
    static void stop() {
        sotay.close();
    }

    private static List<String[]> expected() throws IOException {
        return Files.readAllLines(ROSTERS.resolve("expected.tsv")).stream()
                .skip(1)
                .map(line -> line.split("\t", -1))
                .toList();
    }

    static List<String> files() throws IOException {
        return expected().stream().map(row -> row[0]).distinct().toList();
    }

    @ParameterizedTest
    @MethodSource("files")
    void isReportedAppliedAndUndone(String file) throws IOException {
        Client officer = sotay.as("officer");
        byte[] before = export(officer);
        Matcher whole = whole(file);
        Import roster = Import.begin(officer, file, Files.readAllBytes(ROSTERS.resolve(file)), CELL);
        if (whole.group("confirmed") != null) {
            roster.await("COLUMNS", LIMIT);
            roster.confirm();
        }

        JsonNode result = roster.await("STAGED", LIMIT).path("result");

        int taken = Integer.parseInt(whole.group(1));
        int refused = whole.group("refused") == null ? 0 : Integer.parseInt(whole.group("refused"));
        assertThat(result.path("taken").asInt()).as("taken").isEqualTo(taken);
        assertThat(result.path("refusedLines").asInt()).as("refused").isEqualTo(refused);
        assertThat(outcomes(result, expectedOutcomes(file))).isEqualTo(expectedOutcomes(file));
        assertThat(export(officer)).as("nothing is changed by sending").isEqualTo(before);

        roster.apply();
        JsonNode applied = roster.await("APPLIED", LIMIT).path("result");
        assertThat(applied.path("taken").asInt()).isEqualTo(taken);
        assertThat(lines(export(officer)))
                .isEqualTo(lines(before) + applied.path("added").asInt());

        roster.undo();
        JsonNode undone = roster.await("UNDONE", LIMIT).path("result");
        assertThat(undone.path("kept")).isEmpty();
        assertThat(export(officer)).as("as it was").isEqualTo(before);
    }

    private static Matcher whole(String file) throws IOException {
        String outcome = expected().stream()
                .filter(row -> row[0].equals(file) && row[1].equals("*"))
                .findFirst()
                .orElseThrow()[2];
        Matcher whole = WHOLE.matcher(outcome);
        assertThat(whole.matches()).as(outcome).isTrue();
        return whole;
    }

    private static Map<Integer, String> expectedOutcomes(String file) throws IOException {
        Map<Integer, String> outcomes = new TreeMap<>();
        expected().stream()
                .filter(row -> row[0].equals(file) && !row[1].equals("*"))
                .forEach(row -> outcomes.put(Integer.valueOf(row[1]), row[2]));
        return outcomes;
    }

    /** What is reported of each line; of those that are just taken nothing is, so they are asked for. */
    private static Map<Integer, String> outcomes(JsonNode result, Map<Integer, String> asked) {
        Map<Integer, String> outcomes = new TreeMap<>();
        asked.keySet().forEach(line -> outcomes.put(line, "taken"));
        result.path("warnings").forEach(line -> outcomes.put(line.path("line").asInt(), "taken with warning"));
        result.path("refused").forEach(line -> outcomes.put(line.path("line").asInt(), "refused"));
        return outcomes;
    }

    private static byte[] export(Client officer) {
        return officer.get("/api/members/export?format=csv").expect(200).body();
    }

    private static long lines(byte[] csv) {
        return new String(csv, StandardCharsets.UTF_8).lines().count();
    }
}
