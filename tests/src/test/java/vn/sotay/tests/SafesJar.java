package vn.sotay.tests;

import aQute.bnd.osgi.Builder;
import aQute.bnd.osgi.Jar;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The module for tests that seals what it keeps, built as modules are. */
final class SafesJar {

    private static final Path CLASSES = Path.of("target/test-classes");

    private SafesJar() {}

    static void putInto(Path folder) {
        try (Builder builder = new Builder()) {
            builder.addClasspath(CLASSES.toFile());
            // versions of the API are read from its jar
            for (String entry : System.getProperty("java.class.path").split(java.io.File.pathSeparator)) {
                if (entry.endsWith(".jar") && (entry.contains("vn.sotay.api") || entry.contains("jdbi3-core"))) {
                    builder.addClasspath(Path.of(entry).toFile());
                }
            }
            builder.setProperty("Bundle-SymbolicName", "vn.sotay.tests.safes");
            builder.setProperty("Bundle-Version", "0.1.0");
            builder.setProperty("Private-Package", "vn.sotay.tests.safes");
            builder.setProperty("Import-Package", "org.jspecify.annotations;resolution:=optional, *");
            builder.setProperty("-includeresource", "sotay=" + CLASSES.resolve("safes"));
            builder.setProperty("-noextraheaders", "true");
            try (Jar jar = builder.build()) {
                if (!builder.isOk()) {
                    throw new IllegalStateException(builder.getErrors() + " " + builder.getWarnings());
                }
                Path beside = folder.resolve("safes.jar.new");
                jar.write(beside.toFile());
                Files.move(beside, folder.resolve("safes.jar"), StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (Exception e) {
            throw new IllegalStateException("the module for tests is not built", e);
        }
    }
}
