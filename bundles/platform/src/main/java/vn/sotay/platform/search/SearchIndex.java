package vn.sotay.platform.search;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.FuzzyTermsEnum;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.SimpleCollector;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.http.Page;
import vn.sotay.platform.search.SearchResult.Count;
import vn.sotay.platform.search.SearchResult.Hit;

/**
 * An index in a folder. One thread writes; what it has written is found after {@link #refresh} and kept after {@link #commit}. Any thread
 * may search.
 */
public final class SearchIndex implements Closeable {

    /** What lies deeper than this nobody looks for: other words find it. */
    static final int DEEPEST = 1000;

    private static final double BUFFER_MB = 16;
    /** A wrong word of at least so many letters is corrected, by two letters if it is longer than the other. */
    private static final int CORRECTED_FROM = 3;

    private static final int TWO_EDITS_FROM = 7;

    private final Path folder;
    private final Directory directory;
    private final IndexWriter writer;
    private final SearcherManager searchers;
    private final Ranking ranking;
    private final Snippets snippets;
    private final Map<String, String> notes;
    private volatile boolean isSpoilt;

    private SearchIndex(Path folder, Directory directory, Abbreviations abbreviations, Ranking.Weights weights)
            throws IOException {
        this.folder = folder;
        this.directory = directory;
        this.ranking = new Ranking(abbreviations, weights);
        this.snippets = new Snippets(abbreviations);
        this.notes = DirectoryReader.indexExists(directory)
                ? Map.copyOf(SegmentInfos.readLatestCommit(directory).getUserData())
                : Map.of();
        this.writer = new IndexWriter(
                directory,
                new IndexWriterConfig(Fields.analyzer())
                        .setSimilarity(ranking.similarity())
                        .setRAMBufferSizeMB(BUFFER_MB));
        this.searchers = new SearcherManager(writer, new SearcherFactory() {
            @Override
            public IndexSearcher newSearcher(IndexReader reader, @Nullable IndexReader before) throws IOException {
                IndexSearcher searcher = super.newSearcher(reader, before);
                searcher.setSimilarity(ranking.similarity());
                return searcher;
            }
        });
    }

    /**
     * Opens the index of this folder, or makes an empty one.
     *
     * @param configuration the province's folder, for its abbreviations; null if there is none
     * @throws IOException if it cannot be read; other errors of what is in its files come as {@code RuntimeException}
     */
    public static SearchIndex open(Path folder, @Nullable Path configuration) throws IOException {
        return open(folder, Abbreviations.read(configuration), Ranking.Weights.USUAL);
    }

    static SearchIndex open(Path folder, Abbreviations abbreviations, Ranking.Weights weights) throws IOException {
        Directory directory = FSDirectory.open(folder);
        try {
            return new SearchIndex(folder, directory, abbreviations, weights);
        } catch (IOException | RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    // ---- writing

    /** Replaces all documents of a thing by these; an empty list takes it away. */
    public void put(String type, UUID id, List<Entry> entries) throws IOException {
        Term thing = new Term(Fields.THING, Entry.thing(type, id));
        if (entries.isEmpty()) {
            writer.deleteDocuments(thing);
        } else {
            writer.updateDocuments(thing, entries.stream().map(Entry::indexed).toList());
        }
    }

    /** Takes all things of a type away. */
    void removeType(String type) throws IOException {
        writer.deleteDocuments(new Term(Fields.TYPE, type));
    }

    /** Lets what was written be found. */
    public void refresh() throws IOException {
        searchers.maybeRefreshBlocking();
    }

    /** Puts what was written on the disk, with these notes: all of it or nothing. */
    void commit(Map<String, String> notes) throws IOException {
        writer.setLiveCommitData(Map.copyOf(notes).entrySet());
        writer.commit();
    }

    /** The notes that it had when it was opened; empty for a new one. */
    Map<String, String> notes() {
        return notes;
    }

    Path folder() {
        return folder;
    }

    /** It was found that its files are not what was written. */
    void spoil() {
        isSpoilt = true;
    }

    boolean isSpoilt() {
        return isSpoilt;
    }

    /** Whether its files are still there. */
    boolean isThere() throws IOException {
        return Files.isDirectory(folder) && DirectoryReader.indexExists(directory);
    }

    /** Closes it as it was at the last commit. */
    @Override
    public void close() throws IOException {
        try (directory) {
            try {
                searchers.close();
            } finally {
                writer.rollback();
            }
        }
    }

    // ---- searching

    /** What is found. */
    public SearchResult search(Ask ask) throws IOException {
        IndexSearcher searcher = searchers.acquire();
        try {
            return search(searcher, ask);
        } finally {
            searchers.release(searcher);
        }
    }

    private SearchResult search(IndexSearcher searcher, Ask ask) throws IOException {
        Question question = Question.of(ask.words());
        if (question.words().isEmpty()) {
            return new SearchResult(List.of(), null, 0, List.of(), List.of(), null);
        }
        int least = ranking.least(question);
        Query found = ranking.found(question, least);
        if (least > 1 && searcher.count(chosen(found, ask, null, null)) == 0) {
            // rather some of the words than nothing
            found = ranking.found(question, 1);
        }
        Map<String, Integer> types = counts(searcher, Fields.TYPE, chosen(found, ask, null, ask.year()));
        Map<String, Integer> years = counts(searcher, Fields.YEAR, chosen(found, ask, ask.type(), null));
        Query chosen = chosen(found, ask, ask.type(), ask.year());
        int total = ask.type() == null
                ? types.values().stream().mapToInt(Integer::intValue).sum()
                : types.getOrDefault(ask.type(), 0);
        List<Hit> hits = new ArrayList<>();
        boolean more = false;
        if (total > ask.from()) {
            Query ordered = new BooleanQuery.Builder()
                    .add(ranking.order(question), Occur.MUST)
                    .add(chosen, Occur.FILTER)
                    .build();
            ScoreDoc[] docs = searcher.search(ordered, ask.from() + ask.limit() + 1).scoreDocs;
            Query marked = snippets.marked(question);
            StoredFields stored = searcher.storedFields();
            for (int i = ask.from(); i < Math.min(docs.length, ask.from() + ask.limit()); i++) {
                hits.add(hit(stored.document(docs[i].doc), marked));
            }
            more = docs.length > ask.from() + ask.limit();
        }
        int next = ask.from() + ask.limit();
        return new SearchResult(
                hits,
                more && next < DEEPEST ? Page.cursor(List.of(Integer.toString(next))) : null,
                total,
                types.entrySet().stream()
                        .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                                .thenComparing(Map.Entry.comparingByKey()))
                        .map(SearchIndex::count)
                        .toList(),
                years.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey(Comparator.reverseOrder()))
                        .map(SearchIndex::count)
                        .toList(),
                suggestion(searcher, question, ask));
    }

    private static Count count(Map.Entry<String, Integer> value) {
        return new Count(value.getKey(), value.getValue());
    }

    /** Those that are found, may be seen, and are of this type and year. */
    private static Query chosen(Query found, Ask ask, @Nullable String type, @Nullable Integer year) {
        if (ask.audiences().isEmpty() || type != null && !ask.types().contains(type)) {
            return new MatchNoDocsQuery();
        }
        BooleanQuery.Builder all = new BooleanQuery.Builder()
                .add(found, Occur.FILTER)
                .add(anyOf(Fields.AUDIENCE, ask.audiences()), Occur.FILTER)
                .add(anyOf(Fields.BETTER, ask.audiences()), Occur.MUST_NOT)
                .add(anyOf(Fields.TYPE, type == null ? ask.types() : Set.of(type)), Occur.FILTER);
        if (year != null) {
            all.add(new TermQuery(new Term(Fields.YEAR, Integer.toString(year))), Occur.FILTER);
        }
        return all.build();
    }

    private static Query anyOf(String field, Set<String> values) {
        return new TermInSetQuery(field, values.stream().map(BytesRef::new).toList());
    }

    private Hit hit(Document document, Query marked) throws IOException {
        String text = document.get(Fields.TEXT);
        String day = document.get(Fields.DAY);
        return new Hit(
                document.get(Fields.TYPE),
                UUID.fromString(document.get(Fields.ID)),
                document.get(Fields.LINK),
                snippets.whole(marked, document.get(Fields.TITLE)),
                text.isEmpty() ? null : snippets.best(marked, text),
                document.get(Fields.BEARS),
                document.get(Fields.WITHIN),
                day == null ? null : LocalDate.parse(day));
    }

    /** How many of what is found have each value of a field. */
    private static Map<String, Integer> counts(IndexSearcher searcher, String field, Query query) throws IOException {
        return searcher.search(query, new CollectorManager<Counter, Map<String, Integer>>() {
            @Override
            public Counter newCollector() {
                return new Counter(field);
            }

            @Override
            public Map<String, Integer> reduce(Collection<Counter> all) throws IOException {
                Map<String, Integer> sum = new TreeMap<>();
                for (Counter one : all) {
                    one.end();
                    one.counts.forEach((value, count) -> sum.merge(value, count, Integer::sum));
                }
                return sum;
            }
        });
    }

    private static final class Counter extends SimpleCollector {

        private final String field;
        private final Map<String, Integer> counts = new LinkedHashMap<>();
        private @Nullable SortedDocValues values;
        private int[] ofOrdinal = {};

        Counter(String field) {
            this.field = field;
        }

        @Override
        protected void doSetNextReader(LeafReaderContext leaf) throws IOException {
            end();
            SortedDocValues next = DocValues.getSorted(leaf.reader(), field);
            values = next;
            ofOrdinal = new int[next.getValueCount()];
        }

        @Override
        public void collect(int doc) throws IOException {
            if (values != null && values.advanceExact(doc)) {
                ofOrdinal[values.ordValue()]++;
            }
        }

        void end() throws IOException {
            for (int i = 0; i < ofOrdinal.length; i++) {
                if (values != null && ofOrdinal[i] > 0) {
                    counts.merge(values.lookupOrd(i).utf8ToString(), ofOrdinal[i], Integer::sum);
                }
            }
            ofOrdinal = new int[0];
        }

        @Override
        public ScoreMode scoreMode() {
            return ScoreMode.COMPLETE_NO_SCORES;
        }
    }

    /**
     * The question with another word in the place of each that is in nothing that may be seen; null if there is none, or nothing near it.
     * Only words of what may be seen are thought of.
     */
    private @Nullable String suggestion(IndexSearcher searcher, Question question, Ask ask) throws IOException {
        List<String> words = new ArrayList<>();
        boolean other = false;
        for (int i = 0; i < question.words().size(); i++) {
            String word = question.folded().get(i);
            boolean open = question.open() && i == question.words().size() - 1;
            Question one = new Question(List.of(question.words().get(i)), false, open);
            boolean known = word.length() < CORRECTED_FROM
                    || Character.isDigit(word.charAt(0))
                    || searcher.count(chosen(ranking.found(one, 1), ask, null, null)) > 0;
            String better = known ? null : nearest(searcher, word, ask);
            words.add(better == null ? question.words().get(i).likelyExact() : better);
            other |= better != null;
        }
        return other ? Spelling.shown(words) : null;
    }

    private @Nullable String nearest(IndexSearcher searcher, String word, Ask ask) throws IOException {
        Terms terms = MultiTerms.getTerms(searcher.getIndexReader(), Fields.WORDS);
        if (terms == null) {
            return null;
        }
        String best = null;
        int most = 0;
        for (int edits = 1; edits <= (word.length() < TWO_EDITS_FROM ? 1 : 2) && best == null; edits++) {
            FuzzyTermsEnum near = new FuzzyTermsEnum(terms, new Term(Fields.WORDS, word), edits, 0, true);
            for (BytesRef term = near.next(); term != null; term = near.next()) {
                String candidate = term.utf8ToString();
                int count = searcher.count(chosen(new TermQuery(new Term(Fields.WORDS, candidate)), ask, null, null));
                // in the order of the alphabet, so that of two as frequent it is always the same
                if (count > most) {
                    best = candidate;
                    most = count;
                }
            }
        }
        return best;
    }
}
