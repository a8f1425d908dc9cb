package vn.sotay.platform.deploy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.sotay.platform.module.ModuleException;

/** Copies of the jars that a start will ask for, made while the platform comes up. For the manager's thread. */
final class EarlyJars implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EarlyJars.class);

    private record Early(Stamp stamp, ModuleJar copy) {}

    private final Map<Path, Early> copies = new HashMap<>();

    /** Copies a jar ahead; who asks for it tells what is wrong with it. */
    Optional<ModuleJar> copy(Path jar, Path folder) {
        try {
            Stamp stamp = Stamp.of(jar);
            ModuleJar copy = ModuleJar.copy(jar, folder);
            copies.put(jar, new Early(stamp, copy));
            return Optional.of(copy);
        } catch (IOException | ModuleException e) {
            LOG.debug("{} is not copied ahead", jar, e);
            return Optional.empty();
        }
    }

    /** The copy of a jar that has not changed since, for the caller to close. */
    Optional<ModuleJar> take(Path jar) {
        Early early = copies.remove(jar);
        if (early == null) {
            return Optional.empty();
        }
        try {
            if (Objects.equals(early.stamp(), Stamp.of(jar))) {
                return Optional.of(early.copy());
            }
        } catch (IOException e) {
            LOG.debug("{} went after it was copied", jar, e);
        }
        early.copy().close();
        return Optional.empty();
    }

    /** Deletes those that nobody asked for. */
    @Override
    public void close() {
        copies.values().forEach(early -> early.copy().close());
        copies.clear();
    }
}
