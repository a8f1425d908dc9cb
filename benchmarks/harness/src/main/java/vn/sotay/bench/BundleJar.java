package vn.sotay.bench;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** A bundle in the version that is asked for. Immutable. */
final class BundleJar {

    private static final String MANIFEST = "META-INF/MANIFEST.MF";

    private final Map<String, byte[]> entries = new LinkedHashMap<>();
    private final String name;

    private BundleJar(String name) {
        this.name = name;
    }

    /** Reads a jar. */
    static BundleJar read(Path file) throws IOException {
        BundleJar jar = new BundleJar(file.getFileName().toString());
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(file))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (!entry.isDirectory()) {
                    jar.entries.put(entry.getName(), in.readAllBytes());
                }
            }
        }
        return jar;
    }

    /** The same in another version. */
    BundleJar version(String version) throws IOException {
        Manifest manifest = new Manifest(new ByteArrayInputStream(entries.getOrDefault(MANIFEST, new byte[0])));
        manifest.getMainAttributes().putValue("Bundle-Version", version);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        manifest.write(out);
        BundleJar other = new BundleJar(name);
        other.entries.putAll(entries);
        other.entries.put(MANIFEST, out.toByteArray());
        return other;
    }

    /** Writes it beside the folder and moves it in at one moment, over what had its name; returns when it was there. */
    long putInto(Path folder) throws IOException {
        Path beside = folder.resolveSibling(name + ".new");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(beside))) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                out.putNextEntry(new ZipEntry(entry.getKey()));
                out.write(entry.getValue());
            }
        }
        Files.move(beside, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return System.nanoTime();
    }
}
