package vn.sotay.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import vn.sotay.api.access.Audience;
import vn.sotay.api.access.Mandate;
import vn.sotay.api.http.Reply;
import vn.sotay.platform.http.KeptReplies.Question;

/** A reply is given again until what it was made from has changed, and never to anybody else. */
class KeptRepliesTest {

    private static final Audience LEADERS = Audience.leaders(UUID.randomUUID());
    private static final Question QUESTION =
            new Question("members", "/api/members?unit=1", UUID.randomUUID(), List.of());

    private final Map<Audience, Long> heads = new HashMap<>();
    private final KeptReplies kept = new KeptReplies(heads::get);
    private int reads;

    private String ask(Question question) {
        Reply reply = kept.reply(question, Set.of(LEADERS), () -> ("reading " + ++reads).getBytes());
        return new String((byte[]) reply.body(), StandardCharsets.UTF_8);
    }

    @Test
    void isGivenAgainWhileNothingChanges() {
        assertThat(ask(QUESTION)).isEqualTo("reading 1");
        assertThat(ask(QUESTION)).isEqualTo("reading 1");
    }

    @Test
    void isReadAgainAfterACommit() {
        ask(QUESTION);
        heads.put(LEADERS, 7L);

        assertThat(ask(QUESTION)).isEqualTo("reading 2");
        assertThat(ask(QUESTION)).isEqualTo("reading 2");
    }

    @Test
    void aCommitDuringTheReadingIsNotMissed() {
        kept.reply(QUESTION, Set.of(LEADERS), () -> {
            heads.put(LEADERS, 7L);
            return "perhaps without it".getBytes();
        });

        assertThat(ask(QUESTION)).isEqualTo("reading 1");
    }

    @Test
    void isNobodyElses() {
        ask(QUESTION);

        assertThat(ask(new Question("members", QUESTION.pathAndQuery(), UUID.randomUUID(), List.of())))
                .isEqualTo("reading 2");
        assertThat(ask(new Question("members", "/api/members?unit=2", QUESTION.account(), List.of())))
                .isEqualTo("reading 3");
    }

    @Test
    void anotherMandateIsAnotherQuestion() {
        ask(QUESTION);
        Mandate mandate = new Mandate("OFFICER", UUID.randomUUID(), LocalDate.EPOCH, null);

        assertThat(ask(new Question("members", QUESTION.pathAndQuery(), QUESTION.account(), List.of(mandate))))
                .isEqualTo("reading 2");
    }

    @Test
    void theTagIsThatOfTheContent() {
        Reply one = kept.reply(QUESTION, Set.of(LEADERS), "same"::getBytes);
        kept.forget("members");
        Reply again = kept.reply(QUESTION, Set.of(LEADERS), "same"::getBytes);
        heads.put(LEADERS, 1L);
        Reply other = kept.reply(QUESTION, Set.of(LEADERS), "other"::getBytes);

        assertThat(again.headers()).isEqualTo(one.headers()).containsKey("ETag");
        assertThat(other.headers()).isNotEqualTo(one.headers());
    }

    @Test
    void whatWasAskedForLongestAgoGoesFirst() {
        byte[] large = new byte[200 * 1024];
        ask(QUESTION);
        for (int i = 0; i < 100; i++) {
            kept.reply(new Question("members", "/" + i, QUESTION.account(), List.of()), Set.of(LEADERS), () -> large);
        }

        assertThat(ask(QUESTION)).isEqualTo("reading 2");
        assertThat(kept.reply(
                                new Question("members", "/99", QUESTION.account(), List.of()),
                                Set.of(LEADERS),
                                () -> new byte[0])
                        .body())
                .isSameAs(large);
    }
}
