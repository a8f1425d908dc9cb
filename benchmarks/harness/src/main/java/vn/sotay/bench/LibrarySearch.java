package vn.sotay.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import vn.sotay.bench.Retrieval.Article;
import vn.sotay.testkit.Client;

/**
 * A Sotay whose library is a collection of articles: each is a document that one editor has sent and another has approved, over HTTP, and
 * is found as a member finds it, by {@code GET /api/search}. Not thread-safe.
 */
final class LibrarySearch implements AutoCloseable {

    private static final long PATIENCE_NANOS = 600_000_000_000L;
    private static final String DOCUMENTS = "/api/documents/";

    private final SotayProcess sotay;
    private final Wire wire;
    private final String unit;
    private final Map<String, String> ids = new HashMap<>();
    private final double rate;

    /** Starts it with these articles, and waits until the last of them is found. */
    LibrarySearch(Run run, List<Article> articles) throws IOException {
        sotay = SotayProcess.start(run, SotayProcess.Home.of(run, "product", "small", ""));
        wire = new Wire(sotay.port());
        unit = sotay.get("editor", "/api/me").at("/mandates/0/unit").asText();
        // the demo's own would be among the answers
        for (JsonNode there :
                sotay.get("editor", "/api/documents?limit=500&state=PUBLISHED").path("items")) {
            step("editor", there.path("id").asText(), "withdraw");
        }
        long began = System.nanoTime();
        for (Article article : articles) {
            publish(article);
        }
        Article last = articles.get(articles.size() - 1);
        awaitFound(last.law() + ' ' + last.title(), last.id());
        rate = articles.size() * 1e9 / (System.nanoTime() - began);
    }

    /** Documents that were sent, approved by another and found within a second. */
    double rate() {
        return rate;
    }

    /** The ids of the articles that a member is told, the best first. */
    List<String> find(String question, int limit) throws IOException {
        List<String> found = new ArrayList<>();
        Wire.Answer answer = wire.get(
                "/api/search?type=document&limit=" + limit + "&q="
                        + URLEncoder.encode(question, StandardCharsets.UTF_8),
                sotay.token("member"));
        if (answer.status() != 503) {
            for (JsonNode hit :
                    SotayProcess.JSON.readTree(answer.expect(200).body()).path("items")) {
                found.add(ids.getOrDefault(hit.path("id").asText(), ""));
            }
        }
        return found;
    }

    /** Milliseconds from the answer that a document is published until a member finds it, for some more of them. */
    Samples untilFound(int count) throws IOException {
        Samples millis = new Samples();
        for (int i = 0; i < count; i++) {
            // one word that is nowhere else
            String word = "zq" + Integer.toString(1_000_000 + i * 7_919, 36) + "xw";
            publish(new Article("new " + i, "", "1", "Phạm vi điều chỉnh " + word, "Quy định này về " + word + '.'));
            long began = System.nanoTime();
            awaitFound(word, "new " + i);
            millis.add((System.nanoTime() - began) / 1e6);
        }
        return millis;
    }

    private void publish(Article article) throws IOException {
        String id = UUID.nameUUIDFromBytes(article.id().getBytes(StandardCharsets.UTF_8))
                .toString();
        ids.put(id, article.id());
        String text = "## Điều " + article.number() + ". " + article.title() + "\n\n" + article.text() + '\n';
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        String hash = Client.sha256(content);
        wire.sendBytes("PUT", "/api/files/" + hash, sotay.token("editor"), "application/octet-stream", content);
        ObjectNode body = SotayProcess.JSON.createObjectNode();
        body.put("unit", unit)
                .put("title", article.law().isEmpty() ? article.title() : article.law())
                .put("kind", "LAW")
                .put("issuer", "Quốc hội")
                .put("level", "CENTRAL");
        body.putArray("topics");
        body.putArray("relations");
        body.putArray("files").addObject().put("file", hash).put("name", "dieu.md");
        wire.send("PUT", DOCUMENTS + id, sotay.token("editor"), body.toString()).expect(201);
        step("editor", id, "submit");
        step("editor2", id, "approve");
    }

    private void step(String login, String id, String how) throws IOException {
        wire.send("POST", DOCUMENTS + id + '/' + how, sotay.token(login), null).expect(200);
    }

    private void awaitFound(String words, String id) throws IOException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!find(words, 20).contains(id)) {
            if (System.nanoTime() > end) {
                throw new BenchException("what was published was not found: " + words);
            }
            LockSupport.parkNanos(2_000_000);
        }
    }

    @Override
    public void close() throws IOException {
        wire.close();
        sotay.close();
    }
}
