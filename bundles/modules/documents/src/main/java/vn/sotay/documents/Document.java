package vn.sotay.documents;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.change.ChangeType;
import vn.sotay.api.http.Range;
import vn.sotay.api.http.Text;
import vn.sotay.documents.text.Reading;

/**
 * A document of the library. What bears {@code @Nullable} from {@code state} on is set by the server: a client may leave it out or send
 * back what it got, it is not looked at.
 *
 * @param unit for the members of this unit and of all below it; never changes
 * @param number as printed, such as {@code 01-QĐ/TW}; null for a document without one
 * @param issuer who has issued it, in words
 * @param signed the day on which it was signed; null if that is not known
 * @param effective from this day on it is in force; null: from the day on which it was signed
 * @param expires from this day on it is in force no longer; null: until another one replaces it
 * @param topics words by which members browse
 * @param relations to other documents
 * @param files the document itself, in one form or several
 * @param state how far it has come, see {@link DocumentRules#after}
 * @param replacedBy published documents that say they replace this one
 * @param changedBy the account that wrote it last, whom four eyes leave out; told to editors alone
 * @param acknowledge whether its readers are asked to say that they have read and understood it; null for no
 * @param publishAt when it becomes visible, once it is approved; null or past: as soon as it is approved. Told to editors alone
 * @param edition how often it was published, the first time is 1; null if it never was. Set by the server
 * @param opinionsUntil for a draft on which members are asked what they think: the last day of that, in Viet Nam; it is not in force. Null
 *     for what is no such draft
 * @param acknowledgeBy the last day, in Viet Nam, on which its readers should have said that they have read it; null for no such day
 */
public record Document(
        @Nullable UUID id,
        UUID unit,
        @Nullable @Text(max = 100) String number,
        @Text(max = 500) String title,
        Kind kind,
        @Text(max = 200) String issuer,
        Level level,
        @Nullable LocalDate signed,
        @Nullable LocalDate effective,
        @Nullable LocalDate expires,
        @Range(max = 20) @Text(max = 60) List<String> topics,
        @Range(max = 50) List<Relation> relations,
        @Range(max = 20) List<Paper> files,
        @Nullable State state,
        @Nullable List<Successor> replacedBy,
        @Nullable Instant publishedAt,
        @Nullable UUID changedBy,
        @Nullable Boolean acknowledge,
        @Nullable Instant publishAt,
        @Nullable Integer edition,
        @Nullable LocalDate opinionsUntil,
        @Nullable LocalDate acknowledgeBy) {

    static final ChangeType<Document> TYPE = new ChangeType<>("document", Document.class);

    /** What sort of document. */
    public enum Kind {
        RESOLUTION,
        DIRECTIVE,
        REGULATION,
        CONCLUSION,
        DECISION,
        GUIDANCE,
        PLAN,
        PROGRAMME,
        REPORT,
        NOTICE,
        LAW,
        DECREE,
        CIRCULAR,
        OTHER
    }

    /** At which level of the organisation it was issued; {@code SECTOR}: by a ministry or another organisation. */
    public enum Level {
        CENTRAL,
        PROVINCE,
        COMMUNE,
        CELL,
        SECTOR
    }

    /** How far a document has come. */
    public enum State {
        DRAFT,
        REVIEW,
        /** Approved, and waits for its time. */
        APPROVED,
        PUBLISHED
    }

    /**
     * What it has to do with another document.
     *
     * @param document the other one, if it is in the library
     * @param number the other one's number; of one in the library the server sets it
     */
    public record Relation(
            Kind kind,
            @Nullable UUID document,
            @Nullable @Text(max = 100) String number) {

        /** What this document does with the other one. */
        public enum Kind {
            REPLACES,
            AMENDS,
            GUIDES,
            CITES,
            /** For one that is not in the library: what is there says itself that it amends this one. */
            AMENDED_BY,
            /** For one that is not in the library, as {@link #AMENDED_BY}; from the day on which this one expires. */
            REPLACED_BY
        }
    }

    /**
     * A file of the document. The client puts its bytes at {@code /api/files/{sha256}} first; size and type are those of the stored file.
     *
     * @param file SHA-256 of its content
     * @param name as its reader sees it
     * @param text what was found of its text; null until somebody has looked
     */
    public record Paper(
            @Text(max = 64, pattern = "[0-9a-f]{64}") String file,
            @Text(max = 200) String name,
            @Nullable @Text(max = 200) String type,
            @Nullable Long size,
            @Nullable Words text) {

        /** As a client names it. */
        Paper(String file, String name, @Nullable String type, @Nullable Long size) {
            this(file, name, type, size, null);
        }
    }

    /**
     * The text of a file, by which it is read within the page, aloud and without a network, and found.
     *
     * @param reading what came of looking for it
     * @param file SHA-256 of the file at {@code /api/files} that has it, Markdown in UTF-8; that file itself if it is text; null if there
     *     is none
     * @param size bytes of it
     * @param by who has found the letters in pictures; null where the file has them itself
     */
    public record Words(
            Reading reading,
            @Nullable String file,
            @Nullable Long size,
            @Nullable By by) {

        /** Whose reading of a picture a text is. */
        public enum By {
            /** A program's: it may be wrong. */
            MACHINE,
            EDITOR
        }
    }

    /**
     * A document that replaces this one.
     *
     * @param from the day from which on it does
     */
    public record Successor(
            UUID document,
            @Nullable String number,
            String title,
            @Nullable LocalDate from) {}

    /** What an editor has written of it: two documents with the same plan are the same. */
    Document plan() {
        return toBuilder()
                .id(null)
                .relations(relations.stream()
                        .map(one ->
                                new Relation(one.kind(), one.document(), one.document() == null ? one.number() : null))
                        .toList())
                .files(files.stream()
                        .map(one -> new Paper(one.file(), one.name(), null, null))
                        .toList())
                .state(null)
                .replacedBy(null)
                .publishedAt(null)
                .changedBy(null)
                .acknowledge(asks() ? Boolean.TRUE : null)
                .acknowledgeBy(asks() ? acknowledgeBy : null)
                // as it is kept
                .publishAt(publishAt == null ? null : publishAt.truncatedTo(ChronoUnit.MILLIS))
                .edition(null)
                .build();
    }

    /** Whether members are, or were, asked what they think of it: then it is in force on no day. */
    boolean isForOpinions() {
        return opinionsUntil != null;
    }

    /** Whether its readers are asked to acknowledge it. */
    boolean asks() {
        return Boolean.TRUE.equals(acknowledge);
    }

    /** As its readers have it. */
    Document forReaders() {
        return toBuilder().changedBy(null).publishAt(null).build();
    }

    /** From which day on it is in force; null if it always was. */
    @Nullable LocalDate begins() {
        return effective == null ? signed : effective;
    }

    /** A document with these, and with nothing else that it can do without. */
    static Builder of(UUID unit, String title, Kind kind, String issuer, Level level) {
        return new Builder(unit, title, kind, issuer, level);
    }

    /** To change some of it. */
    Builder toBuilder() {
        return of(unit, title, kind, issuer, level)
                .id(id)
                .number(number)
                .signed(signed)
                .effective(effective)
                .expires(expires)
                .topics(topics)
                .relations(relations)
                .files(files)
                .state(state)
                .replacedBy(replacedBy)
                .publishedAt(publishedAt)
                .changedBy(changedBy)
                .acknowledge(acknowledge)
                .publishAt(publishAt)
                .edition(edition)
                .opinionsUntil(opinionsUntil)
                .acknowledgeBy(acknowledgeBy);
    }

    /** Makes a document part by part: it has too many to be told apart by their places. */
    static final class Builder {

        private final UUID unit;
        private final String title;
        private final Kind kind;
        private final String issuer;
        private final Level level;
        private List<String> topics = List.of();
        private List<Relation> relations = List.of();
        private List<Paper> files = List.of();
        private @Nullable UUID id;
        private @Nullable String number;
        private @Nullable LocalDate signed;
        private @Nullable LocalDate effective;
        private @Nullable LocalDate expires;
        private @Nullable State state;
        private @Nullable List<Successor> replacedBy;
        private @Nullable Instant publishedAt;
        private @Nullable UUID changedBy;
        private @Nullable Boolean acknowledge;
        private @Nullable Instant publishAt;
        private @Nullable Integer edition;
        private @Nullable LocalDate opinionsUntil;
        private @Nullable LocalDate acknowledgeBy;

        private Builder(UUID unit, String title, Kind kind, String issuer, Level level) {
            this.unit = unit;
            this.title = title;
            this.kind = kind;
            this.issuer = issuer;
            this.level = level;
        }

        Builder id(@Nullable UUID id) {
            this.id = id;
            return this;
        }

        Builder number(@Nullable String number) {
            this.number = number;
            return this;
        }

        Builder signed(@Nullable LocalDate signed) {
            this.signed = signed;
            return this;
        }

        Builder effective(@Nullable LocalDate effective) {
            this.effective = effective;
            return this;
        }

        Builder expires(@Nullable LocalDate expires) {
            this.expires = expires;
            return this;
        }

        Builder topics(List<String> topics) {
            this.topics = topics;
            return this;
        }

        Builder relations(List<Relation> relations) {
            this.relations = relations;
            return this;
        }

        Builder files(List<Paper> files) {
            this.files = files;
            return this;
        }

        Builder state(@Nullable State state) {
            this.state = state;
            return this;
        }

        Builder replacedBy(@Nullable List<Successor> replacedBy) {
            this.replacedBy = replacedBy;
            return this;
        }

        Builder publishedAt(@Nullable Instant publishedAt) {
            this.publishedAt = publishedAt;
            return this;
        }

        Builder changedBy(@Nullable UUID changedBy) {
            this.changedBy = changedBy;
            return this;
        }

        Builder acknowledge(@Nullable Boolean acknowledge) {
            this.acknowledge = acknowledge;
            return this;
        }

        Builder publishAt(@Nullable Instant publishAt) {
            this.publishAt = publishAt;
            return this;
        }

        Builder edition(@Nullable Integer edition) {
            this.edition = edition;
            return this;
        }

        Builder opinionsUntil(@Nullable LocalDate opinionsUntil) {
            this.opinionsUntil = opinionsUntil;
            return this;
        }

        Builder acknowledgeBy(@Nullable LocalDate acknowledgeBy) {
            this.acknowledgeBy = acknowledgeBy;
            return this;
        }

        Document build() {
            return new Document(
                    id,
                    unit,
                    number,
                    title,
                    kind,
                    issuer,
                    level,
                    signed,
                    effective,
                    expires,
                    topics,
                    relations,
                    files,
                    state,
                    replacedBy,
                    publishedAt,
                    changedBy,
                    acknowledge,
                    publishAt,
                    edition,
                    opinionsUntil,
                    acknowledgeBy);
        }
    }
}
