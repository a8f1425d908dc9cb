package vn.sotay.documents;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Caller;
import vn.sotay.api.access.Permission;
import vn.sotay.api.file.Files;
import vn.sotay.api.http.FieldError;
import vn.sotay.api.http.Problem;
import vn.sotay.api.store.AuditKind;
import vn.sotay.api.store.Saved;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.unit.Unit;
import vn.sotay.api.unit.Units;
import vn.sotay.documents.Document.Paper;
import vn.sotay.documents.Document.Relation;
import vn.sotay.documents.Document.State;
import vn.sotay.documents.DocumentRules.Step;
import vn.sotay.documents.text.Recognised;

/**
 * What editors do with a document: it is written, and deleted. Each public method is one transaction that asks whether the caller may, does it by SQL,
 * and tells the change feed. The steps to publishing are in {@link DocumentSteps}, what is read in {@link DocumentLists}, what is found in files in
 * {@link DocumentFiles}. The rules are pure functions in {@link DocumentRules}, to be read next.
 *
 * <p>A draft is for the editors of its unit alone. What is published does not change: to mend it, it is withdrawn, and published again by four eyes.
 */
@Component(service = Documents.class)
public final class Documents {

    /** What is published for one's own units, and those one works for. */
    static final Permission READ = new Permission("documents.read");

    /** Drafts, and all that an editor does. */
    static final Permission EDIT = new Permission("documents.edit");

    private final Store store;
    private final Units units;
    private final Files files;
    private final DocumentFiles read;
    private final DocumentLists lists;
    private final DocumentSteps steps;
    private final Telling telling;

    @Activate
    public Documents(
            @Reference Store store,
            @Reference Units units,
            @Reference Files files,
            @Reference DocumentFiles read,
            @Reference DocumentLists lists,
            @Reference DocumentSteps steps) {
        this.store = store;
        this.units = units;
        this.files = files;
        this.read = read;
        this.lists = lists;
        this.steps = steps;
        this.telling = new Telling(files, units);
    }

    /** Writes a draft, or a document that waits to be approved. The same again changes nothing. */
    public Saved<Document> put(Caller caller, UUID id, Document body, OptionalLong ifMatch) {
        read.check(id, DocumentRules.check(id, body));
        Map<String, DocumentTexts.Looked> looked = read.look(caller, id, body);
        Saved<Document> saved = store.write(tx -> {
            Optional<Saved<Document>> there = Telling.take(tx, id);
            if (there.isEmpty() && DocumentRows.wasDeleted(tx, id)) {
                throw Problem.other(410, "document.deleted");
            }
            Unit unit = units.current(body.unit());
            if (there.isPresent()) {
                Saved<Document> before = there.get();
                caller.require(EDIT, units.current(before.value().unit()));
                if (before.value().plan().equals(body.plan())) {
                    return before;
                }
                if (!before.value().unit().equals(body.unit())) {
                    throw Problem.invalid("unit", "unchangeable");
                }
                Telling.expect(ifMatch, before);
                requireNotApproved(before.value());
            } else {
                caller.require(EDIT, unit);
                Telling.expect(ifMatch, null);
            }
            requireNoSecond(tx, id, body);
            List<Paper> papers = read.papers(tx, caller, id, body, looked);
            List<Relation> relations = relations(tx, caller, body);
            DocumentRows.write(tx, id, body, caller.account(), Telling.today(tx), there.isEmpty());
            DocumentRows.writeParts(tx, id, body.topics(), relations, papers);
            CitationRows.forget(tx, filesOf(there));
            tx.audited(AuditKind.WRITE, Document.TYPE.name(), id, null, null);
            return telling.tell(tx, id, there.isEmpty());
        });
        // what takes longer than anybody waits for is told when it is there
        looked.forEach((file, one) -> one.later(extract -> read.settle(file, extract)));
        return saved;
    }

    /** What somebody has approved is not changed behind their back. */
    private static void requireNotApproved(Document document) {
        if (document.state() == State.PUBLISHED) {
            throw Problem.conflict("document.published");
        }
        if (document.state() == State.APPROVED) {
            throw Problem.conflict("document.approved");
        }
    }

    /** Two documents of one issuer do not have one number: the second is a mistake, or another version of the first. */
    private static void requireNoSecond(Transaction tx, UUID id, Document body) {
        String key = DocumentRules.numberKey(body.number());
        if (!key.isEmpty() && DocumentRows.isTaken(tx, id, key, body.issuer())) {
            throw Problem.invalid("number", "taken");
        }
    }

    /** Relations with the numbers of what is in the library. */
    private List<Relation> relations(Transaction tx, Caller caller, Document body) {
        List<Relation> relations = new ArrayList<>();
        for (int i = 0; i < body.relations().size(); i++) {
            Relation relation = body.relations().get(i);
            String field = "relations[" + i + "].document";
            UUID other = relation.document();
            if (other == null) {
                relations.add(relation);
                continue;
            }
            Document found = DocumentRows.find(tx, other)
                    .map(Saved::value)
                    .filter(one -> caller.may(EDIT, units.current(one.unit()))
                            || one.state() == State.PUBLISHED
                                    && lists.visible(caller).covers(units.current(one.unit())))
                    .orElseThrow(() -> Problem.invalid(field, "no-such-document"));
            relations.add(new Relation(relation.kind(), other, found.number()));
        }
        return relations;
    }

    /**
     * Writes the text of a scan, as an editor reads it: another has to approve it.
     *
     * @param file SHA-256 of one of its files
     * @param text Markdown
     */
    Saved<Document> correct(Caller caller, UUID id, String file, String text, OptionalLong ifMatch) {
        String composed = Normalizer.normalize(text.strip(), Normalizer.Form.NFC) + '\n';
        read.check(id, Recognised.isStamped(composed) ? List.of(new FieldError("text", "secret")) : List.of());
        return store.write(tx -> {
            Saved<Document> before = Telling.take(tx, id).orElseThrow(Problem::notFound);
            caller.require(EDIT, units.current(before.value().unit()));
            Telling.expect(ifMatch, before);
            requireNotApproved(before.value());
            Paper scan = ScanJob.scan(before.value(), file);
            DocumentRows.writeWords(tx, id, file, read.written(tx, scan, composed));
            tx.handle()
                    .execute(
                            "update document set changed_by = ?, version = version + 1 where id = ?",
                            caller.account(),
                            id);
            tx.audited(AuditKind.WRITE, Document.TYPE.name(), id, null, "TEXT");
            return telling.tell(tx, id, false);
        });
    }

    /** Deletes a draft. Its id is not used again. */
    public void delete(Caller caller, UUID id, OptionalLong ifMatch) {
        store.change(tx -> {
            Optional<Saved<Document>> there = Telling.take(tx, id);
            if (there.isEmpty()) {
                if (!DocumentRows.wasDeleted(tx, id)) {
                    throw Problem.notFound();
                }
                return;
            }
            Saved<Document> before = there.get();
            caller.require(EDIT, units.current(before.value().unit()));
            Telling.expect(ifMatch, before);
            requireNotApproved(before.value());
            remove(tx, before);
        });
    }

    private static List<String> filesOf(Optional<Saved<Document>> document) {
        return document.map(one ->
                        one.value().files().stream().map(Paper::file).sorted().toList())
                .orElse(List.of());
    }

    private void remove(Transaction tx, Saved<Document> document) {
        UUID id = Telling.id(document.value());
        DocumentRows.writeParts(tx, id, List.of(), List.of(), List.of());
        CitationRows.forget(tx, filesOf(Optional.of(document)));
        EditionRows.of(tx, document.value())
                .forEach(one ->
                        files.hold(tx, EditionRows.HOLDER, EditionRows.holder(id, one.edition()), Set.of(), Set.of()));
        EditionRows.delete(tx, id);
        OpinionRows.forget(tx, id);
        tx.handle().execute("update document set deleted = true, version = version + 1 where id = ?", id);
        tx.audited(AuditKind.WRITE, Document.TYPE.name(), id, null, "DELETE");
        tx.removed(Document.TYPE, id, document.version() + 1);
        files.hold(tx, Document.TYPE.name(), id, Set.of(), Set.of());
    }

    /**
     * Makes a document of an import, in the transaction of its slice: it waits to be approved.
     *
     * @param body checked, with files that are there
     */
    void add(Transaction tx, UUID account, UUID id, Document body) {
        DocumentRows.write(tx, id, body, account, Telling.today(tx), true);
        DocumentRows.writeParts(tx, id, body.topics(), body.relations(), body.files());
        tx.audited(AuditKind.WRITE, Document.TYPE.name(), id, null, null);
        steps.become(tx, DocumentRows.find(tx, id).orElseThrow().value(), State.REVIEW, Step.SUBMIT.name());
        // published it is by who approves it, when its files have been looked into
        telling.tell(tx, id, true);
    }

    /**
     * Deletes a document that an import has made.
     *
     * @return false if somebody has changed or published it since: it stays
     */
    boolean takeBack(Transaction tx, UUID account, UUID id) {
        Saved<Document> there = Telling.take(tx, id).orElse(null);
        if (there == null) {
            return true;
        }
        // written and submitted, and nothing since; what was published with it is others' already
        if (there.value().state() != State.REVIEW
                || there.version() != 2
                || !account.equals(there.value().changedBy())) {
            return false;
        }
        remove(tx, there);
        return true;
    }
}
