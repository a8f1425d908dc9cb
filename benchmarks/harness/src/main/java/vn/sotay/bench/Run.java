package vn.sotay.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * One run of one part.
 *
 * @param root of the checkout
 * @param work its own folder, for data and logs
 * @param quick whether it is only to be seen that everything runs
 */
record Run(Path root, Path work, boolean quick) {

    Run(Path root, String part, boolean quick) throws IOException {
        this(root, root.resolve("benchmarks/target/work").resolve(part), quick);
        clear();
        Files.createDirectories(work);
    }

    /** As many rounds, or one. */
    int rounds(int usual) {
        return quick ? 1 : usual;
    }

    /** As many seconds, or one. */
    int seconds(int usual) {
        return quick ? 1 : usual;
    }

    Path peer(String name) {
        return root.resolve("benchmarks/peers").resolve(name).resolve("target");
    }

    /** The Java that this runs on. */
    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** A Java program of a peer, with the heap that Sotay has. */
    List<String> javaProgram(String peer, String main, String... arguments) {
        Path target = peer(peer);
        List<String> command = new ArrayList<>(List.of(
                java(), "-Xmx512m", "-cp", target.resolve("classes") + ":" + target.resolve("lib") + "/*", main));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Deletes its folder. */
    void clear() throws IOException {
        if (Files.exists(work)) {
            try (Stream<Path> files = Files.walk(work)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    /** Copies a folder with all below it. */
    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            files.forEach(file -> {
                try {
                    Files.copy(
                            file,
                            to.resolve(from.relativize(file).toString()),
                            java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
