package vn.sotay.platform.search;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MultiCollectorManager;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryRescorer;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopScoreDocCollector;
import org.apache.lucene.search.TopScoreDocCollectorManager;
import org.apache.lucene.search.TotalHits;
import org.jspecify.annotations.Nullable;

/**
 * Finds what answers a question best, in two steps: candidates by what is looked up fast, and the first of these in the order of all that
 * counts. All of it for all that has one of the words would take ten times as long in a library of 100,000.
 */
final class Best {

    /** So many candidates are weighed by all that counts, whichever page is asked for, so that no page has what one before had. */
    static final int WEIGHED = 100;

    private static final Comparator<ScoreDoc> BEST_FIRST =
            Comparator.comparingDouble((ScoreDoc one) -> -one.score).thenComparingInt(one -> one.doc);

    /** Scores are never below nothing. */
    private static final float LEFT_OUT = -1;

    private final Ranking ranking;
    private final IndexSearcher searcher;
    private final TermLookup terms;
    private final Question question;
    private final LocalDate today;

    Best(Ranking ranking, IndexSearcher searcher, TermLookup terms, Question question, LocalDate today) {
        this.ranking = ranking;
        this.searcher = searcher;
        this.terms = terms;
        this.question = question;
        this.today = today;
    }

    /**
     * So many things at most, in the order of their best documents.
     *
     * @param found what has enough of the words
     * @param chosen what may be seen and was chosen
     * @param total how many things there are of both
     */
    List<ScoreDoc> things(Query found, Query chosen, int wanted, int total) throws IOException {
        // few that have enough of the words may stand far behind what has a rare one often
        boolean isFew = ranking.isShort(question) || total <= WEIGHED;
        for (int take = Math.max(WEIGHED, 2 * wanted); ; take *= 4) {
            List<ScoreDoc> candidates = candidates(isFew ? found : null, chosen, take);
            List<ScoreDoc> best = things(ordered(candidates, found), wanted);
            if (best.size() == wanted || candidates.size() < take) {
                return best;
            }
        }
    }

    /**
     * The best of all and of what is in force: what is neither would come after all of one of them, whatever it adds to be in force.
     *
     * @param found of these only, or null
     */
    private List<ScoreDoc> candidates(@Nullable Query found, Query chosen, int take) throws IOException {
        Query first = ranking.first(question, terms);
        if (found != null) {
            first = new BooleanQuery.Builder()
                    .add(first, Occur.MUST)
                    .add(found, Occur.FILTER)
                    .build();
        }
        Query inForce = new BooleanQuery.Builder()
                .add(chosen, Occur.FILTER)
                .add(Fields.notInForce(today), Occur.MUST_NOT)
                .build();
        Object[] best = searcher.search(first, new MultiCollectorManager(top(chosen, take), top(inForce, take)));
        Map<Integer, ScoreDoc> candidates = new HashMap<>();
        for (ScoreDoc one : ((TopDocs) best[0]).scoreDocs) {
            candidates.put(one.doc, one);
        }
        for (ScoreDoc one : ((TopDocs) best[1]).scoreDocs) {
            one.score += ranking.ofForce(question);
            candidates.put(one.doc, one);
        }
        return candidates.values().stream().sorted(BEST_FIRST).limit(take).toList();
    }

    private Sieve<TopScoreDocCollector, TopDocs> top(Query passing, int take) throws IOException {
        return new Sieve<>(new TopScoreDocCollectorManager(take, take), searcher, passing);
    }

    private List<ScoreDoc> ordered(List<ScoreDoc> candidates, Query found) throws IOException {
        int weighed = Math.min(WEIGHED, candidates.size());
        Query order = new BooleanQuery.Builder()
                .add(ranking.order(question, terms, today), Occur.MUST)
                .add(found, Occur.FILTER)
                .build();
        List<ScoreDoc> ordered = scored(order, candidates.subList(0, weighed));
        // further down it is enough that it is found
        ordered.addAll(kept(found, candidates.subList(weighed, candidates.size())));
        return ordered;
    }

    private List<ScoreDoc> kept(Query found, List<ScoreDoc> candidates) throws IOException {
        if (candidates.isEmpty()) {
            return candidates;
        }
        Set<Integer> kept = new HashSet<>();
        scored(new ConstantScoreQuery(found), candidates).forEach(one -> kept.add(one.doc));
        return candidates.stream().filter(one -> kept.contains(one.doc)).toList();
    }

    private List<ScoreDoc> scored(Query query, List<ScoreDoc> candidates) throws IOException {
        ScoreDoc[] copies =
                candidates.stream().map(one -> new ScoreDoc(one.doc, one.score)).toArray(ScoreDoc[]::new);
        TopDocs all = new TopDocs(new TotalHits(copies.length, TotalHits.Relation.EQUAL_TO), copies);
        List<ScoreDoc> scored = new ArrayList<>();
        Arrays.stream(new Weighing(query).rescore(searcher, all, copies.length).scoreDocs)
                .filter(one -> one.score >= 0)
                .forEach(scored::add);
        return scored;
    }

    private List<ScoreDoc> things(List<ScoreDoc> docs, int wanted) throws IOException {
        List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
        List<ScoreDoc> best = new ArrayList<>();
        Set<Long> seen = new HashSet<>();
        for (int i = 0; i < docs.size() && best.size() < wanted; i++) {
            int doc = docs.get(i).doc;
            LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(doc, leaves));
            SortedDocValues thing = DocValues.getSorted(leaf.reader(), Fields.THING);
            // all of a thing is in one segment
            if (thing.advanceExact(doc - leaf.docBase)
                    && seen.add(((long) leaf.ord << Integer.SIZE) + thing.ordValue())) {
                best.add(docs.get(i));
            }
        }
        return best;
    }

    private static final class Weighing extends QueryRescorer {

        Weighing(Query query) {
            super(query);
        }

        @Override
        protected float combine(float before, boolean matches, float score) {
            return matches ? score : LEFT_OUT;
        }
    }
}
