package vn.sotay.platform.keys;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Base64;
import java.util.Collection;
import java.util.EnumSet;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.sotay.platform.secrets.OwnedFile;

/**
 * The file of the keys: a line for each, with its number and its halves in Base64. Written at one moment and to the disk, and read and
 * written by its owner alone.
 */
final class KeyFile {

    private static final Logger LOG = LoggerFactory.getLogger(KeyFile.class);

    private static final String HEAD = """
            # The keys of Sotay's sealed fields. Without this file nobody can read them, Sotay neither: keep a copy
            # of it, apart from those of the database. Whoever has both reads everything.
            """;

    private static final Set<PosixFilePermission> OWNER =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final Path path;

    KeyFile(Path path) {
        this.path = path;
    }

    Path path() {
        return path;
    }

    /**
     * Reads the keys.
     *
     * @return empty if there is no such file
     * @throws KeyException if it cannot be read as one
     */
    Optional<NavigableMap<Integer, FieldKey>> read() throws KeyException {
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        NavigableMap<Integer, FieldKey> keys = new TreeMap<>();
        try {
            int number = 0;
            for (String line : Files.readAllLines(path, StandardCharsets.UTF_8)) {
                number++;
                if (!line.isBlank() && !line.startsWith("#")) {
                    FieldKey key = key(line, number);
                    if (keys.put(key.number(), key) != null) {
                        throw broken(number);
                    }
                }
            }
            warnIfOthersRead();
        } catch (IOException e) {
            throw new KeyException("the key file " + path + " cannot be read: give this user the right to read it");
        }
        if (keys.isEmpty()) {
            throw new KeyException("the key file " + path + " holds no key: put it back from its backup");
        }
        return Optional.of(keys);
    }

    private FieldKey key(String line, int number) throws KeyException {
        String[] parts = line.strip().split("\\s+");
        if (parts.length != 3) {
            throw broken(number);
        }
        try {
            Base64.Decoder base64 = Base64.getDecoder();
            return new FieldKey(Integer.parseInt(parts[0]), base64.decode(parts[1]), base64.decode(parts[2]));
        } catch (IllegalArgumentException e) {
            throw broken(number);
        }
    }

    /** Does not show the line: it may be a key all but for a letter. */
    private KeyException broken(int line) {
        return new KeyException(
                "the key file " + path + " is broken in line " + line + ": put it back from its backup");
    }

    private void warnIfOthersRead() throws IOException {
        if (isPosix() && !OWNER.containsAll(Files.getPosixFilePermissions(path))) {
            LOG.warn("Others than its owner may use the key file {}: take that right away (chmod 600)", path);
        }
    }

    private boolean isPosix() {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /**
     * Writes these keys in place of what there is, all of them or none. They are on the disk when this returns.
     *
     * @throws KeyException if that cannot be done; what was there is there still
     */
    void write(Collection<FieldKey> keys) throws KeyException {
        StringBuilder text = new StringBuilder(HEAD);
        Base64.Encoder base64 = Base64.getEncoder();
        for (FieldKey key : keys) {
            text.append(key.number())
                    .append(' ')
                    .append(base64.encodeToString(key.sealing()))
                    .append(' ')
                    .append(base64.encodeToString(key.finding()))
                    .append('\n');
        }
        try {
            OwnedFile.write(path, text.toString());
        } catch (IOException e) {
            throw new KeyException("the key file " + path + " cannot be written (" + e
                    + "): give this user the right to write in its folder");
        }
    }
}
