package vn.sotay.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.Locale;

/**
 * What was measured on.
 *
 * @param line for the head of a report
 */
record Machine(String line) {

    /** Looks at this machine, and at the disk that {@code folder} lies on. */
    static Machine look(Path folder) throws IOException {
        int cores = Runtime.getRuntime().availableProcessors();
        return new Machine(String.format(
                Locale.ROOT,
                "%s: %d cores, %d GB, Java %s, %s %s, %,d fdatasync/s of one thread; the load generator (wrk -t1) runs on the same"
                        + " cores%s.",
                LocalDate.now(),
                cores,
                memory() / (1024 * 1024),
                Runtime.version(),
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                syncs(folder),
                cores > 2 ? "" : " and takes one of the two"));
    }

    /** In kilobytes. */
    private static long memory() throws IOException {
        return Files.readAllLines(Path.of("/proc/meminfo")).stream()
                .filter(line -> line.startsWith("MemTotal:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }

    /** How often a second 4 KB at the end of a file are made durable. */
    private static long syncs(Path folder) throws IOException {
        Path file = Files.createTempFile(folder, "sync", "");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            long start = System.nanoTime();
            long done = 0;
            while (System.nanoTime() - start < 1_000_000_000L) {
                channel.write(ByteBuffer.allocate(4096));
                channel.force(false);
                done++;
            }
            return done * 1_000_000_000L / (System.nanoTime() - start);
        } finally {
            Files.delete(file);
        }
    }
}
