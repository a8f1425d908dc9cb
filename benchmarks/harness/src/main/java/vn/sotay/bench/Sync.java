package vn.sotay.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import vn.sotay.bench.SotayProcess.Home;

/** What phones ask: first for all of it, then most of the time whether there is anything new. */
final class Sync implements Part {

    private static final int PHONES = 100_000;
    private static final int WAITING = 10_000;
    /** For those who do not wait. */
    private static final int OTHERS = 2_600;

    private static final String[] LOGINS = {"member", "secretary"};

    @Override
    public String name() {
        return "sync";
    }

    @Override
    public String title() {
        return "Synchronisation";
    }

    @Override
    public void measure(Run run, Report report) throws IOException {
        idle(run, report);
        // in a hurry some hundred phones of the small province
        Home home = Home.of(run, "province", run.quick() ? "small" : "full", "").connections(WAITING + OTHERS);
        SotayProcess.start(run, home).close();
        Phones phones = Phones.install(run, home, run.quick() ? 300 : PHONES, run.quick() ? 3 : 200);
        try (SotayProcess sotay = SotayProcess.start(run, home)) {
            phones.plan(sotay);
            first(run, report, sotay);
            Samples all = new Samples();
            all.add(phones.readAll(sotay));
            report.figure(
                    String.format(Locale.ROOT, "first synchronisation of %,d phones, 8 at once", phones.size()),
                    "phones/s",
                    all,
                    null);
            polls(run, report, sotay, phones);
            reach(run, report, sotay, phones);
        }
        report.note("Signed in by bearer; 16 connections. A secretary reads two audiences more than a member.");
        report.note(
                "The phones: members of the full demo province on Derby, whose accounts and sessions were written into its database, since a"
                        + " hundred thousand sign-ins would take hours; their first synchronisation, their polls and what they write go over"
                        + " HTTP. Jetty gets the same requests.");
    }

    /** Nothing new, for one person. */
    private static void idle(Run run, Report report) throws IOException {
        int jettyPort = Child.freePort();
        try (SotayProcess sotay = SotayProcess.start(run, Home.of(run, "derby", "small", ""))) {
            Recorded recorded = new Recorded(run);
            Loads loads = new Loads(run);
            for (String login : LOGINS) {
                String path = "/api/changes?since=" + sotay.knowsAll(login);
                try (Wire wire = new Wire(sotay.port())) {
                    recorded.keep("nothing", wire.get(path, sotay.token(login)).expect(204));
                    bytes(report, login, wire);
                    recorded.keep("ready", wire.get("/health", null).expect(200));
                }
                loads.add(login, sotay.child(), Wrk.Load.as(sotay.token(login), sotay.port(), path));
            }
            try (Child jetty = recorded.serve(jettyPort, "/ready")) {
                loads.add("Jetty", jetty, Wrk.Load.of(jettyPort, "/nothing"));
                loads.run(5);
                for (String login : LOGINS) {
                    loads.tell(
                            report,
                            "`GET /api/changes?since=…`, nothing new, as " + login + " → 204",
                            login,
                            "bare Jetty's 204",
                            "Jetty",
                            Goal.atLeast(0.85));
                }
            }
        }
    }

    /** Of the one exchange that there was on a connection. */
    private static void bytes(Report report, String login, Wire wire) {
        Samples reply = new Samples();
        reply.add(wire.received());
        report.figure("its reply on the wire, as " + login, "bytes", reply, Goal.atMost(300));
        Samples request = new Samples();
        request.add(wire.sent());
        report.figure("— the request, with no header more than it needs", "bytes", request, null);
    }

    /** All that somebody may know, by one connection that is new. */
    private static void first(Run run, Report report, SotayProcess sotay) throws IOException {
        for (String login : LOGINS) {
            Samples requests = new Samples();
            Samples bytes = new Samples();
            Samples millis = new Samples();
            for (int round = 0; round < run.rounds(20); round++) {
                String token = sotay.token(login);
                long began = System.nanoTime();
                try (Wire wire = new Wire(sotay.port())) {
                    int asked = 0;
                    String since = "";
                    for (boolean complete = false; !complete; asked++) {
                        JsonNode page = SotayProcess.JSON.readTree(plain(wire.get(
                                        "/api/changes" + (since.isEmpty() ? "" : "?since=" + since),
                                        token,
                                        "Accept-Encoding",
                                        "gzip")
                                .expect(200)));
                        since = page.path("token").asText();
                        complete = page.path("complete").asBoolean();
                    }
                    millis.add((System.nanoTime() - began) / 1e6);
                    requests.add(asked);
                    bytes.add(wire.received());
                }
            }
            report.figure("first synchronisation of a " + login + " of the province: requests", "", requests, null);
            report.figure("— bytes of its replies, compressed", "bytes", bytes, null);
            report.figure("— time, on this machine", "ms", millis, null);
        }
    }

    private static InputStream plain(Wire.Answer answer) throws IOException {
        InputStream body = new ByteArrayInputStream(answer.body());
        return answer.headers().getOrDefault("content-encoding", "").equals("gzip") ? new GZIPInputStream(body) : body;
    }

    /** Nothing new, for very many, while some write. */
    private static void polls(Run run, Report report, SotayProcess sotay, Phones phones) throws IOException {
        int jettyPort = Child.freePort();
        var file = phones.file(run);
        Recorded recorded = new Recorded(run);
        try (Wire wire = new Wire(sotay.port())) {
            int last = phones.size() - 1;
            recorded.keep(
                    "nothing",
                    wire.get("/api/changes?since=" + phones.since(last), phones.token(last))
                            .expect(204));
            recorded.keep("ready", wire.get("/health", null).expect(200));
        }
        try (Child jetty = recorded.serve(jettyPort, "/ready");
                Phones.Writing writing = phones.write(sotay, Math.max(60, phones.size() / 100))) {
            Loads loads = new Loads(run);
            loads.add("phones", sotay.child(), Wrk.Load.phones(sotay.port(), "/api/changes", file));
            loads.add("Jetty", jetty, Wrk.Load.phones(jettyPort, "/nothing", file));
            loads.run(5);
            loads.tell(
                    report,
                    String.format(
                            Locale.ROOT, "%,d phones in turn, of which 1 %% write within a minute", phones.size()),
                    "phones",
                    "bare Jetty's 204, asked the same",
                    "Jetty",
                    Goal.atLeast(0.85));
            Samples resident = new Samples();
            resident.add(sotay.child().residentMegabytes());
            report.figure("its memory (RSS) then", "MB", resident, null);
            report.note(String.format(
                    Locale.ROOT,
                    "%,d members wrote an opinion meanwhile: each of them, and the secretary, found something new from then on.",
                    writing.written()));
        }
    }

    /** A change for the whole province, to who waits. */
    private static void reach(Run run, Report report, SotayProcess sotay, Phones phones) throws IOException {
        int wished = run.quick() ? phones.size() : WAITING;
        int count = Waiting.room(wished);
        if (count < wished) {
            report.note(String.format(
                    Locale.ROOT,
                    "Only %,d connections, since a process may have no more file handles here (`ulimit -Hn`).",
                    count));
        }
        Province province = new Province(sotay);
        try (Waiting waiting = Waiting.open(sotay.port(), phones, count, Waiting.Way.STREAM)) {
            Samples[] all = {new Samples(), new Samples(), new Samples()};
            for (int round = 0; round < run.rounds(5); round++) {
                add(all, waiting.hear(province::rename));
            }
            tell(report, String.format(Locale.ROOT, "a change reaches %,d who listen by a stream", count), all);
            Samples resident = new Samples();
            resident.add(sotay.child().residentMegabytes());
            report.figure("— its memory (RSS) then", "MB", resident, null);
        }
        try (Waiting waiting = Waiting.open(sotay.port(), phones, count, Waiting.Way.QUESTION)) {
            Samples[] all = {new Samples(), new Samples(), new Samples()};
            add(all, waiting.hear(province::rename));
            tell(report, String.format(Locale.ROOT, "%,d who wait by `wait=`, with what has changed", count), all);
        }
        report.note(
                "The change: the province gets another name, of which all its members are told; it is the widest that there is."
                        + " Counted from the beginning of the request that changes it. A stream says that there is something to ask for.");
    }

    private static void add(Samples[] all, Samples heard) {
        all[0].add(heard.min());
        all[1].add(heard.median());
        all[2].add(heard.max());
    }

    private static void tell(Report report, String what, Samples[] all) {
        report.figure(what + ": the first", "ms", all[0], null);
        report.figure("— the middle one", "ms", all[1], null);
        report.figure("— the last", "ms", all[2], null);
    }

    /** The province, which gets another name each time. */
    private static final class Province {

        private final SotayProcess sotay;
        private final String path;
        private final ObjectNode body;
        private final String name;
        private int times;

        Province(SotayProcess sotay) {
            this.sotay = sotay;
            JsonNode unit = sotay.get("secretary", "/api/units/" + sotay.cell() + "/path")
                    .at("/items/0");
            this.path = "/api/units/" + unit.path("id").asText();
            this.body = SotayProcess.JSON
                    .createObjectNode()
                    .put("kind", unit.path("kind").asText())
                    .put("code", unit.path("code").asText());
            this.name = unit.path("name").asText();
        }

        void rename() {
            try (Wire wire = new Wire(sotay.port())) {
                body.put("name", name + " lần " + ++times);
                wire.send("PUT", path, sotay.token("admin"), body.toString()).expect(200);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
