package vn.sotay.questions;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.change.ChangeType;
import vn.sotay.api.http.Text;

/**
 * A question with its answer in the knowledge base: no name, no cell. An editor writes {@code text}, the rest is the server's.
 *
 * @param text the question as it is published
 * @param answer as it was released
 * @param unit for the members of this unit and of all below it
 * @param topic null if it has none
 * @param stale whether something that the answer rests on is in force no longer
 */
public record Entry(
        @Nullable UUID id,
        @Text(max = 4000, lines = true) String text,
        @Nullable @Text(max = 6000, lines = true) String answer,
        @Nullable UUID unit,
        @Nullable UUID topic,
        @Nullable List<Citation> citations,
        @Nullable Instant publishedAt,
        @Nullable Boolean stale) {

    static final ChangeType<Entry> TYPE = new ChangeType<>("question-entry", Entry.class);
}
