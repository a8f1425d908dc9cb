package vn.sotay.platform.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.sotay.platform.json.Json;

/** {@code docs/rule-pack.schema.json} says of a pack what the program reads. */
class RuleSchemaTest {

    private static final Path HOME = Path.of("../..");
    private static final String RULE = "{'key': 'a.b', 'scope': '*', 'value': '1', 'citation': 'c'}";

    private final JsonNode file = read(HOME.resolve("docs/rule-pack.schema.json"));
    private final JsonSchema schema =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(file);

    private static JsonNode read(Path file) {
        try {
            return Json.ownFiles().readTree(Files.readAllBytes(file));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void everyPackThatIsShippedKeepsToTheSchema() throws Exception {
        List<Path> packs;
        try (Stream<Path> bundles = Files.walk(HOME.resolve("bundles"));
                Stream<Path> config = Files.list(HOME.resolve("config/rules"))) {
            packs = Stream.concat(
                            bundles.filter(one -> one.toString().contains("src/main")
                                    && one.getParent().endsWith("sotay/rules")),
                            config)
                    .toList();
        }

        assertThat(packs).hasSizeGreaterThan(7);
        for (Path pack : packs) {
            assertThat(schema.validate(read(pack))).as(pack.toString()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'id': 'x', 'title': 't', 'issuer': 'i', 'source': 's', 'rules': [" + RULE + "]}",
                "{'id': 'x y', 'title': 't', 'issuer': 'i', 'effectiveFrom': '2026-01-01', 'source': 's', 'rules': ["
                        + RULE + "]}",
                "{'id': 'x', 'title': 't', 'issuer': 'i', 'effectiveFrom': '1.1.2026', 'source': 's', 'rules': [" + RULE
                        + "]}",
                "{'id': 'x', 'title': 't', 'issuer': 'i', 'effectiveFrom': '2026-01-01', 'source': 's', 'rules': []}",
                "{'id': 'x', 'titel': 't', 'issuer': 'i', 'effectiveFrom': '2026-01-01', 'source': 's', 'rules': ["
                        + RULE + "]}",
            })
    void aPackWithAFaultDoesNot(String pack) throws Exception {
        assertThat(schema.validate(Json.ownFiles().readTree(pack.replace('\'', '"'))))
                .isNotEmpty();
    }

    @Test
    void itNamesWhatTheProgramReads() {
        assertThat(names(file.path("properties"))).isEqualTo(components(RulePack.class));
        assertThat(names(file.at("/$defs/rule/properties"))).isEqualTo(components(RulePack.Line.class));
    }

    private static TreeSet<String> names(JsonNode object) {
        TreeSet<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static TreeSet<String> components(Class<?> type) {
        TreeSet<String> names = new TreeSet<>();
        Arrays.stream(type.getRecordComponents()).forEach(one -> names.add(one.getName()));
        return names;
    }
}
