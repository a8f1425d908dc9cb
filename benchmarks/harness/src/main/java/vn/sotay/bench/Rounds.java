package vn.sotay.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * Measures several things in turn, round by round, and the other way round in every second one: what the machine does besides meets all
 * of them alike. Not thread-safe.
 */
final class Rounds {

    private record Measure(String name, DoubleSupplier by, Samples samples) {}

    private final List<Measure> measures = new ArrayList<>();

    void add(String name, DoubleSupplier by) {
        measures.add(new Measure(name, by, new Samples()));
    }

    /** Measures all of them so many times, and tells on the way. */
    void run(int rounds) {
        List<Measure> order = new ArrayList<>(measures);
        for (int round = 1; round <= rounds; round++) {
            for (Measure measure : order) {
                double value = measure.by().getAsDouble();
                measure.samples().add(value);
                System.err.printf("  round %d of %d: %s %,.1f%n", round, rounds, measure.name(), value);
            }
            Collections.reverse(order);
        }
    }

    /** What came out for this one. */
    Samples of(String name) {
        return measures.stream()
                .filter(measure -> measure.name().equals(name))
                .findFirst()
                .orElseThrow()
                .samples();
    }
}
