package vn.sotay.questions;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Caller;
import vn.sotay.api.http.Problem;
import vn.sotay.api.store.Saved;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;
import vn.sotay.questions.QuestionRows.Row;

/** Whether an answer was of use. One transaction a method, as in {@link Questions}. */
@Component(service = Ratings.class)
public final class Ratings {

    private final Store store;
    private final Questions questions;

    @Activate
    public Ratings(@Reference Store store, @Reference Questions questions) {
        this.store = store;
        this.questions = questions;
    }

    /** What the asker says of an answer. */
    public record Rating(boolean useful) {}

    /** The asker says whether the answer is of use, or says otherwise later. */
    public Saved<Question> put(Caller caller, UUID id, boolean useful) {
        return store.write(tx -> {
            Row row = questions
                    .rows()
                    .take(tx, id)
                    .filter(one -> Questions.isAsker(caller, one))
                    .orElseThrow(Problem::notFound);
            if (questions.rows().newest(tx, row.answered(), true) == null) {
                throw Problem.conflict("question.not-answered");
            }
            Boolean before = QuestionRows.rating(tx, id, row.asker());
            if (before == null || before != useful) {
                write(tx, row, before, useful);
                return questions.told(tx, id).asker();
            }
            Saved<Question> same = questions.get(tx, id);
            return new Saved<>(same.value().forAsker(), same.version());
        });
    }

    private static void write(Transaction tx, Row row, @Nullable Boolean before, boolean useful) {
        tx.handle()
                .createUpdate(
                        before == null
                                ? "insert into question_rating (question, member, useful, rated_at)"
                                        + " values (:question, :member, :useful, :now)"
                                : "update question_rating set useful = :useful, rated_at = :now"
                                        + " where question = :question and member = :member")
                .bind("question", row.id())
                .bind("member", row.asker())
                .bind("useful", useful)
                .bind("now", tx.now())
                .execute();
        tx.handle().execute("update question set version = version + 1 where id = ?", row.id());
    }
}
