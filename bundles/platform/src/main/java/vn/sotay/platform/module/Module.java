package vn.sotay.platform.module;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.Bundle;

/**
 * A module as its bundle shows it before it runs. Its files are read by {@code getEntry} and {@code getEntryPaths}, which, unlike
 * {@code findEntries}, leave an unresolved bundle unresolved.
 *
 * @param id as its {@link vn.sotay.api.module.SotayModule} says
 * @param bundle may be only installed
 * @param descriptor its {@code sotay/module.json}
 */
public record Module(String id, Bundle bundle, JsonNode descriptor) {

    /** The id under which the platform keeps its own tables, texts and permissions. */
    public static final String PLATFORM = "platform";

    public String version() {
        return bundle.getVersion().toString();
    }

    /** Paths of the files directly in {@code sotay/<folder>/}, sorted; empty if there is no such folder. */
    public List<String> files(String folder) {
        var entries = bundle.getEntryPaths("sotay/" + folder + '/');
        if (entries == null) {
            return List.of();
        }
        List<String> files = new ArrayList<>(Collections.list(entries));
        files.removeIf(path -> path.endsWith("/"));
        Collections.sort(files);
        return files;
    }

    /** The bytes at a path of the bundle. */
    public Optional<byte[]> read(String path) {
        URL entry = bundle.getEntry(path);
        if (entry == null) {
            return Optional.empty();
        }
        try (InputStream in = entry.openStream()) {
            return Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(path + " of " + id + " cannot be read", e);
        }
    }
}
