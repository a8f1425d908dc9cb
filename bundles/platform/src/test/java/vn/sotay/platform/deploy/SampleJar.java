package vn.sotay.platform.deploy;

import aQute.bnd.osgi.Builder;
import aQute.bnd.osgi.EmbeddedResource;
import aQute.bnd.osgi.Jar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;

/** A jar of a module, as it comes from a build, with what a test wants wrong in it. */
final class SampleJar {

    private static final String DESCRIPTOR = "{\"names\": {\"vi\": \"Mẫu\", \"en\": \"Sample\", \"ko\": \"견본\"}}";
    private static final Path CLASSES = Path.of("target/test-classes");

    private final Map<String, String> headers = new LinkedHashMap<>();
    private final Map<String, String> files = new LinkedHashMap<>();

    private SampleJar() {}

    static SampleJar module(String id, String version) {
        SampleJar jar = new SampleJar();
        jar.with("Bundle-SymbolicName", "vn.sotay." + id)
                .with("Bundle-Version", version)
                .with("Provide-Capability", "vn.sotay.module;vn.sotay.module=\"" + id + "\"")
                .with("-noextraheaders", "true")
                .with("-reproducible", "true")
                .with("Private-Package", "vn.sotay.sample.fine");
        return jar.file("sotay/module.json", DESCRIPTOR);
    }

    SampleJar with(String header, String value) {
        headers.put(header, value);
        return this;
    }

    SampleJar without(String header) {
        headers.remove(header);
        return this;
    }

    SampleJar file(String path, String content) {
        files.put(path, content);
        return this;
    }

    SampleJar withoutFile(String path) {
        files.remove(path);
        return this;
    }

    /** Writes it beside and renames it, as a careful operator does. */
    void put(Path target) {
        try (Builder builder = new Builder()) {
            builder.addClasspath(CLASSES.toFile());
            builder.setProperty("-includeresource", "");
            headers.forEach(builder::setProperty);
            try (Jar jar = builder.build()) {
                files.forEach((path, content) ->
                        jar.putResource(path, new EmbeddedResource(content.getBytes(StandardCharsets.UTF_8), 0L)));
                Path beside = target.resolveSibling("." + target.getFileName() + ".new");
                jar.write(beside.toFile());
                Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
