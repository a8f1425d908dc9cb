package vn.sotay.platform.search;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.Weight;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.http.Page;
import vn.sotay.platform.search.SearchResult.Count;
import vn.sotay.platform.search.SearchResult.Force;
import vn.sotay.platform.search.SearchResult.Hit;

/**
 * An index in a folder. One thread writes; what it has written is found after {@link #refresh} and kept after {@link #commit}. Any thread
 * may search.
 */
public final class SearchIndex implements Closeable {

    /** What lies deeper than this nobody looks for: other words find it. */
    static final int DEEPEST = 1000;

    private static final double BUFFER_MB = 16;
    /** Of about one size. A question asks each for all of its terms; what is written is much less than what is asked. */
    private static final int SEGMENTS = 4;

    private static final Comparator<Map.Entry<String, Integer>> MOST_FIRST =
            Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey());

    private final Path folder;
    private final Directory directory;
    private final IndexWriter writer;
    private final SearcherManager searchers;
    private final Ranking ranking;
    private final Snippets snippets;
    private final Suggestions suggestions;
    private final Map<String, String> notes;
    private volatile boolean isSpoilt;

    private SearchIndex(Path folder, Directory directory, Abbreviations abbreviations, Ranking.Weights weights)
            throws IOException {
        this.folder = folder;
        this.directory = directory;
        this.ranking = new Ranking(abbreviations, weights);
        this.snippets = new Snippets(abbreviations);
        this.suggestions = new Suggestions(ranking);
        this.notes = DirectoryReader.indexExists(directory)
                ? Map.copyOf(SegmentInfos.readLatestCommit(directory).getUserData())
                : Map.of();
        this.writer = new IndexWriter(
                directory,
                new IndexWriterConfig(Fields.analyzer())
                        .setSimilarity(ranking.similarity())
                        .setMergePolicy(new TieredMergePolicy().setSegmentsPerTier(SEGMENTS))
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
            return result(List.of(), null, 0, Map.of(), null);
        }
        TermLookup terms = new TermLookup(searcher);
        int least = ranking.least(question);
        Query found = ranking.found(question, least, terms);
        Map<Facet, Map<String, Integer>> counts = new EnumMap<>(Facet.class);
        int total = count(searcher, found, ask, counts);
        if (total == 0 && least > 1 && !isAny(searcher, visible(found, ask))) {
            // rather some of the words than nothing
            found = ranking.found(question, 1, terms);
            total = count(searcher, found, ask, counts);
        }
        List<Hit> hits = new ArrayList<>();
        int next = ask.from() + ask.limit();
        if (total > ask.from()) {
            List<ScoreDoc> docs = new Best(ranking, searcher, terms, question, ask.today())
                    .things(found, chosen(ask, null), Math.min(next, total), total);
            Snippets.Marker marker = snippets.marker(question);
            StoredFields stored = searcher.storedFields();
            for (ScoreDoc doc : docs.subList(Math.min(ask.from(), docs.size()), docs.size())) {
                hits.add(hit(stored.document(doc.doc), marker, ask.today()));
            }
        }
        return result(
                hits,
                total > next && next < DEEPEST ? Page.cursor(List.of(Integer.toString(next))) : null,
                total,
                counts,
                suggestions.of(searcher, terms, question, query -> visible(query, ask), total));
    }

    private static SearchResult result(
            List<Hit> hits,
            @Nullable String next,
            int total,
            Map<Facet, Map<String, Integer>> counts,
            @Nullable String suggestion) {
        return new SearchResult(
                hits,
                next,
                total,
                most(counts, Facet.TYPE),
                counts.getOrDefault(Facet.YEAR, Map.of()).entrySet().stream()
                        .sorted(Map.Entry.comparingByKey(Comparator.reverseOrder()))
                        .map(SearchIndex::count)
                        .toList(),
                most(counts, Facet.KIND),
                most(counts, Facet.LEVEL),
                issuers(counts.getOrDefault(Facet.ISSUER, Map.of())),
                most(counts, Facet.IN_FORCE),
                suggestion);
    }

    private static List<Count> most(Map<Facet, Map<String, Integer>> counts, Facet facet) {
        return counts.getOrDefault(facet, Map.of()).entrySet().stream()
                .sorted(MOST_FIRST)
                .map(SearchIndex::count)
                .toList();
    }

    private static Count count(Map.Entry<String, Integer> value) {
        return new Count(value.getKey(), value.getValue());
    }

    /** Those that are written differently together, as most of them are written. */
    private static List<Count> issuers(Map<String, Integer> written) {
        Map<String, Count> issuers = new LinkedHashMap<>();
        written.entrySet().stream()
                .sorted(MOST_FIRST)
                .forEach(one -> issuers.merge(
                        Fields.issuer(one.getKey()),
                        count(one),
                        (first, more) -> new Count(first.value(), first.count() + more.count())));
        return issuers.values().stream()
                .sorted(Comparator.comparingInt((Count one) -> -one.count()).thenComparing(Count::value))
                .limit(SearchResult.MOST)
                .toList();
    }

    /**
     * Counts each facet as if nothing of it were chosen.
     *
     * @return how many things there are with all that was chosen
     */
    private static int count(IndexSearcher searcher, Query found, Ask ask, Map<Facet, Map<String, Integer>> counts)
            throws IOException {
        Set<Facet> free = EnumSet.allOf(Facet.class);
        free.removeAll(ask.chosen().keySet());
        Counts.Result all =
                searcher.search(found, new Sieve<>(new Counts(free, ask.today()), searcher, chosen(ask, null)));
        free.forEach(facet -> counts.put(facet, all.of(facet)));
        for (Facet facet : ask.chosen().keySet()) {
            Counts.Result one = searcher.search(
                    found, new Sieve<>(new Counts(EnumSet.of(facet), ask.today()), searcher, chosen(ask, facet)));
            counts.put(facet, one.of(facet));
        }
        return all.things();
    }

    private static Query visible(Query found, Ask ask) {
        if (ask.audiences().isEmpty()) {
            return new MatchNoDocsQuery();
        }
        return new BooleanQuery.Builder()
                .add(found, Occur.FILTER)
                .add(anyOf(Fields.AUDIENCE, ask.audiences()), Occur.FILTER)
                .add(anyOf(Fields.BETTER, ask.audiences()), Occur.MUST_NOT)
                .add(anyOf(Fields.TYPE, ask.types()), Occur.FILTER)
                .build();
    }

    /** Whether there is one at all; the rest is not looked at, nor the segments after. */
    static boolean isAny(IndexSearcher searcher, Query query) throws IOException {
        Weight weight = searcher.createWeight(searcher.rewrite(query), ScoreMode.COMPLETE_NO_SCORES, 1);
        for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
            Scorer scorer = weight.scorer(leaf);
            Bits live = leaf.reader().getLiveDocs();
            DocIdSetIterator documents = scorer == null ? DocIdSetIterator.empty() : scorer.iterator();
            for (int doc = documents.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = documents.nextDoc()) {
                if (live == null || live.get(doc)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Those that may be seen and are of what was chosen, but for one facet. */
    private static Query chosen(Ask ask, @Nullable Facet without) {
        BooleanQuery.Builder all = new BooleanQuery.Builder().add(visible(new MatchAllDocsQuery(), ask), Occur.FILTER);
        ask.chosen().forEach((facet, value) -> {
            if (facet != without) {
                all.add(of(facet, value, ask), Occur.FILTER);
            }
        });
        return all.build();
    }

    private static Query of(Facet facet, String value, Ask ask) {
        return switch (facet) {
            case IN_FORCE -> Boolean.parseBoolean(value) ? Fields.inForce(ask.today()) : Fields.notInForce(ask.today());
            case ISSUER -> new TermQuery(new Term(Fields.ISSUER, Fields.issuer(value)));
            default -> new TermQuery(new Term(facet.field(), value));
        };
    }

    private static Query anyOf(String field, Set<String> values) {
        return new TermInSetQuery(field, values.stream().map(BytesRef::new).toList());
    }

    private static Hit hit(Document document, Snippets.Marker marker, LocalDate today) throws IOException {
        String text = document.get(Fields.TEXT);
        String day = document.get(Fields.DAY);
        Force force = force(document, today);
        return new Hit(
                document.get(Fields.TYPE),
                UUID.fromString(document.get(Fields.ID)),
                document.get(Fields.LINK),
                marker.whole(document.get(Fields.TITLE)),
                text.isEmpty() ? null : marker.best(text),
                document.get(Fields.BEARS),
                document.get(Fields.WITHIN),
                day == null ? null : LocalDate.parse(day),
                force,
                force == Force.REPLACED ? document.get(Fields.SUCCESSOR) : null);
    }

    private static @Nullable Force force(Document document, LocalDate today) {
        IndexableField from = document.getField(Fields.FROM);
        IndexableField until = document.getField(Fields.UNTIL);
        if (from == null || until == null) {
            return null;
        }
        if (until.numericValue().longValue() <= today.toEpochDay()) {
            return document.get(Fields.SUCCESSOR) == null ? Force.ENDED : Force.REPLACED;
        }
        return from.numericValue().longValue() <= today.toEpochDay() ? Force.NOW : Force.NOT_YET;
    }
}
