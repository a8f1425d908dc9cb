package vn.sotay.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import vn.sotay.bench.SotayProcess.Home;

/** A module is replaced while people use it: from the rename of its jar until the new version answers, and what others notice. */
final class Deploy implements Part {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int PER_SECOND = 100;

    private final Random random = new Random(0);
    private int next;

    /** One whose jars are replaced. */
    private record Target(int port, Path folder, BundleJar jar) {}

    @Override
    public String name() {
        return "deploy";
    }

    @Override
    public String title() {
        return "Replacing a module";
    }

    @Override
    public void measure(Run run, Report report) throws IOException {
        next = 1;
        BundleJar module = BundleJar.read(run.peer("module").resolve("answer.jar"));
        BundleJar bundle = BundleJar.read(run.peer("karaf").resolve("answer.jar"));
        Path modules = run.work().resolve("modules");
        Run.copy(run.root().resolve("dist/modules"), modules);
        module.putInto(modules);
        Home home = new Home("sotay", run.work().resolve("sotay"), modules, "small", "");
        Karaf karaf = new Karaf(run, bundle);
        try (SotayProcess sotay = SotayProcess.start(run, home);
                Child started = karaf.start()) {
            started.awaitAnswer(karaf.port(), Karaf.ANSWER, null);
            Target ours = new Target(sotay.port(), modules, module);
            Target theirs = new Target(karaf.port(), karaf.deploy(), bundle);
            BundleJar meetings = BundleJar.read(modules.resolve("meetings.jar"));
            try (Pace onModule = new Pace(ours.port(), Karaf.ANSWER, null, PER_SECOND);
                    Pace onKaraf = new Pace(theirs.port(), Karaf.ANSWER, null, PER_SECOND);
                    Pace beside = new Pace(ours.port(), Http.list(sotay), sotay.token("secretary"), PER_SECOND);
                    Pace onMeetings =
                            new Pace(ours.port(), "/api/meetings", sotay.token("secretary"), PER_SECOND / 4)) {
                // both have replaced once before anything counts
                replace(ours);
                replace(theirs);
                Rounds millis = new Rounds();
                millis.add("Sotay", () -> replace(ours));
                millis.add("Karaf", () -> replace(theirs));
                millis.add("meetings", () -> replace(sotay, modules, meetings));
                millis.run(run.rounds(15));
                Samples quiet = new Samples();
                Samples busy = new Samples();
                measureOthers(run, ours, beside, quiet, busy);
                tell(report, millis, quiet, busy);
                figures(report, onModule, beside, onMeetings, onKaraf);
            }
        }
        report.note(
                "A jar is written beside the folder and renamed into it; the new version is asked for every 2 ms. Karaf's deploy"
                        + " folder looks once a second by default.");
        report.note(PER_SECOND
                + " requests a second at the module that is replaced and as many at `GET /api/members` beside it, all"
                + " through the run, each counted from when it was due.");
    }

    /** Milliseconds until the new version answers. */
    private double replace(Target target) {
        String version = "0.1." + next++;
        pause();
        try (Wire wire = new Wire(target.port())) {
            long renamed = target.jar().version(version).putInto(target.folder());
            return await(renamed, version, wire, Karaf.ANSWER, null, "\"version\":\"" + version + '"');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same with a real module; the platform tells its version. */
    private double replace(SotayProcess sotay, Path modules, BundleJar meetings) {
        String version = "0.1." + next++;
        pause();
        try (Wire wire = new Wire(sotay.port())) {
            String token = sotay.token("admin");
            long renamed = meetings.version(version).putInto(modules);
            double told = await(
                    renamed,
                    version,
                    wire,
                    "/api/modules",
                    token,
                    "\"version\":\"" + version + "\",\"state\":\"RUNNING\"");
            // it waits at the gate if that is still closed
            wire.get("/api/meetings", sotay.token("secretary")).expect(200);
            return Math.max(told, (System.nanoTime() - renamed) / 1e6);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Nobody comes in step with a folder that is looked at once a second. */
    private void pause() {
        Child.pause(random.nextInt(1000));
    }

    private static double await(long since, String version, Wire wire, String path, @Nullable String token, String text)
            throws IOException {
        while (System.nanoTime() - since < LIMIT.toNanos()) {
            Wire.Answer answer = wire.get(path, token);
            if (answer.status() == 200 && answer.text().contains(text)) {
                return (System.nanoTime() - since) / 1e6;
            }
            Child.pause(2);
        }
        throw new BenchException(version + " does not answer at " + path + " within " + LIMIT.toSeconds() + " s");
    }

    /** The 99th percentile beside the module, in spans without and with replacements. */
    private void measureOthers(Run run, Target ours, Pace beside, Samples quiet, Samples busy) {
        for (int round = 0; round < run.rounds(7); round++) {
            beside.take();
            Child.pause(run.seconds(5) * 1000L);
            quiet.add(beside.take().quantile(0.99));
            long end = System.nanoTime() + run.seconds(5) * 1_000_000_000L;
            while (System.nanoTime() < end) {
                replace(ours);
            }
            busy.add(beside.take().quantile(0.99));
        }
    }

    private static void tell(Report report, Rounds millis, Samples quiet, Samples busy) {
        report.ratio(
                "a module is replaced: rename → the new version answers",
                "ms",
                millis.of("Sotay"),
                "Karaf's deploy folder",
                millis.of("Karaf"),
                Goal.atMost(0.25));
        report.ratio(
                "the same with the module meetings",
                "ms",
                millis.of("meetings"),
                "Karaf's deploy folder",
                millis.of("Karaf"),
                Goal.atMost(0.25));
        report.ratio(
                "99th percentile beside it, while a module is replaced about once a second",
                "ms",
                busy,
                "the same without replacing",
                quiet,
                Goal.atMost(1.5));
    }

    private static void figures(Report report, Pace onModule, Pace beside, Pace onMeetings, Pace onKaraf) {
        report.figure("failed requests at the module", "", one(onModule.failed()), Goal.atMost(0));
        report.figure("failed requests at meetings", "", one(onMeetings.failed()), Goal.atMost(0));
        report.figure("failed requests beside them", "", one(beside.failed()), Goal.atMost(0));
        report.note("Failed requests at Karaf's servlet at the same rate: " + onKaraf.failed() + ".");
    }

    private static Samples one(double value) {
        Samples one = new Samples();
        one.add(value);
        return one;
    }
}
