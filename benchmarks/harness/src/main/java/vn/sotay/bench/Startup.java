package vn.sotay.bench;

import java.io.IOException;
import vn.sotay.bench.SotayProcess.Home;

/** From the spawn of the process to the first 200 of a module, on data that are there; and what it then holds in memory. */
final class Startup implements Part {

    private static final String PATH = "/api/meetings";

    @Override
    public String name() {
        return "startup";
    }

    @Override
    public String title() {
        return "Start and memory";
    }

    @Override
    public void measure(Run run, Report report) throws IOException {
        Home home = Home.of(run, "sotay", "small", "");
        String token;
        // the first start makes the demo, and its end writes the class-data archive
        try (SotayProcess first = SotayProcess.start(run, home)) {
            token = first.token("secretary");
        }
        Karaf karaf = new Karaf(run, BundleJar.read(run.peer("karaf").resolve("answer.jar")));
        try (Child first = karaf.start()) {
            first.awaitAnswer(karaf.port(), Karaf.ANSWER, null);
        }
        Samples ourCpu = new Samples();
        Samples theirCpu = new Samples();
        Samples ourMemory = new Samples();
        Samples theirMemory = new Samples();
        Rounds starts = new Rounds();
        starts.add("Sotay", () -> {
            try (SotayProcess sotay = SotayProcess.startAgain(run, home, "secretary", token, PATH)) {
                ourCpu.add(sotay.child().cpuMicros() / 1000);
                ourMemory.add(idle(run, sotay.child()));
                return sotay.startMillis();
            }
        });
        starts.add("Karaf", () -> {
            try (Child started = karaf.start()) {
                double millis = started.awaitAnswer(karaf.port(), Karaf.ANSWER, null);
                theirCpu.add(started.cpuMicros() / 1000);
                theirMemory.add(idle(run, started));
                return millis;
            }
        });
        starts.run(run.rounds(7));
        report.ratio(
                "warm start: process spawned → a module answers 200",
                "ms",
                starts.of("Sotay"),
                "Karaf, http and scr",
                starts.of("Karaf"),
                Goal.atMost(0.7));
        report.ratio("— its processor time", "ms", ourCpu, "Karaf, http and scr", theirCpu, null);
        report.ratio("memory (RSS) when idle", "MB", ourMemory, "Karaf, http and scr", theirMemory, Goal.atMost(1));
        report.note(
                "Sotay: `./run` with the small demo, Derby open, the module meetings, class-data archive as `./run` keeps it;"
                        + " `GET /api/meetings` signed in. Karaf: `bin/karaf daemon`, one bundle with one servlet, from its cache.");
        report.note("Both as shipped, with at most 512 MB heap. Memory is read five seconds after the first answer.");
    }

    private static double idle(Run run, Child child) {
        Child.pause(run.seconds(5) * 1000L);
        return child.residentMegabytes();
    }
}
