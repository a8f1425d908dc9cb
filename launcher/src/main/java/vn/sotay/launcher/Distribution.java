package vn.sotay.launcher;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/**
 * The folders of an installation: {@code lib} (the class path), {@code bundles}, {@code modules}, {@code config}.
 *
 * @param home the folder that holds them
 */
record Distribution(Path home) {

    private static final String LOGGING = "logback.xml";

    /** The one whose {@code lib} this class was started from. */
    static Distribution ofClassPath() throws OperatorException {
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path jar = Path.of(entry).toAbsolutePath().normalize();
            Path lib = jar.getParent();
            if (lib != null && lib.endsWith("lib") && lib.getParent() != null && Files.isRegularFile(jar)) {
                return new Distribution(lib.getParent());
            }
        }
        throw new OperatorException("Sotay must be started from its folder lib: use ./run");
    }

    /** The platform's bundles in the order in which they start: that of their names. */
    List<Path> bundles() {
        return jars(home.resolve("bundles"));
    }

    Path modules() {
        return home.resolve("modules");
    }

    Path config() {
        return home.resolve("config");
    }

    /**
     * What is written to the log, and how: as the operator's folder says, or as Sotay came, where that folder says nothing. Never what
     * the library does without a file: it writes all down, the tokens of requests as well.
     */
    Path logging(Path folder) {
        Path chosen = folder.resolve(LOGGING);
        return Files.isRegularFile(chosen) ? chosen : config().resolve(LOGGING);
    }

    /** The jars of a folder, by name; none if there is no such folder. */
    static List<Path> jars(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The packages of the class path's jars with their versions, as the framework exports them to the bundles. */
    String systemPackages() {
        List<String> packages = new ArrayList<>();
        for (Path jar : jars(home.resolve("lib"))) {
            Manifest manifest = manifest(jar);
            String name = manifest.getMainAttributes().getValue("Bundle-SymbolicName");
            String exports = manifest.getMainAttributes().getValue("Export-Package");
            // the framework exports its own packages itself
            if (exports != null && !name.startsWith("org.apache.felix.framework")) {
                packages.add(withoutUses(exports));
            }
        }
        return String.join(",", packages);
    }

    /** Leaves the uses directives out: all these packages come from one class loader. */
    static String withoutUses(String exports) {
        return exports.replaceAll(";\\s*uses:=\"[^\"]*\"", "").replaceAll(";\\s*uses:=[^;,\"]+", "");
    }

    private static Manifest manifest(Path jar) {
        try (JarFile file = new JarFile(jar.toFile())) {
            Manifest manifest = file.getManifest();
            return manifest == null ? new Manifest() : manifest;
        } catch (IOException e) {
            throw new UncheckedIOException(jar + " cannot be read", e);
        }
    }

    /** Changes when a jar of the platform changes or the installation moves: then a kept bundle cache is worth nothing. */
    String fingerprint() {
        StringBuilder text = new StringBuilder(home.toString());
        try {
            List<Path> jars = new ArrayList<>(jars(home.resolve("lib")));
            jars.addAll(bundles());
            for (Path jar : jars) {
                text.append('\n')
                        .append(jar.getFileName())
                        .append(' ')
                        .append(Files.size(jar))
                        .append(' ')
                        .append(Files.getLastModifiedTime(jar));
            }
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
