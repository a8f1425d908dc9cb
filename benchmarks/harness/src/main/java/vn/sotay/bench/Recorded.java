package vn.sotay.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Answers of Sotay, for bare Jetty to send: the same status, headers and bytes. */
final class Recorded {

    /** What Jetty writes by itself. */
    private static final Set<String> JETTYS = Set.of("date", "content-length", "connection");

    private final Run run;
    private final Path folder;

    Recorded(Run run) {
        this.run = run;
        this.folder = run.work().resolve("answers");
    }

    /** Keeps an answer under a name: bare Jetty gives it at {@code /<name>}, and that named 304 to who has its ETag. */
    void keep(String name, Wire.Answer answer) throws IOException {
        Path one = Files.createDirectories(folder.resolve(name));
        Files.writeString(one.resolve("status"), Integer.toString(answer.status()));
        Files.write(one.resolve("body"), answer.body());
        StringBuilder headers = new StringBuilder();
        answer.headers().forEach((header, value) -> {
            if (!JETTYS.contains(header)) {
                headers.append(header).append(": ").append(value).append('\n');
            }
        });
        Files.writeString(one.resolve("headers"), headers.toString());
    }

    /** Starts bare Jetty with them. */
    Child serve(int port, String known) {
        List<String> command =
                run.javaProgram("bare", "vn.sotay.bench.bare.BareJetty", Integer.toString(port), folder.toString());
        Child jetty = Child.start("bare Jetty", run.work().resolve("jetty.log"), Map.of(), command);
        jetty.awaitAnswer(port, known, null);
        return jetty;
    }
}
