package vn.sotay.documents;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.change.ChangeType;
import vn.sotay.api.http.Text;

/**
 * What a member thinks of a paragraph of a draft, or of all of it. It is of the edition that was read, and quotes the paragraph as it was
 * there. What the server sets is not looked at when a client sends it.
 *
 * @param edition of the document, as the member read it
 * @param anchor of the paragraph, see {@link Paragraphs}; {@link #WHOLE} for the draft as a whole
 * @param text needed but for who agrees
 * @param wording what should stand there instead
 * @param member whose it is; the server's
 * @param memberName for the leaders of its cell alone; the server's
 * @param title of the document; the server's
 * @param quote the paragraph as it was in that edition; null for the draft as a whole; the server's
 * @param at when it was last written; the server's
 */
public record Opinion(
        @Nullable UUID id,
        @Nullable UUID document,
        int edition,
        @Text(max = 100, pattern = "[a-zđ0-9-]+") String anchor,
        Stance stance,
        @Nullable @Text(max = 4000, min = 0, lines = true) String text,
        @Nullable @Text(max = 4000, min = 0, lines = true) String wording,
        @Nullable UUID member,
        @Nullable @Text(max = 200) String memberName,
        @Nullable String title,
        @Nullable String quote,
        @Nullable Instant at) {

    static final ChangeType<Opinion> TYPE = new ChangeType<>("document-opinion", Opinion.class);

    /** The anchor of the draft as a whole. */
    static final String WHOLE = "all";

    /** How it stands to what is written. */
    public enum Stance {
        AGREE,
        AMEND,
        AGAINST
    }
}
