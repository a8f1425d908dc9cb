package vn.sotay.platform.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FuzzyTermsEnum;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.CompiledAutomaton;
import org.apache.lucene.util.automaton.Operations;
import org.apache.lucene.util.automaton.RegExp;
import org.jspecify.annotations.Nullable;

/**
 * What may have been meant: the question with another word in the place of each that is nowhere, or, where hardly anything is found, that
 * never stands beside its neighbours. Only words of what may be seen are thought of, and they are given as they are written there.
 * Immutable.
 */
final class Suggestions {

    /** With so few things found one may have meant something else. */
    private static final int FEW = 2;
    /** A wrong word of at least so many letters is corrected, by two letters if it is longer than the other. */
    private static final int CORRECTED_FROM = 3;

    private static final int TWO_EDITS_FROM = 7;
    private static final Map<Character, String> VARIANTS =
            Map.of('a', "[aăâ]", 'd', "[dđ]", 'e', "[eê]", 'o', "[oôơ]", 'u', "[uư]");
    private static final String TONE = "[\u0300\u0301\u0303\u0309\u0323]?";

    private final Ranking ranking;

    Suggestions(Ranking ranking) {
        this.ranking = ranking;
    }

    /**
     * What may have been meant; null if nothing else.
     *
     * @param visible restricts a query to what may be seen
     * @param things how many were found
     */
    @Nullable String of(IndexSearcher searcher, TermLookup terms, Question question, UnaryOperator<Query> visible, int things)
            throws IOException {
        Index index = new Index(searcher, visible);
        List<String> words = new ArrayList<>(question.folded());
        Set<Integer> corrected = new LinkedHashSet<>();
        if (isNumber(words)) {
            return null;
        }
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.length() < CORRECTED_FROM || Character.isDigit(word.charAt(0))) {
                continue;
            }
            boolean open = question.open() && i == words.size() - 1;
            Question one = new Question(List.of(question.words().get(i)), false, open);
            boolean isThere = SearchIndex.isAny(searcher, visible.apply(ranking.found(one, 1, terms)));
            if (!isThere || things <= FEW && !open && words.size() > 1 && index.beside(words, i, word) == 0) {
                String better = index.nearest(words, i, isThere);
                if (better != null) {
                    words.set(i, better);
                    corrected.add(i);
                }
            }
        }
        return corrected.isEmpty() ? null : index.written(question, words, corrected);
    }

    /** Whether it is the number or the id of something, in which there is nothing to spell. */
    private static boolean isNumber(List<String> words) {
        long numbers = words.stream()
                .filter(word -> word.chars().anyMatch(Character::isDigit))
                .count();
        return 2 * numbers > words.size();
    }

    /** What may be seen of an index. */
    private final class Index {

        private final IndexSearcher searcher;
        private final UnaryOperator<Query> visible;

        Index(IndexSearcher searcher, UnaryOperator<Query> visible) {
            this.searcher = searcher;
            this.visible = visible;
        }

        int count(Query query) throws IOException {
            return searcher.count(visible.apply(query));
        }

        /** How often a word stands beside the one before or after. */
        int beside(List<String> words, int at, String word) throws IOException {
            BooleanQuery.Builder pairs = new BooleanQuery.Builder();
            if (at > 0) {
                pairs.add(pair(words.get(at - 1), word), Occur.SHOULD);
            }
            if (at + 1 < words.size()) {
                pairs.add(pair(word, words.get(at + 1)), Occur.SHOULD);
            }
            BooleanQuery all = pairs.build();
            return all.clauses().isEmpty() ? 0 : count(all);
        }

        private Query pair(String one, String next) {
            return new TermQuery(new Term(Fields.RUNS, one + ' ' + next));
        }

        /** @param isBeside whether only words will do that stand beside its neighbours */
        @Nullable String nearest(List<String> words, int at, boolean isBeside) throws IOException {
            Terms terms = MultiTerms.getTerms(searcher.getIndexReader(), Fields.WORDS);
            if (terms == null) {
                return null;
            }
            String word = words.get(at);
            String best = null;
            int mostBeside = isBeside ? 1 : 0;
            int most = 0;
            for (int edits = 1; edits <= (word.length() < TWO_EDITS_FROM ? 1 : 2) && best == null; edits++) {
                FuzzyTermsEnum near = new FuzzyTermsEnum(terms, new Term(Fields.WORDS, word), edits, 0, true);
                for (BytesRef term = near.next(); term != null; term = near.next()) {
                    String candidate = term.utf8ToString();
                    int beside = candidate.equals(word) ? 0 : beside(words, at, candidate);
                    int count = candidate.equals(word) || beside < mostBeside
                            ? 0
                            : count(new TermQuery(new Term(Fields.WORDS, candidate)));
                    // in the order of the alphabet, so that of two as frequent it is always the same
                    if (count > 0 && (beside > mostBeside || count > most)) {
                        best = candidate;
                        mostBeside = Math.max(beside, mostBeside);
                        most = count;
                    }
                }
            }
            return best;
        }

        /** The words as most of what may be seen writes them beside one another; what was typed with marks as it was typed. */
        String written(Question question, List<String> words, Set<Integer> corrected) throws IOException {
            List<String> written = new ArrayList<>();
            for (int i = 0; i < words.size(); i++) {
                String typed = corrected.contains(i)
                        ? words.get(i)
                        : question.words().get(i).likelyExact();
                boolean hasMark = !typed.equals(words.get(i));
                written.add(hasMark ? typed : written(words, i, i == 0 ? null : written.get(i - 1)));
            }
            return Spelling.shown(written);
        }

        private String written(List<String> words, int at, @Nullable String before) throws IOException {
            String best = words.get(at);
            Terms terms = MultiTerms.getTerms(searcher.getIndexReader(), Fields.EXACT_WORDS);
            if (terms == null) {
                return best;
            }
            int mostBeside = 0;
            int most = 0;
            TermsEnum forms = new CompiledAutomaton(forms(best)).getTermsEnum(terms);
            for (BytesRef term = forms.next(); term != null; term = forms.next()) {
                String form = term.utf8ToString();
                Query own = new TermQuery(new Term(Fields.EXACT_WORDS, form));
                int count = count(own);
                int beside = count == 0 ? 0 : count(beside(words, at, before, form, own));
                if (count > 0 && (beside > mostBeside || beside == mostBeside && count > most)) {
                    best = form;
                    mostBeside = beside;
                    most = count;
                }
            }
            return best;
        }

        private Query beside(List<String> words, int at, @Nullable String before, String form, Query own) {
            if (before != null) {
                return new TermQuery(new Term(Fields.EXACT_RUNS, before + ' ' + form));
            }
            return at + 1 == words.size()
                    ? own
                    : new BooleanQuery.Builder()
                            .add(own, Occur.FILTER)
                            .add(pair(words.get(at), words.get(at + 1)), Occur.FILTER)
                            .build();
        }
    }

    /** All that a word without marks may be with them, in the form of {@link Spelling#exact}. */
    private static Automaton forms(String folded) {
        StringBuilder pattern = new StringBuilder();
        for (int i = 0; i < folded.length(); i++) {
            char letter = folded.charAt(i);
            String variants = VARIANTS.get(letter);
            pattern.append(variants != null ? variants : Character.isLetterOrDigit(letter) ? letter : "\\" + letter);
        }
        return Operations.determinize(
                new RegExp(pattern + TONE).toAutomaton(), Operations.DEFAULT_DETERMINIZE_WORK_LIMIT);
    }
}
