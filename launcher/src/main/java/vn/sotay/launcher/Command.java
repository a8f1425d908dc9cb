package vn.sotay.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A command to whoever has the database open: the Sotay that runs, or one that is started for this alone. It is asked by a file in the
 * data directory, which only its owner can write, and answered by another one.
 */
final class Command {

    /** Of the framework: neither modules nor requests this time. */
    static final String TASK = "sotay.task";

    private static final Duration LIMIT = Duration.ofMinutes(30);
    private static final long LOOK_AGAIN_MS = 50;

    /** What can be asked; the folder is named as the first word. */
    enum Kind {
        /** Looks the whole audit trail through: 0 if it is whole, 2 if somebody has touched it. */
        AUDIT_VERIFY("audit", "verify"),
        /** Puts another key in the place of the one before: 0 when it is the only one, 2 if an administrator has cancelled it. */
        KEYS_ROTATE("keys", "rotate");

        private final String thing;
        private final String verb;

        Kind(String thing, String verb) {
            this.thing = thing;
            this.verb = verb;
        }

        String thing() {
            return thing;
        }
    }

    private final Path data;
    private final Path folder;
    private final Path ask;
    private final String id = UUID.randomUUID().toString();

    Command(Kind kind, Path data) {
        this.data = data;
        this.folder = data.resolve(kind.thing());
        this.ask = folder.resolve("ask");
    }

    /** The command whose words are among the arguments, where a name of an option could stand. */
    static Optional<Kind> meant(String... arguments) {
        for (Kind kind : Kind.values()) {
            if (at(kind, arguments) >= 0) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    private static int at(Kind kind, String... arguments) {
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            if (arguments[i].equals(kind.thing) && arguments[i + 1].equals(kind.verb)) {
                return i;
            }
        }
        return -1;
    }

    /** The options beside the words. */
    static String[] options(Kind kind, String... arguments) {
        int at = at(kind, arguments);
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
            Files.move(next, ask, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new OperatorException("the folder " + folder + " cannot be written: give this user the right to");
        }
    }

    /** Asks no more: the next start shall not do what nobody waits for. */
    void withdraw() {
        try {
            if (Files.exists(ask) && Files.readString(ask).strip().equals(id)) {
                Files.deleteIfExists(ask);
            }
        } catch (IOException e) {
            System.err.println(ask + " cannot be deleted: delete it, or the next start does what was asked");
        }
    }

    /**
     * Waits for the answer and prints it.
     *
     * @param elsewhere whether another process is to answer, which may end
     * @return the exit code
     */
    int await(boolean elsewhere) throws OperatorException, InterruptedException {
        Path answer = folder.resolve("answer-" + id);
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!Files.exists(answer)) {
            if (System.nanoTime() > end) {
                withdraw();
                throw new OperatorException("nobody has answered for " + LIMIT.toMinutes()
                        + " minutes: it is still at work, or the Sotay that runs there is an older one");
            }
            // never for a lock of this process, which would be lost by looking
            if (elsewhere && !DataDirectory.isInUse(data) && !Files.exists(answer)) {
                withdraw();
                throw new OperatorException(
                        "the Sotay that ran there has ended in the middle of it, and goes on at its next start: start it, or"
                                + " give this command again");
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
