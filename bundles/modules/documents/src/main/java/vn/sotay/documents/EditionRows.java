package vn.sotay.documents;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.result.RowView;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.store.Transaction;
import vn.sotay.documents.Document.Paper;
import vn.sotay.documents.Document.Relation;
import vn.sotay.documents.Document.Words;
import vn.sotay.documents.text.Reading;

/** The editions of documents in their table: written once each, and read as a whole, so their lists are lines of text. */
final class EditionRows {

    /** Holder of an edition's files. */
    static final String HOLDER = "document-edition";

    private static final String NONE = "-";

    /** Where in a file's line it begins what came of looking for its text. */
    private static final int TEXT = 4;

    private EditionRows() {}

    /** @param document as it has just been published */
    static void insert(Transaction tx, Document document) {
        tx.handle()
                .createUpdate(
                        "insert into document_edition (document, edition, published_at, number, title, kind, issuer,"
                                + " level, signed, effective, expires, topics, relations, files, opinions_until) values (:id, :edition,"
                                + " :publishedAt, :number, :title, :kind, :issuer, :level, :signed, :effective, :expires,"
                                + " :topicLines, :relationLines, :fileLines, :opinionsUntil)")
                .bindMethods(document)
                .bind(
                        "topicLines",
                        document.topics().stream().map(EditionRows::flat).collect(Collectors.joining("\n")))
                .bind(
                        "relationLines",
                        document.relations().stream()
                                .map(one -> line(one.kind(), one.document(), one.number()))
                                .collect(Collectors.joining("\n")))
                .bind(
                        "fileLines",
                        document.files().stream().map(EditionRows::line).collect(Collectors.joining("\n")))
                .execute();
    }

    private static String line(Paper paper) {
        Words words = paper.text();
        return words == null
                ? line(paper.file(), paper.name(), paper.type(), paper.size())
                : line(
                        paper.file(),
                        paper.name(),
                        paper.type(),
                        paper.size(),
                        words.reading(),
                        words.file(),
                        words.size(),
                        words.by());
    }

    private static String line(@Nullable Object... cells) {
        return Stream.of(cells)
                .map(cell -> cell == null ? NONE : flat(cell.toString()))
                .collect(Collectors.joining("\t"));
    }

    private static String flat(String text) {
        return text.replace('\t', ' ').replace('\n', ' ');
    }

    /** The newest first. */
    static List<Edition> of(Transaction tx, Document document) {
        return tx.handle()
                .createQuery("select * from document_edition where document = :id order by edition desc")
                .bind("id", document.id())
                .map(row -> edition(row, document))
                .list();
    }

    private static Edition edition(RowView row, Document now) {
        int number = row.getColumn("edition", Integer.class);
        Instant publishedAt = row.getColumn("published_at", Instant.class);
        Document document = Document.of(
                        now.unit(),
                        row.getColumn("title", String.class),
                        row.getColumn("kind", Document.Kind.class),
                        row.getColumn("issuer", String.class),
                        row.getColumn("level", Document.Level.class))
                .id(now.id())
                .number(row.getColumn("number", String.class))
                .signed(row.getColumn("signed", LocalDate.class))
                .effective(row.getColumn("effective", LocalDate.class))
                .expires(row.getColumn("expires", LocalDate.class))
                .topics(lines(row, "topics").toList())
                .relations(lines(row, "relations").map(EditionRows::relation).toList())
                .files(lines(row, "files").map(EditionRows::paper).toList())
                .state(Document.State.PUBLISHED)
                .publishedAt(publishedAt)
                .edition(number)
                .opinionsUntil(row.getColumn("opinions_until", LocalDate.class))
                .build();
        return new Edition(number, publishedAt, document);
    }

    private static Stream<String> lines(RowView row, String column) {
        return Objects.requireNonNull(row.getColumn(column, String.class)).lines();
    }

    private static Relation relation(String line) {
        String[] cells = line.split("\t", -1);
        return new Relation(
                Relation.Kind.valueOf(cells[0]),
                cells[1].equals(NONE) ? null : UUID.fromString(cells[1]),
                cells[2].equals(NONE) ? null : cells[2]);
    }

    private static Paper paper(String line) {
        String[] cells = line.split("\t", -1);
        return new Paper(cells[0], cells[1], cells[2], Long.valueOf(cells[3]), words(cells));
    }

    /** Null for an edition from before texts were kept with it. */
    private static @Nullable Words words(String[] cells) {
        if (cells.length <= TEXT) {
            return null;
        }
        boolean has = !cells[TEXT + 1].equals(NONE);
        boolean isRead = cells.length > TEXT + 3 && !cells[TEXT + 3].equals(NONE);
        return new Words(
                Reading.valueOf(cells[TEXT]),
                has ? cells[TEXT + 1] : null,
                has ? Long.valueOf(cells[TEXT + 2]) : null,
                isRead ? Words.By.valueOf(cells[TEXT + 3]) : null);
    }

    /** Under which its files are held. */
    static UUID holder(UUID document, int edition) {
        return UUID.nameUUIDFromBytes((document + "/" + edition).getBytes(StandardCharsets.UTF_8));
    }

    static void delete(Transaction tx, UUID document) {
        tx.handle().execute("delete from document_edition where document = ?", document);
    }
}
