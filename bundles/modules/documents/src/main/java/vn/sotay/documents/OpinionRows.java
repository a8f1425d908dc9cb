package vn.sotay.documents;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.result.RowView;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.access.Reach;
import vn.sotay.api.store.Saved;
import vn.sotay.api.store.Seals;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.unit.Unit;
import vn.sotay.documents.Paragraphs.Paragraph;

/** How opinions stand in their tables; what members write is sealed. Thread-safe. */
final class OpinionRows {

    static final String TEXT = "opinion-text";
    static final String WORDING = "opinion-wording";

    private static final String WITH_QUOTE = "select o.*, d.title, p.body as quote from document_opinion o"
            + " join document d on d.id = o.document left join document_paragraph p on p.document = o.document"
            + " and p.edition = o.edition and p.anchor = o.anchor where o.withdrawn = false and ";

    private static final String OF_CELLS = "select o.*, p.body as quote from document_cell_opinion o"
            + " left join document_paragraph p on p.document = o.document and p.edition = o.edition"
            + " and p.anchor = o.anchor where o.document = :document";

    private final Seals seals;

    OpinionRows(Seals seals) {
        this.seals = seals;
    }

    // ---- paragraphs

    static boolean hasParagraphs(Transaction tx, UUID document, int edition) {
        return tx.handle()
                .createQuery("select anchor from document_paragraph where document = :document and edition = :edition"
                        + " fetch first 1 rows only")
                .bind("document", document)
                .bind("edition", edition)
                .mapTo(String.class)
                .findFirst()
                .isPresent();
    }

    /** Whether anybody has said anything of it while it was a draft for opinions. */
    static boolean isKnown(Transaction tx, UUID document) {
        return tx.handle()
                .createQuery("select id from document_opinion where document = :document fetch first 1 rows only")
                .bind("document", document)
                .mapTo(String.class)
                .findFirst()
                .isPresent();
    }

    static void keep(Transaction tx, UUID document, int edition, List<Paragraph> paragraphs) {
        if (paragraphs.isEmpty()) {
            return;
        }
        PreparedBatch batch = tx.handle()
                .prepareBatch("insert into document_paragraph (document, edition, position, anchor, body)"
                        + " values (:document, :edition, :position, :anchor, :body)");
        for (int i = 0; i < paragraphs.size(); i++) {
            batch.bind("document", document)
                    .bind("edition", edition)
                    .bind("position", i)
                    .bind("anchor", paragraphs.get(i).anchor())
                    .bind("body", paragraphs.get(i).text())
                    .add();
        }
        batch.execute();
    }

    static Optional<String> paragraph(Transaction tx, UUID document, int edition, String anchor) {
        return tx.handle()
                .createQuery("select body from document_paragraph where document = :document and edition = :edition"
                        + " and anchor = :anchor")
                .bind("document", document)
                .bind("edition", edition)
                .bind("anchor", anchor)
                .map(row -> row.getColumn("body", String.class))
                .findFirst();
    }

    /** The paragraphs of each edition that is known, in their order. */
    static Map<Integer, List<Paragraph>> paragraphs(Transaction tx, UUID document) {
        Map<Integer, List<Paragraph>> editions = new LinkedHashMap<>();
        tx.handle()
                .createQuery("select edition, anchor, body from document_paragraph where document = :document"
                        + " order by edition, position")
                .bind("document", document)
                .map(row -> editions.computeIfAbsent(row.getColumn("edition", Integer.class), none -> new ArrayList<>())
                        .add(new Paragraph(row.getColumn("anchor", String.class), row.getColumn("body", String.class))))
                .list();
        return editions;
    }

    // ---- what members say

    Optional<Saved<Opinion>> find(Transaction tx, UUID document, UUID id) {
        return tx.handle()
                .createQuery(WITH_QUOTE + "o.id = :id and o.document = :document")
                .bind("id", id)
                .bind("document", document)
                .map(this::opinion)
                .findFirst();
    }

    /** The member's own, of all documents or one, the newest first. */
    List<Opinion> own(Transaction tx, UUID member, @Nullable UUID document, int limit, @Nullable List<String> after) {
        return tx
                .handle()
                .createQuery(WITH_QUOTE + "o.member = :member" + (document == null ? "" : " and o.document = :document")
                        + (after == null ? "" : " and (o.written_at < :time or (o.written_at = :time and o.id < :id))")
                        + " order by o.written_at desc, o.id desc fetch first :rows rows only")
                .bindMap(after == null ? Map.of() : Map.of("time", millis(after), "id", after.get(1)))
                .bindMap(document == null ? Map.of() : Map.of("document", document))
                .bind("member", member)
                .bind("rows", limit)
                .map(this::opinion)
                .stream()
                .map(Saved::value)
                .toList();
    }

    private static long millis(List<String> after) {
        try {
            return Long.parseLong(after.get(0));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** Those of the members of a cell, and of what was merged into it. */
    List<Opinion> ofCell(Transaction tx, UUID document, UUID cell, int limit, @Nullable List<String> after) {
        return tx
                .handle()
                .createQuery(WITH_QUOTE
                        + "o.document = :document and (o.cell = :cell or o.cell in (select id from unit where"
                        + " parent = :cell and closed_at is not null)) and o.id > :after"
                        + " order by o.id fetch first :rows rows only")
                .bind("document", document)
                .bind("cell", cell)
                .bind("after", after == null ? "" : after.get(0))
                .bind("rows", limit)
                .map(this::opinion)
                .stream()
                .map(Saved::value)
                .toList();
    }

    private Saved<Opinion> opinion(RowView row) {
        String id = row.getColumn("id", String.class);
        return new Saved<>(
                new Opinion(
                        UUID.fromString(id),
                        row.getColumn("document", UUID.class),
                        row.getColumn("edition", Integer.class),
                        row.getColumn("anchor", String.class),
                        row.getColumn("stance", Opinion.Stance.class),
                        opened(TEXT, id, row.getColumn("text_sealed", String.class)),
                        opened(WORDING, id, row.getColumn("wording_sealed", String.class)),
                        row.getColumn("member", UUID.class),
                        null,
                        row.getColumn("title", String.class),
                        row.getColumn("quote", String.class),
                        row.getColumn("written_at", Instant.class)),
                row.getColumn("version", Long.class));
    }

    @Nullable String opened(String field, String id, @Nullable String sealed) {
        return sealed == null ? null : seals.open(field, id, sealed);
    }

    void write(Transaction tx, Opinion opinion, UUID cell, long version) {
        String id = String.valueOf(opinion.id());
        tx.handle()
                .createUpdate(
                        version == 1
                                ? "insert into document_opinion (id, document, edition, anchor, member, cell, stance,"
                                        + " text_sealed, wording_sealed, written_at, withdrawn, version) values (:id,"
                                        + " :document, :edition, :anchor, :member, :cell, :stance, :text, :wording,"
                                        + " :at, false, :version)"
                                : "update document_opinion set stance = :stance, cell = :cell, text_sealed = :text,"
                                        + " wording_sealed = :wording, written_at = :at, version = :version where id = :id")
                .bind("id", id)
                .bind("document", opinion.document())
                .bind("edition", opinion.edition())
                .bind("anchor", opinion.anchor())
                .bind("member", opinion.member())
                .bind("cell", cell)
                .bind("stance", opinion.stance())
                .bind("text", sealed(TEXT, id, opinion.text()))
                .bind("wording", sealed(WORDING, id, opinion.wording()))
                .bind("at", opinion.at())
                .bind("version", version)
                .execute();
    }

    private @Nullable String sealed(String field, String id, @Nullable String text) {
        return text == null ? null : seals.seal(field, id, text);
    }

    /** The member's own of that place, if there is one. */
    static Optional<UUID> at(Transaction tx, UUID document, int edition, String anchor, UUID member) {
        return tx.handle()
                .createQuery("select id from document_opinion where document = :document and edition = :edition"
                        + " and anchor = :anchor and member = :member")
                .bind("document", document)
                .bind("edition", edition)
                .bind("anchor", anchor)
                .bind("member", member)
                .mapTo(UUID.class)
                .findFirst();
    }

    /** Whose opinion it is, or was. */
    static Optional<UUID> authorOf(Transaction tx, UUID id) {
        return tx.handle()
                .createQuery("select member from document_opinion where id = :id")
                .bind("id", id)
                .mapTo(UUID.class)
                .findFirst();
    }

    /** Its words are gone, and its id is not used again. */
    static void withdraw(Transaction tx, UUID id, long version) {
        tx.handle()
                .execute(
                        "update document_opinion set withdrawn = true, anchor = id, text_sealed = null,"
                                + " wording_sealed = null, version = ? where id = ?",
                        version,
                        id);
    }

    /** All that was said of a document that is deleted. */
    static void forget(Transaction tx, UUID document) {
        tx.handle()
                .createQuery("select id, version from document_opinion where document = :id and withdrawn = false"
                        + " order by id")
                .bind("id", document)
                .map(row -> new Saved<>(row.getColumn("id", UUID.class), row.getColumn("version", Long.class)))
                .list()
                .forEach(one -> tx.removed(Opinion.TYPE, one.value(), one.version() + 1));
        for (String table :
                List.of("document_opinion", "document_cell_opinion", "document_cell_sent", "document_paragraph")) {
            tx.handle().execute("delete from " + table + " where document = ?", document);
        }
    }

    /**
     * A member's opinion as it is counted.
     *
     * @param says whether it has words
     */
    record Row(String id, int edition, String anchor, UUID member, UUID cell, Opinion.Stance stance, boolean says) {}

    /** Those of the members of a unit and all below it, by edition and time. */
    static List<Row> below(Transaction tx, UUID document, Unit unit) {
        Reach reach = new Reach(List.of(), List.of(unit));
        return tx.handle()
                .createQuery("select id, edition, anchor, member, cell, stance, case when text_sealed is null and"
                        + " wording_sealed is null then 0 else 1 end as says from document_opinion"
                        + " where document = :document and withdrawn = false and " + reach.sql("cell")
                        + " order by edition, written_at, id")
                .bind("document", document)
                .bindMap(reach.binds())
                .map(row -> new Row(
                        row.getColumn("id", String.class),
                        row.getColumn("edition", Integer.class),
                        row.getColumn("anchor", String.class),
                        row.getColumn("member", UUID.class),
                        row.getColumn("cell", UUID.class),
                        row.getColumn("stance", Opinion.Stance.class),
                        row.getColumn("says", Integer.class) == 1))
                .list();
    }

    /** What some opinions say, without whose they are. */
    List<OpinionReport.Said> said(Transaction tx, List<String> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        return tx.handle()
                .createQuery("select id, stance, text_sealed, wording_sealed from document_opinion where id in (<ids>)")
                .bindList("ids", ids)
                .map(row -> {
                    String id = row.getColumn("id", String.class);
                    return new OpinionReport.Said(
                            row.getColumn("stance", Opinion.Stance.class),
                            opened(TEXT, id, row.getColumn("text_sealed", String.class)),
                            opened(WORDING, id, row.getColumn("wording_sealed", String.class)));
                })
                .list();
    }

    /** The anchors of paragraphs of which the members of a cell have said anything, in the order of the draft. */
    static List<String> places(Transaction tx, UUID document, UUID cell) {
        return tx.handle()
                .createQuery("select p.anchor, min(p.position) as place from document_paragraph p where"
                        + " p.document = :document and exists (select 1 from document_opinion o where"
                        + " o.document = p.document and o.edition = p.edition and o.anchor = p.anchor"
                        + " and o.withdrawn = false and (o.cell = :cell or o.cell in (select id from unit where"
                        + " parent = :cell and closed_at is not null))) group by p.anchor order by place, p.anchor")
                .bind("document", document)
                .bind("cell", cell)
                .map(row -> row.getColumn("anchor", String.class))
                .list();
    }

    /** Which of some members have said anything of a document. */
    static Set<UUID> gave(Transaction tx, UUID document, List<UUID> members) {
        if (members.isEmpty()) {
            return Set.of();
        }
        return new HashSet<>(tx.handle()
                .createQuery("select distinct member from document_opinion where document = :document"
                        + " and withdrawn = false and member in (<members>)")
                .bind("document", document)
                .bindList("members", members.stream().map(UUID::toString).toList())
                .mapTo(UUID.class)
                .list());
    }

    // ---- what cells say

    /** What a cell says, in the order of the draft. */
    static List<CellOpinion> ofCell(Transaction tx, UUID document, UUID cell) {
        return tx.handle()
                .createQuery(OF_CELLS + " and o.cell = :cell order by o.edition, p.position, o.anchor")
                .bind("document", document)
                .bind("cell", cell)
                .map(OpinionRows::cellOpinion)
                .list();
    }

    /** What the cells of a unit and all below it say, by cell. */
    static Map<UUID, List<CellOpinion>> ofCellsBelow(Transaction tx, UUID document, Unit unit) {
        Reach reach = new Reach(List.of(), List.of(unit));
        Map<UUID, List<CellOpinion>> all = new LinkedHashMap<>();
        tx.handle()
                .createQuery(
                        OF_CELLS + " and " + reach.sql("o.cell") + " order by o.cell, o.edition, p.position, o.anchor")
                .bind("document", document)
                .bindMap(reach.binds())
                .map(row -> all.computeIfAbsent(row.getColumn("cell", UUID.class), none -> new ArrayList<>())
                        .add(cellOpinion(row)))
                .list();
        return all;
    }

    private static CellOpinion cellOpinion(RowView row) {
        return new CellOpinion(
                row.getColumn("edition", Integer.class),
                row.getColumn("anchor", String.class),
                row.getColumn("stance", Opinion.Stance.class),
                row.getColumn("text", String.class),
                row.getColumn("wording", String.class),
                row.getColumn("quote", String.class),
                row.getColumn("written_at", Instant.class));
    }

    static void writeOfCell(Transaction tx, UUID document, UUID cell, CellOpinion said) {
        deleteOfCell(tx, document, cell, said.edition(), Objects.requireNonNull(said.anchor()));
        tx.handle()
                .createUpdate("insert into document_cell_opinion (document, cell, edition, anchor, stance, text,"
                        + " wording, written_at) values (:document, :cell, :edition, :anchor, :stance, :text,"
                        + " :wording, :at)")
                .bindMethods(said)
                .bind("document", document)
                .bind("cell", cell)
                .execute();
    }

    static void deleteOfCell(Transaction tx, UUID document, UUID cell, int edition, String anchor) {
        tx.handle()
                .execute(
                        "delete from document_cell_opinion where document = ? and cell = ? and edition = ? and anchor = ?",
                        document,
                        cell,
                        edition,
                        anchor);
    }

    /** When cells have sent theirs. */
    static Map<UUID, Instant> sent(Transaction tx, UUID document) {
        Map<UUID, Instant> sent = new LinkedHashMap<>();
        tx.handle()
                .createQuery("select cell, sent_at from document_cell_sent where document = :document")
                .bind("document", document)
                .map(row -> sent.put(row.getColumn("cell", UUID.class), row.getColumn("sent_at", Instant.class)))
                .list();
        return sent;
    }

    static void writeSent(Transaction tx, UUID document, UUID cell, boolean sent) {
        tx.handle().execute("delete from document_cell_sent where document = ? and cell = ?", document, cell);
        if (sent) {
            tx.handle()
                    .execute(
                            "insert into document_cell_sent (document, cell, sent_at) values (?, ?, ?)",
                            document,
                            cell,
                            tx.now());
        }
    }
}
