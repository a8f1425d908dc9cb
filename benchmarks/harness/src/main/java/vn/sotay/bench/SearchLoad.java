package vn.sotay.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import vn.sotay.api.search.SearchDocument;
import vn.sotay.bench.Retrieval.Article;
import vn.sotay.platform.json.Json;
import vn.sotay.platform.search.Ask;
import vn.sotay.platform.search.Entry;
import vn.sotay.platform.search.SearchIndex;

/**
 * How fast the search is with a library: documents that are made of real articles, asked over HTTP with all that a reader is sent, beside
 * a bare query of the same process.
 */
final class SearchLoad {

    private static final int DOCUMENTS = 100_000;
    private static final int QUICK = 2_000;
    private static final int QUESTIONS = 1_000;
    /** One word in so many is. */
    private static final int CHANGED = 5;
    private static final String EVERYONE = "everyone";
    private static final String TYPE = "document";
    private static final LocalDate DAY = LocalDate.of(2026, 1, 1);
    private static final List<String> KINDS = List.of("LAW", "DECREE", "CIRCULAR", "DECISION", "RESOLUTION");

    private final Run run;
    private final Report report;

    SearchLoad(Run run, Report report) {
        this.run = run;
        this.report = report;
    }

    void measure(List<Article> articles, List<String> questions) throws IOException {
        boolean isQuick = run.quick();
        int count = isQuick ? QUICK : DOCUMENTS;
        Random random = new Random(1);
        String[] words = articles.stream().map(Article::text).collect(Collectors.joining(" ")).split("\\s+");
        List<Article> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Article one = articles.get(random.nextInt(articles.size()));
            all.add(new Article("d" + i, i + "/2024/QĐ-UBND", one.number(), one.title(), changed(one.text(), words, random)));
        }
        try (SearchIndex index = SearchIndex.open(run.work().resolve("library"), null);
                PlainIndex plain = new PlainIndex(run.work().resolve("plain-library"), all)) {
            long began = System.nanoTime();
            for (int i = 0; i < count; i++) {
                put(index, i, all.get(i));
            }
            index.refresh();
            report.figure("documents indexed", "/s", one(count * 1e9 / (System.nanoTime() - began)), null);
            report.figure(
                    "one more document until it is found, p50",
                    "ms",
                    one(refreshed(index, all).median()),
                    null);
            compare(index, plain, questions.subList(0, Math.min(questions.size(), isQuick ? 50 : QUESTIONS)));
        }
        report.note(String.format(
                "A library of %,d documents made of those articles, a fifth of the words changed: questions by one client over HTTP in this process, without"
                        + " signing in, ten answers with snippets, counts and suggestion; beside them the bare query.",
                count));
    }

    /** A fifth of the words replaced by others, as often as they come, so that no two documents are the same. */
    private static String changed(String text, String[] words, Random random) {
        String[] changed = text.split(" ");
        for (int i = 0; i < changed.length; i++) {
            if (random.nextInt(CHANGED) == 0) {
                changed[i] = words[random.nextInt(words.length)];
            }
        }
        return String.join(" ", changed);
    }

    private void compare(SearchIndex index, PlainIndex plain, List<String> questions) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> answer(index, exchange));
        server.start();
        try {
            HttpClient client = HttpClient.newHttpClient();
            String base = "http://127.0.0.1:" + server.getAddress().getPort() + "/?q=";
            Samples ours = new Samples();
            Samples bare = new Samples();
            for (int pass = 0; pass < 2; pass++) {
                // the first warms up
                ours = new Samples();
                bare = new Samples();
                for (String question : questions) {
                    URI uri = URI.create(base + URLEncoder.encode(question, StandardCharsets.UTF_8));
                    long began = System.nanoTime();
                    HttpResponse<byte[]> reply =
                            client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofByteArray());
                    ours.add((System.nanoTime() - began) / 1e6);
                    if (reply.statusCode() != 200) {
                        throw new BenchException("the search answered " + reply.statusCode());
                    }
                    long next = System.nanoTime();
                    plain.find(question, 10);
                    bare.add((System.nanoTime() - next) / 1e6);
                }
            }
            for (double part : new double[] {0.5, 0.99}) {
                report.ratio(
                        "library: time of a question over HTTP, p" + Math.round(part * 100),
                        "ms",
                        one(ours.quantile(part)),
                        "bare query",
                        one(bare.quantile(part)),
                        Goal.atMost(1.5));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted");
        } finally {
            server.stop(0);
        }
    }

    private static void answer(SearchIndex index, HttpExchange exchange) throws IOException {
        try (exchange) {
            String words =
                    URLDecoder.decode(exchange.getRequestURI().getRawQuery().substring(2), StandardCharsets.UTF_8);
            byte[] body = Json.mapper()
                    .writeValueAsBytes(
                            index.search(new Ask(words, Set.of(EVERYONE), Set.of(TYPE), Map.of(), DAY, 0, 10)));
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private Samples refreshed(SearchIndex index, List<Article> all) throws IOException {
        Samples millis = new Samples();
        for (int i = 0; i < 20; i++) {
            long began = System.nanoTime();
            put(index, all.size() + i, all.get(i));
            index.refresh();
            millis.add((System.nanoTime() - began) / 1e6);
        }
        return millis;
    }

    private static void put(SearchIndex index, int number, Article article) throws IOException {
        UUID id = new UUID(0, number);
        SearchDocument document = SearchDocument.of(article.title(), "/documents/" + id)
                .number(article.law())
                .text(article.text())
                .kind(KINDS.get(number % KINDS.size()))
                .level("PROVINCE")
                .issuer("Ủy ban nhân dân tỉnh số " + number % 30)
                .force(new SearchDocument.Force(DAY.minusYears(number % 9), number % 5 == 0 ? DAY : null, null))
                .day(DAY.minusDays(number % 3000));
        index.put(TYPE, id, List.of(new Entry(TYPE, id, Set.of(EVERYONE), Set.of(), document)));
    }

    private static Samples one(double value) {
        return Samples.of(List.of(value));
    }
}
