package vn.sotay.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import vn.sotay.bench.SotayProcess.Home;
import vn.sotay.testkit.PostgresCluster;

/**
 * A year of dues in a province of 130,000 members, over HTTP alone: everybody declares, each month is assessed, somebody in each cell pays in
 * each month; then whether all sums agree, and how long the reports take.
 */
final class DuesYear implements Part {

    private static final ZoneId ZONE = ZoneId.of("Asia/Ho_Chi_Minh");
    private static final String OFFICER = "officer";
    private static final int AT_ONCE = 8;
    private static final int PAGE = 500;
    private static final int TIMES = 5;
    private static final long LONGEST_MINUTES = 30;

    /** The officer does what the secretaries of 6,000 cells do otherwise. */
    private static final String ROLES = """
            {"dues.read": {"OFFICER": "BELOW"}, "dues.declare": {"OFFICER": "BELOW"}, "dues.collect": {"OFFICER": "BELOW"}}
            """;

    /** The first month of the regulation in force. */
    private static final YearMonth FIRST = YearMonth.of(2026, 2);

    private static final String[] CLASSES = {
        "\"UNINSURED\"",
        "\"INSURED\",\"base\":6500000",
        "\"PENSIONER\",\"base\":4200000",
        "\"STUDENT\"",
        "\"UNINSURED_RETIRED\""
    };

    private record Member(String id, String cell) {}

    /** A request, and what it must be answered. */
    private record Ask(String method, String path, String body, int status) {}

    /** What is asked of an answer that came. */
    private interface Look {
        void at(int number, JsonNode answer);
    }

    private final boolean onDerby;

    /** @param onDerby on Derby, which carries a province of that size, and not on PostgreSQL, which is for one */
    DuesYear(boolean onDerby) {
        this.onDerby = onDerby;
    }

    @Override
    public String name() {
        return onDerby ? "dues-derby" : "dues";
    }

    @Override
    public String title() {
        return "A year of dues, 130,000 members, " + database();
    }

    private String database() {
        return onDerby ? "Derby" : "PostgreSQL";
    }

    @Override
    public void measure(Run run, Report report) throws IOException {
        String database = onDerby ? "" : PostgresCluster.own().newDatabase();
        Home home = Home.of(run, "province", run.quick() ? "small" : "full", database)
                .roles(ROLES);
        YearMonth last = YearMonth.now(ZONE).plusMonths(1);
        YearMonth first =
                run.quick() ? last.minusMonths(1) : last.minusMonths(11).isBefore(FIRST) ? FIRST : last.minusMonths(11);
        String token;
        String province;
        try (SotayProcess sotay = SotayProcess.start(run, home)) {
            token = sotay.token(OFFICER);
            province =
                    sotay.get(OFFICER, "/api/units?limit=1").at("/items/0/id").asText();
            List<Member> members = members(sotay);
            declare(sotay, members, first, report);
            Map<String, String> someone = new TreeMap<>();
            members.forEach(member -> someone.putIfAbsent(member.cell(), member.id()));
            assess(sotay, province, first, last, report);
            pay(sotay, someone, first, report);
            leaves(sotay, province, List.copyOf(someone.keySet()), YearMonth.now(ZONE), report);
            agrees(sotay, province, report);
            times(sotay, province, last, "", report);
            errors(sotay, report);
        }
        try (SotayProcess sotay = SotayProcess.startAgain(run, home, OFFICER, token, "/api/me")) {
            times(sotay, province, last, ", the first after a start", report);
        }
        report.note(database() + ", heap of 512 MB. The months are " + first + " to " + last
                + ": the regulation in force begins with " + FIRST
                + ", and the next month is the last that may be assessed.");
    }

    private static List<Member> members(SotayProcess sotay) {
        List<Member> members = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = sotay.get(OFFICER, "/api/members?limit=" + PAGE + next);
            page.path("items")
                    .forEach(one -> members.add(
                            new Member(one.path("id").asText(), one.path("cell").asText())));
            next = page.path("next").isNull()
                    ? null
                    : "&after=" + page.path("next").asText();
        } while (next != null);
        return members;
    }

    /** All declare; who has already stays with what the demo says. */
    private static void declare(SotayProcess sotay, List<Member> members, YearMonth first, Report report) {
        List<Ask> asks = new ArrayList<>();
        for (int i = 0; i < members.size(); i++) {
            asks.add(new Ask(
                    "PUT",
                    "/api/dues/declarations/" + UUID.randomUUID(),
                    "{\"member\":\"" + members.get(i).id() + "\",\"from\":\"" + first + "\",\"duesClass\":"
                            + CLASSES[i % CLASSES.length] + '}',
                    201));
        }
        rate("declarations over HTTP", sotay, asks, report);
    }

    private static void assess(SotayProcess sotay, String province, YearMonth first, YearMonth last, Report report) {
        Samples seconds = new Samples();
        Samples cpu = new Samples();
        Samples resident = new Samples();
        long whole = System.nanoTime();
        for (YearMonth month = first; !month.isAfter(last); month = month.plusMonths(1)) {
            double used = sotay.child().cpuMicros();
            long began = System.nanoTime();
            String job = send(
                            sotay,
                            new Ask(
                                    "POST",
                                    "/api/dues/assessments",
                                    "{\"unit\":\"" + province + "\",\"period\":\"" + month + "\"}",
                                    202))
                    .path("job")
                    .asText();
            resident.add(await(sotay, job));
            seconds.add((System.nanoTime() - began) / 1e9);
            cpu.add((sotay.child().cpuMicros() - used) / 1e6);
        }
        Samples year = new Samples();
        year.add((System.nanoTime() - whole) / 60e9);
        report.figure("a month assessed for all", "s", seconds, null);
        report.figure("processor time of it", "s", cpu, null);
        report.figure("memory (RSS) meanwhile, at most", "MB", resident, null);
        report.figure("all months, one after the other", "min", year, null);
    }

    /** Waits until a job has done all; returns the most memory that was seen. */
    private static double await(SotayProcess sotay, String job) {
        double most = 0;
        long deadline = System.nanoTime() + LONGEST_MINUTES * 60_000_000_000L;
        while (System.nanoTime() < deadline) {
            Child.pause(500);
            most = Math.max(most, sotay.child().residentMegabytes());
            String state = sotay.get(OFFICER, "/api/jobs/" + job).path("state").asText();
            if (state.equals("APPLIED")) {
                return most;
            }
            if (state.equals("FAILED") || state.equals("CANCELLED")) {
                throw new BenchException("the assessment is " + state);
            }
        }
        throw new BenchException("the assessment took more than " + LONGEST_MINUTES + " minutes");
    }

    private static void pay(SotayProcess sotay, Map<String, String> someone, YearMonth first, Report report) {
        List<Ask> asks = new ArrayList<>();
        LocalDate today = LocalDate.now(ZONE);
        for (YearMonth month = first; !month.atDay(1).isAfter(today); month = month.plusMonths(1)) {
            LocalDate day = month.atDay(1);
            someone.values()
                    .forEach(member -> asks.add(new Ask(
                            "PUT",
                            "/api/dues/payments/" + UUID.randomUUID(),
                            "{\"member\":\"" + member + "\",\"amount\":30000,\"channel\":\"CASH\",\"day\":\"" + day
                                    + "\"}",
                            201)));
        }
        rate("payments over HTTP, one in each cell and month", sotay, asks, report);
    }

    /** What the members of each cell owe by their own assessments, beside what the province is told of the whole. */
    private static void leaves(
            SotayProcess sotay, String province, List<String> cells, YearMonth month, Report report) {
        List<Ask> asks = cells.stream()
                .map(cell -> new Ask(
                        "GET", "/api/dues/assessments?limit=" + PAGE + "&period=" + month + "&cell=" + cell, "", 200))
                .toList();
        long[] due = new long[asks.size()];
        each(sotay, asks, (number, answer) -> answer.path("items")
                .forEach(one -> due[number] += one.path("due").asLong()));
        long leaves = 0;
        for (long one : due) {
            leaves += one;
        }
        if (leaves == 0) {
            throw new BenchException("nobody owes anything in " + month + ": sums of nothing always agree");
        }
        Map<String, Long> byUnit = due(sotay, province, month);
        long below = 0;
        long differ = byUnit.getOrDefault(province, 0L) == leaves ? 0 : 1;
        for (String commune : byUnit.keySet()) {
            if (!commune.equals(province)) {
                Map<String, Long> parts = due(sotay, commune, month);
                long sum = parts.values().stream().mapToLong(Long::longValue).sum() - parts.getOrDefault(commune, 0L);
                differ += parts.size() > 1 && sum != byUnit.getOrDefault(commune, 0L) ? 1 : 0;
                below += byUnit.getOrDefault(commune, 0L);
            }
        }
        differ += below == leaves ? 0 : 1;
        report.figure(
                "sums of " + month + " that differ, province, communes and cells' members",
                "",
                one(differ),
                Goal.atMost(0));
        report.note(String.format("In %s %,d đồng are due in %,d cells.", month, leaves, cells.size()));
    }

    private static Map<String, Long> due(SotayProcess sotay, String unit, YearMonth month) {
        Map<String, Long> due = new HashMap<>();
        String next = "";
        do {
            JsonNode page = sotay.get(
                    OFFICER, "/api/dues/months?limit=" + PAGE + "&unit=" + unit + "&year=" + month.getYear() + next);
            page.path("items").forEach(one -> {
                if (one.path("period").asText().equals(month.toString())) {
                    due.merge(one.path("unit").asText(), one.path("due").asLong(), Long::sum);
                }
            });
            next = page.path("next").isNull()
                    ? null
                    : "&after=" + page.path("next").asText();
        } while (next != null);
        return due;
    }

    private static void agrees(SotayProcess sotay, String province, Report report) {
        long began = System.nanoTime();
        JsonNode all = sotay.get(OFFICER, "/api/dues/reports/roll-up?unit=" + province);
        report.figure(
                "all sums of all units and months added up again", "s", one((System.nanoTime() - began) / 1e9), null);
        report.figure("of these that do not agree", "", one(all.path("faults").size()), Goal.atMost(0));
    }

    private static void times(SotayProcess sotay, String province, YearMonth last, String when, Report report) {
        String quarter = last.getYear() + "-Q" + (last.getMonthValue() + 2) / 3;
        int times = when.isEmpty() ? TIMES : 1;
        report.figure(
                "B01/ĐP of the province" + when,
                "s",
                time(sotay, "/api/dues/reports/b01?unit=" + province + "&quarter=" + quarter, times),
                Goal.atMost(2));
        report.figure(
                "its ledger" + when,
                "s",
                time(sotay, "/api/dues/reports/committee?unit=" + province + "&year=" + last.getYear(), times),
                null);
        report.figure(
                "its months" + when,
                "s",
                time(sotay, "/api/dues/months?unit=" + province + "&year=" + last.getYear(), times),
                null);
    }

    private static Samples time(SotayProcess sotay, String path, int times) {
        Samples seconds = new Samples();
        for (int i = 0; i < times; i++) {
            long began = System.nanoTime();
            sotay.get(OFFICER, path);
            seconds.add((System.nanoTime() - began) / 1e9);
        }
        return seconds;
    }

    private static void errors(SotayProcess sotay, Report report) throws IOException {
        report.figure(
                "lines of error in the log",
                "",
                one(sotay.child()
                        .log()
                        .lines()
                        .filter(line -> line.contains(" ERROR "))
                        .count()),
                Goal.atMost(0));
    }

    private static void rate(String what, SotayProcess sotay, List<Ask> asks, Report report) {
        long began = System.nanoTime();
        each(sotay, asks, (number, answer) -> {});
        report.figure(
                what + ", for " + AT_ONCE + " at once",
                "1/s",
                one(asks.size() * 1e9 / (System.nanoTime() - began)),
                null);
    }

    private static Samples one(double value) {
        Samples one = new Samples();
        one.add(value);
        return one;
    }

    private static JsonNode send(SotayProcess sotay, Ask ask) {
        JsonNode[] answer = new JsonNode[1];
        each(sotay, List.of(ask), (number, one) -> answer[0] = one);
        return answer[0];
    }

    /** Some connections share what is asked. */
    private static void each(SotayProcess sotay, List<Ask> asks, Look look) {
        String token = sotay.token(OFFICER);
        AtomicInteger next = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            running.add(threads.submit(() -> {
                try (Wire wire = new Wire(sotay.port())) {
                    for (int number = next.getAndIncrement(); number < asks.size(); number = next.getAndIncrement()) {
                        Ask ask = asks.get(number);
                        Wire.Answer answer = wire.send(
                                ask.method(), ask.path(), token, ask.body().isEmpty() ? null : ask.body());
                        look.at(
                                number,
                                SotayProcess.JSON.readTree(
                                        answer.expect(ask.status()).body()));
                    }
                    return null;
                }
            }));
        }
        threads.shutdown();
        try {
            for (Future<?> one : running) {
                one.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted", e);
        } catch (ExecutionException e) {
            next.set(asks.size());
            throw new BenchException(String.valueOf(e.getCause()), e);
        }
    }
}
