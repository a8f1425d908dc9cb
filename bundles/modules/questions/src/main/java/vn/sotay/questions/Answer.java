package vn.sotay.questions;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.http.Range;
import vn.sotay.api.http.Text;
import vn.sotay.api.store.Sensitive;

/**
 * An answer, in plain paragraphs. What bears {@code @Nullable} is set by the server.
 *
 * @param citations what it rests on
 * @param writtenBy the account that wrote it, whom four eyes leave out; told to the team alone
 * @param releasedAt when somebody else released it; null while it waits for that
 * @param stale whether something that it rests on is in force no longer
 */
public record Answer(
        @Sensitive @Text(max = 6000, lines = true) String text,
        @Range(max = 20) List<Citation> citations,
        @Nullable UUID writtenBy,
        @Nullable Instant writtenAt,
        @Nullable Instant releasedAt,
        @Nullable Boolean stale) {

    /** As those have it who are not of the team. */
    Answer forAsker() {
        return new Answer(text, citations, null, null, releasedAt, stale);
    }
}
