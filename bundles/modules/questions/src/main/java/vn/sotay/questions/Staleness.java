package vn.sotay.questions;

import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.change.Feed;
import vn.sotay.api.store.AuditKind;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;

/**
 * Marks answers that rest on a document which is in force no longer, and takes the mark away where it is again. It looks at what the library
 * has told: where there is none, nothing is marked. What it does follows from how things stand, so nothing is missed, and doing it twice
 * does no harm.
 */
@Component(service = Staleness.class)
public final class Staleness {

    /** As the library tells its documents. */
    static final String DOCUMENT = "document";

    private static final int SLICE = 200;

    private final Store store;
    private final Feed feed;
    private final Questions questions;
    private final Entries entries;

    @Activate
    public Staleness(
            @Reference Store store, @Reference Feed feed, @Reference Questions questions, @Reference Entries entries) {
        this.store = store;
        this.feed = feed;
        this.questions = questions;
        this.entries = entries;
    }

    private record Cited(UUID question, int edition, UUID document, boolean stale) {}

    /**
     * Looks at all that answers rest on, in slices of documents.
     *
     * @return how many answers were marked, or not any more
     */
    public int run(LocalDate today) {
        int changed = 0;
        String after = "";
        List<UUID> documents;
        Set<UUID> over = new HashSet<>();
        do {
            String from = after;
            documents = store.read(tx -> tx.handle()
                    .createQuery("select distinct document from question_citation where document > :after"
                            + " and edition > 0 order by document fetch first :rows rows only")
                    .bind("after", from)
                    .bind("rows", SLICE)
                    .mapTo(UUID.class)
                    .list());
            List<UUID> slice = documents;
            over.addAll(store.read(tx -> overOf(tx, slice, today)));
            after = documents.isEmpty()
                    ? after
                    : documents.get(documents.size() - 1).toString();
        } while (documents.size() == SLICE);
        for (Cited one : store.read(tx -> toChange(tx, over))) {
            changed += store.write(tx -> mark(tx, one)) ? 1 : 0;
        }
        return changed;
    }

    private Set<UUID> overOf(Transaction tx, List<UUID> documents, LocalDate today) {
        Set<UUID> over = new HashSet<>();
        Map<UUID, Map<String, Object>> told = feed.told(tx, DOCUMENT, documents);
        told.forEach((id, document) -> {
            if (QuestionRules.isOver(document, today)) {
                over.add(id);
            }
        });
        return over;
    }

    /** The answers that are given now whose mark is not as it should be; the document is one that says so, or the first. */
    private static List<Cited> toChange(Transaction tx, Set<UUID> over) {
        Map<UUID, Cited> given = new TreeMap<>();
        tx.handle()
                .createQuery("select c.question, c.edition, c.document, a.stale from question_citation c"
                        + " join question_answer a on a.question = c.question and a.edition = c.edition"
                        + " where c.document is not null and a.released_at is not null and not exists (select 1 from"
                        + " question_answer b where b.question = a.question and b.released_at is not null"
                        + " and b.edition > a.edition) order by c.question, c.position")
                .map((row, context) -> new Cited(
                        UUID.fromString(row.getString(1)),
                        row.getInt(2),
                        UUID.fromString(row.getString(3)),
                        row.getBoolean(4)))
                .list()
                .forEach(one -> given.merge(
                        one.question(), one, (before, next) -> over.contains(next.document()) ? next : before));
        return given.values().stream()
                .filter(one -> one.stale() != over.contains(one.document()))
                .toList();
    }

    /** @return false if another look was quicker */
    private boolean mark(Transaction tx, Cited one) {
        questions.rows().take(tx, one.question());
        int updated = tx.handle()
                .execute(
                        "update question_answer set stale = ? where question = ? and edition = ? and stale = ?",
                        !one.stale(),
                        one.question(),
                        one.edition(),
                        one.stale());
        if (updated == 0) {
            return false;
        }
        tx.audited(
                AuditKind.WRITE, Question.TYPE.name(), one.question(), null, one.stale() ? "IN FORCE AGAIN" : "STALE");
        tx.handle().execute("update question set version = version + 1 where id = ?", one.question());
        questions.told(tx, one.question());
        entries.tellAgain(tx, one.question());
        return true;
    }
}
