package vn.sotay.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import vn.sotay.bench.SotayProcess.Home;
import vn.sotay.testkit.Sotay;

/** The pages in a browser: the first load and the next on a slow line, and what Lighthouse says of them. Stands for itself. */
final class Pages implements Part {

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final String LOGIN = "fisherman";

    @Override
    public String name() {
        return "pages";
    }

    @Override
    public String title() {
        return "The pages on a slow line";
    }

    @Override
    public void measure(Run run, Report report) throws IOException {
        String chromium = program("chromium", "chromium-browser", "google-chrome");
        String node = program("node");
        Path scripts = run.root().resolve("benchmarks/target/pages");
        install(run, scripts);
        Samples first = new Samples();
        Samples signedIn = new Samples();
        Samples later = new Samples();
        JsonNode last = MissingNode.getInstance();
        try (SotayProcess sotay = SotayProcess.start(run, Home.of(run, "sotay", "small", ""))) {
            for (int i = 0; i < run.rounds(3); i++) {
                String address = "http://127.0.0.1:" + sotay.port() + "/";
                String printed = Child.start(
                                "the browser",
                                run.work().resolve("browser-" + i + ".log"),
                                Map.of(),
                                List.of(
                                        node,
                                        scripts.resolve("look.js").toString(),
                                        chromium,
                                        address,
                                        LOGIN,
                                        Sotay.PASSWORD))
                        .output(LIMIT);
                last = SotayProcess.JSON.readTree(printed.substring(printed.lastIndexOf("{\"first\"")));
                first.add(last.path("first").asDouble());
                signedIn.add(last.path("signedIn").asDouble());
                last.path("later").forEach(one -> later.add(one.asDouble()));
            }
        }
        report.figure("first visit: address typed → one can sign in", "ms", first, Goal.atMost(8000));
        report.figure("— then: signed in → the next meeting is there", "ms", signedIn, null);
        report.figure("opened again, from what the phone keeps", "ms", later, Goal.atMost(1000));
        for (JsonNode look : last.path("looks")) {
            String what = "Lighthouse, `/" + look.path("path").asText() + "` as "
                    + (look.path("who").asText().isEmpty() ? "nobody, first visit" : LOGIN) + ": ";
            score(report, what, look, "accessibility", 0.95);
            score(report, what, look, "best-practices", 0.95);
            score(report, what, look, "performance", 0.9);
            if (!look.path("wrong").isEmpty()) {
                report.note(what + "found wrong: " + look.path("wrong"));
            }
        }
        report.note(
                "Chromium at 360 × 740 by HTTP/1.1, each answer delayed by 400 ms, 400 kbit/s either way."
                        + " Lighthouse as it is: a phone four times as slow as this machine, 150 ms, 1.6 Mbit/s, of the last round.");
    }

    private static void score(Report report, String what, JsonNode look, String name, double least) {
        Samples samples = new Samples();
        samples.add(look.path(name).asDouble());
        report.figure(what + name, "", samples, Goal.atLeast(least));
    }

    private static void install(Run run, Path scripts) throws IOException {
        Path from = run.root().resolve("benchmarks/pages");
        Files.createDirectories(scripts);
        for (String name : List.of("package.json", "look.js")) {
            Files.copy(from.resolve(name), scripts.resolve(name), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }
        if (!Files.isDirectory(scripts.resolve("node_modules/lighthouse"))) {
            Child.start(
                            "npm",
                            run.work().resolve("npm.log"),
                            Map.of(),
                            List.of(
                                    program("npm"),
                                    "install",
                                    "--no-audit",
                                    "--no-fund",
                                    "--prefix",
                                    scripts.toString()))
                    .output(LIMIT);
        }
    }

    private static String program(String... names) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(folder -> Stream.of(names).map(name -> new File(folder, name)))
                .filter(File::canExecute)
                .map(File::getPath)
                .findFirst()
                .orElseThrow(
                        () -> new BenchException(
                                "there is no " + names[0]
                                        + ": install it (on Debian: apt-get install chromium nodejs npm), or leave out the part pages"));
    }
}
