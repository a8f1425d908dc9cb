package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;

import aQute.bnd.header.Attrs;
import aQute.bnd.header.OSGiHeader;
import aQute.bnd.header.Parameters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import vn.sotay.testkit.Sotay;

/** Modules depend on the API, the API on next to nothing: read from the manifests of the assembled distribution. */
class ArchitectureTest {

    private static final Path DIST = Sotay.dist();
    private static final Path ROOT = DIST.getParent();

    @Test
    void theApiDragsInOnlyWhatIsAllowed() throws IOException {
        List<String> allowed = lines(ROOT.resolve("bundles/api/allowed-imports.txt"));
        List<String> beyond = new ArrayList<>();
        for (Map.Entry<String, Attrs> imported : imports(bundle("vn.sotay.api")).entrySet()) {
            String optional = "optional".equals(imported.getValue().get("resolution:")) ? " optional" : "";
            String name = imported.getKey();
            if (allowed.stream().noneMatch(rule -> matches(rule, name) || matches(rule, name + optional))) {
                beyond.add(name + optional);
            }
        }

        assertThat(beyond)
                .as("imports of vn.sotay.api beyond bundles/api/allowed-imports.txt")
                .isEmpty();
    }

    @Test
    void theApiExportsAllOfItself() throws IOException {
        Path sources = ROOT.resolve("bundles/api/src/main/java");
        try (Stream<Path> files = Files.walk(sources)) {
            List<String> packages = files.filter(file -> file.endsWith("package-info.java"))
                    .map(file -> sources.relativize(file.getParent()).toString().replace('/', '.'))
                    .sorted()
                    .toList();

            assertThat(new TreeSet<>(exports(bundle("vn.sotay.api")).keySet())).containsExactlyElementsOf(packages);
        }
    }

    @Test
    void thePlatformExportsJdbiAlone() {
        assertThat(exports(bundle("vn.sotay.platform")).keySet())
                .isNotEmpty()
                .allMatch(name -> matches("org.jdbi.v3.core.*", name));
    }

    @Test
    void modulesImportTheApiAndItsLibrariesAlone() {
        for (Path module : jars("modules")) {
            assertThat(imports(module).keySet())
                    .as("imports of " + module.getFileName())
                    .allMatch(name -> Stream.of("vn.sotay.api.*", "org.jdbi.v3.core.*", "org.slf4j.*", "org.jspecify.*")
                                    .anyMatch(rule -> matches(rule, name))
                            || isOfJava(name));
        }
    }

    @Test
    void modulesExportNothingAndNobodyImportsThem() {
        for (Path module : jars("modules")) {
            assertThat(exports(module).keySet())
                    .as("exports of " + module.getFileName())
                    .isEmpty();
        }
    }

    @Test
    void everyFolderOfAModuleIsBuilt() throws IOException {
        Path modules = ROOT.resolve("bundles/modules");
        List<String> listed = Pattern.compile("<module>(.+)</module>")
                .matcher(Files.readString(modules.resolve("pom.xml")))
                .results()
                .map((MatchResult found) -> found.group(1))
                .sorted()
                .toList();
        try (Stream<Path> files = Files.list(modules)) {
            assertThat(files.filter(file -> Files.exists(file.resolve("pom.xml")))
                            .map(file -> file.getFileName().toString())
                            .sorted())
                    .containsExactlyElementsOf(listed);
        }
    }

    @Test
    void thePictureIsThatOfTheManifests() throws IOException {
        String page = Files.readString(ROOT.resolve("docs/architecture.md"));
        String picture = picture();

        assertThat(page)
                .as("docs/architecture.md between its marks; put this there:%n%s", picture)
                .contains("<!-- bundles -->\n" + picture + "<!-- /bundles -->");
    }

    /** Our bundles, and how many packages each imports from which other one, in the language of Mermaid. */
    private static String picture() {
        List<Path> ours = Stream.concat(jars("bundles").stream(), jars("modules").stream())
                .filter(jar -> header(jar, "Bundle-SymbolicName").startsWith("vn.sotay."))
                .toList();
        StringBuilder picture = new StringBuilder("```mermaid\ngraph TD\n");
        picture.append("  vn.sotay.launcher -->|starts| framework[Felix, Declarative Services, ConfigAdmin]\n");
        for (Path from : ours) {
            for (Path to : ours) {
                Map<String, Attrs> offered = exports(to);
                List<String> used = imports(from).keySet().stream()
                        .filter(offered::containsKey)
                        .filter(name -> from != to)
                        .toList();
                if (!used.isEmpty()) {
                    picture.append("  %s -->|%s| %s%n".formatted(name(from), summary(used), name(to)));
                }
            }
        }
        return picture.append("```\n").toString();
    }

    private static String name(Path jar) {
        return header(jar, "Bundle-SymbolicName");
    }

    /** The packages' last words; those of a library by its name. */
    private static String summary(List<String> packages) {
        return packages.stream()
                .map(name -> name.startsWith("org.jdbi.") ? "Jdbi" : name.substring(name.lastIndexOf('.') + 1))
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static boolean matches(String rule, String name) {
        return rule.endsWith(".*") ? (name + ".").startsWith(rule.substring(0, rule.length() - 1)) : name.equals(rule);
    }

    private static boolean isOfJava(String name) {
        return ModuleLayer.boot().modules().stream()
                .anyMatch(module -> module.getPackages().contains(name));
    }

    private static Path bundle(String name) {
        return jars("bundles").stream()
                .filter(jar -> name.equals(header(jar, "Bundle-SymbolicName")))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no bundle " + name + " in " + DIST.resolve("bundles")));
    }

    private static Parameters imports(Path jar) {
        return OSGiHeader.parseHeader(header(jar, "Import-Package"));
    }

    private static Parameters exports(Path jar) {
        return OSGiHeader.parseHeader(header(jar, "Export-Package"));
    }

    private static String header(Path jar, String name) {
        try (JarFile file = new JarFile(jar.toFile())) {
            String value = file.getManifest().getMainAttributes().getValue(name);
            return value == null ? "" : value;
        } catch (IOException e) {
            throw new UncheckedIOException(jar.toString(), e);
        }
    }

    private static List<Path> jars(String folder) {
        try (Stream<Path> files = Files.list(DIST.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
    }
}
