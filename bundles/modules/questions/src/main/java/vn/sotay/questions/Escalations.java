package vn.sotay.questions;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.store.AuditKind;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.unit.Unit;
import vn.sotay.questions.QuestionRows.Row;

/** What a team has not answered in time goes to the unit above it; at the province it stays, and is shown as overdue. */
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
     * Passes up what was due before a day. One transaction a question.
     *
     * @return how many
     */
    public int run(LocalDate today) {
        int passed = 0;
        String after = "";
        List<UUID> due;
        do {
            String from = after;
            due = store.read(tx -> tx.handle()
                    .createQuery("select id from question where due < :today and id > :after order by id"
                            + " fetch first :rows rows only")
                    .bind("today", today)
                    .bind("after", from)
                    .bind("rows", SLICE)
                    .mapTo(UUID.class)
                    .list());
            for (UUID id : due) {
                passed += store.write(tx -> passUp(tx, id, today)) ? 1 : 0;
                after = id.toString();
            }
        } while (due.size() == SLICE);
        return passed;
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
