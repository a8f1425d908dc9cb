package vn.sotay.platform.search;

import java.io.IOException;
import java.io.Reader;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.miscellaneous.PerFieldAnalyzerWrapper;
import org.apache.lucene.analysis.shingle.ShingleFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.Query;

/**
 * The fields of the index. A syllable of Vietnamese is half a word, so that runs of two and three are indexed beside the single ones. Of
 * everything there is the text without marks, by which things are found, and as it is written, by which they are put in order.
 */
final class Fields {

    /** Single syllables of everything, without marks. */
    static final String WORDS = "words";
    /** Runs of two and three of them. */
    static final String RUNS = "runs";
    /** Single syllables of everything, as written. */
    static final String EXACT_WORDS = "exact-words";
    /** Runs of two of them. */
    static final String EXACT_RUNS = "exact-runs";
    /** The title's, and those of what it is within, again: they weigh more. */
    static final String TITLE_WORDS = "title-words";

    static final String TITLE_RUNS = "title-runs";
    static final String TITLE_EXACT_RUNS = "title-exact-runs";
    static final String WITHIN_RUNS = "within-runs";
    /** Pairs and runs of a number's parts: see {@link Numbers}. */
    static final String NUMBER = "number";

    /** Tells a thing of a type: all its documents are replaced together. */
    static final String THING = "thing";

    static final String TYPE = "type";
    static final String YEAR = "year";
    static final String KIND = "kind";
    static final String LEVEL = "level";
    /** Who has issued it, in the form of {@link #issuer}; counted as it is written. */
    static final String ISSUER = "issuer";
    /** The first day of being in force and the day after the last, in days since 1970; what is neither in force nor not has none. */
    static final String FROM = "from";

    static final String UNTIL = "until";
    static final String AUDIENCE = "audience";
    /** Audiences that have a document of the same thing which says more. */
    static final String BETTER = "better";

    // kept to be shown
    static final String ID = "id";
    static final String TITLE = "title";
    static final String LINK = "link";
    static final String TEXT = "text";
    static final String BEARS = "bears";
    static final String WITHIN = "within";
    static final String DAY = "day";
    static final String SUCCESSOR = "successor";

    private Fields() {}

    /** Each field's way from text to terms. */
    static Analyzer analyzer() {
        Map<String, Analyzer> own = new HashMap<>();
        for (String field : new String[] {RUNS, TITLE_RUNS, WITHIN_RUNS}) {
            own.put(field, new Syllables(Spelling::folded, 3));
        }
        own.put(EXACT_WORDS, new Syllables(Spelling::exact, 1));
        for (String field : new String[] {EXACT_RUNS, TITLE_EXACT_RUNS}) {
            own.put(field, new Syllables(Spelling::exact, 2));
        }
        return new PerFieldAnalyzerWrapper(folded(), own);
    }

    /** Single syllables without marks. */
    static Analyzer folded() {
        return new Syllables(Spelling::folded, 1);
    }

    /** By what an issuer is known: Ủy ban and Uỷ Ban are the same. */
    static String issuer(String written) {
        return Question.words(written).stream().map(Question.Word::exact).collect(Collectors.joining(" "));
    }

    /** What is in force on a day. */
    static Query inForce(LocalDate day) {
        return new BooleanQuery.Builder()
                .add(range(FROM, Long.MIN_VALUE, day.toEpochDay()), Occur.FILTER)
                .add(range(UNTIL, day.toEpochDay() + 1, Long.MAX_VALUE), Occur.FILTER)
                .build();
    }

    /** What could be in force on a day, and is not. */
    static Query notInForce(LocalDate day) {
        return new BooleanQuery.Builder()
                .add(range(FROM, day.toEpochDay() + 1, Long.MAX_VALUE), Occur.SHOULD)
                .add(range(UNTIL, Long.MIN_VALUE, day.toEpochDay()), Occur.SHOULD)
                .build();
    }

    /** Looked at in what is found: of everything in the index it would be most. */
    private static Query range(String field, long least, long most) {
        return NumericDocValuesField.newSlowRangeQuery(field, least, most);
    }

    private static final class Syllables extends Analyzer {

        private final UnaryOperator<String> form;
        private final int longest;

        /** @param longest 1 for single syllables; else runs of two up to so many, and no single ones */
        Syllables(UnaryOperator<String> form, int longest) {
            this.form = form;
            this.longest = longest;
        }

        @Override
        protected TokenStreamComponents createComponents(String field) {
            Tokenizer words = new StandardTokenizer();
            TokenStream formed = new Formed(words, form);
            if (longest == 1) {
                return new TokenStreamComponents(words, formed);
            }
            ShingleFilter runs = new ShingleFilter(formed, 2, longest);
            runs.setOutputUnigrams(false);
            return new TokenStreamComponents(words, runs);
        }

        @Override
        protected Reader initReader(String field, Reader text) {
            return new Apart(text);
        }

        @Override
        public int getPositionIncrementGap(String field) {
            // no phrase goes from the title into the text
            return 100;
        }
    }

    private static final class Formed extends TokenFilter {

        private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
        private final UnaryOperator<String> form;

        Formed(TokenStream words, UnaryOperator<String> form) {
            super(words);
            this.form = form;
        }

        @Override
        public boolean incrementToken() throws IOException {
            if (!input.incrementToken()) {
                return false;
            }
            String formed = form.apply(term.toString());
            term.setEmpty().append(formed);
            return true;
        }
    }
}
