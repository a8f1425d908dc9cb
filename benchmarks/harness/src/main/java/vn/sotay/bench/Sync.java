package vn.sotay.bench;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import vn.sotay.bench.SotayProcess.Home;

/** What a phone asks most of the time: is there anything new? There is not. */
final class Sync implements Part {

    @Override
    public String name() {
        return "sync";
    }

    @Override
    public String title() {
        return "Idle synchronisation";
    }

    @Override
    public void measure(Run run, Report report) throws IOException {
        int jettyPort = Child.freePort();
        Wrk wrk = new Wrk(run.work());
        try (SotayProcess sotay = SotayProcess.start(run, Home.of(run, "derby", "small", ""))) {
            Recorded recorded = new Recorded(run);
            Map<String, Wrk.Load> loads = new LinkedHashMap<>();
            for (String login : new String[] {"member", "secretary"}) {
                String path = "/api/changes?since=" + sotay.knowsAll(login);
                try (Wire wire = new Wire(sotay.port())) {
                    recorded.keep("nothing", wire.get(path, sotay.token(login)).expect(204));
                    recorded.keep("ready", wire.get("/health", null).expect(200));
                }
                loads.put(login, Wrk.Load.as(sotay.token(login), sotay.port(), path));
            }
            try (Child jetty = recorded.serve(jettyPort, "/ready")) {
                loads.put("Jetty", Wrk.Load.of(jettyPort, "/nothing"));
                Rounds rates = Http.rates(run, wrk, loads);
                for (String login : new String[] {"member", "secretary"}) {
                    report.ratio(
                            "`GET /api/changes?since=…`, nothing new, as " + login + " → 204",
                            "req/s",
                            rates.of(login),
                            "bare Jetty's 204",
                            rates.of("Jetty"),
                            Goal.atLeast(0.85));
                }
            }
        }
        report.note("Signed in by bearer; 16 connections. A secretary reads two audiences more than a member.");
    }
}
