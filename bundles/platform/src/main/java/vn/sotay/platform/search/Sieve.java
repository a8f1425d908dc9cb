package vn.sotay.platform.search;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.CollectionTerminatedException;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.FilterCollector;
import org.apache.lucene.search.FilterLeafCollector;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.LeafCollector;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.TwoPhaseIterator;
import org.apache.lucene.search.Weight;

/**
 * Collects of what a query finds that which another has too. A query of many alternatives alone is walked through in blocks; as one with
 * a filter it would be asked document by document, which takes five times as long.
 */
final class Sieve<C extends Collector, T> implements CollectorManager<Sieve.Sieved<C>, T> {

    private final CollectorManager<C, T> all;
    private final Weight passing;

    Sieve(CollectorManager<C, T> all, IndexSearcher searcher, Query passing) throws IOException {
        this.all = all;
        this.passing = searcher.createWeight(searcher.rewrite(passing), ScoreMode.COMPLETE_NO_SCORES, 1);
    }

    @Override
    public Sieved<C> newCollector() throws IOException {
        return new Sieved<>(all.newCollector(), passing);
    }

    @Override
    public T reduce(Collection<Sieved<C>> sieved) throws IOException {
        List<C> inner = sieved.stream().map(Sieved::inner).toList();
        return all.reduce(inner);
    }

    /** For one slice of the index. */
    static final class Sieved<C extends Collector> extends FilterCollector {

        private final C inner;
        private final Weight passing;

        private Sieved(C inner, Weight passing) {
            super(inner);
            this.inner = inner;
            this.passing = passing;
        }

        private C inner() {
            return inner;
        }

        @Override
        public LeafCollector getLeafCollector(LeafReaderContext context) throws IOException {
            Scorer scorer = passing.scorer(context);
            if (scorer == null) {
                throw new CollectionTerminatedException();
            }
            TwoPhaseIterator phases = scorer.twoPhaseIterator();
            DocIdSetIterator documents = phases == null ? scorer.iterator() : phases.approximation();
            return new FilterLeafCollector(super.getLeafCollector(context)) {
                @Override
                public void collect(int doc) throws IOException {
                    if (documents.docID() < doc) {
                        documents.advance(doc);
                    }
                    if (documents.docID() == doc && (phases == null || phases.matches())) {
                        super.collect(doc);
                    }
                }
            };
        }
    }
}
