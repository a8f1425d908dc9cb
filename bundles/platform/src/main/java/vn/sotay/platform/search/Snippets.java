package vn.sotay.platform.search;

import java.io.IOException;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.uhighlight.FieldHighlighter;
import org.apache.lucene.search.uhighlight.Passage;
import org.apache.lucene.search.uhighlight.PassageFormatter;
import org.apache.lucene.search.uhighlight.UnifiedHighlighter;
import org.apache.lucene.search.uhighlight.WholeBreakIterator;
import vn.sotay.platform.search.SearchResult.Piece;

/** Marks the words of a question in a text, in the text's own spelling, and finds the place of it that says most. Thread-safe. */
final class Snippets {

    /** Of a text that is longer its beginning is looked at. */
    private static final int LOOKED_AT = 200_000;

    private static final int LONGEST = 260;
    private static final int BEFORE = 80;
    private static final String MORE = "…";

    private final Highlighter best = new Highlighter(UnifiedHighlighter.builderWithoutSearcher(Fields.folded())
            .withFormatter(new Pieces(LONGEST))
            .withBreakIterator(() -> BreakIterator.getSentenceInstance(Locale.ROOT))
            .withMaxLength(LOOKED_AT));

    private final Highlighter whole = new Highlighter(UnifiedHighlighter.builderWithoutSearcher(Fields.folded())
            .withFormatter(new Pieces(Integer.MAX_VALUE))
            .withBreakIterator(WholeBreakIterator::new)
            .withMaxLength(LOOKED_AT));

    private final Abbreviations abbreviations;

    Snippets(Abbreviations abbreviations) {
        this.abbreviations = abbreviations;
    }

    /** Marks the words of one question in some texts. Not thread-safe. */
    Marker marker(Question question) {
        Query marked = marked(question);
        return new Marker(best.of(marked), whole.of(marked));
    }

    /** What is marked: the words, and what is short for them or what they are short for. */
    private Query marked(Question question) {
        Set<String> words = new LinkedHashSet<>();
        List<String> folded = question.folded();
        for (int i = 0; i < folded.size(); i++) {
            words.add(folded.get(i));
            words.add(question.words().get(i).folded());
            abbreviations.at(folded, i).forEach(one -> words.add(one.letters()));
            abbreviations.of(folded.get(i)).forEach(one -> words.addAll(one.words()));
        }
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        words.forEach(word -> all.add(new TermQuery(new Term(Fields.WORDS, word)), Occur.SHOULD));
        if (question.open()) {
            String last = question.words().get(question.words().size() - 1).folded();
            all.add(new PrefixQuery(new Term(Fields.WORDS, last)), Occur.SHOULD);
        }
        return all.build();
    }

    /** What looks for the words of one question: made once for all hits, since an automaton of the words is built for it. */
    private static final class Highlighter extends UnifiedHighlighter {

        Highlighter(Builder builder) {
            super(builder);
        }

        FieldHighlighter of(Query marked) {
            return getFieldHighlighter(Fields.WORDS, marked, extractTerms(marked), 1);
        }
    }

    /** Marks the words of a question. */
    static final class Marker {

        private final FieldHighlighter best;
        private final FieldHighlighter whole;

        private Marker(FieldHighlighter best, FieldHighlighter whole) {
            this.best = best;
            this.whole = whole;
        }

        /** The sentence of a text in which most of the words are; its beginning if none is. */
        List<Piece> best(String text) throws IOException {
            return pieces(best, text);
        }

        /** All of a short text. */
        List<Piece> whole(String text) throws IOException {
            return pieces(whole, text);
        }

        @SuppressWarnings("NullAway") // a text that is given needs no reader
        private static List<Piece> pieces(FieldHighlighter with, String text) throws IOException {
            Object formatted = with.highlightFieldForDoc(null, -1, text);
            if (formatted instanceof List<?> list && !list.isEmpty()) {
                return list.stream().map(Piece.class::cast).toList();
            }
            return List.of(new Piece(text.length() <= LONGEST ? text : text.substring(0, LONGEST) + MORE, null));
        }
    }

    private static final class Pieces extends PassageFormatter {

        private final int longest;

        Pieces(int longest) {
            this.longest = longest;
        }

        @Override
        public List<Piece> format(Passage[] passages, String content) {
            List<Piece> pieces = new ArrayList<>();
            for (Passage passage : passages) {
                add(pieces, passage, content);
            }
            return pieces;
        }

        private void add(List<Piece> pieces, Passage passage, String content) {
            int from = passage.getStartOffset();
            int to = passage.getEndOffset();
            int firstHit = passage.getNumMatches() == 0 ? from : passage.getMatchStarts()[0];
            if (to - from > longest) {
                from = blankBefore(content, Math.max(from, Math.min(firstHit - BEFORE, to - longest)), from);
                to = Math.min(to, from + longest);
            }
            if (from > passage.getStartOffset()) {
                pieces.add(new Piece(MORE, null));
            }
            int at = from;
            for (int i = 0; i < passage.getNumMatches(); i++) {
                int start = passage.getMatchStarts()[i];
                int end = passage.getMatchEnds()[i];
                if (start >= at && end <= to) {
                    text(pieces, content.substring(at, start));
                    pieces.add(new Piece(content.substring(start, end), true));
                    at = end;
                }
            }
            text(pieces, content.substring(at, to).stripTrailing());
            if (to < passage.getEndOffset()) {
                pieces.add(new Piece(MORE, null));
            }
        }

        private static void text(List<Piece> pieces, String text) {
            if (!text.isEmpty()) {
                pieces.add(new Piece(text, null));
            }
        }

        /** The beginning of a word, so that none is cut. */
        private static int blankBefore(String content, int at, int least) {
            int from = at;
            while (from > least && !Character.isWhitespace(content.charAt(from - 1))) {
                from--;
            }
            return from;
        }
    }
}
