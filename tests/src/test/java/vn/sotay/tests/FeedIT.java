package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import vn.sotay.testkit.Sotay;

/** Eight follow over HTTP while eighteen write: each ends with exactly what is there. */
class FeedIT {

    private static final int SECONDS = Faults.times("sotay.seconds", 5, 60);
    private static final int TIMES_SIX_WRITERS = 3;

    private record Reader(String login, Follower follower) {}

    @Test
    void noReaderMissesAChangeOrSeesOneOutOfOrder() {
        try (Sotay sotay = Sotay.start(Sotay.prepared())) {
            List<Reader> readers = new ArrayList<>();
            for (String login : List.of("secretary", "secretary", "secretary", "fisherman", "fisherman", "member")) {
                readers.add(new Reader(login, Follower.start(sotay, login, readers.size() % 3)));
            }
            List<Writers> all = new ArrayList<>();
            for (int i = 0; i < TIMES_SIX_WRITERS; i++) {
                all.add(Writers.start(sotay));
            }
            for (String login : List.of("secretary", "fisherman")) {
                readers.add(new Reader(login, Follower.start(sotay, login, 5)));
            }
            Faults.pause(SECONDS * 1000L);
            all.forEach(Writers::finish);
            readers.forEach(reader -> reader.follower().finish());
            for (Writers writers : all) {
                assertThat(writers.acknowledged()).isGreaterThan(50);
                writers.verify(readers.get(0).follower());
                writers.close();
            }
            for (Reader reader : readers) {
                reader.follower().verify(sotay, reader.login());
                assertThat(reader.follower().pages()).isGreaterThan(3);
            }
            assertThat(sotay.output()).doesNotContain("\tat ");
        }
    }
}
