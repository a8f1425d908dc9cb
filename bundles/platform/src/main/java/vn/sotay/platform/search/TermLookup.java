package vn.sotay.platform.search;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.TermStates;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.TermQuery;
import org.jspecify.annotations.Nullable;

/**
 * Looks each term of one search up once, whichever queries ask for it: a question of a sentence is made of a hundred and fifty terms, most
 * of which are asked for more than once, and each would be looked up in every segment each time. Not thread-safe.
 */
final class TermLookup {

    private final IndexReader index;
    private final Map<Term, TermStates> found = new HashMap<>();
    /** Where a field's terms are looked up, by segment: to begin with one takes as long as to look a term up. */
    private final Map<String, @Nullable TermsEnum[]> cursors = new HashMap<>();

    TermLookup(IndexSearcher searcher) {
        this.index = searcher.getIndexReader();
    }

    /** How many documents the index has. */
    int all() {
        return index.numDocs();
    }

    /** How many documents have a term; some of these may have been deleted. */
    int with(Term term) throws IOException {
        return states(term).docFreq();
    }

    /** What finds a term, or nothing if it is nowhere. */
    TermQuery query(Term term) throws IOException {
        return new TermQuery(term, states(term));
    }

    private TermStates states(Term term) throws IOException {
        TermStates states = found.get(term);
        if (states == null) {
            states = new TermStates(index.getContext());
            @Nullable TermsEnum[] segments = segments(term.field());
            for (int i = 0; i < segments.length; i++) {
                TermsEnum segment = segments[i];
                if (segment != null && segment.seekExact(term.bytes())) {
                    states.register(segment.termState(), i, segment.docFreq(), segment.totalTermFreq());
                }
            }
            found.put(term, states);
        }
        return states;
    }

    private @Nullable TermsEnum[] segments(String field) throws IOException {
        @Nullable TermsEnum[] segments = cursors.get(field);
        if (segments == null) {
            List<LeafReaderContext> leaves = index.leaves();
            segments = new TermsEnum[leaves.size()];
            for (LeafReaderContext leaf : leaves) {
                Terms terms = leaf.reader().terms(field);
                segments[leaf.ord] = terms == null ? null : terms.iterator();
            }
            cursors.put(field, segments);
        }
        return segments;
    }
}
