package vn.sotay.platform.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import vn.sotay.api.access.Audience;

class FeedTokenTest {

    private static final UUID GENERATION = UUID.randomUUID();

    @Test
    void isReadAsItWasWritten() {
        Map<Audience, Long> cursors = new HashMap<>();
        cursors.put(Audience.EVERYONE, 0L);
        cursors.put(Audience.EDITORS, 127L);
        cursors.put(Audience.members(UUID.randomUUID()), 128L);
        cursors.put(Audience.leaders(UUID.randomUUID()), 128L);
        cursors.put(Audience.officers(UUID.randomUUID()), Long.MAX_VALUE);
        cursors.put(Audience.member(UUID.randomUUID()), 1_000_000_000_000L);
        FeedToken token = new FeedToken(GENERATION, cursors);
        assertThat(FeedToken.parse(token.text())).contains(token);
        assertThat(token.text()).matches("[A-Za-z0-9_-]+");
    }

    @Test
    void isShortForAMember() {
        Map<Audience, Long> cursors = new HashMap<>();
        cursors.put(Audience.EVERYONE, 4_000_000L);
        cursors.put(Audience.member(UUID.randomUUID()), 4_000_000L);
        for (int level = 0; level < 4; level++) {
            cursors.put(Audience.members(UUID.randomUUID()), 4_000_000L);
        }
        assertThat(new FeedToken(GENERATION, cursors).text()).hasSizeLessThan(150);
    }

    @Test
    void isNothingWhenItIsNoToken() {
        String whole = new FeedToken(GENERATION, Map.of(Audience.member(UUID.randomUUID()), 5L)).text();
        assertThat(FeedToken.parse("")).isEmpty();
        assertThat(FeedToken.parse("no token")).isEmpty();
        assertThat(FeedToken.parse(whole.substring(0, whole.length() - 4))).isEmpty();
        assertThat(FeedToken.parse('B' + whole)).isEmpty();
        assertThat(FeedToken.parse("_" + whole.substring(1))).isEmpty();
        assertThat(FeedToken.parse(whole + "_____________________")).isEmpty();
    }
}
