package vn.sotay.documents;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.store.Saved;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.text.Folding;
import vn.sotay.documents.Document.Paper;
import vn.sotay.documents.Document.Relation;
import vn.sotay.documents.Document.State;
import vn.sotay.documents.Document.Successor;
import vn.sotay.documents.Document.Words;
import vn.sotay.documents.text.Reading;

/** How a document stands in its four tables. */
final class DocumentRows {

    /** Holds for a published document {@code d} that is in force on {@code :today}, as {@link DocumentRules#isInForce} says it. */
    static final String IN_FORCE =
            "(opinions_until is null and (begins is null or begins <= :today) and (expires is null or expires > :today)"
                    + " and not exists (select 1 from document_relation r join document n on n.id = r.document"
                    + " where r.other = d.id and r.kind = 'REPLACES' and n.state = 'PUBLISHED' and n.deleted = false"
                    + " and n.opinions_until is null and (n.begins is null or n.begins <= :today)))";

    private DocumentRows() {}

    static Optional<Saved<Document>> find(Transaction tx, UUID id) {
        return load(tx, List.of(id)).stream().findFirst();
    }

    /** Documents with all that belongs to them, in the order of the ids; those that are deleted are left out. */
    static List<Saved<Document>> load(Transaction tx, List<UUID> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        Map<UUID, List<String>> topics = new HashMap<>();
        Map<UUID, List<Relation>> relations = new HashMap<>();
        Map<UUID, List<Paper>> files = new HashMap<>();
        Map<UUID, List<Successor>> successors = new HashMap<>();
        // the version first: if the rest changes in between, a reader has the newer one with the older version, and its
        // next write is refused
        List<Saved<Document>> bare = of(tx, ids, "select * from document where id in (<ids>) and deleted = false")
                .map(row -> new Saved<>(document(row), row.getColumn("version", Long.class)))
                .list();
        of(tx, ids, "select * from document_topic where document in (<ids>) order by position")
                .map(row -> add(topics, row, "document", row.getColumn("topic", String.class)))
                .list();
        of(tx, ids, "select * from document_relation where document in (<ids>) order by position")
                .map(row -> add(relations, row, "document", relation(row)))
                .list();
        of(tx, ids, "select * from document_file where document in (<ids>) order by position")
                .map(row -> add(files, row, "document", paper(row)))
                .list();
        of(
                        tx,
                        ids,
                        "select r.other as replaced, n.id, n.number, n.title, n.begins from document_relation r"
                                + " join document n on n.id = r.document where r.other in (<ids>)"
                                + " and r.kind = 'REPLACES' and n.state = 'PUBLISHED' and n.deleted = false"
                                + " and n.opinions_until is null order by n.sort_day, n.id")
                .map(row -> add(successors, row, "replaced", successor(row)))
                .list();
        return bare.stream()
                .map(one -> new Saved<>(whole(one.value(), topics, relations, files, successors), one.version()))
                .sorted(Comparator.comparingInt(one -> ids.indexOf(one.value().id())))
                .toList();
    }

    private static Query of(Transaction tx, List<UUID> ids, String sql) {
        return tx.handle()
                .createQuery(sql)
                .bindList("ids", ids.stream().map(UUID::toString).toList());
    }

    private static <T> boolean add(Map<UUID, List<T>> lists, RowView row, String key, T value) {
        return lists.computeIfAbsent(row.getColumn(key, UUID.class), none -> new ArrayList<>())
                .add(value);
    }

    private static Document document(RowView row) {
        return Document.of(
                        row.getColumn("unit", UUID.class),
                        row.getColumn("title", String.class),
                        row.getColumn("kind", Document.Kind.class),
                        row.getColumn("issuer", String.class),
                        row.getColumn("level", Document.Level.class))
                .id(row.getColumn("id", UUID.class))
                .number(row.getColumn("number", String.class))
                .signed(row.getColumn("signed", LocalDate.class))
                .effective(row.getColumn("effective", LocalDate.class))
                .expires(row.getColumn("expires", LocalDate.class))
                .state(row.getColumn("state", State.class))
                .publishedAt(row.getColumn("published_at", Instant.class))
                .changedBy(row.getColumn("changed_by", UUID.class))
                .acknowledge(Boolean.TRUE.equals(row.getColumn("acknowledge", Boolean.class)) ? Boolean.TRUE : null)
                .publishAt(row.getColumn("publish_at", Instant.class))
                .edition(row.getColumn("edition", Integer.class))
                .opinionsUntil(row.getColumn("opinions_until", LocalDate.class))
                .acknowledgeBy(row.getColumn("acknowledge_by", LocalDate.class))
                .build();
    }

    private static Document whole(
            Document bare,
            Map<UUID, List<String>> topics,
            Map<UUID, List<Relation>> relations,
            Map<UUID, List<Paper>> files,
            Map<UUID, List<Successor>> successors) {
        UUID id = bare.id();
        return bare.toBuilder()
                .topics(topics.getOrDefault(id, List.of()))
                .relations(relations.getOrDefault(id, List.of()))
                .files(files.getOrDefault(id, List.of()))
                .replacedBy(successors.getOrDefault(id, List.of()))
                .build();
    }

    private static Relation relation(RowView row) {
        return new Relation(
                row.getColumn("kind", Relation.Kind.class),
                row.getColumn("other", UUID.class),
                row.getColumn("number", String.class));
    }

    static Paper paper(RowView row) {
        return new Paper(
                row.getColumn("file", String.class),
                row.getColumn("name", String.class),
                row.getColumn("type", String.class),
                row.getColumn("size", Long.class),
                words(row));
    }

    private static @Nullable Words words(RowView row) {
        Reading reading = row.getColumn("reading", Reading.class);
        return reading == null
                ? null
                : new Words(
                        reading,
                        row.getColumn("text_file", String.class),
                        row.getColumn("text_size", Long.class),
                        row.getColumn("text_by", Words.By.class));
    }

    private static Successor successor(RowView row) {
        return new Successor(
                row.getColumn("id", UUID.class),
                row.getColumn("number", String.class),
                row.getColumn("title", String.class),
                row.getColumn("begins", LocalDate.class));
    }

    /** By what a list is ordered. */
    static Map<UUID, String> sortDays(Transaction tx, List<UUID> ids) {
        Map<UUID, String> days = new HashMap<>();
        if (!ids.isEmpty()) {
            of(tx, ids, "select id, sort_day from document where id in (<ids>)")
                    .map(row -> days.put(row.getColumn("id", UUID.class), row.getColumn("sort_day", String.class)))
                    .list();
        }
        return days;
    }

    /** @param today for a document of which it is not known when it was signed */
    static void write(Transaction tx, UUID id, Document body, UUID account, LocalDate today, boolean isNew) {
        LocalDate signed = body.signed();
        tx.handle()
                .createUpdate(
                        isNew
                                ? "insert into document (id, unit, number, number_key, title, kind, issuer, level,"
                                        + " signed, effective, expires, begins, sort_day, state, changed_by, acknowledge, publish_at, opinions_until,"
                                        + " acknowledge_by, version, deleted)"
                                        + " values (:document, :unit, :number, :numberKey, :title, :kind, :issuer, :level,"
                                        + " :signed, :effective, :expires, :begins, :sortDay, 'DRAFT', :account, :asks, :publishAt,"
                                        + " :opinionsUntil, :askedUntil, 1, false)"
                                : "update document set number = :number, number_key = :numberKey, title = :title,"
                                        + " kind = :kind, issuer = :issuer, level = :level, signed = :signed,"
                                        + " effective = :effective, expires = :expires, begins = :begins,"
                                        + " sort_day = :sortDay, changed_by = :account, acknowledge = :asks,"
                                        + " publish_at = :publishAt, opinions_until = :opinionsUntil, acknowledge_by = :askedUntil, version = version + 1"
                                        + " where id = :document")
                .bindMethods(body)
                .bind("document", id)
                .bind("numberKey", DocumentRules.numberKey(body.number()))
                .bind("begins", body.begins())
                .bind("sortDay", signed == null ? today : signed)
                .bind("account", account)
                .bind("asks", body.asks())
                .bind("askedUntil", body.asks() ? body.acknowledgeBy() : null)
                .execute();
    }

    static void writeParts(Transaction tx, UUID id, List<String> topics, List<Relation> relations, List<Paper> papers) {
        Handle handle = tx.handle();
        handle.execute("delete from document_topic where document = ?", id);
        handle.execute("delete from document_relation where document = ?", id);
        handle.execute("delete from document_file where document = ?", id);
        for (int i = 0; i < topics.size(); i++) {
            handle.execute(
                    "insert into document_topic (document, position, topic, folded) values (?, ?, ?, ?)",
                    id,
                    i,
                    topics.get(i),
                    Folding.fold(topics.get(i)));
        }
        for (int i = 0; i < relations.size(); i++) {
            Relation relation = relations.get(i);
            handle.createUpdate("insert into document_relation (document, position, kind, other, number)"
                            + " values (:document, :position, :kind, :other, :number)")
                    .bind("document", id)
                    .bind("position", i)
                    .bind("kind", relation.kind())
                    .bind("other", relation.document())
                    .bind("number", relation.number())
                    .execute();
        }
        for (int i = 0; i < papers.size(); i++) {
            Paper paper = papers.get(i);
            Words words = paper.text();
            handle.execute(
                    "insert into document_file (document, position, file, name, type, size, reading, text_file, text_size, text_by)"
                            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    id,
                    i,
                    paper.file(),
                    paper.name(),
                    paper.type(),
                    paper.size(),
                    words == null ? null : words.reading().name(),
                    words == null ? null : words.file(),
                    words == null ? null : words.size(),
                    words == null || words.by() == null ? null : words.by().name());
        }
    }

    /** What a document knows of the texts of its files, by their hashes. */
    static Map<String, Words> words(Transaction tx, UUID id) {
        Map<String, Words> known = new HashMap<>();
        of(tx, List.of(id), "select * from document_file where document in (<ids>) and reading is not null")
                .map(DocumentRows::paper)
                .list()
                .forEach(paper -> known.put(paper.file(), Objects.requireNonNull(paper.text())));
        return known;
    }

    /** Files whose text nobody has looked for to the end: from before there were texts, or from before a stop. */
    static List<Paper> unread(Transaction tx) {
        return tx.handle()
                .createQuery("select * from document_file where reading is null or reading = 'WAITS'")
                .reduceRows((Map<String, Paper> found, RowView row) -> {
                    Paper paper = paper(row);
                    found.putIfAbsent(paper.file(), paper);
                })
                .toList();
    }

    /** The documents, in order, that wait for the text of a file. */
    static List<UUID> waiting(Transaction tx, String file) {
        return tx.handle()
                .createQuery("select distinct document from document_file where file = :file"
                        + " and (reading is null or reading = 'WAITS') order by document")
                .bind("file", file)
                .mapTo(UUID.class)
                .list();
    }

    /** The documents, in order, that have a scan whose letters nobody has written yet. */
    static List<UUID> scanned(Transaction tx, String file) {
        return tx.handle()
                .createQuery("select distinct document from document_file where file = :file and reading = 'PICTURES'"
                        + " and (text_by is null or text_by <> 'EDITOR') order by document")
                .bind("file", file)
                .mapTo(UUID.class)
                .list();
    }

    static void writeWords(Transaction tx, UUID id, String file, Words words) {
        tx.handle()
                .execute(
                        "update document_file set reading = ?, text_file = ?, text_size = ?, text_by = ? where document = ? and file = ?",
                        words.reading().name(),
                        words.file(),
                        words.size(),
                        words.by() == null ? null : words.by().name(),
                        id,
                        file);
    }

    static boolean wasDeleted(Transaction tx, UUID id) {
        return tx.handle()
                .createQuery("select id from document where id = :id and deleted = true")
                .bind("id", id)
                .mapTo(String.class)
                .findFirst()
                .isPresent();
    }

    /** Whether another document of this issuer has this number. */
    static boolean isTaken(Transaction tx, UUID id, String numberKey, String issuer) {
        return tx
                .handle()
                .createQuery("select issuer from document where number_key = :key and deleted = false and id <> :id")
                .bind("key", numberKey)
                .bind("id", id)
                .mapTo(String.class)
                .stream()
                .anyMatch(other -> Folding.fold(other).equals(Folding.fold(issuer)));
    }

    /** Whether there is such a document, or was one that is deleted. */
    static boolean isKnown(Transaction tx, UUID id) {
        return tx.handle()
                .createQuery("select id from document where id = :id")
                .bind("id", id)
                .mapTo(String.class)
                .findFirst()
                .isPresent();
    }

    /** Documents of this number, whoever has issued them. */
    static List<Document> withNumber(Transaction tx, String numberKey) {
        List<UUID> ids = tx.handle()
                .createQuery("select id from document where number_key = :key and deleted = false order by id")
                .bind("key", numberKey)
                .mapTo(UUID.class)
                .list();
        return load(tx, ids).stream().map(Saved::value).toList();
    }

    /** Another document that has this very file. */
    static Optional<Document> withFile(Transaction tx, String sha256, UUID id) {
        List<UUID> ids = tx.handle()
                .createQuery("select document from document_file where file = :file and document <> :id"
                        + " order by document fetch first 1 rows only")
                .bind("file", sha256)
                .bind("id", id)
                .mapTo(UUID.class)
                .list();
        return load(tx, ids).stream().map(Saved::value).findFirst();
    }
}
