package vn.sotay.platform.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.UUID;
import vn.sotay.api.file.FileInfo;
import vn.sotay.api.http.Problem;
import vn.sotay.api.store.Store;

/**
 * Takes what clients send: to a file beside the database while the network is slow, and into the database in one short transaction
 * when its hash is right. Thread-safe.
 */
final class Uploads {

    /**
     * A file that has arrived.
     *
     * @param made whether it was not there before, as far as who sent it knows: that others have it is not told
     */
    record Arrived(FileInfo file, boolean made) {}

    private final Store store;
    private final StoredFiles files;
    private final Path directory;
    private final String prefix;

    /** @param directory for what is on its way; what was on its way when Sotay was killed is deleted */
    Uploads(Store store, StoredFiles files, Path directory) throws IOException {
        this(store, files, directory, "upload-");
    }

    /** @param prefix of the names of what is on its way: what others are at is left alone */
    Uploads(Store store, StoredFiles files, Path directory, String prefix) throws IOException {
        this.store = store;
        this.files = files;
        this.directory = directory;
        this.prefix = prefix;
        Files.createDirectories(directory);
        try (DirectoryStream<Path> left = Files.newDirectoryStream(directory, prefix + "*.part")) {
            for (Path file : left) {
                Files.delete(file);
            }
        }
    }

    /**
     * Reads a content to its end and keeps it.
     *
     * @throws vn.sotay.api.http.ProblemException 422 if it has another hash; nothing of it is kept
     */
    Arrived take(InputStream in, String sha256, UUID account) throws IOException {
        Path spooled = Files.createTempFile(directory, prefix, ".part");
        try {
            String found = spool(in, spooled);
            if (!found.equals(sha256)) {
                throw Problem.other(422, "file.wrong-hash").with("found", found);
            }
            return keep(spooled, sha256, account);
        } finally {
            Files.delete(spooled);
        }
    }

    /** Reads a content to its end and keeps it, whatever its hash is. */
    FileInfo take(InputStream in, UUID account) throws IOException {
        Path spooled = Files.createTempFile(directory, prefix, ".part");
        try {
            return keep(spooled, spool(in, spooled), account).file();
        } finally {
            Files.delete(spooled);
        }
    }

    private Arrived keep(Path spooled, String sha256, UUID account) throws IOException {
        FileInfo file = new FileInfo(sha256, Files.size(spooled), type(spooled));
        boolean made = store.write(tx -> {
            files.keep(tx, file, () -> Files.newInputStream(spooled));
            return files.sent(tx, sha256, account);
        });
        return new Arrived(file, made);
    }

    /** Writes it down and returns its hash. */
    private static String spool(InputStream in, Path file) throws IOException {
        MessageDigest hash = StoredFiles.sha256();
        byte[] buffer = new byte[StoredFiles.CHUNK];
        try (OutputStream out = Files.newOutputStream(file)) {
            int count = in.read(buffer);
            while (count >= 0) {
                hash.update(buffer, 0, count);
                out.write(buffer, 0, count);
                count = in.read(buffer);
            }
        }
        return HexFormat.of().formatHex(hash.digest());
    }

    private static String type(Path file) throws IOException {
        try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "r")) {
            byte[] head = new byte[(int) Math.min(content.length(), FileTypes.LOOK)];
            byte[] tail = new byte[head.length];
            content.readFully(head);
            content.seek(content.length() - tail.length);
            content.readFully(tail);
            return FileTypes.of(head, tail);
        }
    }
}
