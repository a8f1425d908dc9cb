package vn.sotay.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * {@code audit verify}: asks for the whole audit trail to be looked through, by a file in the data directory, which only its owner can
 * write. Whoever has the database open answers by another one: the Sotay that runs, or one that is started for this alone.
 */
final class AuditCommand {

    /** Of the framework: neither modules nor requests this time. */
    static final String TASK = "sotay.task";

    private static final Duration LIMIT = Duration.ofMinutes(30);
    private static final long LOOK_AGAIN_MS = 50;

    private final Path folder;
    private final String id = UUID.randomUUID().toString();

    AuditCommand(Path data) {
        this.folder = data.resolve("audit");
    }

    /** Whether the words are among the arguments, where a name of an option could stand. */
    static boolean isMeant(String... arguments) {
        return at(arguments) >= 0;
    }

    private static int at(String... arguments) {
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            if (arguments[i].equals("audit") && arguments[i + 1].equals("verify")) {
                return i;
            }
        }
        return -1;
    }

    /** The options beside them. */
    static String[] options(String... arguments) {
        int at = at(arguments);
        List<String> options = new ArrayList<>(List.of(arguments));
        options.remove(at);
        options.remove(at);
        return options.toArray(String[]::new);
    }

    void ask() throws OperatorException {
        try {
            Files.createDirectories(folder);
            Path next = Files.createTempFile(folder, "next", "");
            Files.writeString(next, id);
            Files.move(
                    next, folder.resolve("ask"), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new OperatorException("the folder " + folder + " cannot be written: give this user the right to");
        }
    }

    /**
     * Waits for the answer and prints it.
     *
     * @return the exit code: 0 if the trail is whole, 2 if somebody has touched it
     */
    int await() throws OperatorException, InterruptedException {
        Path answer = folder.resolve("answer-" + id);
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!Files.exists(answer)) {
            if (System.nanoTime() > end) {
                throw new OperatorException("nobody has answered for " + LIMIT.toMinutes()
                        + " minutes: the Sotay that runs there may be an older one");
            }
            Thread.sleep(LOOK_AGAIN_MS);
        }
        try {
            List<String> lines = Files.readAllLines(answer, StandardCharsets.UTF_8);
            Files.delete(answer);
            lines.stream().skip(1).forEach(System.out::println);
            return Integer.parseInt(lines.get(0));
        } catch (IOException | NumberFormatException | IndexOutOfBoundsException e) {
            throw new OperatorException(answer + " cannot be read: " + e.getMessage());
        }
    }
}
