package vn.sotay.platform.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The statements of a start and of the requests just after it, for the next one: Derby takes milliseconds for each that it has not
 * seen, and can take them beside what comes before the database is asked. Thread-safe.
 */
final class FirstStatements implements SqlLogger {

    private static final Logger LOG = LoggerFactory.getLogger(FirstStatements.class);

    /** Derby keeps a hundred. */
    private static final int MOST = 60;

    private static final String END = "\u0000";

    private final Path file;
    private final Set<String> seen = new LinkedHashSet<>();
    private volatile boolean isOver;

    /** @param file where they are kept */
    FirstStatements(Path file) {
        this.file = file;
    }

    @Override
    public void logBeforeExecution(StatementContext context) {
        if (!isOver) {
            add(context.getParsedSql().getSql());
        }
    }

    private synchronized void add(String sql) {
        if (seen.size() < MOST) {
            seen.add(sql);
        }
    }

    /** Ends the list and keeps it, if it is not the one that was kept. */
    synchronized void keep() {
        isOver = true;
        String text = String.join(END, seen);
        try {
            if (!Files.exists(file) || !Files.readString(file).equals(text)) {
                Files.writeString(file, text, StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            LOG.debug("the next start does without", e);
        }
    }

    /** Prepares those of the start before, and asks those that ask for the same each time, so that their pages are there too. */
    static void prepare(Path file, Connection connection) throws SQLException {
        for (String sql : read(file)) {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                if (sql.startsWith("select") && statement.getParameterMetaData().getParameterCount() == 0) {
                    try (ResultSet rows = statement.executeQuery()) {
                        rows.next();
                    }
                }
            } catch (SQLException e) {
                // its table may have gone with another version
                LOG.debug("not prepared: {}", sql, e);
            }
        }
    }

    private static List<String> read(Path file) {
        try {
            return Files.exists(file) ? List.of(Files.readString(file).split(END)) : List.of();
        } catch (IOException e) {
            LOG.debug("this start does without", e);
            return List.of();
        }
    }
}
