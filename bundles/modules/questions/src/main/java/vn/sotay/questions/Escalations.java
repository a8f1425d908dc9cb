package vn.sotay.questions;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiPredicate;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.store.AuditKind;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.unit.Unit;
import vn.sotay.questions.Question.State;
import vn.sotay.questions.QuestionRows.Row;

/**
 * What a team has not answered in time goes to the unit above it; at the province it stays, and is shown as overdue. What nobody waits for
 * any more ends.
 */
@Component(service = Escalations.class)
public final class Escalations {

    private static final int SLICE = 100;

    private final Store store;
    private final Questions questions;

    @Activate
    public Escalations(@Reference Store store, @Reference Questions questions) {
        this.store = store;
        this.questions = questions;
    }

    /**
     * Ends what deleted askers have left, then passes up what was due before a day. One transaction a question.
     *
     * @return how many were passed up
     */
    public int run(LocalDate today) {
        each("due is not null and text_sealed is null", Map.of(), this::end);
        each(
                "merged_into is not null and text_sealed is not null and exists (select 1 from question other"
                        + " where other.id = question.merged_into and other.text_sealed is null)",
                Map.of(),
                (tx, id) -> standAlone(tx, id, today));
        return each("due < :today", Map.of("today", today), (tx, id) -> passUp(tx, id, today));
    }

    /**
     * Does something with each question for which a condition holds, in a transaction of its own.
     *
     * @return with how many it was done
     */
    private int each(String condition, Map<String, Object> binds, BiPredicate<Transaction, UUID> work) {
        int done = 0;
        String after = "";
        List<UUID> found;
        do {
            String from = after;
            found = store.read(tx -> tx.handle()
                    .createQuery("select id from question where " + condition + " and id > :after order by id"
                            + " fetch first :rows rows only")
                    .bindMap(binds)
                    .bind("after", from)
                    .bind("rows", SLICE)
                    .mapTo(UUID.class)
                    .list());
            for (UUID id : found) {
                done += store.write(tx -> work.test(tx, id)) ? 1 : 0;
                after = id.toString();
            }
        } while (found.size() == SLICE);
        return done;
    }

    /** Nobody waits for an answer whose asker was deleted; it would be overdue for ever. */
    private boolean end(Transaction tx, UUID id) {
        Row row = questions.rows().take(tx, id).orElse(null);
        if (row == null || row.due() == null || !row.isGone()) {
            return false;
        }
        tx.handle()
                .createUpdate("update question set state = :state, due = null, version = version + 1 where id = :id")
                .bind("state", State.ANSWERED)
                .bind("id", id)
                .execute();
        tx.audited(AuditKind.WRITE, Question.TYPE.name(), id, null, "END");
        return true;
    }

    /** The answer went with the asker for whom it was written: those who asked the same wait for one of their own. */
    private boolean standAlone(Transaction tx, UUID id, LocalDate today) {
        Row row = questions.rows().take(tx, id).orElse(null);
        if (row == null
                || row.mergedInto() == null
                || row.isGone()
                || questions
                        .rows()
                        .find(tx, row.mergedInto())
                        .filter(Row::isGone)
                        .isEmpty()) {
            return false;
        }
        tx.handle()
                .createUpdate("update question set state = :state, merged_into = null, since = :today, due = :due,"
                        + " version = version + 1 where id = :id")
                .bind("state", State.ASKED)
                .bind("today", today)
                .bind("due", questions.due(today, questions.unit(row.team()), QuestionRules.DAYS))
                .bind("id", id)
                .execute();
        QuestionRows.forgetRatings(tx, id);
        tx.audited(AuditKind.WRITE, Question.TYPE.name(), id, row.asker(), "STAND_ALONE");
        questions.told(tx, id);
        questions.notices().asked(tx, questions.rows().find(tx, id).orElseThrow());
        return true;
    }

    /** @return false if it was answered meanwhile, or nobody is above */
    private boolean passUp(Transaction tx, UUID id, LocalDate today) {
        Row row = questions.rows().take(tx, id).orElse(null);
        if (row == null || !QuestionRules.isOverdue(row.due(), today)) {
            return false;
        }
        Unit above = questions.rows().above(row.team());
        if (above == null) {
            return false;
        }
        tx.handle()
                .createUpdate("update question set team = :team, due = :due, escalated = escalated + 1,"
                        + " version = version + 1 where id = :id")
                .bind("team", above.id())
                .bind("due", questions.due(today, above, QuestionRules.DAYS_ABOVE))
                .bind("id", id)
                .execute();
        tx.audited(AuditKind.WRITE, Question.TYPE.name(), id, row.asker(), "ESCALATE");
        questions.told(tx, id);
        questions.notices().escalated(tx, questions.rows().find(tx, id).orElseThrow());
        return true;
    }
}
