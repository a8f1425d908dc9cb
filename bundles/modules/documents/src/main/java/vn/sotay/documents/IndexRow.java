package vn.sotay.documents;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.job.Finding;

/**
 * What a line of a folder's index says of a document.
 *
 * @param line of the index, the first is 1
 * @param files paths within the folder
 * @param kind null only where {@code refused} says why, as of {@code level}
 * @param audience code of the unit whose members it is for; null for the importing editor's
 * @param replaces numbers of documents
 * @param others what it has to do with documents that need not be in the library, by their numbers
 * @param refused what of the line cannot be taken; empty if all can
 */
record IndexRow(
        int line,
        List<String> files,
        @Nullable String number,
        String title,
        Document.@Nullable Kind kind,
        String issuer,
        Document.@Nullable Level level,
        @Nullable LocalDate signed,
        @Nullable LocalDate effective,
        @Nullable LocalDate expires,
        List<String> topics,
        @Nullable String audience,
        List<String> replaces,
        List<Document.Relation> others,
        List<Finding> refused) {

    /** As a document, without what only the library knows. */
    Document document(java.util.UUID unit, List<Document.Relation> relations, List<Document.Paper> papers) {
        if (kind == null || level == null) {
            throw new IllegalStateException("line " + line + " was refused");
        }
        return Document.of(unit, title, kind, issuer, level)
                .number(number)
                .signed(signed)
                .effective(effective)
                .expires(expires)
                .topics(topics)
                .relations(relations)
                .files(papers)
                .build();
    }
}
