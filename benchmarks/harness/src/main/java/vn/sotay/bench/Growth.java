package vn.sotay.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import vn.sotay.bench.SotayProcess.Home;

/** What becomes slower when a province has 130,000 members instead of 1,500, and whether that fits into 512 MB. */
final class Growth implements Part {

    private static final int FOUND = 10;

    /** What is asked of both. */
    private record Question(String what, int connections, Wrk.Load small, Wrk.Load full) {}

    @Override
    public String name() {
        return "growth";
    }

    @Override
    public String title() {
        return "Growth: 1,500 to 130,000 members";
    }

    @Override
    public void measure(Run run, Report report) throws IOException {
        // in a hurry the same small province stands on both sides
        try (SotayProcess small = SotayProcess.start(run, Home.of(run, "small", "small", ""));
                SotayProcess full = SotayProcess.start(run, Home.of(run, "full", run.quick() ? "small" : "full", ""))) {
            report.note(String.format("The full demo was made and served after %.0f s.", full.startMillis() / 1000));
            Wrk wrk = new Wrk(run.work());
            List<Question> questions = questions(run, small, full);
            Rounds millis = new Rounds();
            for (Question question : questions) {
                wrk.warm(run, question.small(), small.child());
                wrk.warm(run, question.full(), full.child());
                millis.add(question.what() + ", small", () -> millis(run, wrk, question, question.small()));
                millis.add(question.what() + ", full", () -> millis(run, wrk, question, question.full()));
            }
            millis.run(run.rounds(5));
            for (Question question : questions) {
                report.ratio(
                        question.what(),
                        "ms",
                        millis.of(question.what() + ", full"),
                        "1,500 members",
                        millis.of(question.what() + ", small"),
                        Goal.atMost(1.3));
            }
            memory(run, report, wrk, full);
        }
        report.note(
                "Derby. Time of one request, from requests a second with 4 connections (writes: 1). The list is read from the store"
                        + " each time; each search finds " + FOUND + " of more in both provinces. "
                        + "8,000 ms: not one answer in two seconds.");
    }

    private static List<Question> questions(Run run, SotayProcess small, SotayProcess full) throws IOException {
        Path searches = searches(run, small);
        return List.of(
                new Question(
                        "list of a cell",
                        4,
                        as(small, "secretary").each(Http.fresh(run, "small", small)),
                        as(full, "secretary").each(Http.fresh(run, "full", full))),
                new Question(
                        "search by name in the whole province",
                        4,
                        as(small, "officer").each(searches),
                        as(full, "officer").each(searches)),
                new Question("idle synchronisation", 4, sync(small), sync(full)),
                new Question(
                        "one write",
                        1,
                        as(small, "secretary").each(StoreWrites.changes(run, small, "small")),
                        as(full, "secretary").each(StoreWrites.changes(run, full, "full"))));
    }

    private static Wrk.Load as(SotayProcess sotay, String login) {
        return Wrk.Load.as(sotay.token(login), sotay.port(), "/", "Content-Type: application/json");
    }

    private static Wrk.Load sync(SotayProcess sotay) {
        // of another cell than those who are changed in the meantime
        return Wrk.Load.as(sotay.token("member2"), sotay.port(), "/api/changes?since=" + sotay.knowsAll("member2"));
    }

    /** Pairs of words that enough members of the small province have, as an officer types them. */
    private static Path searches(Run run, SotayProcess small) throws IOException {
        TreeSet<String> pairs = new TreeSet<>();
        for (JsonNode member : small.get("secretary", Http.list(small)).path("items")) {
            String[] words = member.path("name").asText().split(" ");
            pairs.add(words[0] + ' ' + words[1]);
        }
        List<String> lines = new ArrayList<>();
        for (String pair : pairs) {
            String path = "/api/members?limit=" + FOUND + "&q=" + URLEncoder.encode(pair, StandardCharsets.UTF_8);
            if (!small.get("officer", path).path("next").isNull()) {
                lines.add("GET " + path);
            }
        }
        if (lines.isEmpty()) {
            throw new BenchException("no two words are found more than " + FOUND + " times in the small province");
        }
        return Files.write(run.work().resolve("searches"), lines);
    }

    private static double millis(Run run, Wrk wrk, Question question, Wrk.Load load) {
        int seconds = run.seconds(2);
        double rate = wrk.run(load, seconds, question.connections()).clean(question.what());
        // not even one answer in this time: at least so long
        return 1000.0 * question.connections() / Math.max(rate, 1.0 / seconds);
    }

    /** Long pages of the whole province for many at once: what needs most of the heap. */
    private static void memory(Run run, Report report, Wrk wrk, SotayProcess full) throws IOException {
        Wrk.Load pages = Wrk.Load.as(full.token("officer"), full.port(), "/api/members?limit=500");
        Samples rate = new Samples();
        rate.add(wrk.run(pages, run.seconds(10)).rate());
        full.knowsAll("officer");
        Samples errors = new Samples();
        errors.add(full.child()
                .log()
                .lines()
                .filter(line -> line.contains("OutOfMemoryError"))
                .count());
        Samples resident = new Samples();
        resident.add(full.child().residentMegabytes());
        report.figure("pages of 500 members of the full province, for 16 at once", "req/s", rate, Goal.atLeast(10));
        report.figure("OutOfMemoryErrors with 512 MB heap", "", errors, Goal.atMost(0));
        report.figure("its memory (RSS) after all that", "MB", resident, null);
    }
}
