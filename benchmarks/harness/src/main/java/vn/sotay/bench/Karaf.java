package vn.sotay.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/** Apache Karaf as it is shipped, cut down to its features {@code http} and {@code scr}; its deploy folder watches by default. */
final class Karaf {

    static final String ANSWER = "/api/answer";

    private final Path home;
    private final Path log;
    private final int port = Child.freePort();

    /** Unpacks one with this bundle in its deploy folder. */
    Karaf(Run run, BundleJar bundle) throws IOException {
        home = run.work().resolve("karaf");
        log = run.work().resolve("karaf.log");
        try (Stream<Path> unpacked = Files.list(run.root().resolve("benchmarks/harness/target/karaf"))) {
            Run.copy(unpacked.findFirst().orElseThrow(), home);
        }
        set("org.apache.karaf.features.cfg", Map.of("featuresBoot", "http, scr"));
        set(
                "org.ops4j.pax.web.cfg",
                Map.of(
                        "org.osgi.service.http.port",
                        Integer.toString(port),
                        "org.ops4j.pax.web.listening.addresses",
                        "127.0.0.1"));
        bundle.putInto(deploy());
    }

    private void set(String file, Map<String, String> settings) throws IOException {
        Path path = home.resolve("etc").resolve(file);
        Properties all = new Properties();
        if (Files.exists(path)) {
            try (InputStream in = Files.newInputStream(path)) {
                all.load(in);
            }
        }
        all.putAll(settings);
        try (OutputStream out = Files.newOutputStream(path)) {
            all.store(out, null);
        }
    }

    Path deploy() {
        return home.resolve("deploy");
    }

    int port() {
        return port;
    }

    /** Starts it by its own script. */
    Child start() {
        return Child.start(
                "Karaf", log, Map.of(), List.of(home.resolve("bin/karaf").toString(), "daemon"));
    }
}
