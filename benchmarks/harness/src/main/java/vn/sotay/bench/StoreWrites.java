package vn.sotay.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import vn.sotay.bench.SotayProcess.Home;
import vn.sotay.testkit.PostgresCluster;

/** Durable writes: sixteen people change members over HTTP, beside sixteen threads that change the same rows by JDBC. */
final class StoreWrites implements Part {

    private static final Pattern RATE = Pattern.compile("per second: ([0-9.]+)");
    private static final int TIMES = 300;

    /** Where bare JDBC writes: a database with the same data, of its own. */
    private record Bare(String url, String cell) {}

    @Override
    public String name() {
        return "store";
    }

    @Override
    public String title() {
        return "Durable writes";
    }

    @Override
    public void measure(Run run, Report report) throws IOException {
        PostgresCluster cluster = PostgresCluster.own();
        Home onDerby = Home.of(run, "derby", "small", "");
        Home bareDerby = Home.of(run, "bare-derby", "small", "");
        Home onPostgres = Home.of(run, "postgresql", "small", cluster.newDatabase());
        Home barePostgres = Home.of(run, "bare-postgresql", "small", cluster.newDatabase());
        String cell;
        try (SotayProcess filled = SotayProcess.start(run, bareDerby)) {
            cell = filled.cell();
        }
        SotayProcess.start(run, barePostgres).close();
        Wrk wrk = new Wrk(run.work());
        try (SotayProcess derby = SotayProcess.start(run, onDerby);
                SotayProcess postgres = SotayProcess.start(run, onPostgres)) {
            Rounds rates = new Rounds();
            rates.add("Derby", puts(run, wrk, derby, "derby"));
            rates.add("JDBC, Derby", jdbc(run, new Bare("jdbc:derby:" + bareDerby.derby(), cell)));
            rates.add("PostgreSQL", puts(run, wrk, postgres, "postgresql"));
            rates.add("JDBC, PostgreSQL", jdbc(run, new Bare(barePostgres.database(), cell)));
            rates.run(run.rounds(5));
            for (String database : List.of("Derby", "PostgreSQL")) {
                report.ratio(
                        "`PUT /api/members/{id}`, 16 writers, " + database,
                        "writes/s",
                        rates.of(database),
                        "bare JDBC, 16 threads, the same rows",
                        rates.of("JDBC, " + database),
                        Goal.atLeast(0.5));
            }
        }
        report.note(
                "Each write changes the member's row and its two rows of the change feed in one durable transaction. Sotay reads,"
                        + " checks and compares before; JDBC writes only. Both wait for the disk (fsync on).");
    }

    private static DoubleSupplier puts(Run run, Wrk wrk, SotayProcess sotay, String name) throws IOException {
        Wrk.Load load = Wrk.Load.as(
                        sotay.token("secretary"), sotay.port(), "/api/members", "Content-Type: application/json")
                .each(changes(run, sotay, name));
        wrk.warm(run, load, sotay.child());
        return () -> wrk.run(load, run.seconds(6)).clean("PUT on " + name);
    }

    /** A file of requests that change each member of the cell in turn, again and again. */
    static Path changes(Run run, SotayProcess sotay, String name) throws IOException {
        JsonNode members = sotay.get("secretary", Http.list(sotay)).path("items");
        List<String> lines = new ArrayList<>();
        for (int time = 0; time < TIMES; time++) {
            for (JsonNode member : members) {
                ObjectNode changed = ((ObjectNode) member.deepCopy()).put("phone", String.format("0900%06d", time));
                lines.add("PUT /api/members/" + member.path("id").asText() + ' ' + changed);
            }
        }
        return Files.write(run.work().resolve(name + ".puts"), lines);
    }

    private static DoubleSupplier jdbc(Run run, Bare bare) {
        return () -> {
            List<String> command = run.javaProgram(
                    "bare",
                    "vn.sotay.bench.bare.BareJdbc",
                    bare.url(),
                    bare.cell(),
                    "16",
                    Integer.toString(run.seconds(4)),
                    Integer.toString(run.seconds(6)));
            try (Child child = Child.start("bare JDBC", run.work().resolve("jdbc.log"), environment(run), command)) {
                Matcher rate = RATE.matcher(child.output(Duration.ofSeconds(60)));
                if (!rate.find()) {
                    throw new BenchException("bare JDBC said no rate: " + child.log());
                }
                return Double.parseDouble(rate.group(1));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    /** Derby would write its log where the bench was called. */
    static Map<String, String> environment(Run run) {
        return Map.of(
                "JDK_JAVA_OPTIONS", "-Dderby.stream.error.file=" + run.work().resolve("derby-bare.log"));
    }
}
