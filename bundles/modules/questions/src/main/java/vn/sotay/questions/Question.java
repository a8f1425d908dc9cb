package vn.sotay.questions;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.change.ChangeType;
import vn.sotay.api.http.Text;
import vn.sotay.api.store.Sensitive;

/**
 * What a member asks. From {@code state} on it is the server's: a client may leave it out or send back what it got.
 *
 * @param topic one of those of {@code GET /api/questions/topics}; null: the asker does not know
 * @param text in the asker's words; null once the asker was deleted
 * @param about the place in a document that it is about
 * @param publishable whether the asker allows that it is published without a name; null for no
 * @param askedAt when it arrived
 * @param due the last day on which the answer is in time; null once nobody has to answer
 * @param team the unit whose team answers
 * @param answer the newest that was released
 * @param published whether it stands in the knowledge base
 * @param useful what the asker says of the answer; null: nothing yet
 * @param desk what the team alone is told
 */
public record Question(
        @Nullable UUID id,
        @Nullable UUID topic,
        @Sensitive @Text(max = 4000, lines = true) String text,
        @Nullable Citation about,
        @Nullable Boolean publishable,
        @Nullable State state,
        @Nullable Instant askedAt,
        @Nullable LocalDate due,
        @Nullable UUID team,
        @Nullable String teamName,
        @Nullable Answer answer,
        @Nullable Boolean published,
        @Nullable Boolean useful,
        @Nullable Desk desk) {

    static final ChangeType<Question> TYPE = new ChangeType<>("question", Question.class);

    /** How far a question has come. */
    public enum State {
        /** Waits for an answer. */
        ASKED,
        /** An answer is written, and waits to be released by somebody else. */
        REVIEW,
        ANSWERED,
        /** The same as another one, with which it is answered. */
        MERGED
    }

    /**
     * What the team alone is told.
     *
     * @param name of the asker
     * @param cell name of the asker's cell
     * @param draft the answer that waits to be released; null if none does
     * @param overdue whether the day has passed by which it was to be answered
     * @param escalated how many levels up it has gone because nobody answered in time
     * @param reopened how often the asker was not content
     * @param mergedInto the question with which it is answered; null if it stands for itself
     */
    public record Desk(
            String name,
            String cell,
            @Nullable Answer draft,
            boolean overdue,
            int escalated,
            int reopened,
            @Nullable UUID mergedInto) {}

    /** Whether the asker allows that it is published. */
    boolean mayBePublished() {
        return Boolean.TRUE.equals(publishable);
    }

    /** What its asker wrote that does not change: two with the same are the same question, sent again. */
    Question words() {
        return new Question(null, topic, text, about, null, null, null, null, null, null, null, null, null, null);
    }

    /** As its asker has it. */
    Question forAsker() {
        return new Question(
                id,
                topic,
                text,
                about,
                publishable,
                // that somebody else has asked the same is nobody's business, nor that an answer waits
                state == State.REVIEW || state == State.MERGED
                        ? (answer == null ? State.ASKED : State.ANSWERED)
                        : state,
                askedAt,
                due,
                team,
                teamName,
                answer == null ? null : answer.forAsker(),
                published,
                useful,
                null);
    }
}
