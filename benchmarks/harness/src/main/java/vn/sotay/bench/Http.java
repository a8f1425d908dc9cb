package vn.sotay.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import vn.sotay.bench.SotayProcess.Home;
import vn.sotay.testkit.PostgresCluster;

/** The list of a cell's 34 members, signed in, beside bare Jetty that sends the same bytes and beside Spring Boot on the same data. */
final class Http implements Part {

    /** More than anybody would keep in memory. */
    private static final int DISTINCT = 20_000;

    @Override
    public String name() {
        return "http";
    }

    @Override
    public String title() {
        return "A list over HTTP";
    }

    @Override
    public void measure(Run run, Report report) throws IOException {
        Home derby = Home.of(run, "derby", "small", "");
        SotayProcess.start(run, derby).close();
        // one process at a time may open it: Spring Boot has a copy
        Path copy = run.work().resolve("spring-derby");
        Run.copy(derby.derby(), copy);
        String postgresql = PostgresCluster.own().newDatabase();
        Home other = Home.of(run, "postgresql", "small", postgresql);
        int jettyPort = Child.freePort();
        int springDerbyPort = Child.freePort();
        int springPostgresPort = Child.freePort();
        try (SotayProcess onDerby = SotayProcess.start(run, derby);
                SotayProcess onPostgres = SotayProcess.start(run, other)) {
            String list = list(onDerby);
            Recorded recorded = new Recorded(run);
            String etag = record(onDerby, list, recorded);
            try (Child jetty = recorded.serve(jettyPort, "/list");
                    Child springDerby = spring(run, springDerbyPort, "jdbc:derby:" + copy, list);
                    Child springPostgres = spring(run, springPostgresPort, postgresql, list(onPostgres))) {
                Loads loads = new Loads(run);
                loads.add("Jetty", jetty, Wrk.Load.of(jettyPort, "/list"));
                loads.add("kept, Derby", onDerby.child(), as(onDerby));
                if (!etag.isEmpty()) {
                    String known = "If-None-Match: " + etag;
                    loads.add("Jetty 304", jetty, Wrk.Load.of(jettyPort, "/list", known));
                    loads.add(
                            "304",
                            onDerby.child(),
                            Wrk.Load.as(onDerby.token("secretary"), onDerby.port(), list, known));
                }
                loads.add("store, Derby", onDerby.child(), as(onDerby).each(fresh(run, "derby", onDerby)));
                loads.add("Spring, Derby", springDerby, Wrk.Load.of(springDerbyPort, list));
                loads.add("kept, PostgreSQL", onPostgres.child(), as(onPostgres));
                loads.add(
                        "store, PostgreSQL",
                        onPostgres.child(),
                        as(onPostgres).each(fresh(run, "postgresql", onPostgres)));
                loads.add("Spring, PostgreSQL", springPostgres, Wrk.Load.of(springPostgresPort, list(onPostgres)));
                loads.run(5);
                tell(report, loads, etag);
            }
        }
    }

    static String list(SotayProcess sotay) {
        return "/api/members?unit=" + sotay.cell() + "&limit=50";
    }

    private static Wrk.Load as(SotayProcess sotay) {
        return Wrk.Load.as(sotay.token("secretary"), sotay.port(), list(sotay));
    }

    /** Records the list, and what is answered to who has it already; returns its ETag, or nothing. */
    private static String record(SotayProcess sotay, String list, Recorded recorded) throws IOException {
        String token = sotay.token("secretary");
        try (Wire wire = new Wire(sotay.port())) {
            Wire.Answer answer = wire.get(list, token).expect(200);
            int members =
                    SotayProcess.JSON.readTree(answer.body()).path("items").size();
            if (members != 34) {
                throw new BenchException("the cell of Hải Ninh has 34 members, and the list has " + members);
            }
            recorded.keep("list", answer);
            String etag = answer.headers().getOrDefault("etag", "");
            if (!etag.isEmpty()) {
                recorded.keep(
                        "304", wire.get(list, token, "If-None-Match", etag).expect(304));
            }
            return etag;
        }
    }

    /**
     * The same list at very many addresses, so that no cache has it: each begins after another name that stands before all. A file with
     * a request a line.
     */
    static Path fresh(Run run, String name, SotayProcess sotay) throws IOException {
        String list = list(sotay);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < DISTINCT; i++) {
            String before = String.format("%07d", i) + '\u001f' + new UUID(0, i);
            lines.add("GET " + list + "&after="
                    + Base64.getUrlEncoder().withoutPadding().encodeToString(before.getBytes(StandardCharsets.UTF_8)));
        }
        try (Wire wire = new Wire(sotay.port())) {
            byte[] whole = wire.get(list, sotay.token("secretary")).expect(200).body();
            byte[] fresh = wire.get(lines.get(0).substring(4), sotay.token("secretary"))
                    .expect(200)
                    .body();
            if (!Arrays.equals(whole, fresh)) {
                throw new BenchException("a list after a name before all is not the whole list");
            }
        }
        return Files.write(run.work().resolve(name + ".fresh"), lines);
    }

    private static Child spring(Run run, int port, String url, String list) {
        Child spring = Child.start(
                "Spring Boot",
                run.work().resolve("spring-" + port + ".log"),
                Map.of(
                        "SERVER_ADDRESS",
                        "127.0.0.1",
                        "SERVER_PORT",
                        Integer.toString(port),
                        "SPRING_DATASOURCE_URL",
                        url,
                        // Spring takes "sa" for embedded ones, and Derby a schema of that name; its own is APP
                        "SPRING_DATASOURCE_USERNAME",
                        url.startsWith("jdbc:derby:") ? "APP" : "sotay"),
                run.javaProgram("spring", "vn.sotay.bench.spring.Service"));
        spring.awaitAnswer(port, list, null);
        return spring;
    }

    private static void tell(Report report, Loads loads, String etag) {
        String bytes = "bare Jetty, the same bytes";
        loads.tell(
                report,
                "34 members, nothing changed since the last read",
                "kept, Derby",
                bytes,
                "Jetty",
                Goal.atLeast(0.5));
        if (etag.isEmpty()) {
            report.note(
                    "**No ETag** in the list's answer, so there is no 304 to measure (goal: ≥ 0.80 of bare Jetty's).");
        } else {
            loads.tell(
                    report,
                    "the same with If-None-Match → 304",
                    "304",
                    "bare Jetty's 304",
                    "Jetty 304",
                    Goal.atLeast(0.8));
        }
        for (String database : List.of("Derby", "PostgreSQL")) {
            String store = "store, " + database;
            String spring = "Spring, " + database;
            String fresh = "read from the store each time, " + database;
            loads.tell(report, fresh, store, bytes, "Jetty", Goal.atLeast(0.2));
            loads.tell(report, fresh, store, "Spring Boot", spring, Goal.atLeast(1));
            loads.tell(
                    report,
                    "nothing changed since the last read, " + database,
                    "kept, " + database,
                    "Spring Boot",
                    spring,
                    Goal.atLeast(1));
        }
        report.note(
                "`GET /api/members?unit=…&limit=50` of the cell of Hải Ninh, signed in by bearer as its secretary; 16 connections."
                        + " Processor time: of the server's process for a request, which hardly depends on what else the machine does; not that of"
                        + " PostgreSQL.");
        report.note(
                "Read from the store: 20,000 addresses of the same list in turn, each after another name that stands before all.");
        report.note(
                "Spring Boot: JdbcTemplate on Hikari, Tomcat, `where cell = ?` by the index, the same JSON; it asks nobody who calls."
                        + " On Derby it has a copy of the database, on PostgreSQL the same one.");
    }
}
