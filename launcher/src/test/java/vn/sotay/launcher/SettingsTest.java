package vn.sotay.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

    @TempDir
    Path folder;

    private Path platform;
    private Path meetings;

    @BeforeEach
    void jars() throws IOException {
        platform = jar(
                "platform",
                "http",
                "<AD id='port' type='Integer'/><AD id='host' type='String'/><AD id='secret' type='Password'/>");
        meetings = jar("meetings", "meetings", "<AD id='lateAfter' type='Long'/><AD id='open' type='Boolean'/>");
    }

    @Test
    void readsSectionsWithComments() throws Exception {
        write("""
                // of the whole
                {
                  "http": {"port": 9000, /* all */ "host": "",},
                  "meetings": {"lateAfter": 5, "open": true}
                }
                """);

        assertThat(read().byPid())
                .containsEntry("vn.sotay.http", Map.of("port", 9000, "host", ""))
                .containsEntry("vn.sotay.meetings", Map.of("lateAfter", 5L, "open", true));
    }

    @Test
    void givesThePlatformAConfigurationEvenWithoutAFile() throws Exception {
        assertThat(read().byPid()).containsOnlyKeys("vn.sotay.http");
        assertThat(read().byPid().get("vn.sotay.http")).isEmpty();
    }

    @Test
    void putsTheCommandLineOverTheFile() throws Exception {
        write("{\"http\": {\"port\": 9000, \"host\": \"a\"}}");
        Settings settings = read();

        settings.overwrite("http", "port", 1);
        settings.overwrite("http", "host", null);

        assertThat(settings.byPid()).containsEntry("vn.sotay.http", Map.of("port", 1, "host", "a"));
    }

    @Test
    void warnsOfAModuleThatIsNotHere() throws Exception {
        write("{\"dues\": {\"anything\": 1}}");

        Settings settings = read();

        assertThat(settings.warnings())
                .containsExactly(
                        "sotay.json: the section \"dues\" belongs to no module that is here; it is left aside");
        assertThat(settings.byPid()).containsOnlyKeys("vn.sotay.http");
    }

    @Test
    void warnsOfASecretWithoutRepeatingIt() throws Exception {
        write("{\"http\": {\"secret\": \"s3cret\"}}");

        Settings settings = read();

        assertThat(settings.byPid()).containsEntry("vn.sotay.http", Map.of("secret", "s3cret"));
        assertThat(settings.warnings()).singleElement().satisfies(line -> assertThat(line)
                .contains("\"http.secret\" is a secret", "\"http.secretFile\"")
                .doesNotContain("s3cret"));
        write("{\"http\": {\"secret\": 123456}}");
        assertThatExceptionOfType(OperatorException.class)
                .isThrownBy(this::read)
                .withMessageContaining("\"http.secret\" must be a text in quotation marks")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("123456"));
    }

    @Test
    void leavesABrokenJarToItsDeployment() throws Exception {
        Path broken = Files.writeString(folder.resolve("broken.jar"), "no jar");

        assertThat(Settings.read(folder, List.of(platform), List.of(broken)).byPid())
                .containsOnlyKeys("vn.sotay.http");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"htpp\": {}} | unknown section \"htpp\"; known are http, meetings",
                "{\"http\": {\"prot\": 1}} | unknown key \"http.prot\"; known are host, port, secret",
                "{\"http\": {\"port\": \"1\"}} | \"http.port\" must be a whole number, not \"1\"",
                "{\"http\": {\"port\": 1.5}} | \"http.port\" must be a whole number, not 1.5",
                "{\"http\": {\"port\": 3000000000}} | \"http.port\" must be a whole number, not 3000000000",
                "{\"http\": {\"host\": 1}} | \"http.host\" must be a text in quotation marks, not 1",
                "{\"meetings\": {\"open\": \"yes\"}} | \"meetings.open\" must be true or false, not \"yes\"",
                "{\"http\": 8080} | \"http\" must be a section in braces",
                "{\"http\": {}, \"http\": {}} | line 1: Duplicate field 'http'",
                "[] | must hold its sections in braces",
                "`` | must hold its sections in braces",
            })
    void refusesInOneLine(String json, String line) throws IOException {
        write(json);

        assertThatExceptionOfType(OperatorException.class)
                .isThrownBy(this::read)
                .withMessageContaining(line)
                .withMessageContaining("sotay.json")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }

    @Test
    void namesTheLineThatCannotBeRead() throws IOException {
        write("{\n  \"http\": {\n    port: 1\n  }\n}");

        assertThatExceptionOfType(OperatorException.class)
                .isThrownBy(this::read)
                .withMessageStartingWith(folder.resolve("sotay.json") + ", line 3: ");
    }

    private Settings read() throws OperatorException {
        return Settings.read(folder, List.of(platform), List.of(meetings));
    }

    private void write(String json) throws IOException {
        Files.writeString(folder.resolve("sotay.json"), json);
    }

    /** A jar with a description of settings as bnd writes it. */
    private Path jar(String name, String section, String attributes) throws IOException {
        Path file = folder.resolve(name + ".jar");
        String xml = """
                <?xml version="1.0" encoding="UTF-8"?>
                <metatype:MetaData xmlns:metatype="http://www.osgi.org/xmlns/metatype/v1.4.0">
                  <OCD id="Config">%s</OCD>
                  <Designate pid="vn.sotay.%s"><Object ocdref="Config"/></Designate>
                </metatype:MetaData>
                """.formatted(attributes, section);
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("OSGI-INF/metatype/Config.xml"));
            zip.write(xml.getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }
}
