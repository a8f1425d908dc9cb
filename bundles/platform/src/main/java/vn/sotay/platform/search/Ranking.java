package vn.sotay.platform.search;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.search.similarities.Similarity;

/**
 * Turns a question into what the index is asked, and says what outranks what: runs of syllables single ones, words as they are written
 * the same without marks, the title the text, a number everything. Immutable.
 */
final class Ranking {

    /**
     * How much each part of the score weighs; BM25 of the field times this. The values are those of a search over many, measured by
     * {@code ./bench search}.
     *
     * @param pairs for pairs that are there at all: how often a pair comes, and in how long a text, says less than that it comes
     * @param most of the words of a long question that must be there, as a part of all
     * @param saturation BM25's k1
     * @param length BM25's b
     */
    record Weights(
            float words,
            float pairs,
            float triples,
            float exactWords,
            float exactPairs,
            float titleWords,
            float titlePairs,
            float titleTriples,
            float titleExact,
            float within,
            float most,
            float saturation,
            float length) {

        static final Weights USUAL =
                new Weights(1f, 0.42f, 0.18f, 0.35f, 0.1f, 0.06f, 0.05f, 0.1f, 0.15f, 0.12f, 0.4f, 1.2f, 0.85f);
    }

    /** So many words must all be there; of more a part is enough, since people ask in sentences. */
    private static final int ALL_OF = 3;
    /** So many words are not yet a sentence. */
    private static final int FEW = 6;

    private static final float OTHER_SPELLING = 0.9f;
    private static final float BEGINNING = 0.5f;
    private static final float NUMBER = 100f;
    /** For each word: about what a word is worth that is in every tenth document. */
    private static final float IN_FORCE = 2f;

    private final Abbreviations abbreviations;
    private final Weights weights;

    Ranking(Abbreviations abbreviations, Weights weights) {
        this.abbreviations = abbreviations;
        this.weights = weights;
    }

    /** How the index is to count; the same when it is written and read. */
    Similarity similarity() {
        return new BM25Similarity(weights.saturation(), weights.length());
    }

    /** Whether all words of the question must be there. */
    boolean isShort(Question question) {
        return Set.copyOf(question.folded()).size() <= ALL_OF;
    }

    /** How many words of the question must be there. */
    int least(Question question) {
        int words = Set.copyOf(question.folded()).size();
        return isShort(question) ? words : Math.max(ALL_OF, (int) Math.ceil(words * weights.most() - 0.001));
    }

    /** Those documents in which so many of the words are, without an order. */
    Query found(Question question, int least, TermLookup terms) throws IOException {
        BooleanQuery.Builder all = new BooleanQuery.Builder().setMinimumNumberShouldMatch(least);
        words(question, terms).forEach(word -> all.add(word, Occur.SHOULD));
        return all.build();
    }

    /**
     * What finds candidates, of which the best are then put in {@link #order}: the order itself for a few words, of which thousands of
     * documents have the most telling ones; for a sentence the parts that cost little and tell most.
     */
    Query first(Question question, TermLookup terms) throws IOException {
        if (Set.copyOf(question.folded()).size() <= FEW) {
            return order(question, terms);
        }
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        words(question, terms).forEach(word -> add(all, word, weights.words()));
        present(all, terms, question.folded(), weights.pairs());
        numbers(all, terms, question);
        return all.build();
    }

    /** What it adds to be in force. */
    float ofForce(Question question) {
        return IN_FORCE * Set.copyOf(question.folded()).size();
    }

    /** What puts those in order that are {@link #found}: of two that answer much alike the one that is in force is first. */
    Query order(Question question, TermLookup terms, LocalDate today) throws IOException {
        Query ofValue = new BooleanQuery.Builder()
                .add(new MatchAllDocsQuery(), Occur.FILTER)
                .add(Fields.notInForce(today), Occur.MUST_NOT)
                .build();
        return new BooleanQuery.Builder()
                .add(order(question, terms), Occur.MUST)
                .add(new BoostQuery(new ConstantScoreQuery(ofValue), ofForce(question)), Occur.SHOULD)
                .build();
    }

    /** What puts those in order that are {@link #found}. */
    Query order(Question question, TermLookup terms) throws IOException {
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        words(question, terms).forEach(word -> add(all, word, weights.words()));
        List<String> folded = question.folded();
        present(all, terms, folded, weights.pairs());
        runs(all, terms, Fields.RUNS, folded, 3, weights.triples());
        runs(all, terms, Fields.TITLE_WORDS, folded, 1, weights.titleWords());
        runs(all, terms, Fields.TITLE_RUNS, folded, 2, weights.titlePairs());
        runs(all, terms, Fields.TITLE_RUNS, folded, 3, weights.titleTriples());
        runs(all, terms, Fields.WITHIN_RUNS, folded, 2, weights.within());
        if (question.marked()) {
            List<String> exact =
                    question.words().stream().map(Question.Word::likelyExact).toList();
            runs(all, terms, Fields.EXACT_WORDS, exact, 1, weights.exactWords());
            runs(all, terms, Fields.EXACT_RUNS, exact, 2, weights.exactPairs());
            runs(all, terms, Fields.TITLE_EXACT_RUNS, exact, 2, weights.titleExact());
        }
        numbers(all, terms, question);
        return all.build();
    }

    private void numbers(BooleanQuery.Builder all, TermLookup terms, Question question) throws IOException {
        for (String number : Numbers.asked(question, abbreviations)) {
            add(all, new ConstantScoreQuery(terms.query(new Term(Fields.NUMBER, number))), NUMBER);
        }
    }

    private static void add(BooleanQuery.Builder all, Query query, float weight) {
        if (weight > 0) {
            all.add(weight == 1 ? query : new BoostQuery(query, weight), Occur.SHOULD);
        }
    }

    /** Pairs count by how rare they are alone. */
    private static void present(BooleanQuery.Builder all, TermLookup terms, List<String> words, float weight)
            throws IOException {
        Set<String> pairs = new LinkedHashSet<>();
        for (int from = 0; from + 2 <= words.size(); from++) {
            pairs.add(words.get(from) + ' ' + words.get(from + 1));
        }
        for (String pair : pairs) {
            Term term = new Term(Fields.RUNS, pair);
            int with = terms.with(term);
            if (with > 0) {
                add(all, new ConstantScoreQuery(terms.query(term)), weight * rarity(with, terms.all()));
            }
        }
    }

    /** As BM25 counts it. */
    private static float rarity(int with, int all) {
        return (float) Math.log(1 + (all - Math.min(with, all) + 0.5) / (with + 0.5));
    }

    private static void runs(
            BooleanQuery.Builder all, TermLookup terms, String field, List<String> words, int length, float weight)
            throws IOException {
        Map<String, Integer> runs = new LinkedHashMap<>();
        for (int from = 0; from + length <= words.size(); from++) {
            runs.merge(String.join(" ", words.subList(from, from + length)), 1, Integer::sum);
        }
        for (Map.Entry<String, Integer> run : runs.entrySet()) {
            Term term = new Term(field, run.getKey());
            if (terms.with(term) > 0) {
                add(all, terms.query(term), weight * repeated(run.getValue()));
            }
        }
    }

    /** What is said twice counts more than once, and less than twice. */
    private static float repeated(int times) {
        return (float) Math.sqrt(times);
    }

    /** A query for each different word of the question, with what it is short for or what is short for it. */
    private List<Query> words(Question question, TermLookup terms) throws IOException {
        List<String> folded = question.folded();
        List<Set<String>> shorts = shorts(folded);
        Set<String> seen = new LinkedHashSet<>();
        List<Query> queries = new ArrayList<>();
        for (int i = 0; i < folded.size(); i++) {
            if (!seen.add(folded.get(i))) {
                continue;
            }
            Question.Word word = question.words().get(i);
            List<Query> forms = new ArrayList<>();
            forms.add(terms.query(word(folded.get(i))));
            if (!word.folded().equals(folded.get(i))) {
                forms.add(terms.query(word(word.folded())));
            }
            for (String letters : shorts.get(i)) {
                forms.add(new BoostQuery(terms.query(word(letters)), OTHER_SPELLING));
            }
            for (Abbreviations.Short one : abbreviations.of(folded.get(i))) {
                forms.add(new BoostQuery(
                        one.words().size() == 1
                                ? terms.query(word(one.words().get(0)))
                                : new PhraseQuery(Fields.WORDS, one.words().toArray(String[]::new)),
                        OTHER_SPELLING));
            }
            if (question.open() && i == folded.size() - 1) {
                forms.add(new BoostQuery(
                        new ConstantScoreQuery(new PrefixQuery(new Term(Fields.WORDS, word.folded()))), BEGINNING));
            }
            Query query = forms.size() == 1 ? forms.get(0) : new DisjunctionMaxQuery(forms, 0);
            int times = Collections.frequency(folded, folded.get(i));
            queries.add(times == 1 ? query : new BoostQuery(query, repeated(times)));
        }
        return queries;
    }

    private static Term word(String word) {
        return new Term(Fields.WORDS, word);
    }

    /** For each word the letters that are short for what it is a part of. */
    private List<Set<String>> shorts(List<String> words) {
        List<Set<String>> shorts = new ArrayList<>();
        words.forEach(word -> shorts.add(new LinkedHashSet<>()));
        for (int i = 0; i < words.size(); i++) {
            for (Abbreviations.Short one : abbreviations.at(words, i)) {
                for (int j = i; j < i + one.words().size(); j++) {
                    shorts.get(j).add(one.letters());
                }
            }
        }
        return shorts;
    }
}
