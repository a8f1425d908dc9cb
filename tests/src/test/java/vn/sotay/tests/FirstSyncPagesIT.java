package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import vn.sotay.testkit.Client;
import vn.sotay.testkit.Sotay;

/**
 * A real browser that crashes at random moments of its first synchronisation. What it kept says that it is whole only when all is there that
 * its reader may see, and is never shown before; where the browser itself has thrown all away, the page says so and the PIN brings it back.
 * {@code -Dsotay.kills=} says how often.
 */
@PageTest
class FirstSyncPagesIT {

    private static final int KILLS = Faults.times("sotay.kills", 4, 200);
    private static final int LONGEST_MS = 4_000;

    /** The feed does not answer. */
    private static final String HOLD = """
            const askOther = window.fetch;
            window.fetch = (...what) => (/\\/api\\/changes/.test(what[0]) ? new Promise(() => {}) : askOther(...what));
            """;

    /** The feed comes in the smallest pages. */
    private static final String SMALL = """
            const askWhole = window.fetch;
            window.fetch = (what, ...more) => askWhole(/\\/api\\/changes/.test(what) && !/wait=/.test(what)
                ? what + (what.includes('?') ? '&' : '?') + 'limit=1' : what, ...more);
            """;

    /** Whether the copy says that it is whole, and which things are not there. */
    private static final String LOOK = """
            const expected = arguments[0];
            return import(document.querySelector('script[src$="main.js"]').src.replace('main.js', 'copy.js'))
                .then(({standing, copy, local}) => local('/api/meetings').then(shown => [
                    standing.value.whole, shown !== null, expected.filter(([type, id]) => copy.one(type, id) === null).map(String),
                    document.querySelector('#gone-way') !== null]));
            """;

    @Test
    void whatIsNotWholeNeverSaysSo() throws Exception {
        try (Sotay sotay = Sotay.start(Sotay.prepared());
                Browser phone = Browser.of(sotay)) {
            List<List<String>> all = all(sotay.as("secretary"));
            assertThat(all).hasSizeGreaterThan(10);
            Random random = new Random(6);
            int whole = 0;
            int half = 0;
            int gone = 0;
            fresh(phone);
            for (int kill = 0; kill < KILLS; kill++) {
                phone.first(SMALL);
                phone.restart();
                phone.begin("/");
                Faults.pause(random.nextInt(LONGEST_MS));
                phone.first(HOLD);
                phone.crash();
                phone.open("/");
                Kept kept = Kept.of(phone, all);
                assertThat(kept.shown()).as("shown only when it is whole").isEqualTo(kept.whole());
                if (kept.whole()) {
                    assertThat(kept.missing()).as("whole after kill " + kill).isEmpty();
                    whole++;
                    fresh(phone);
                } else if (kept.gone()) {
                    // the browser threw all away, and the page has said so; else nothing would ever be kept again
                    gone++;
                    phone.first("");
                    phone.restart();
                    phone.open("/me");
                    phone.type("#again-password", Sotay.PASSWORD);
                    phone.press("#kept-again");
                    phone.read("Những trang bạn đã xem được giữ trên máy này");
                    fresh(phone);
                } else if (kept.missing().size() < all.size()) {
                    half++;
                }
            }
            System.out.printf(
                    "%d crashes of a browser: %d copies whole, %d in between, %d thrown away by the browser%n",
                    KILLS, whole, half, gone);

            phone.first("");
            phone.restart();
            phone.open("/");
            phone.read("Đã cập nhật");
            assertThat(Kept.of(phone, all)).isEqualTo(new Kept(true, true, List.of(), false));
        }
    }

    /** Somebody signs in on a phone that knows nobody, and nothing of the feed comes yet. */
    private static void fresh(Browser phone) {
        phone.first(HOLD);
        phone.restart();
        phone.signIn("secretary", true);
    }

    /** What is on the disk of the phone. */
    private record Kept(boolean whole, boolean shown, List<?> missing, boolean gone) {

        static Kept of(Browser phone, List<List<String>> all) {
            List<?> answer = (List<?>) phone.run(LOOK, all);
            return new Kept(
                    (Boolean) answer.get(0), (Boolean) answer.get(1), (List<?>) answer.get(2), (Boolean) answer.get(3));
        }
    }

    /** All things of which the feed tells, as type and id. */
    private static List<List<String>> all(Client client) {
        Set<List<String>> all = new LinkedHashSet<>();
        String since = "";
        while (true) {
            JsonNode page = client.get("/api/changes" + since).expect(200).json();
            for (JsonNode change : page.path("changes")) {
                List<String> thing =
                        List.of(change.path("type").asText(), change.path("id").asText());
                if (change.path("deleted").asBoolean()) {
                    all.remove(thing);
                } else {
                    all.add(thing);
                }
            }
            if (page.path("complete").asBoolean()) {
                return new ArrayList<>(all);
            }
            since = "?since=" + page.path("token").asText();
        }
    }
}
