package vn.sotay.launcher;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The data directory, held by one instance at a time through a lock that the system takes back when the process ends. */
final class DataDirectory implements AutoCloseable {

    private final Path path;
    private final FileChannel channel;

    private DataDirectory(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    static DataDirectory open(Path directory) throws OperatorException {
        Path path = directory.toAbsolutePath().normalize();
        try {
            Files.createDirectories(path);
            FileChannel channel =
                    FileChannel.open(path.resolve("sotay.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!lock(channel)) {
                channel.close();
                throw new OperatorException("the data directory " + path
                        + " is in use by another instance: stop that one, or give another directory by --data");
            }
            return new DataDirectory(path, channel);
        } catch (IOException e) {
            throw new OperatorException("the data directory " + path
                    + " cannot be written: give this user the right to write there, or another directory by --data");
        }
    }

    /** Whether an instance has it. */
    static boolean isInUse(Path directory) throws OperatorException {
        try (FileChannel channel = FileChannel.open(
                directory.resolve("sotay.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            return !lock(channel);
        } catch (IOException e) {
            throw new OperatorException("there is no data directory " + directory + ": give another one by --data");
        }
    }

    private static boolean lock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
