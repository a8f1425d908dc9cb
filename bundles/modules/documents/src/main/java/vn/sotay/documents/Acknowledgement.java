package vn.sotay.documents;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.change.ChangeType;

/**
 * That a member has read and understood a document (đã đọc, đã hiểu). Each member says so for itself.
 *
 * @param member who says so; in a body it may be left out
 * @param edition of the document, as the member read it: a newer one asks anew
 * @param at when it reached the server; in a body it may be left out
 */
public record Acknowledgement(
        @Nullable UUID document,
        @Nullable UUID member,
        int edition,
        @Nullable Instant at) {

    static final ChangeType<Acknowledgement> TYPE = new ChangeType<>("document-acknowledgement", Acknowledgement.class);
}
