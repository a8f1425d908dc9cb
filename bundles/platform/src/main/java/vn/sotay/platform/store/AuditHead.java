package vn.sotay.platform.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest seal, outside the database: who cuts off the end of the trail there has to come by the data directory too. For one thread
 * that writes, and others that read.
 */
final class AuditHead {

    private static final Logger LOG = LoggerFactory.getLogger(AuditHead.class);
    private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rw-------");

    /** A seal that there was. */
    record Mark(long number, String hash, long first) {

        static Optional<Mark> parse(String line) {
            String[] words = line.strip().split(" ");
            try {
                return words.length == 3
                        ? Optional.of(new Mark(Long.parseLong(words[0]), words[1], Long.parseLong(words[2])))
                        : Optional.empty();
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        }
    }

    private final Path folder;

    /** @param folder made when it is written to first */
    AuditHead(Path folder) {
        this.folder = folder;
    }

    /** The newest seal, and any before it that was missing at a start; empty where nothing was written yet. */
    List<Mark> marks() {
        List<Mark> marks = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return marks;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(AuditHead::isMark).sorted().toList()) {
                Mark.parse(Files.readString(file)).ifPresent(marks::add);
            }
        } catch (IOException e) {
            LOG.warn("{} cannot be read, so that the end of the audit trail is not compared: {}", folder, e.toString());
        }
        return marks;
    }

    private static boolean isMark(Path file) {
        return file.getFileName().toString().startsWith("head");
    }

    void write(AuditSeal seal) {
        try {
            Files.createDirectories(folder);
            Path next = folder.resolve("next");
            Files.deleteIfExists(next);
            if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.createFile(next, PosixFilePermissions.asFileAttribute(OWNER));
            }
            Files.write(
                    next,
                    (seal.number() + " " + seal.hash() + " " + seal.first() + "\n")
                            .getBytes(StandardCharsets.US_ASCII));
            Files.move(
                    next, folder.resolve("head"), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            LOG.debug("the newest seal is not written to {}", folder, e);
        }
    }

    /** Keeps the mark of a seal that is missing, so that the next one does not take its place. */
    void keepMissing(Mark mark) {
        try {
            Files.move(
                    folder.resolve("head"),
                    folder.resolve("head-" + mark.number()),
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.warn("{} cannot be written to: {}", folder, e.toString());
        }
    }

    /** The database was put back from a backup, and ends before what was written here. */
    void forget() {
        try (Stream<Path> files = Files.isDirectory(folder) ? Files.list(folder) : Stream.of()) {
            for (Path file : files.filter(AuditHead::isMark).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            LOG.warn("{} cannot be cleared, so that the audit trail will seem to be cut off: {}", folder, e.toString());
        }
    }
}
