package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import vn.sotay.testkit.Sotay;

/** {@code docs/personal-data.md} is made of the register; {@code -Dsotay.register=write} writes it anew. */
class PersonalDataDocTest {

    private static final Path HOME = Sotay.dist().getParent();
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonReadFeature.ALLOW_JAVA_COMMENTS).build();
    private static final String HEAD = """
            # Personal data

            What Sotay keeps of people, table by table; made of `sotay/personal-data.json` of the platform and of each module, which a
            test compares with this page, and another with the tables of a real database: a column that stands in no register fails
            the build. The same words stand on the page *My data*.

            *Sensitive* is what the law calls so, and secrets. *Deleted* is what becomes of somebody's rows when the person is deleted
            (`docs/access.md`): they are removed; stay for the totals without the columns named; or stay as they are, ids alone.
            """;

    private static Properties texts(Path file) throws IOException {
        Properties texts = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            texts.load(reader);
        }
        return texts;
    }

    private static Map<String, String> days() throws IOException {
        Map<String, String> days = new TreeMap<>();
        try (Stream<Path> files = Files.walk(HOME.resolve("bundles"))) {
            for (Path file : files.filter(one -> one.getParent().endsWith("sotay/rules"))
                    .filter(one -> !one.toString().contains("target"))
                    .toList()) {
                JSON.readTree(file.toFile())
                        .path("rules")
                        .forEach(rule -> days.put(
                                rule.path("key").asText(), rule.path("value").asText()));
            }
        }
        return days;
    }

    private static String page() throws IOException {
        StringBuilder page = new StringBuilder(HEAD);
        Path platform = HOME.resolve("bundles/platform/src/main/resources");
        part(page, "The platform", platform, platform.resolve("web/texts/en.properties"));
        try (Stream<Path> modules = Files.list(HOME.resolve("bundles/modules"))) {
            for (Path module : modules.map(one -> one.resolve("src/main/resources"))
                    .filter(one -> Files.exists(one.resolve("sotay/module.json")))
                    .sorted()
                    .toList()) {
                String name = JSON.readTree(module.resolve("sotay/module.json").toFile())
                        .at("/names/en")
                        .asText();
                part(page, name, module, module.resolve("sotay/i18n/en.properties"));
            }
        }
        return page.toString();
    }

    private static void part(StringBuilder page, String title, Path resources, Path words) throws IOException {
        Properties texts = texts(words);
        Map<String, String> days = days();
        page.append("\n## ")
                .append(title)
                .append("\n| table | for | basic | sensitive | deleted | kept |\n|---|---|---|---|---|---|\n");
        List<String> technical = new ArrayList<>();
        JsonNode tables = JSON.readTree(
                        resources.resolve("sotay/personal-data.json").toFile())
                .path("tables");
        tables.properties().forEach(table -> {
            JsonNode of = table.getValue();
            if (of.path("basic").isEmpty() && of.path("sensitive").isEmpty()) {
                technical.add('`' + table.getKey() + '`');
                return;
            }
            Map<String, String[]> purposes = new TreeMap<>();
            for (int i = 0; i < 2; i++) {
                int column = i;
                of.path(i == 0 ? "basic" : "sensitive")
                        .properties()
                        .forEach(one -> purposes.computeIfAbsent(one.getKey(), key -> new String[] {"", ""})[column] =
                                String.join(", ", texts(one.getValue())));
            }
            purposes.forEach((purpose, columns) -> page.append("| `")
                    .append(table.getKey())
                    .append("` | ")
                    .append(required(texts, "purpose." + purpose))
                    .append(" | ")
                    .append(columns[0])
                    .append(" | ")
                    .append(columns[1])
                    .append(" | ")
                    .append(erased(of))
                    .append(" | ")
                    .append(kept(of, days))
                    .append(" |\n"));
        });
        if (!technical.isEmpty()) {
            page.append("\nNothing of people: ")
                    .append(String.join(", ", technical))
                    .append(".\n");
        }
    }

    private static String required(Properties texts, String key) {
        assertThat(texts).containsKey(key);
        return texts.getProperty(key);
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(one -> texts.add(one.asText()));
        return texts;
    }

    private static String erased(JsonNode of) {
        return switch (of.path("erased").asText()) {
            case "REMOVED" -> "removed";
            case "KEPT" -> "stays, ids alone";
            case "CLEARED" -> {
                List<String> cleared = new ArrayList<>();
                of.path("cleared").fieldNames().forEachRemaining(cleared::add);
                yield "stays without " + String.join(", ", cleared);
            }
            default -> "";
        };
    }

    private static String kept(JsonNode of, Map<String, String> days) {
        if (of.path("kept").isMissingNode()) {
            return "";
        }
        String rule = of.at("/kept/rule").asText();
        assertThat(days).containsKey(rule);
        return days.get(rule) + " days from `" + of.at("/kept/since").asText() + "` (`" + rule + "`)";
    }

    @Test
    void thePageTellsTheRegister() throws IOException {
        Path file = HOME.resolve("docs/personal-data.md");
        String page = page();
        if ("write".equals(System.getProperty("sotay.register"))) {
            Files.writeString(file, page);
        }
        assertThat(page).isEqualTo(Files.readString(file));
    }
}
