package vn.sotay.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DistributionTest {

    @TempDir
    Path home;

    @BeforeEach
    void folders() throws IOException {
        jar(
                "lib/json.jar",
                "json",
                "org.json;version=\"2.1\";uses:=\"java.io,org.json.io\",org.json.io;uses:=java.io;version=2.1");
        jar("lib/plain.jar", null, null);
        jar("lib/felix.jar", "org.apache.felix.framework", "org.osgi.framework;version=\"1.10\"");
        jar("bundles/20-b.jar", "b", null);
        jar("bundles/10-a.jar", "a", null);
    }

    @Test
    void exportsTheClassPathByItsManifestsButForTheFramework() {
        assertThat(new Distribution(home).systemPackages())
                .isEqualTo("org.json;version=\"2.1\",org.json.io;version=2.1");
    }

    @Test
    void startsBundlesInTheOrderOfTheirNames() {
        assertThat(new Distribution(home).bundles())
                .extracting(jar -> jar.getFileName().toString())
                .containsExactly("10-a.jar", "20-b.jar");
    }

    @Test
    void hasAnotherFingerprintWhenABundleChanges() throws IOException {
        String before = new Distribution(home).fingerprint();
        assertThat(new Distribution(home).fingerprint()).isEqualTo(before);

        jar("bundles/10-a.jar", "another", null);

        assertThat(new Distribution(home).fingerprint()).isNotEqualTo(before);
    }

    @Test
    void writesTheLogAsItCameWhereTheOperatorSaysNothing() throws IOException {
        Path own = Files.createDirectory(home.resolve("own"));
        assertThat(new Distribution(home).logging(own)).isEqualTo(home.resolve("config/logback.xml"));

        Path chosen = Files.createFile(own.resolve("logback.xml"));

        assertThat(new Distribution(home).logging(own)).isEqualTo(chosen);
    }

    private void jar(String path, String name, String exports) throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        if (name != null) {
            attributes.putValue("Bundle-SymbolicName", name);
        }
        if (exports != null) {
            attributes.putValue("Export-Package", exports);
        }
        Path file = home.resolve(path);
        Files.createDirectories(file.getParent());
        try (OutputStream out = Files.newOutputStream(file)) {
            new JarOutputStream(out, manifest).close();
        }
    }
}
