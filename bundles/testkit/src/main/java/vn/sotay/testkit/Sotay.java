package vn.sotay.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A Sotay that runs as its own process from the assembled distribution, as an operator would start it. Thread-safe.
 */
public final class Sotay implements AutoCloseable {

    /** The password of the demo's people in tests. */
    public static final String PASSWORD = "mat-khau-thu-2026";

    private static final Pattern READY = Pattern.compile("Sotay is ready: (http\\S+)");
    private static final Duration START = Duration.ofMinutes(5);
    private static final Duration TOPICS = Duration.ofSeconds(60);
    private static @Nullable Sotay shared;
    private static @Nullable Settings prepared;

    private final Settings settings;
    private final StringBuffer output = new StringBuffer();
    private final Map<String, String> tokens = new ConcurrentHashMap<>();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private volatile Process process;
    private volatile URI url = URI.create("http://localhost/");

    private Sotay(Settings settings) {
        this.settings = settings;
        this.process = launch();
    }

    /**
     * How to start one.
     *
     * @param data its data directory
     * @param modules its modules folder
     * @param demo {@code small}, {@code full} or {@code none}
     * @param database the databases's URL; empty for the embedded one
     * @param more further options of the command line
     * @param java further options of Java
     */
    public record Settings(
            Path data, Path modules, String demo, String database, List<String> more, List<String> java) {

        /** The same with further options of the command line. */
        public Settings with(String... options) {
            List<String> all = new ArrayList<>(more);
            all.addAll(List.of(options));
            return new Settings(data, modules, demo, database, all, java);
        }

        /** The same with these options of Java and no others. */
        public Settings java(String... options) {
            return new Settings(data, modules, demo, database, more, List.of(options));
        }

        /** The same with another data directory. */
        public Settings data(Path directory) {
            return new Settings(directory, modules, demo, database, more, java);
        }

        /** The same with another database, by its URL. */
        public Settings database(String url) {
            return new Settings(data, modules, demo, url, more, java);
        }

        /** The same with another demo. */
        public Settings demo(String size) {
            return new Settings(data, modules, size, database, more, java);
        }
    }

    /** Settings for a new data directory, a copy of the modules, and the database that this run tests. */
    public static Settings fresh() {
        Path home = temporary();
        Path modules = home.resolve("modules");
        copyAll(dist().resolve("modules"), modules);
        String database = Database.ofThisRun() == Database.POSTGRESQL
                ? PostgresCluster.shared().newDatabase()
                : "";
        return new Settings(home.resolve("data"), modules, "small", database, List.of(), List.of());
    }

    /**
     * Settings for one that has been started before: with a copy of what the first start with the small demo leaves, in a third of the
     * time, and with class-data sharing, as {@code ./run} does. For tests that the first start does not matter to; it is made once.
     */
    public static synchronized Settings prepared() {
        if (prepared == null) {
            Settings first = fresh();
            String archive = first.data().resolveSibling("classes.jsa").toString();
            Sotay started =
                    start(first.java("-XX:ArchiveClassesAtExit=" + archive, "-Xlog:cds=off", "-Xlog:cds+dynamic=off"));
            started.awaitTopics();
            started.stop();
            prepared = first.java("-XX:SharedArchiveFile=" + archive, "-Xlog:cds=off", "-Xlog:cds+dynamic=off");
        }
        Path data = temporary().resolve("data");
        copyAll(prepared.data(), data);
        Path modules = data.resolveSibling("modules");
        copyAll(prepared.modules(), modules);
        String database =
                prepared.database().isEmpty() ? "" : PostgresCluster.shared().copy(prepared.database());
        return new Settings(data, modules, prepared.demo(), database, List.of(), prepared.java());
    }

    /** Starts one and waits until it is ready. */
    public static Sotay start(Settings settings) {
        Sotay sotay = new Sotay(settings);
        Runtime.getRuntime().addShutdownHook(new Thread(sotay::kill));
        sotay.awaitReady();
        return sotay;
    }

    /** Starts one that is expected to give up, and waits for its end. */
    public static Sotay startAndExit(Settings settings) {
        Sotay sotay = new Sotay(settings);
        Runtime.getRuntime().addShutdownHook(new Thread(sotay::kill));
        sotay.awaitExit();
        return sotay;
    }

    /** The one with the small demo that tests share if they do not stop it; started when first asked for. */
    public static synchronized Sotay shared() {
        if (shared == null) {
            shared = start(prepared());
        }
        return shared;
    }

    /** The folder of the assembled distribution. */
    public static Path dist() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.isDirectory(at.resolve("dist/lib"))) {
                return at.resolve("dist");
            }
        }
        throw new IllegalStateException("no dist/ in or above " + Path.of("").toAbsolutePath()
                + ": build it first, with ./test or mvn package");
    }

    private Process launch() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(javaHome(), "bin", "java").toString());
        // a test process lives for seconds: the second compiler would not pay
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx512m"));
        command.addAll(List.of("-Djava.awt.headless=true", "-Dfile.encoding=UTF-8"));
        command.addAll(settings.java());
        command.addAll(List.of("-cp", dist().resolve("lib") + "/*", "vn.sotay.launcher.Main"));
        command.addAll(List.of("--port", "0", "--data", settings.data().toString()));
        command.addAll(List.of("--modules", settings.modules().toString(), "--demo", settings.demo()));
        if (!settings.database().isEmpty()) {
            command.addAll(List.of("--database", settings.database()));
        }
        command.addAll(settings.more());
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("SOTAY_DEMO_PASSWORD", PASSWORD);
        try {
            Process started = builder.start();
            Thread reader = new Thread(() -> read(started), "output of sotay");
            reader.setDaemon(true);
            reader.start();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String javaHome() {
        String chosen = System.getProperty("sotay.test.java", "");
        return chosen.isEmpty() ? System.getProperty("java.home") : chosen;
    }

    private void read(Process from) {
        try (var lines = from.inputReader()) {
            lines.lines().forEach(line -> {
                synchronized (output) {
                    output.append(line).append('\n');
                    output.notifyAll();
                }
            });
        } catch (IOException | UncheckedIOException e) {
            output.append("(output ended: ").append(e.getMessage()).append(")\n");
        }
    }

    private void awaitReady() {
        Matcher ready = awaitOutput(READY, START);
        url = URI.create(ready.group(1).endsWith("/") ? ready.group(1) : ready.group(1) + "/");
    }

    /**
     * Waits until the topics that questions may be asked about are in the feed, for a first start: they are told by a clock, a moment
     * after it. Else they would come in the middle of a test that compares what a member is told before and after.
     */
    public void awaitTopics() {
        Client member = as("member");
        if (member.get("/api/questions/topics").status() != 200) {
            return;
        }
        long end = System.nanoTime() + TOPICS.toNanos();
        while (!told(member, "question-topic")) {
            if (System.nanoTime() > end) {
                throw new AssertionError("no topics of questions in the feed within " + TOPICS + ":\n" + output());
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    private static boolean told(Client member, String type) {
        String since = "";
        while (true) {
            JsonNode page = member.get("/api/changes" + since).expect(200).json();
            if (page.path("changes").findValuesAsText("type").contains(type)) {
                return true;
            }
            if (page.path("complete").asBoolean()) {
                return false;
            }
            since = "?since=" + page.path("token").asText();
        }
    }

    /** Waits until the process has printed something of this form since it was last started. */
    public Matcher awaitOutput(Pattern form, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        synchronized (output) {
            while (true) {
                Matcher found = form.matcher(output);
                if (found.find()) {
                    return found;
                }
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0 || !process.isAlive()) {
                    throw new AssertionError("'" + form + "' was not printed"
                            + (process.isAlive() ? " within " + limit : ", the process has ended") + ":\n" + output);
                }
                try {
                    output.wait(Math.min(left, 200));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new AssertionError("interrupted", e);
                }
            }
        }
    }

    /** What the process has printed since it was last started. */
    public String output() {
        return output.toString();
    }

    /** Waits for the end of the process and returns its exit code. */
    public int awaitExit() {
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                throw new AssertionError("still running after 60 s:\n" + output);
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Ends it as an operator would (SIGTERM), and returns the exit code. */
    public int stop() {
        process.destroy();
        int code = awaitExit();
        if (output().contains("did not stop within")) {
            // what is ended in the middle leaves its caches half written for the next start
            throw new AssertionError("something kept the stop waiting:\n" + output());
        }
        return code;
    }

    /** Ends it as a power cut would (SIGKILL). */
    public void kill() {
        process.destroyForcibly();
        CompletableFuture<Process> end = process.onExit();
        end.join();
    }

    /** Lets it stand still (SIGSTOP), as a machine that is suspended does, or go on. */
    public void freeze(boolean still) {
        try {
            new ProcessBuilder("kill", still ? "-STOP" : "-CONT", String.valueOf(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Starts it again on the same data and waits until it is ready. */
    public void startAgain() {
        launchAgain();
        awaitReady();
    }

    /** Starts it again on the same data, and does not wait. */
    public void launchAgain() {
        if (process.isAlive()) {
            throw new IllegalStateException("it still runs");
        }
        tokens.clear();
        output.setLength(0);
        process = launch();
    }

    /** A client that is nobody. */
    public Client anonymous() {
        return new Client(http, url, null);
    }

    /** A client that is nobody and has no connection yet. */
    public static Client stranger(URI url) {
        return new Client(HttpClient.newHttpClient(), url, null);
    }

    /** A client signed in as one of the demo's people. */
    public Client as(String login) {
        String token = tokens.computeIfAbsent(login, who -> anonymous()
                .post("/api/session", Map.of("login", who, "password", PASSWORD))
                .expect(201)
                .json()
                .path("token")
                .asText());
        return new Client(http, url, token);
    }

    /** Where it answers, with a slash at the end. */
    public URI url() {
        return url;
    }

    /** Its data directory. */
    public Path data() {
        return settings.data();
    }

    /** Whether a text of ASCII letters stands anywhere in the database, as somebody who has stolen it would read. */
    public boolean isInDatabase(String text) {
        if (!settings.database().isEmpty()) {
            return PostgresCluster.shared().dump(settings.database()).contains(text);
        }
        try (Stream<Path> files = Files.walk(settings.data().resolve("derby"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(text)) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its modules folder. */
    public Path modules() {
        return settings.modules();
    }

    /** The id of the process. */
    public long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            stop();
        }
        delete(settings.data());
        delete(settings.modules());
    }

    /** A new directory that is deleted when the tests end. */
    public static Path temporary() {
        try {
            Path made = Files.createTempDirectory("sotay-test-");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(made)));
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copyAll(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                // keeps who may read the key
                Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            // a process that is just ending may still write: what is left goes with the machine's own temporary files
            System.getLogger(Sotay.class.getName()).log(System.Logger.Level.DEBUG, "left behind: " + directory, e);
        }
    }
}
