package vn.sotay.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.search.SearchDocument;
import vn.sotay.api.text.Folding;
import vn.sotay.platform.search.Ask;
import vn.sotay.platform.search.Entry;
import vn.sotay.platform.search.SearchIndex;

/**
 * How well real questions are answered: by the index alone, with what a reader is sent, beside plain BM25 on folded syllables and pairs
 * of them; and by a Sotay whose library the articles are, over HTTP. The questions are read where they lie; nothing of them is kept.
 */
final class Retrieval implements Part {

    static final String NAME = "search";

    private static final int DEEPEST = 20;
    private static final int QUICK = 40;
    private static final String EVERYONE = "everyone";
    private static final String TYPE = "article";

    /** An article of a law, as the collection has it. */
    record Article(String id, String law, String number, String title, String text) {}

    private record Question(String text, Set<String> answers) {}

    /** Gives the ids of what is found, the best first. */
    private interface Engine {
        List<String> find(String question, int limit) throws IOException;
    }

    private record Quality(double first, double ten, double twenty, double reciprocal) {}

    private final Path folder;

    Retrieval(Path folder) {
        this.folder = folder;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String title() {
        return "Search: questions and their answers";
    }

    @Override
    public void measure(Run run, Report report) throws IOException {
        List<Article> articles = articles();
        List<Question> questions = questions();
        try (SearchIndex index = SearchIndex.open(run.work().resolve("index"), null);
                PlainIndex plain = new PlainIndex(run.work().resolve("plain"), articles)) {
            Map<String, String> ids = new HashMap<>();
            long began = System.nanoTime();
            for (Article article : articles) {
                UUID id = UUID.nameUUIDFromBytes(article.id().getBytes(StandardCharsets.UTF_8));
                ids.put(id.toString(), article.id());
                index.put(TYPE, id, List.of(new Entry(TYPE, id, Set.of(EVERYONE), Set.of(), document(article))));
            }
            index.refresh();
            double rate = articles.size() * 1e9 / (System.nanoTime() - began);
            Engine ours = (question, limit) -> index
                    .search(new Ask(question, Set.of(EVERYONE), Set.of(TYPE), Map.of(), LocalDate.EPOCH, 0, limit))
                    .items()
                    .stream()
                    .map(hit -> ids.get(hit.id().toString()))
                    .toList();
            tell(report, "as typed", ours, plain::find, questions, question -> question, 0.95, 0.985);
            tell(report, "without marks", ours, plain::find, questions, Folding::fold, 0.94, 0.98);
            int passes = run.rounds(5);
            Samples mine = millis(ours, questions, passes);
            Samples theirs = millis(plain::find, questions, passes);
            for (double part : new double[] {0.5, 0.99}) {
                report.ratio(
                        "time of a question, p" + Math.round(part * 100),
                        "ms",
                        one(mine.quantile(part)),
                        "plain BM25",
                        one(theirs.quantile(part)),
                        null);
            }
            report.figure("articles indexed", "/s", one(rate), null);
        }
        product(run, report, articles, questions);
        new SearchLoad(run, report)
                .measure(articles, questions.stream().map(Question::text).toList());
        report.note(String.format(
                "%,d articles, %,d questions; in this process, a question after another, ten answers with their marked"
                        + " snippets, counts and suggestion. Plain BM25 (1.2, 0.75) on folded syllables and pairs of them in one"
                        + " field, without any of these.",
                articles.size(), questions.size()));
    }

    /** The same as a member asks it, of a Sotay to which editors have sent the articles. */
    private static void product(Run run, Report report, List<Article> articles, List<Question> questions)
            throws IOException {
        List<Question> asked = questions;
        List<Article> sent = articles;
        if (run.quick()) {
            asked = questions.subList(0, Math.min(QUICK, questions.size()));
            Set<String> needed = new HashSet<>();
            asked.forEach(question -> needed.addAll(question.answers()));
            sent = articles.stream().filter(one -> needed.contains(one.id())).toList();
        }
        try (LibrarySearch library = new LibrarySearch(run, sent)) {
            quality(
                    report,
                    "GET /api/search as typed",
                    quality(library::find, asked, question -> question),
                    0.95,
                    0.985);
            quality(report, "GET /api/search without marks", quality(library::find, asked, Folding::fold), 0.94, 0.98);
            Samples millis = millis(library::find, asked, run.rounds(3));
            for (double part : new double[] {0.5, 0.99}) {
                report.figure("GET /api/search, p" + Math.round(part * 100), "ms", one(millis.quantile(part)), null);
            }
            report.figure("documents sent, approved and found", "/s", one(library.rate()), null);
            Samples found = library.untilFound(run.rounds(20));
            report.figure("published until a member finds it, p50", "ms", one(found.median()), Goal.atMost(1000));
        }
        report.note(String.format(
                "GET /api/search: a Sotay of its own on Derby, asked by a member over HTTP, type=document; each of %,d articles is a document"
                        + " that one editor has sent as Markdown, titled with its law, and another has approved; the demo's documents were withdrawn.",
                sent.size()));
    }

    private static SearchDocument document(Article article) {
        return SearchDocument.of(article.title(), "/articles/" + article.id())
                .within(article.law())
                .text(article.text());
    }

    private static void tell(
            Report report,
            String how,
            Engine ours,
            Engine plain,
            List<Question> questions,
            UnaryOperator<String> typed,
            double reciprocal,
            double ten)
            throws IOException {
        Quality mine = quality(ours, questions, typed);
        Quality theirs = quality(plain, questions, typed);
        quality(report, how, mine, reciprocal, ten);
        quality(report, how + ", plain BM25", theirs, null, null);
    }

    private static void quality(
            Report report, String how, Quality quality, @Nullable Double reciprocal, @Nullable Double ten) {
        report.figure("MRR@10 " + how, "", one(quality.reciprocal()), goal(reciprocal));
        report.figure("R@1 " + how, "", one(quality.first()), null);
        report.figure("R@10 " + how, "", one(quality.ten()), goal(ten));
        report.figure("R@20 " + how, "", one(quality.twenty()), null);
    }

    private static @Nullable Goal goal(@Nullable Double least) {
        return least == null ? null : Goal.atLeast(least);
    }

    private static Samples one(double value) {
        return Samples.of(List.of(value));
    }

    private static Quality quality(Engine engine, List<Question> questions, UnaryOperator<String> typed)
            throws IOException {
        double first = 0;
        double ten = 0;
        double twenty = 0;
        double reciprocal = 0;
        for (Question question : questions) {
            List<String> found = engine.find(typed.apply(question.text()), DEEPEST);
            int best = -1;
            for (int i = 0; i < found.size(); i++) {
                if (question.answers().contains(found.get(i))) {
                    double part = 1.0 / question.answers().size();
                    first += i < 1 ? part : 0;
                    ten += i < 10 ? part : 0;
                    twenty += part;
                    best = best < 0 ? i : best;
                }
            }
            reciprocal += best >= 0 && best < 10 ? 1.0 / (best + 1) : 0;
        }
        int all = questions.size();
        return new Quality(first / all, ten / all, twenty / all, reciprocal / all);
    }

    private static Samples millis(Engine engine, List<Question> questions, int passes) throws IOException {
        Samples millis = new Samples();
        for (int pass = 0; pass < passes; pass++) {
            for (Question question : questions) {
                long began = System.nanoTime();
                engine.find(question.text(), 10);
                millis.add((System.nanoTime() - began) / 1e6);
            }
        }
        return millis;
    }

    private List<Article> articles() throws IOException {
        ObjectMapper json = JsonMapper.builder().build();
        List<Article> articles = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(existing("docs.jsonl.gz"))), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode one = json.readTree(line);
                String law = (one.path("law").asText() + ' ' + one.path("name").asText()).strip();
                articles.add(new Article(
                        one.path("id").asText(),
                        law,
                        one.path("article").asText(),
                        one.path("title").asText(),
                        one.path("text").asText()));
            }
        }
        return articles;
    }

    private List<Question> questions() throws IOException {
        Map<String, Set<String>> answers = new HashMap<>();
        for (String[] row : rows("qrels.tsv")) {
            answers.computeIfAbsent(row[0], id -> new HashSet<>()).add(row[1]);
        }
        Map<String, String> texts = new LinkedHashMap<>();
        rows("questions.tsv").forEach(row -> texts.put(row[0], row[1]));
        List<Question> questions = new ArrayList<>();
        texts.forEach((id, text) -> {
            Set<String> right = answers.get(id);
            if (right != null) {
                questions.add(new Question(text, right));
            }
        });
        return questions;
    }

    private List<String[]> rows(String file) throws IOException {
        return Files.readAllLines(existing(file)).stream()
                .map(line -> line.split("\t"))
                .filter(row -> row.length >= 2)
                .toList();
    }

    private Path existing(String file) {
        Path path = folder.resolve(file);
        if (!Files.isReadable(path)) {
            throw new BenchException("there is no " + path + ", which the search is measured by");
        }
        return path;
    }
}
