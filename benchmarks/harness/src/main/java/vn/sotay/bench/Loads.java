package vn.sotay.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * Loads several servers in turn: how many requests a second each answers, and how much time of the processor one takes it. The second
 * hardly depends on what else the machine does. Not thread-safe.
 */
final class Loads {

    private record One(String name, Child server, Wrk.Load load, Samples micros) {}

    private final Run run;
    private final Wrk wrk;
    private final Rounds rounds = new Rounds();
    private final List<One> all = new ArrayList<>();

    Loads(Run run) {
        this.run = run;
        this.wrk = new Wrk(run.work());
    }

    void add(String name, Child server, Wrk.Load load) {
        One one = new One(name, server, load, new Samples());
        all.add(one);
        rounds.add(name, () -> measure(one));
    }

    private double measure(One one) {
        double before = one.server().cpuMicros();
        Wrk.Result result = wrk.run(one.load(), run.seconds(3));
        one.micros().add((one.server().cpuMicros() - before) / Math.max(1, result.requests()));
        return result.clean(one.name());
    }

    /** Warms each up and measures them. */
    void run(int times) {
        all.forEach(one -> wrk.warm(run, one.load(), one.server()));
        rounds.run(run.rounds(times));
    }

    /** Requests a second. */
    Samples rate(String name) {
        return rounds.of(name);
    }

    /** Microseconds of the processor for a request. */
    Samples micros(String name) {
        return all.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow()
                .micros();
    }

    /** A row for the rates, and one for the time of the processor, which has no goal. */
    void tell(Report report, String what, String ours, String peer, String theirs, Goal goal) {
        report.ratio(what, "req/s", rate(ours), peer, rate(theirs), goal);
        report.ratio("— its processor time", "µs", micros(ours), peer, micros(theirs), null);
    }
}
