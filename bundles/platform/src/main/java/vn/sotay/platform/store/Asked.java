package vn.sotay.platform.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the command line asks of a Sotay that runs: a file {@code ask} in a folder of the data directory, which only its owner can write,
 * with an id; it is answered by another file. For one thread.
 */
public final class Asked {

    private static final Logger LOG = LoggerFactory.getLogger(Asked.class);
    private static final Pattern ID = Pattern.compile("[0-9a-f-]{36}");

    private final Path folder;
    private final Path ask;

    public Asked(Path folder) {
        this.folder = folder;
        this.ask = folder.resolve("ask");
    }

    /** The id of what is asked and not answered; empty if nothing is. */
    public Optional<String> id() {
        if (!Files.exists(ask)) {
            return Optional.empty();
        }
        try {
            String id = Files.readString(ask).strip();
            if (ID.matcher(id).matches()) {
                return Optional.of(id);
            }
            Files.delete(ask);
        } catch (NoSuchFileException e) {
            LOG.debug("withdrawn meanwhile", e);
        } catch (IOException e) {
            LOG.warn("{} cannot be read: {}", ask, e.toString());
        }
        return Optional.empty();
    }

    /**
     * Answers, and is not asked any more.
     *
     * @param lines the exit code, and then what the operator reads
     */
    public void answer(String id, List<String> lines) {
        try {
            Files.deleteIfExists(ask);
            Path next = folder.resolve("next-answer");
            Files.write(next, lines, StandardCharsets.UTF_8);
            Files.move(next, folder.resolve("answer-" + id), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            LOG.warn("what was asked in {} cannot be answered: {}", folder, e.toString());
        }
    }
}
