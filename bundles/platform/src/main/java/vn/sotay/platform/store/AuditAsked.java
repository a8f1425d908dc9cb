package vn.sotay.platform.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers {@code audit verify} of the command line: who can write a file {@code ask} into the data directory is told there what came of
 * looking the trail through.
 */
final class AuditAsked {

    private static final Logger LOG = LoggerFactory.getLogger(AuditAsked.class);
    private static final Pattern ID = Pattern.compile("[0-9a-f-]{36}");

    private final Path folder;

    AuditAsked(Path folder) {
        this.folder = folder;
    }

    /** Answers if somebody has asked. */
    void answer(Supplier<AuditVerdict> verdict) {
        Path ask = folder.resolve("ask");
        if (!Files.exists(ask)) {
            return;
        }
        try {
            String id = Files.readString(ask).strip();
            Files.delete(ask);
            if (ID.matcher(id).matches()) {
                Path next = folder.resolve("next-answer");
                Files.write(next, lines(verdict.get()), StandardCharsets.UTF_8);
                Files.move(next, folder.resolve("answer-" + id), StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            LOG.warn("audit verify cannot be answered in {}: {}", folder, e.toString());
        }
    }

    /** The exit code, and then what the operator reads. */
    static List<String> lines(AuditVerdict verdict) {
        List<String> lines = new ArrayList<>();
        String seen = verdict.rows() + " rows in " + verdict.seals() + " seals, " + verdict.open() + " not sealed yet";
        if (verdict.ok()) {
            return List.of("0", "The audit trail is whole: " + seen);
        }
        lines.add("2");
        lines.add("The audit trail was touched: " + seen);
        for (AuditVerdict.Fault fault : verdict.faults()) {
            String other = fault.other() == null ? "" : " with row " + fault.other();
            String at = Optional.ofNullable(fault.at()).map(time -> ", " + time).orElse("");
            lines.add("  " + fault.kind() + " row " + fault.seq() + other + at);
        }
        return lines;
    }
}
