package vn.sotay.platform.deploy;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Of each module the jar that worked last, in the data directory: what is gone back to after a restart. */
final class KeptJars {

    private static final Logger LOG = LoggerFactory.getLogger(KeptJars.class);

    private final Path directory;

    /** Deletes what a start that was cut off has left there. */
    KeptJars(Path directory) {
        this.directory = directory;
        sweep();
    }

    private void sweep() {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (DirectoryStream<Path> left = Files.newDirectoryStream(directory, "new-*.tmp")) {
            for (Path file : left) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            LOG.warn("{} cannot be swept", directory, e);
        }
    }

    /** Where the jar of a module is, if there is one. */
    Path of(String id) {
        return directory.resolve(id + ".jar");
    }

    Path directory() {
        return directory;
    }

    /** Moves a jar here. */
    void keep(ModuleJar jar, String id) {
        try {
            Files.move(jar.path(), of(id), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.warn("{} cannot be kept for going back: look at {}", id, directory, e);
        }
    }

    /** @throws IOException if it cannot be deleted */
    void forget(String id) throws IOException {
        Files.deleteIfExists(of(id));
    }
}
