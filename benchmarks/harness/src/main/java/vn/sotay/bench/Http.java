package vn.sotay.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
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
        Wrk wrk = new Wrk(run.work());
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
                Map<String, Wrk.Load> loads = new LinkedHashMap<>();
                loads.put("Jetty", Wrk.Load.of(jettyPort, "/list"));
                loads.put("kept", as(onDerby));
                if (!etag.isEmpty()) {
                    String known = "If-None-Match: " + etag;
                    loads.put("Jetty 304", Wrk.Load.of(jettyPort, "/list", known));
                    loads.put("304", Wrk.Load.as(onDerby.token("secretary"), onDerby.port(), list, known));
                }
                loads.put("store, Derby", as(onDerby).each(fresh(run, "derby", onDerby)));
                loads.put("Spring, Derby", Wrk.Load.of(springDerbyPort, list));
                loads.put("kept, PostgreSQL", as(onPostgres));
                loads.put("store, PostgreSQL", as(onPostgres).each(fresh(run, "postgresql", onPostgres)));
                loads.put("Spring, PostgreSQL", Wrk.Load.of(springPostgresPort, list(onPostgres)));
                tell(report, rates(run, wrk, loads), etag);
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
                        "SERVER_ADDRESS", "127.0.0.1",
                        "SERVER_PORT", Integer.toString(port),
                        "SPRING_DATASOURCE_URL", url,
                        // Spring takes "sa" for embedded ones, and Derby a schema of that name; its own is APP
                        "SPRING_DATASOURCE_USERNAME", url.startsWith("jdbc:derby:") ? "APP" : "sotay"),
                run.javaProgram("spring", "vn.sotay.bench.spring.Service"));
        spring.awaitAnswer(port, list, null);
        return spring;
    }

    /** Requests a second of each, round by round, after a round to warm up. */
    static Rounds rates(Run run, Wrk wrk, Map<String, Wrk.Load> loads) {
        loads.values().forEach(load -> wrk.run(load, run.seconds(6)));
        Rounds rates = new Rounds();
        loads.forEach((name, load) ->
                rates.add(name, () -> wrk.run(load, run.seconds(4)).clean(name)));
        rates.run(run.rounds(5));
        return rates;
    }

    private static void tell(Report report, Rounds rates, String etag) {
        String unit = "req/s";
        Samples jetty = rates.of("Jetty");
        report.ratio(
                "34 members, nothing changed since the last read",
                unit,
                rates.of("kept"),
                "bare Jetty, the same bytes",
                jetty,
                Goal.atLeast(0.5));
        if (etag.isEmpty()) {
            report.note(
                    "**No ETag** in the list's answer, so there is no 304 to measure (goal: ≥ 0.80 of bare Jetty's).");
        } else {
            report.ratio(
                    "the same with If-None-Match → 304",
                    unit,
                    rates.of("304"),
                    "bare Jetty's 304",
                    rates.of("Jetty 304"),
                    Goal.atLeast(0.8));
        }
        for (String database : List.of("Derby", "PostgreSQL")) {
            Samples store = rates.of("store, " + database);
            Samples spring = rates.of("Spring, " + database);
            report.ratio(
                    "read from the store each time, " + database,
                    unit,
                    store,
                    "bare Jetty, the same bytes",
                    jetty,
                    Goal.atLeast(0.2));
            report.ratio(
                    "read from the store each time, " + database, unit, store, "Spring Boot", spring, Goal.atLeast(1));
            report.ratio(
                    "nothing changed since the last read, " + database,
                    unit,
                    rates.of(database.equals("Derby") ? "kept" : "kept, PostgreSQL"),
                    "Spring Boot",
                    spring,
                    Goal.atLeast(1));
        }
        report.note(
                "`GET /api/members?unit=…&limit=50` of the cell of Hải Ninh, signed in by bearer as its secretary; 16 connections.");
        report.note(
                "Read from the store: 20,000 addresses of the same list in turn, each after another name that stands before all.");
        report.note(
                "Spring Boot: JdbcTemplate on Hikari, Tomcat, `where cell = ?` by the index, the same JSON; it asks nobody who calls."
                        + " On Derby it has a copy of the database, on PostgreSQL the same one.");
    }
}
