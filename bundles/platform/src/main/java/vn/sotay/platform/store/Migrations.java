package vn.sotay.platform.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;
import vn.sotay.platform.module.Module;

/**
 * Brings the tables of a module up to date: forward only, each script once, in its own transaction, in the order of its number. A script
 * that was applied and is edited later is refused, and so is a module that is older than its data, with one exception: the version that
 * ran just before a migration may come back, since a migration leaves it working.
 */
final class Migrations {

    private static final Pattern NAME = Pattern.compile("(?:.*/)?(\\d{4})-([a-z0-9-]+)\\.sql");
    private static final Pattern VARIANT = Pattern.compile("-- (derby|postgresql): ?(.*)");

    /**
     * A script.
     *
     * @param number from its name, {@code 0001-meetings.sql}
     * @param text with the lines of both databases
     */
    record Script(int number, String name, String text) {

        /** Reads the number from the name of the file. */
        static Script of(String path, byte[] content) throws MigrationException {
            Matcher name = NAME.matcher(path);
            if (!name.matches()) {
                throw new MigrationException(path + " is no name of a migration: name it NNNN-name.sql");
            }
            return new Script(
                    Integer.parseInt(name.group(1)), name.group(2), new String(content, StandardCharsets.UTF_8));
        }

        String checksum() {
            try {
                byte[] hash = MessageDigest.getInstance("SHA-256")
                        .digest(text.replace("\r\n", "\n").getBytes(StandardCharsets.UTF_8));
                return HexFormat.of().formatHex(hash);
            } catch (NoSuchAlgorithmException e) {
                throw new AssertionError("every Java has SHA-256", e);
            }
        }

        /** The statements for one database. */
        List<String> statements(String database) {
            List<String> statements = new ArrayList<>();
            StringBuilder statement = new StringBuilder();
            for (String line : text.lines().toList()) {
                Matcher variant = VARIANT.matcher(line);
                String sql = variant.matches()
                        ? (variant.group(1).equals(database) ? variant.group(2) : "")
                        : line.startsWith("--") ? "" : line;
                if (sql.isBlank()) {
                    continue;
                }
                statement.append(sql).append('\n');
                if (sql.stripTrailing().endsWith(";")) {
                    statements.add(statement.substring(0, statement.lastIndexOf(";")));
                    statement.setLength(0);
                }
            }
            if (!statement.isEmpty()) {
                statements.add(statement.toString());
            }
            return statements;
        }
    }

    /** The migrations that a version of a module brings. */
    record Release(String module, String version, List<Script> scripts) {}

    private record Applied(
            String checksum, String version, @Nullable String before) {}

    private final Jdbi jdbi;
    private final String database;
    private final Clock clock;

    Migrations(Jdbi jdbi, String database, Clock clock) {
        this.jdbi = jdbi;
        this.database = database;
        this.clock = clock;
        jdbi.useHandle(Migrations::makeHistory);
    }

    /** The scripts in a module's {@code sotay/db}. */
    static List<Script> scripts(Module module) throws MigrationException {
        List<Script> scripts = new ArrayList<>();
        for (String path : module.files("db")) {
            scripts.add(Script.of(path, module.read(path).orElseThrow()));
        }
        return scripts;
    }

    private static void makeHistory(Handle handle) {
        if (exists(handle)) {
            return;
        }
        try {
            handle.useTransaction(made -> {
                made.execute("create table migration (module varchar(40) not null, number integer not null,"
                        + " name varchar(100) not null, checksum varchar(64) not null, version varchar(40) not null,"
                        + " version_before varchar(40), applied_at bigint not null, primary key (module, number))");
                made.execute("create table module_version (module varchar(40) not null primary key,"
                        + " version varchar(40) not null)");
            });
        } catch (JdbiException e) {
            // another node made it at the same time
            if (!exists(handle)) {
                throw e;
            }
        }
    }

    private static boolean exists(Handle handle) {
        try {
            // the statement that comes next anyway
            version(handle, Module.PLATFORM);
            return true;
        } catch (JdbiException e) {
            return false;
        }
    }

    /**
     * Looks whether these scripts fit the data; changes nothing.
     *
     * @throws MigrationException if a script was edited or the data are newer than the module
     */
    void check(Release release) throws MigrationException {
        check(release, jdbi.withHandle(handle -> applied(handle, release.module())));
    }

    private static void check(Release release, Map<Integer, Applied> applied) throws MigrationException {
        check(release.module(), release.version(), release.scripts(), applied);
    }

    private static void check(String module, String version, List<Script> scripts, Map<Integer, Applied> applied)
            throws MigrationException {
        Map<Integer, Script> here = new TreeMap<>();
        for (Script script : scripts) {
            if (here.put(script.number(), script) != null) {
                throw new MigrationException(module + " " + version + " has two migrations with the number "
                        + script.number() + ": number one anew");
            }
        }
        for (Map.Entry<Integer, Applied> entry : applied.entrySet()) {
            Script script = here.get(entry.getKey());
            if (script != null && !script.checksum().equals(entry.getValue().checksum())) {
                throw new MigrationException(
                        "the migration " + script.number() + "-" + script.name() + " of " + module + " " + version
                                + " was changed after it had been applied: put it back as it was, and add a new one");
            }
            if (script == null && !version.equals(entry.getValue().before())) {
                throw new MigrationException("the data are newer than " + module + " " + version
                        + ": they were made by version " + entry.getValue().version() + ", use that or a later one");
            }
        }
    }

    /**
     * Applies what is missing.
     *
     * @throws MigrationException if a script fails, which leaves nothing of it behind
     */
    void migrate(Release release) throws MigrationException {
        String module = release.module();
        String version = release.version();
        Map<Integer, Applied> applied = jdbi.withHandle(handle -> applied(handle, module));
        check(release, applied);
        String before = jdbi.withHandle(handle -> version(handle, module));
        // what is there is not looked for again, one by one: each start would wait for that
        List<Script> missing = release.scripts().stream()
                .filter(script -> !applied.containsKey(script.number()))
                .sorted(Comparator.comparingInt(Script::number))
                .toList();
        for (Script script : missing) {
            try {
                jdbi.useTransaction(handle -> apply(handle, module, version, before, script));
            } catch (JdbiException e) {
                Throwable cause = e.getCause() == null ? e : e.getCause();
                throw new MigrationException(
                        "the migration " + script.number() + "-" + script.name() + " of " + module + " " + version
                                + " failed: "
                                + String.valueOf(cause.getMessage()).replaceAll("\\s+", " "),
                        e);
            }
        }
        if (!version.equals(before)) {
            jdbi.useTransaction(handle -> {
                lock(handle);
                if (handle.execute("update module_version set version = ? where module = ?", version, module) == 0) {
                    handle.execute("insert into module_version (module, version) values (?, ?)", module, version);
                }
            });
        }
    }

    private static @Nullable String version(Handle handle, String module) {
        return handle.createQuery("select version from module_version where module = ?")
                .bind(0, module)
                .mapTo(String.class)
                .findFirst()
                .orElse(null);
    }

    private void apply(Handle handle, String module, String version, @Nullable String before, Script script) {
        lock(handle);
        if (applied(handle, module).containsKey(script.number())) {
            return;
        }
        // by JDBC itself: what Jdbi would take for a parameter or a template is SQL here
        try (Statement statement = handle.getConnection().createStatement()) {
            for (String sql : script.statements(database)) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new UnableToExecuteStatementException(e, null);
        }
        handle.createUpdate(
                        "insert into migration (module, number, name, checksum, version, version_before, applied_at)"
                                + " values (:module, :number, :name, :checksum, :version, :before, :at)")
                .bind("module", module)
                .bind("number", script.number())
                .bind("name", script.name())
                .bind("checksum", script.checksum())
                .bind("version", version)
                .bind("before", before)
                .bind("at", clock.instant())
                .execute();
    }

    /** Several may migrate at once: the first applies, the others find it done. */
    private static void lock(Handle handle) {
        handle.execute("lock table migration in exclusive mode");
    }

    private static Map<Integer, Applied> applied(Handle handle, String module) {
        Map<Integer, Applied> applied = new TreeMap<>();
        handle.createQuery("select number, checksum, version, version_before from migration where module = ?")
                .bind(0, module)
                .map((row, context) ->
                        Map.entry(row.getInt(1), new Applied(row.getString(2), row.getString(3), row.getString(4))))
                .forEach(entry -> applied.put(entry.getKey(), entry.getValue()));
        return applied;
    }
}
