package vn.sotay.tests;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import vn.sotay.testkit.Sotay;

/** The distribution's meetings module, with changes: the next version, or a broken one. */
final class MeetingsJar {

    private static final String MANIFEST = "META-INF/MANIFEST.MF";

    private final Map<String, byte[]> entries = new LinkedHashMap<>();

    private MeetingsJar() {}

    static MeetingsJar asBuilt() {
        MeetingsJar jar = new MeetingsJar();
        try (InputStream file = Files.newInputStream(Sotay.dist().resolve("modules/meetings.jar"));
                ZipInputStream in = new ZipInputStream(file)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (!entry.isDirectory()) {
                    jar.entries.put(entry.getName(), in.readAllBytes());
                }
            }
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static MeetingsJar version(String version) {
        return asBuilt().manifest(headers -> headers.putValue("Bundle-Version", version));
    }

    MeetingsJar manifest(Consumer<Attributes> change) {
        try {
            Manifest manifest = new Manifest(new ByteArrayInputStream(entries.get(MANIFEST)));
            change.accept(manifest.getMainAttributes());
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            manifest.write(out);
            entries.put(MANIFEST, out.toByteArray());
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    MeetingsJar with(String path, String content) {
        entries.put(path, content.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    MeetingsJar without(String path) {
        if (entries.remove(path) == null) {
            throw new IllegalArgumentException("no " + path);
        }
        return this;
    }

    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                out.putNextEntry(new ZipEntry(entry.getKey()));
                out.write(entry.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Puts it into the folder as {@code meetings.jar}, as an operator should: by renaming. */
    void putInto(Path folder) {
        try {
            Path beside = folder.resolve("meetings.jar.new");
            Files.write(beside, bytes());
            Files.move(
                    beside,
                    folder.resolve("meetings.jar"),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
