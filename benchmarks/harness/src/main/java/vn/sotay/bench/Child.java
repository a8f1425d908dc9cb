package vn.sotay.bench;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A process that was started to be measured or to measure; ended by its id at the latest when this one ends. Thread-safe. */
final class Child implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(15);
    private static final int STOP_SECONDS = 20;
    private static final Set<Child> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(Child::close), "end of children"));
    }

    private final String name;
    private final Path log;
    private final Process process;
    private final long spawned;

    private Child(String name, Path log, Process process, long spawned) {
        this.name = name;
        this.log = log;
        this.process = process;
        this.spawned = spawned;
        RUNNING.add(this);
    }

    /** Starts a program; what it prints goes to a log. */
    static Child start(String name, Path log, Map<String, String> environment, List<String> command) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(log.toFile());
            builder.environment().putAll(environment);
            long spawned = System.nanoTime();
            return new Child(name, log, builder.start(), spawned);
        } catch (IOException e) {
            throw new BenchException(name + " cannot be started: " + e.getMessage(), e);
        }
    }

    /** A port that nobody listens on. */
    static int freePort() {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        } catch (IOException e) {
            throw new BenchException("no free port: " + e.getMessage(), e);
        }
    }

    /** Waits until a path is answered by 200, and returns the milliseconds since the process was spawned. */
    double awaitAnswer(int port, String path, @Nullable String token) {
        while (System.nanoTime() - spawned < START_LIMIT.toNanos()) {
            if (!process.isAlive()) {
                throw new BenchException(name + " has ended: " + tail());
            }
            try (Wire wire = new Wire(port)) {
                Wire.Answer answer = wire.get(path, token);
                if (answer.status() == 200) {
                    return (System.nanoTime() - spawned) / 1e6;
                }
                if (answer.status() == 500) {
                    throw new BenchException(name + " answers " + path + " by 500: " + tail());
                }
            } catch (IOException e) {
                // it does not listen yet
            }
            pause(3);
        }
        throw new BenchException(name + " is not ready after " + START_LIMIT.toMinutes() + " minutes: " + tail());
    }

    /** Waits for its end, and returns what it printed. */
    String output(Duration limit) {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new BenchException(name + " takes longer than " + limit.toSeconds() + " s: " + tail());
            }
            String printed = Files.readString(log);
            if (process.exitValue() != 0) {
                throw new BenchException(name + " failed: " + tail());
            }
            return printed;
        } catch (IOException e) {
            throw new BenchException(log + " cannot be read: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        } finally {
            close();
        }
    }

    /** What it holds in memory, in megabytes. */
    double residentMegabytes() {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new BenchException(name + " has no /proc entry: " + e.getMessage(), e);
        }
    }

    /** What it has used of the processor, in microseconds. */
    double cpuMicros() {
        return process.info().totalCpuDuration().orElseThrow().toNanos() / 1000.0;
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    private String tail() {
        try {
            List<String> lines = Files.readAllLines(log);
            return log + " ends with: "
                    + String.join(" / ", lines.subList(Math.max(0, lines.size() - 3), lines.size()));
        } catch (IOException e) {
            return "nothing in " + log;
        }
    }

    static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static BenchException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new BenchException("interrupted", e);
    }

    /** Ends it in order, and by force where that takes too long. */
    @Override
    public void close() {
        RUNNING.remove(this);
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
