package vn.sotay.platform.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the operator reads when a jar is refused; and that nothing of it stays, and the version before goes on. */
class RefusalsTest {

    private interface Maker {
        void put(Path target) throws IOException;
    }

    @TempDir
    Path home;

    private Path modules;
    private House house;

    @BeforeEach
    void start() throws Exception {
        modules = Files.createDirectory(home.resolve("modules"));
        house = new House(home);
    }

    @AfterEach
    void stop() throws Exception {
        house.close();
    }

    private static SampleJar next() {
        return SampleJar.module("sample", "0.2.0");
    }

    static Stream<Arguments> brokenBeforeItIsKnown() {
        return Stream.of(
                broken(
                        "text",
                        target -> Files.writeString(target, "no zip at all"),
                        "it is no whole jar (zip END header not found): copy it again, best under another name, and then"
                                + " rename it"),
                broken(
                        "half",
                        target -> {
                            next().put(target);
                            byte[] all = Files.readAllBytes(target);
                            try (OutputStream out = Files.newOutputStream(target)) {
                                out.write(all, 0, all.length / 2);
                            }
                        },
                        "it is no whole jar (zip END header not found): copy it again, best under another name, and then"
                                + " rename it"),
                broken(
                        "no manifest",
                        target -> {
                            try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(target))) {
                                out.putNextEntry(new ZipEntry("a.txt"));
                                out.write("a".getBytes(StandardCharsets.UTF_8));
                            }
                        },
                        "it has no manifest (META-INF/MANIFEST.MF): build it as the modules of Sotay are built, with the"
                                + " bnd plugin"),
                broken(
                        "no bundle",
                        target -> {
                            try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(target))) {
                                out.putNextEntry(new ZipEntry("META-INF/MANIFEST.MF"));
                                out.write("Manifest-Version: 1.0\n\n".getBytes(StandardCharsets.UTF_8));
                            }
                        },
                        "it is no OSGi bundle (its manifest has no Bundle-SymbolicName): build it as the modules of Sotay"
                                + " are built, with the bnd plugin"),
                broken(
                        "fragment",
                        next().with("Fragment-Host", "vn.sotay.platform")::put,
                        "it is a fragment of vn.sotay.platform: a module is a bundle of its own, so build it without"
                                + " Fragment-Host"),
                broken(
                        "no module",
                        next().without("Provide-Capability")::put,
                        "it is the bundle vn.sotay.sample, but no module of Sotay: put @SotayModule on its root package,"
                                + " or take the file away"),
                broken(
                        "bad id",
                        next().with("Provide-Capability", "vn.sotay.module;vn.sotay.module=\"My Sample\"")::put,
                        "it names its module \"My Sample\": choose a word of lower-case letters, digits and hyphens, 40 at"
                                + " most, other than platform"));
    }

    static Stream<Arguments> brokenOfItself() {
        return Stream.of(
                broken(
                        "no module.json",
                        next().withoutFile("sotay/module.json")::put,
                        "it has no sotay/module.json: add it, with \"names\" in vi, en and ko at least"),
                broken(
                        "no JSON",
                        next().file("sotay/module.json", "{\n\"names\": }")::put,
                        "sotay/module.json is no JSON, line 2: Unexpected character ('}' (code 125)): expected a value"),
                broken(
                        "no name",
                        next().file("sotay/module.json", "{\"names\": {\"vi\": \"Mẫu\", \"en\": \"Sample\"}}")::put,
                        "sotay/module.json does not name the module in \"ko\": \"names\" needs a text for each of vi, en,"
                                + " ko"),
                broken(
                        "unknown key",
                        next().file("sotay/module.json", "{\"permission\": {}}")::put,
                        "sotay/module.json has the key \"permission\", which is not known: known are names, permissions,"
                                + " sealed, sync, ui"),
                broken(
                        "unknown policy",
                        next().file("sotay/module.json", named("\"sync\": {\"sample-note\": \"merge\"}"))::put,
                        "sotay/module.json says \"merge\" for sample-note in \"sync\": known are append, fields, review"),
                broken(
                        "policy of no type",
                        next().file("sotay/module.json", named("\"sync\": {\"Sample\": \"append\"}"))::put,
                        "sotay/module.json has \"Sample\" in \"sync\", which is no name of a change type: lower-case"
                                + " letters, digits and hyphens"),
                broken(
                        "library",
                        next().with("Import-Package", "com.fasterxml.jackson.databind")::put,
                        "it imports com.fasterxml.jackson.databind, which Sotay does not offer to modules: nest that"
                                + " library in the bundle, or do without it"),
                broken(
                        "platform",
                        next().with("Import-Package", "vn.sotay.platform.store")::put,
                        "it imports vn.sotay.platform.store, which Sotay does not offer to modules: nest that library in"
                                + " the bundle, or do without it"),
                broken(
                        "newer API",
                        next().with("Import-Package", "vn.sotay.api.http;version=\"[1.2,2)\"")::put,
                        "it imports vn.sotay.api.http [1.2.0,2.0.0), and this Sotay has 1.0.0: use a newer Sotay, or an"
                                + " older release of the module"),
                broken(
                        "older API",
                        next().with("Import-Package", "vn.sotay.api.http;version=\"[0.1,1)\"")::put,
                        "it imports vn.sotay.api.http [0.1.0,1.0.0), and this Sotay has 1.0.0: use a newer release of the"
                                + " module"),
                broken(
                        "API that is not there",
                        next().with("Import-Package", "vn.sotay.api.tax;version=\"[1.0,2)\"")::put,
                        "it imports vn.sotay.api.tax [1.0.0,2.0.0), and this Sotay has no such package: use a newer Sotay,"
                                + " or a release of the module for this one"),
                broken(
                        "dynamic import",
                        next().with("DynamicImport-Package", "org.*")::put,
                        "it imports org.* while it runs: import what it uses by name, without DynamicImport-Package"),
                broken(
                        "required bundle",
                        next().with("Require-Bundle", "vn.sotay.platform")::put,
                        "it requires a bundle by its name: import packages instead, without Require-Bundle"),
                broken(
                        "export",
                        next().with("Export-Package", "vn.sotay.sample.fine")::put,
                        "it exports vn.sotay.sample.fine: a module exports nothing, so build it without Export-Package"),
                broken(
                        "newer Java",
                        next().with("Require-Capability", "osgi.ee;filter:=\"(&(osgi.ee=JavaSE)(version=99))\"")::put,
                        "it needs Java 99, and this is Java "
                                + Runtime.version().feature()
                                + ": run Sotay with that Java, or build the module for an older one"),
                broken(
                        "other need",
                        next().with("Require-Capability", "com.example;filter:=\"(a=b)\"")::put,
                        "it needs com.example (a=b), which this Sotay does not have: use a release of the module for this"
                                + " Sotay"),
                broken(
                        "activation",
                        next().with("Private-Package", "vn.sotay.sample.failing")::put,
                        "its component Failing failed: java.lang.IllegalStateException: the seal is missing; the log has"
                                + " the whole of it: give it to the maker of the module"),
                broken(
                        "missing reference",
                        next().with("Private-Package", "vn.sotay.sample.waiting")::put,
                        "its component Waiting waits for the service java.util.concurrent.Executor, which nobody offers"
                                + " here; the log has the whole of it: give it to the maker of the module"),
                broken(
                        "missing reference behind another",
                        next().with("Private-Package", "vn.sotay.sample.chained")::put,
                        "its component Outer$Inner waits for the service java.util.concurrent.Executor, which nobody offers"
                                + " here; the log has the whole of it: give it to the maker of the module"),
                broken(
                        "missing configuration",
                        next().with("Private-Package", "vn.sotay.sample.configured")::put,
                        "its component Configured waits for its configuration: add the section \"sample\" to sotay.json"),
                broken(
                        "activator",
                        next().with("Private-Package", "vn.sotay.sample.activating")
                                .with("Bundle-Activator", "vn.sotay.sample.activating.Activator")::put,
                        "its bundle does not start: java.lang.IllegalStateException: no key for the archive; the log has"
                                + " the whole of it: give it to the maker of the module"));
    }

    /** A {@code module.json} with names, and this. */
    private static String named(String more) {
        return "{\"names\": {\"vi\": \"Mẫu\", \"en\": \"Sample\", \"ko\": \"견본\"}, " + more + "}";
    }

    private static Arguments broken(String name, Maker maker, String line) {
        return arguments(name, maker, line);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"brokenBeforeItIsKnown", "brokenOfItself"})
    void theVersionBeforeGoesOn(String name, Maker maker, String line) throws Exception {
        Path jar = modules.resolve("sample.jar");
        SampleJar.module("sample", "0.1.0").put(jar);
        house.manager.deploy("sample.jar");

        maker.put(jar);
        String told = house.refusal("sample.jar");

        assertThat(told).isEqualTo("sample.jar is refused, and version 0.1.0 goes on: " + line);
        assertThat(house.answer()).isEqualTo("0.1.0");
        assertThat(house.bundles()).containsExactly("vn.sotay.sample 0.1.0");
        assertThat(house.gate.states).containsEntry("sample", "open");
        ModuleStatus status = house.status("sample");
        assertThat(status.state()).isEqualTo(ModuleState.RUNNING);
        assertThat(status.version()).isEqualTo("0.1.0");
        assertThat(status.problem()).isEqualTo(told);

        SampleJar.module("sample", "0.3.0").put(jar);
        house.manager.deploy("sample.jar");
        assertThat(house.answer()).isEqualTo("0.3.0");
        assertThat(house.status("sample").problem()).isNull();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenBeforeItIsKnown")
    void aFileThatBringsNoModuleIsListedByItsName(String name, Maker maker, String line) throws Exception {
        maker.put(modules.resolve("x.jar"));

        assertThat(house.refusal("x.jar")).isEqualTo("x.jar is refused: " + line);

        assertThat(house.bundles()).isEmpty();
        assertThat(house.status("x.jar").state()).isEqualTo(ModuleState.BROKEN);
        Files.delete(modules.resolve("x.jar"));
        house.manager.remove("x.jar");
        assertThat(house.manager.modules()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenOfItself")
    void aNewModuleThatIsBrokenIsListedByItsId(String name, Maker maker, String line) throws Exception {
        maker.put(modules.resolve("x.jar"));

        assertThat(house.refusal("x.jar")).isEqualTo("x.jar is refused, and sample does not run: " + line);

        assertThat(house.bundles()).isEmpty();
        assertThat(house.gate.states).containsEntry("sample", "stopped");
        ModuleStatus status = house.status("sample");
        assertThat(status.state()).isEqualTo(ModuleState.BROKEN);
        assertThat(status.version()).isEqualTo("0.2.0");
    }

    @Test
    void twoJarsWithOneIdTheFirstStays() throws Exception {
        SampleJar.module("sample", "0.1.0").put(modules.resolve("a.jar"));
        SampleJar.module("sample", "0.2.0").put(modules.resolve("b.jar"));
        house.manager.deploy("a.jar");

        assertThat(house.refusal("b.jar"))
                .isEqualTo("b.jar is refused: it brings the module sample, as a.jar does: take one of the two away");

        assertThat(house.answer()).isEqualTo("0.1.0");
        assertThat(house.status("sample").problem()).isNull();
        assertThat(house.status("b.jar").state()).isEqualTo(ModuleState.BROKEN);
    }

    @Test
    void twoJarsWithOneContentTheFirstStays() throws Exception {
        SampleJar.module("sample", "0.1.0").put(modules.resolve("a.jar"));
        Files.copy(modules.resolve("a.jar"), modules.resolve("b.jar"));
        house.manager.deploy("a.jar");

        assertThat(house.refusal("b.jar")).contains("as a.jar does");

        assertThat(house.answer()).isEqualTo("0.1.0");
    }

    @Test
    void twoModulesWithOneSymbolicName() throws Exception {
        SampleJar.module("sample", "0.1.0").put(modules.resolve("a.jar"));
        SampleJar.module("other", "0.1.0")
                .with("Bundle-SymbolicName", "vn.sotay.sample")
                .put(modules.resolve("b.jar"));
        house.manager.deploy("a.jar");

        assertThat(house.refusal("b.jar"))
                .isEqualTo(
                        "b.jar is refused, and other does not run: its Bundle-SymbolicName is vn.sotay.sample, as that of"
                                + " another bundle here: give it a name of its own");
    }
}
