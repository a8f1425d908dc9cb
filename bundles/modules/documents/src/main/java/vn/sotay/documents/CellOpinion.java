package vn.sotay.documents;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.http.Text;

/**
 * What a cell says of a paragraph of a draft, summed up by its leaders. No person's name is in it.
 *
 * @param anchor in a body it may be left out: it stands in the path
 * @param quote the paragraph as it was in that edition; the server's
 * @param at when it was last written; the server's
 */
public record CellOpinion(
        int edition,
        @Nullable @Text(max = 100, pattern = "[a-zđ0-9-]+") String anchor,
        Opinion.Stance stance,
        @Nullable @Text(max = 4000, min = 0, lines = true) String text,
        @Nullable @Text(max = 4000, min = 0, lines = true) String wording,
        @Nullable String quote,
        @Nullable Instant at) {}
