package vn.sotay.documents;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Audience;
import vn.sotay.api.access.Caller;
import vn.sotay.api.file.Files;
import vn.sotay.api.http.Problem;
import vn.sotay.api.rule.Rules;
import vn.sotay.api.store.AuditKind;
import vn.sotay.api.store.Saved;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.unit.Unit;
import vn.sotay.api.unit.Units;
import vn.sotay.documents.Document.Relation;
import vn.sotay.documents.Document.State;
import vn.sotay.documents.DocumentRules.Step;

/**
 * The steps of a document, from a draft to what members read: each public method is one transaction that asks whether the caller may, does it by
 * SQL, and tells the change feed. Which step leads where is in {@link DocumentRules}.
 */
@Component(service = DocumentSteps.class)
public final class DocumentSteps {

    private volatile Runnable approved = () -> {};
    private final Store store;
    private final Units units;
    private final Rules rules;
    private final Files files;
    private final DocumentFiles read;
    private final Telling telling;

    @Activate
    public DocumentSteps(
            @Reference Store store,
            @Reference Units units,
            @Reference Rules rules,
            @Reference Files files,
            @Reference DocumentFiles read) {
        this.store = store;
        this.units = units;
        this.rules = rules;
        this.files = files;
        this.read = read;
        this.telling = new Telling(files, units);
    }

    /** Takes a document a step further, or back. */
    public Saved<Document> step(Caller caller, UUID id, Step step, OptionalLong ifMatch) {
        if (step == Step.SUBMIT || step == Step.APPROVE) {
            read.lookAgain(caller, id);
        }
        Saved<Document> stepped = store.write(tx -> {
            Saved<Document> before = Telling.take(tx, id).orElseThrow(Problem::notFound);
            Unit unit = units.current(before.value().unit());
            caller.require(Documents.EDIT, unit);
            State state = Objects.requireNonNull(before.value().state());
            State after = DocumentRules.after(state, step);
            if (after == null) {
                // it was done already, or by somebody else
                if (isDone(state, step)) {
                    return before;
                }
                throw Problem.conflict("document.not-now");
            }
            Telling.expect(ifMatch, before);
            if (step == Step.SUBMIT && before.value().files().isEmpty()) {
                throw Problem.conflict("document.no-file");
            }
            if (step == Step.SUBMIT || step == Step.APPROVE) {
                DocumentFiles.requirePublishable(before.value());
            }
            if (step == Step.APPROVE
                    && rules.on(Telling.today(tx), unit, DocumentRules.PERSONS).integer() > 1
                    && caller.account().equals(before.value().changedBy())) {
                throw Problem.conflict("document.four-eyes");
            }
            // what is to become visible later waits approved
            Instant publishAt = before.value().publishAt();
            boolean waits = after == State.PUBLISHED && publishAt != null && publishAt.isAfter(tx.now());
            State to = waits ? State.APPROVED : after;
            become(tx, before.value(), to, step.name());
            Saved<Document> saved = telling.tell(tx, id, false);
            if (state == State.PUBLISHED || to == State.PUBLISHED) {
                tellReplaced(tx, saved.value());
            }
            return saved;
        });
        if (stepped.value().state() == State.APPROVED) {
            approved.run();
        }
        return stepped;
    }

    private static boolean isDone(State state, Step step) {
        return step == Step.SUBMIT && state == State.REVIEW
                || step == Step.APPROVE && (state == State.PUBLISHED || state == State.APPROVED);
    }

    /** Writes the state, keeps what is published as an edition, and notes how it came there. */
    void become(Transaction tx, Document document, State state, String how) {
        UUID id = Telling.id(document);
        int edition = document.edition() == null ? 0 : document.edition();
        tx.handle()
                .createUpdate("update document set state = :state, published_at = :at, edition = :edition,"
                        + " version = version + 1 where id = :id")
                .bind("state", state.name())
                .bind("at", state == State.PUBLISHED ? tx.now() : null)
                .bind("edition", state == State.PUBLISHED ? Integer.valueOf(edition + 1) : document.edition())
                .bind("id", id)
                .execute();
        tx.audited(AuditKind.WRITE, Document.TYPE.name(), id, null, how);
        if (state == State.PUBLISHED) {
            keepEdition(tx, DocumentRows.find(tx, id).orElseThrow().value());
        }
    }

    /** What was published once is kept, with its files, for editors to compare. */
    private void keepEdition(Transaction tx, Document published) {
        EditionRows.insert(tx, published);
        files.hold(
                tx,
                EditionRows.HOLDER,
                EditionRows.holder(Telling.id(published), Objects.requireNonNull(published.edition())),
                Telling.hashes(published),
                Set.of(Audience.EDITORS));
    }

    /** Called after a document was approved for a time that is to come; one at most. */
    void whenApproved(Runnable listener) {
        approved = listener;
    }

    /**
     * Publishes what was approved for a time that has come.
     *
     * @return when the next one is due; null if none waits
     */
    @Nullable Instant publishDue() {
        List<UUID> due = store.read(tx -> tx.handle()
                .createQuery("select id from document where state = 'APPROVED' and publish_at <= :now"
                        + " and deleted = false order by publish_at, id fetch first 100 rows only")
                .bind("now", tx.now())
                .mapTo(UUID.class)
                .list());
        for (UUID id : due) {
            store.change(tx -> {
                Saved<Document> there = Telling.take(tx, id).orElse(null);
                // another node may have done it, or an editor has taken it back
                if (there != null && there.value().state() == State.APPROVED) {
                    become(tx, there.value(), State.PUBLISHED, "PUBLISH");
                    tellReplaced(tx, telling.tell(tx, id, false).value());
                }
            });
        }
        return store.read(tx -> tx.handle()
                        .createQuery(
                                "select min(publish_at) from document where state = 'APPROVED' and deleted = false")
                        .mapTo(Long.class)
                        .findFirst())
                .map(Instant::ofEpochMilli)
                .orElse(null);
    }

    /** Those that this one replaces are told with a banner, or without it again. */
    private void tellReplaced(Transaction tx, Document document) {
        document.relations().stream()
                .filter(one -> one.kind() == Relation.Kind.REPLACES)
                .map(Relation::document)
                .filter(Objects::nonNull)
                .distinct()
                .sorted()
                .forEach(other -> {
                    if (Telling.take(tx, other).isPresent()) {
                        tx.handle().execute("update document set version = version + 1 where id = ?", other);
                        telling.tell(tx, other, false);
                    }
                });
    }
}
