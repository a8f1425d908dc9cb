package vn.sotay.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server to throw away, from the machine's own packages ({@code /usr/lib/postgresql}); ended and deleted with the
 * JVM. The shared one does not wait for the disk; one of its own does, and can be stopped, killed and frozen.
 */
public final class PostgresCluster {

    private static @Nullable PostgresCluster shared;

    private final Path home;
    private final Path programs;
    private final boolean waitsForTheDisk;
    private final int port;
    private final AtomicInteger databases = new AtomicInteger();
    private volatile boolean frozen;

    private PostgresCluster(Path home, boolean waitsForTheDisk) {
        this.home = home;
        this.waitsForTheDisk = waitsForTheDisk;
        try {
            programs = programs();
            try (ServerSocket free = new ServerSocket(0)) {
                port = free.getLocalPort();
            }
            if (isRoot()) {
                run(List.of("chown", "postgres", home.toString()));
            }
            run(server(
                    "initdb",
                    "--pgdata=" + home.resolve("data"),
                    "--username=sotay",
                    "--auth=trust",
                    "--encoding=UTF8",
                    "--locale=C.UTF-8",
                    "--no-sync"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start();
        Runtime.getRuntime().addShutdownHook(new Thread(this::discard));
    }

    /** The one that the tests of this JVM share; started when first asked for. */
    public static synchronized PostgresCluster shared() {
        if (shared == null) {
            shared = new PostgresCluster(temporary(), false);
        }
        return shared;
    }

    /** One of its own that waits for the disk at each commit, as a province's does. */
    public static PostgresCluster own() {
        return own(temporary());
    }

    /** The same in an empty folder. */
    public static PostgresCluster own(Path home) {
        return new PostgresCluster(home, true);
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("sotay-postgresql-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether its main process runs; one that could not write its log has ended by itself. */
    public boolean isRunning() {
        return Files.exists(home.resolve("data/postmaster.pid"));
    }

    /** Starts it, after {@link #stop} or {@link #kill}, and waits until it answers. */
    public void start() {
        runOrFail(server(
                "pg_ctl",
                "start",
                "--wait",
                "--silent",
                "--pgdata=" + home.resolve("data"),
                "--log=" + home.resolve("log"),
                "--options=-p " + port + " -c listen_addresses=localhost -c unix_socket_directories=" + home
                        + " -c fsync=" + (waitsForTheDisk ? "on" : "off") + " -c max_connections=60"));
    }

    /** Stops it as a crash of the machine would: at once, without a checkpoint. */
    public void stop() {
        runOrFail(server("pg_ctl", "stop", "--silent", "--mode=immediate", "--pgdata=" + home.resolve("data")));
    }

    /** Kills its main process (SIGKILL), and waits until the others have followed. */
    public void kill() {
        List<ProcessHandle> all = processes();
        all.get(0).destroyForcibly();
        all.forEach(process -> process.onExit().join());
    }

    /** Lets it stand still (SIGSTOP): it takes connections, and answers nobody. */
    public void freeze() {
        frozen = true;
        signal("-STOP");
    }

    /** Lets it go on. */
    public void thaw() {
        signal("-CONT");
        frozen = false;
    }

    private void signal(String signal) {
        List<String> command = new ArrayList<>(List.of("kill", signal));
        processes().forEach(process -> command.add(String.valueOf(process.pid())));
        if (command.size() > 2) {
            runOrFail(command);
        }
    }

    /** Its main process, and then those of its sessions and others that it has started. */
    public List<ProcessHandle> processes() {
        try {
            String pid = Files.readAllLines(home.resolve("data/postmaster.pid")).get(0);
            return ProcessHandle.of(Long.parseLong(pid.strip())).stream()
                    .flatMap(main -> Stream.concat(Stream.of(main), main.children()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs SQL in one of its databases, by its URL, and returns what it prints: rows, without heads. */
    public String sql(String url, String sql) {
        Process psql = psql(url, sql);
        try (var output = psql.inputReader()) {
            String printed = String.join("\n", output.lines().toList());
            if (psql.waitFor() != 0) {
                throw new AssertionError(sql + " failed: " + printed);
            }
            return printed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Begins to run SQL, in a session of its own that ends with the process. */
    public Process psql(String url, String sql) {
        try {
            return new ProcessBuilder(
                            programs.resolve("psql").toString(),
                            "--host=localhost",
                            "--port=" + port,
                            "--username=sotay",
                            "--no-psqlrc",
                            "--tuples-only",
                            "--no-align",
                            "--command=" + sql,
                            name(url))
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes an empty database and returns its JDBC URL. */
    public String newDatabase() {
        return create("template1");
    }

    /** Makes a copy of the database at this JDBC URL, which nobody uses, and returns its own. */
    public String copy(String url) {
        return create(name(url));
    }

    private String create(String template) {
        String name = "sotay" + databases.incrementAndGet();
        runOrFail(List.of(
                programs.resolve("createdb").toString(),
                "--host=localhost",
                "--port=" + port,
                "--username=sotay",
                "--template=" + template,
                name));
        return "jdbc:postgresql://localhost:" + port + '/' + name + "?user=sotay";
    }

    private static String name(String url) {
        return url.replaceAll(".*/|\\?.*", "");
    }

    /** All data of the database at this JDBC URL, as a script. */
    String dump(String url) {
        try {
            Path file = Files.createTempFile("sotay-", ".sql");
            try {
                run(List.of(
                        programs.resolve("pg_dump").toString(),
                        "--data-only",
                        "--file=" + file,
                        url.replaceFirst("^jdbc:", "")));
                return Files.readString(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void discard() {
        try {
            if (isRunning()) {
                if (frozen) {
                    thaw();
                }
                run(server("pg_ctl", "stop", "--silent", "--mode=immediate", "--pgdata=" + home.resolve("data")));
            }
            run(List.of("rm", "-rf", home.toString()));
        } catch (IOException e) {
            System.getLogger(PostgresCluster.class.getName())
                    .log(System.Logger.Level.WARNING, "left behind: " + home, e);
        }
    }

    private static Path programs() throws IOException {
        Path packages = Path.of("/usr/lib/postgresql");
        if (Files.isDirectory(packages)) {
            try (Stream<Path> versions = Files.list(packages)) {
                var newest = versions.filter(version -> Files.isExecutable(version.resolve("bin/initdb")))
                        .max(Comparator.comparingInt(version ->
                                Integer.parseInt(packages.relativize(version).toString())));
                if (newest.isPresent()) {
                    return newest.get().resolve("bin");
                }
            }
        }
        throw new IllegalStateException("no PostgreSQL server in /usr/lib/postgresql: apt-get install postgresql");
    }

    /** The server refuses to run as root, so it runs as the user that its package made. */
    private List<String> server(String program, String... arguments) {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            command.addAll(List.of("runuser", "-u", "postgres", "--"));
        }
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(arguments));
        return command;
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static void runOrFail(List<String> command) {
        try {
            run(command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(List<String> command) throws IOException {
        Path output = Files.createTempFile("sotay-", ".log");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(Path.of("/").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException(String.join(" ", command) + " failed: " + Files.readString(output));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            Files.deleteIfExists(output);
        }
    }
}
