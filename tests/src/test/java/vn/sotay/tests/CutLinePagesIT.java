package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import vn.sotay.testkit.Client;
import vn.sotay.testkit.Sotay;

/** A phone with one bar: the line is cut in the middle of requests and answers, and what is written arrives once and in its order. */
@PageTest
class CutLinePagesIT {

    private static final int CUTS = 50;

    /** A request or an answer of the outbox, with its heads, has fewer bytes. */
    private static final int MOST_BYTES = 1_500;

    /** Writes an opinion as a page does; the line may be cut meanwhile. */
    private static final String WRITE = """
            const [path, text] = arguments;
            return import(document.querySelector('script[src$="main.js"]').src.replace('main.js', 'outbox.js'))
                .then(({write}) => write('PUT', path, {stance: 'OTHER', text}, {title: text}))
                .then(outcome => outcome.waiting);
            """;

    @Test
    void nothingIsLostAndNothingDoubled() throws Exception {
        try (Sotay sotay = Sotay.start(Sotay.prepared());
                CutLine line = new CutLine(sotay.url());
                Browser phone = Browser.at(line.url())) {
            phone.signIn("fisherman", true);
            phone.read("Đã cập nhật");
            Client secretary = sotay.as("secretary");
            JsonNode meeting = coming(secretary);
            String opinions = "/api/meetings/" + meeting.path("id").asText() + "/items/"
                    + meeting.at("/items/0/id").asText() + "/opinions";
            Random random = new Random(6);
            List<String> written = new ArrayList<>();
            String edited = "01a20000-0000-7000-8000-00000000ffff";
            for (int i = 0; i < CUTS; i++) {
                line.cutAfter(random.nextInt(1, MOST_BYTES), random.nextInt(1, MOST_BYTES));
                String text = String.format("Từ biển %02d", i);
                phone.run(WRITE, opinions + "/01a20000-0000-7000-8000-" + String.format("%012x", i), text);
                written.add(text);
                phone.run(WRITE, opinions + '/' + edited, "Sửa lần " + i);
            }
            line.cutAfter(Long.MAX_VALUE, Long.MAX_VALUE);
            phone.until("all sent", () -> (Boolean) phone.run("""
                    return import(document.querySelector('script[src$="main.js"]').src.replace('main.js', 'outbox.js'))
                        .then(({flush, waiting}) => flush().then(() => waiting.value.length === 0));
                    """));

            assertThat(line.cuts()).isGreaterThan(CUTS / 2);
            List<JsonNode> own = new ArrayList<>();
            String me =
                    sotay.as("fisherman").get("/api/me").json().at("/member/id").asText();
            secretary
                    .get(opinions + "?limit=500")
                    .expect(200)
                    .json()
                    .path("items")
                    .forEach(own::add);
            own.removeIf(one -> !one.path("member").asText().equals(me)
                    || !one.path("id").asText().startsWith("01a20000"));
            own.sort(Comparator.comparing(one -> Instant.parse(one.path("at").asText())));
            assertThat(own)
                    .filteredOn(one -> !one.path("id").asText().equals(edited))
                    .extracting(one -> one.path("text").asText())
                    .as("each once, in the order in which they were written")
                    .isEqualTo(written);
            assertThat(own)
                    .filteredOn(one -> one.path("id").asText().equals(edited))
                    .singleElement()
                    .satisfies(one -> assertThat(one.path("text").asText()).isEqualTo("Sửa lần " + (CUTS - 1)));
            for (JsonNode one : own) {
                if (!one.path("id").asText().equals(edited)) {
                    assertThat(secretary
                                    .get(opinions + '/' + one.path("id").asText())
                                    .expect(200)
                                    .header("ETag"))
                            .as("written once: " + one.path("text").asText())
                            .isEqualTo("\"1\"");
                }
            }
            phone.read("Đã cập nhật");
            phone.console();
        }
    }

    private static JsonNode coming(Client client) {
        for (JsonNode one : client.get("/api/meetings").expect(200).json().path("items")) {
            if (!one.path("state").asText().equals("CLOSED")) {
                return one;
            }
        }
        throw new AssertionError("there is no meeting to come");
    }
}
