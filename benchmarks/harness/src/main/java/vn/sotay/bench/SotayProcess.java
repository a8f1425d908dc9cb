package vn.sotay.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import vn.sotay.testkit.Sotay;

/**
 * A Sotay as an operator has it: started by {@code ./run}, with its usual Java options and its class-data archive. The testkit's is
 * tuned to start and to be thrown away. Not thread-safe.
 */
final class SotayProcess implements AutoCloseable {

    static final ObjectMapper JSON = JsonMapper.builder().build();

    /**
     * What is kept of one from start to start.
     *
     * @param name for logs
     * @param data its data directory
     * @param modules its modules folder
     * @param database URL; empty for the embedded one
     * @param connections at most; 0 for as many as there are usually
     * @param roles its {@code roles.json}; empty for none
     */
    record Home(String name, Path data, Path modules, String demo, String database, int connections, String roles) {

        Home(String name, Path data, Path modules, String demo, String database) {
            this(name, data, modules, demo, database, 0, "");
        }

        /** With a data directory of its own, and the modules of the distribution. */
        static Home of(Run run, String name, String demo, String database) {
            return new Home(name, run.work().resolve(name), run.root().resolve("dist/modules"), demo, database);
        }

        /** The same for so many connections. */
        Home connections(int most) {
            return new Home(name, data, modules, demo, database, most, roles);
        }

        /** The same with permissions of the province. */
        Home roles(String json) {
            return new Home(name, data, modules, demo, database, connections, json);
        }

        Path derby() {
            return data.resolve("derby");
        }
    }

    private final Run run;
    private final Home home;
    private final Map<String, String> tokens = new HashMap<>();
    private Child child;
    private int port;
    private double millis;

    private SotayProcess(Run run, Home home) {
        this.run = run;
        this.home = home;
        this.child = launch();
    }

    /** Starts one and waits until its health is told. */
    static SotayProcess start(Run run, Home home) {
        SotayProcess sotay = new SotayProcess(run, home);
        sotay.millis = sotay.child.awaitAnswer(sotay.port, "/health", null);
        return sotay;
    }

    /** Starts one that was there before and has given this token, and waits until its module answers that person. */
    static SotayProcess startAgain(Run run, Home home, String login, String token, String path) {
        SotayProcess sotay = new SotayProcess(run, home);
        sotay.tokens.put(login, token);
        sotay.millis = sotay.child.awaitAnswer(sotay.port, path, token);
        return sotay;
    }

    private Child launch() {
        port = Child.freePort();
        List<String> command = new ArrayList<>(List.of(
                run.root().resolve("run").toString(),
                "--config",
                config().toString(),
                "--port",
                Integer.toString(port),
                "--data",
                home.data().toString(),
                "--modules",
                home.modules().toString(),
                "--demo",
                home.demo()));
        if (!home.database().isEmpty()) {
            command.addAll(List.of("--database", home.database()));
        }
        return Child.start(
                "Sotay",
                run.work().resolve(home.name() + ".log"),
                Map.of("SOTAY_DEMO_PASSWORD", Sotay.PASSWORD),
                command);
    }

    /** The usual configuration, but for this machine alone. */
    private Path config() {
        Path config = run.work().resolve("config-" + home.name() + '-' + home.connections());
        try {
            if (!Files.exists(config)) {
                Run.copy(run.root().resolve("config"), config);
                Files.writeString(
                        config.resolve("sotay.json"),
                        "{\"http\": {\"host\": \"127.0.0.1\", \"connections\": " + home.connections() + "}}\n");
                if (!home.roles().isEmpty()) {
                    Files.writeString(config.resolve("roles.json"), home.roles());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return config;
    }

    /** Milliseconds from the spawn of the process to the first answer. */
    double startMillis() {
        return millis;
    }

    int port() {
        return port;
    }

    Child child() {
        return child;
    }

    /** The token of one of the demo's people. */
    String token(String login) {
        return tokens.computeIfAbsent(login, who -> {
            String body = "{\"login\":\"" + who + "\",\"password\":\"" + Sotay.PASSWORD + "\"}";
            try (Wire wire = new Wire(port)) {
                return JSON.readTree(wire.send("POST", "/api/session", null, body)
                                .expect(201)
                                .body())
                        .path("token")
                        .asText();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** What this person gets from a path, as JSON. */
    JsonNode get(String login, String path) {
        try (Wire wire = new Wire(port)) {
            return JSON.readTree(wire.get(path, token(login)).expect(200).body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The id of the cell of Hải Ninh. */
    String cell() {
        return get("secretary", "/api/me").at("/member/cell/id").asText();
    }

    /** The token of the change feed with which this person knows all. */
    String knowsAll(String login) {
        String since = "";
        while (true) {
            JsonNode page = get(login, "/api/changes" + (since.isEmpty() ? "" : "?since=" + since));
            since = page.path("token").asText();
            if (page.path("complete").asBoolean()) {
                return since;
            }
        }
    }

    @Override
    public void close() {
        child.close();
    }
}
