package vn.sotay.platform.search;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;
import org.jspecify.annotations.Nullable;

/**
 * Counts things, and how many have each value of some facets. All documents of a thing stand beside each other in a segment, since they
 * are written together, and have the same values: the first that is found counts.
 */
final class Counts implements CollectorManager<Counts.Counter, Counts.Result> {

    /**
     * How many there are.
     *
     * @param things all of them
     * @param byValue of each facet how many have which value, in the order of the values
     */
    record Result(int things, Map<Facet, Map<String, Integer>> byValue) {

        Map<String, Integer> of(Facet facet) {
            return byValue.getOrDefault(facet, Map.of());
        }
    }

    private final Set<Facet> facets;
    private final LocalDate today;

    Counts(Set<Facet> facets, LocalDate today) {
        this.facets = facets;
        this.today = today;
    }

    @Override
    public Counter newCollector() {
        return new Counter(facets, today.toEpochDay());
    }

    @Override
    public Result reduce(Collection<Counter> all) throws IOException {
        int things = 0;
        Map<Facet, Map<String, Integer>> byValue = new EnumMap<>(Facet.class);
        for (Counter one : all) {
            one.end();
            things += one.things;
            one.byValue.forEach((facet, counts) -> counts.forEach((value, count) ->
                    byValue.computeIfAbsent(facet, none -> new TreeMap<>()).merge(value, count, Integer::sum)));
        }
        return new Result(things, byValue);
    }

    /** For one slice of the index. */
    static final class Counter extends SimpleCollector {

        private final Set<Facet> facets;
        private final long today;
        private final Map<Facet, Map<String, Integer>> byValue = new EnumMap<>(Facet.class);
        private final List<OfLeaf> leaf = new ArrayList<>();
        private @Nullable SortedDocValues thing;
        private int last = -1;
        private int things;

        private Counter(Set<Facet> facets, long today) {
            this.facets = facets;
            this.today = today;
        }

        @Override
        protected void doSetNextReader(LeafReaderContext context) throws IOException {
            end();
            LeafReader reader = context.reader();
            thing = DocValues.getSorted(reader, Fields.THING);
            last = -1;
            for (Facet facet : facets) {
                leaf.add(facet == Facet.IN_FORCE ? new Forces(reader, today) : new Values(facet, reader));
            }
        }

        @Override
        public void collect(int doc) throws IOException {
            if (thing == null || !thing.advanceExact(doc) || thing.ordValue() == last) {
                return;
            }
            last = thing.ordValue();
            things++;
            for (OfLeaf one : leaf) {
                one.collect(doc);
            }
        }

        private void end() throws IOException {
            for (OfLeaf one : leaf) {
                one.addTo(byValue);
            }
            leaf.clear();
        }

        @Override
        public ScoreMode scoreMode() {
            return ScoreMode.COMPLETE_NO_SCORES;
        }
    }

    /** Of one facet in one segment. */
    private interface OfLeaf {

        void collect(int doc) throws IOException;

        void addTo(Map<Facet, Map<String, Integer>> byValue) throws IOException;
    }

    private static void add(Map<Facet, Map<String, Integer>> byValue, Facet facet, String value, int count) {
        if (count > 0) {
            byValue.computeIfAbsent(facet, none -> new TreeMap<>()).merge(value, count, Integer::sum);
        }
    }

    private static final class Values implements OfLeaf {

        private final Facet facet;
        private final SortedDocValues values;
        private final int[] ofOrdinal;

        Values(Facet facet, LeafReader reader) throws IOException {
            this.facet = facet;
            this.values = DocValues.getSorted(reader, facet.field());
            this.ofOrdinal = new int[values.getValueCount()];
        }

        @Override
        public void collect(int doc) throws IOException {
            if (values.advanceExact(doc)) {
                ofOrdinal[values.ordValue()]++;
            }
        }

        @Override
        public void addTo(Map<Facet, Map<String, Integer>> byValue) throws IOException {
            for (int i = 0; i < ofOrdinal.length; i++) {
                if (ofOrdinal[i] > 0) {
                    add(byValue, facet, values.lookupOrd(i).utf8ToString(), ofOrdinal[i]);
                }
            }
        }
    }

    private static final class Forces implements OfLeaf {

        private final NumericDocValues from;
        private final NumericDocValues until;
        private final long today;
        private int current;
        private int others;

        Forces(LeafReader reader, long today) throws IOException {
            this.from = DocValues.getNumeric(reader, Fields.FROM);
            this.until = DocValues.getNumeric(reader, Fields.UNTIL);
            this.today = today;
        }

        @Override
        public void collect(int doc) throws IOException {
            if (from.advanceExact(doc) && until.advanceExact(doc)) {
                boolean is = from.longValue() <= today && until.longValue() > today;
                current += is ? 1 : 0;
                others += is ? 0 : 1;
            }
        }

        @Override
        public void addTo(Map<Facet, Map<String, Integer>> byValue) {
            add(byValue, Facet.IN_FORCE, "true", current);
            add(byValue, Facet.IN_FORCE, "false", others);
        }
    }
}
