package vn.sotay.platform.secrets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds a password: in the environment, else in a file of its own, else in the configuration. The command line is no place for one: every
 * user of the machine sees it.
 */
public final class Secrets {

    private static final Logger LOG = LoggerFactory.getLogger(Secrets.class);
    private static final Set<PosixFilePermission> OF_OTHERS =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);

    private Secrets() {}

    /**
     * The secret.
     *
     * @param setting its name in {@code sotay.json}, such as {@code store.password}; that of the file is the same with {@code File}
     * @param environment what the environment says; null if it says nothing
     * @param file path of the file; empty if there is none
     * @param plain what stands in the configuration itself; empty if nothing does
     * @throws IOException if the file cannot be read; the message is a line for the operator and does not hold the secret
     */
    public static String find(String setting, @Nullable String environment, String file, String plain)
            throws IOException {
        if (environment != null) {
            return environment;
        }
        if (file.isEmpty()) {
            return plain;
        }
        Path path = Path.of(file);
        try {
            List<String> lines = Files.readAllLines(path);
            warnIfOpen(path);
            return lines.isEmpty() ? "" : lines.get(0).stripTrailing();
        } catch (IOException e) {
            throw new IOException(
                    setting + "File: " + path + " cannot be read: correct the path, or give this user the right to", e);
        }
    }

    /** Tells the operator once, by a line in the log, that others on the machine can read or replace a file of secrets. */
    public static void warnIfOpen(Path file) {
        try {
            if (Files.getPosixFilePermissions(file).stream().anyMatch(OF_OTHERS::contains)) {
                LOG.warn("{} holds a secret, and others on this machine can read or write it: chmod 600", file);
            }
        } catch (IOException | UnsupportedOperationException e) {
            LOG.debug("nobody can tell who may read {}", file, e);
        }
    }
}
