package vn.sotay.launcher;

import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The command line. An option that is given twice counts as given last.
 *
 * @param port null when the configuration decides
 * @param data null for {@code ./data}
 * @param modules null for the distribution's own
 * @param config null for the distribution's own
 * @param demo null when the configuration decides
 * @param database null when the configuration decides
 */
record Options(
        @Nullable Integer port,
        @Nullable Path data,
        @Nullable Path modules,
        @Nullable Path config,
        @Nullable String demo,
        @Nullable String database) {

    static final String USAGE = "usage: run [--port N] [--data DIR] [--modules DIR] [--config DIR]"
            + " [--demo small|full|none] [--database URL]";

    private static final Pattern WITH_PASSWORD = Pattern.compile("[?&](ssl)?password=.", Pattern.CASE_INSENSITIVE);

    private static final Set<String> DEMOS = Set.of("small", "full", "none");

    static Options parse(String... arguments) throws OperatorException {
        Options options = new Options(null, null, null, null, null, null);
        for (int i = 0; i < arguments.length; i += 2) {
            String name = arguments[i];
            if (i + 1 == arguments.length) {
                throw new OperatorException(name.startsWith("--") ? name + " needs a value; " + USAGE : USAGE);
            }
            options = options.with(name, arguments[i + 1]);
        }
        return options;
    }

    private Options with(String name, String value) throws OperatorException {
        return switch (name) {
            case "--port" -> new Options(port(value), data, modules, config, demo, database);
            case "--data" -> new Options(port, Path.of(value), modules, config, demo, database);
            case "--modules" -> new Options(port, data, Path.of(value), config, demo, database);
            case "--config" -> new Options(port, data, modules, Path.of(value), demo, database);
            case "--demo" -> new Options(port, data, modules, config, demo(value), database);
            case "--database" -> new Options(port, data, modules, config, demo, database(value));
            default -> throw new OperatorException("unknown option " + name + "; " + USAGE);
        };
    }

    private static Integer port(String value) throws OperatorException {
        try {
            int port = Integer.parseInt(value);
            if (port >= 0 && port <= 65535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // said below, as for a number out of range
        }
        throw new OperatorException("--port must be a number from 0 (any free port) to 65535, not " + value);
    }

    private static String demo(String value) throws OperatorException {
        if (!DEMOS.contains(value)) {
            throw new OperatorException("--demo must be small, full or none, not " + value);
        }
        return value;
    }

    private static String database(String value) throws OperatorException {
        if (!value.startsWith("jdbc:postgresql:")) {
            throw new OperatorException("--database must begin with jdbc:postgresql:, not " + value
                    + "; leave it out for the embedded database");
        }
        if (WITH_PASSWORD.matcher(value).find()) {
            throw new OperatorException("--database holds a password, which everybody on this machine could read:"
                    + " put it into the environment as SOTAY_DATABASE_PASSWORD, or into a file (store.passwordFile)");
        }
        return value;
    }
}
