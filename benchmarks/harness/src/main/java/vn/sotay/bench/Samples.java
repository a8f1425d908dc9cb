package vn.sotay.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.DoubleBinaryOperator;

/** What was measured round by round. Not thread-safe. */
final class Samples {

    private final List<Double> values = new ArrayList<>();

    static Samples of(List<Double> values) {
        Samples samples = new Samples();
        samples.values.addAll(values);
        return samples;
    }

    void add(double value) {
        values.add(value);
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    List<Double> values() {
        return Collections.unmodifiableList(values);
    }

    double min() {
        return Collections.min(values);
    }

    double max() {
        return Collections.max(values);
    }

    double median() {
        return quantile(0.5);
    }

    /** The value that this part of all does not exceed, between the two nearest. */
    double quantile(double part) {
        List<Double> sorted = values.stream().sorted().toList();
        double at = part * (sorted.size() - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.size() - 1);
        return sorted.get(below) + (at - below) * (sorted.get(above) - sorted.get(below));
    }

    /** Each round's own ratio: what the machine was busy with otherwise was much the same for both. */
    Samples over(Samples other) {
        return with(other, (mine, theirs) -> mine / theirs);
    }

    private Samples with(Samples other, DoubleBinaryOperator by) {
        List<Double> both = new ArrayList<>();
        for (int i = 0; i < Math.min(values.size(), other.values.size()); i++) {
            both.add(by.applyAsDouble(values.get(i), other.values.get(i)));
        }
        return of(both);
    }
}
