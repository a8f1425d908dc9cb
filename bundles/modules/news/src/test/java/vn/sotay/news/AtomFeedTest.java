package vn.sotay.news;

import static org.assertj.core.api.Assertions.assertThat;

import com.rometools.rome.feed.synd.SyndEntry;
import com.rometools.rome.feed.synd.SyndFeed;
import com.rometools.rome.io.SyndFeedInput;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import vn.sotay.news.News.Target;
import vn.sotay.news.text.NewsText;

/** The feed as somebody else's reader takes it. */
class AtomFeedTest {

    private static final UUID PROVINCE = new UUID(0, 1);
    private static final Instant THEN = Instant.parse("2026-11-28T01:00:00Z");

    private static News news(UUID id, String title, String text) {
        return new News(
                id,
                PROVINCE,
                new Target(PROVINCE, Target.To.MEMBERS, null),
                title,
                "Tóm & tắt <b>",
                null,
                List.of(),
                null,
                null,
                null,
                null,
                News.State.PUBLISHED,
                NewsText.read(text).blocks(),
                "Trung ương",
                THEN,
                null,
                1,
                null);
    }

    private static SyndFeed read(byte[] feed) throws Exception {
        return new SyndFeedInput().build(new InputStreamReader(new ByteArrayInputStream(feed), StandardCharsets.UTF_8));
    }

    private static byte[] feed(List<News> news) {
        return AtomFeed.write(
                "https://sotay.example",
                "https://sotay.example/api/news/feed/x",
                PROVINCE,
                "Tỉnh",
                news,
                Instant.EPOCH);
    }

    @Test
    void isReadByOthers() throws Exception {
        UUID id = new UUID(0, 9);
        SyndFeed feed = read(
                feed(
                        List.of(
                                news(
                                        id,
                                        "Bão <script>alert(1)</script> & gió",
                                        "## Việc\n\n- **một** [xem](/meetings)\n\n1. hai\n\n> lời\n\n<script>evil()</script>\n\na\u0000\u000b\ud800b"))));

        assertThat(feed.getFeedType()).isEqualTo("atom_1.0");
        assertThat(feed.getTitle()).isEqualTo("Tỉnh");
        assertThat(feed.getUri()).isEqualTo("urn:uuid:" + PROVINCE);
        assertThat(feed.getPublishedDate()).isEqualTo(java.util.Date.from(THEN));
        SyndEntry entry = feed.getEntries().get(0);
        assertThat(entry.getUri()).isEqualTo("urn:uuid:" + id);
        assertThat(entry.getTitle()).isEqualTo("Bão <script>alert(1)</script> & gió");
        assertThat(entry.getLink()).isEqualTo("https://sotay.example/news/" + id);
        assertThat(entry.getDescription().getValue()).isEqualTo("Tóm & tắt <b>");
        assertThat(entry.getAuthor()).isEqualTo("Trung ương");
        String content = entry.getContents().get(0).getValue();
        assertThat(content)
                .contains("<h2", "<strong", "https://sotay.example/meetings", "<blockquote", "evil()")
                .doesNotContain("<script");
    }

    @Test
    void withoutNewsItIsAFeedAsWell() throws Exception {
        assertThat(read(feed(List.of())).getEntries()).isEmpty();
    }
}
