package vn.sotay.bench;

import java.io.IOException;
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
        try (SotayProcess sotay = SotayProcess.start(run, Home.of(run, "derby", "small", ""))) {
            Recorded recorded = new Recorded(run);
            Loads loads = new Loads(run);
            for (String login : new String[] {"member", "secretary"}) {
                String path = "/api/changes?since=" + sotay.knowsAll(login);
                try (Wire wire = new Wire(sotay.port())) {
                    recorded.keep("nothing", wire.get(path, sotay.token(login)).expect(204));
                    recorded.keep("ready", wire.get("/health", null).expect(200));
                }
                loads.add(login, sotay.child(), Wrk.Load.as(sotay.token(login), sotay.port(), path));
            }
            try (Child jetty = recorded.serve(jettyPort, "/ready")) {
                loads.add("Jetty", jetty, Wrk.Load.of(jettyPort, "/nothing"));
                loads.run(7);
                for (String login : new String[] {"member", "secretary"}) {
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
        report.note("Signed in by bearer; 16 connections. A secretary reads two audiences more than a member.");
    }
}
