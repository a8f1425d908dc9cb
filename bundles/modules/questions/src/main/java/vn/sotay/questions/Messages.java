package vn.sotay.questions;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.result.RowView;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Audience;
import vn.sotay.api.access.Caller;
import vn.sotay.api.http.Page;
import vn.sotay.api.http.Problem;
import vn.sotay.api.store.AuditKind;
import vn.sotay.api.store.Saved;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.unit.Unit;
import vn.sotay.api.unit.Units;
import vn.sotay.questions.Question.State;
import vn.sotay.questions.QuestionRows.Row;
import vn.sotay.questions.QuestionRules.Step;

/** What asker and team say to one another. One transaction a method, as in {@link Questions}. */
@Component(service = Messages.class)
public final class Messages {

    private final Store store;
    private final Units units;
    private final Questions questions;
    private final QuestionRows rows;

    @Activate
    public Messages(@Reference Store store, @Reference Units units, @Reference Questions questions) {
        this.store = store;
        this.units = units;
        this.questions = questions;
        this.rows = questions.rows();
    }

    /** The dialogue, in the order in which it came. */
    public Page<Message> list(Caller caller, UUID id, int limit, @Nullable List<String> after) {
        return store.read(tx -> {
            Row row = rows.find(tx, id)
                    .filter(one -> Questions.isAsker(caller, one) || questions.isTeam(caller, Answers.ANSWER, one))
                    .orElseThrow(Problem::notFound);
            List<Message> found = tx.handle()
                    .createQuery("select * from question_message where question = :question and sent_at >= :from"
                            + " and (sent_at > :from or id > :id) order by sent_at, id fetch first :rows rows only")
                    .bind("question", row.id())
                    .bind("from", after == null ? -1 : Questions.millis(after))
                    .bind("id", after == null ? "" : after.get(1))
                    .bind("rows", limit + 1)
                    .map(this::message)
                    .list();
            return Page.of(
                    found,
                    limit,
                    one -> List.of(
                            Long.toString(Objects.requireNonNull(one.at()).toEpochMilli()), String.valueOf(one.id())));
        });
    }

    /** Says something; the asker may ask again with it. The same again changes nothing. */
    public Saved<Message> put(Caller caller, UUID id, UUID messageId, Message body) {
        return store.write(tx -> {
            Row row = rows.take(tx, id).orElseThrow(Problem::notFound);
            boolean isAsker = Questions.isAsker(caller, row);
            if (!isAsker && !questions.isTeam(caller, Answers.ANSWER, row)) {
                throw Problem.notFound();
            }
            String text = QuestionRules.tidy(body.text());
            Optional<UUID> owner = tx.handle()
                    .createQuery("select question from question_message where id = :id")
                    .bind("id", messageId)
                    .mapTo(UUID.class)
                    .findFirst();
            if (owner.isPresent()) {
                return again(tx, row, messageId, body, text, isAsker);
            }
            if (row.isGone()) {
                throw Problem.conflict("question.not-now");
            }
            if (body.asksAgain() && !isAsker) {
                throw Problem.invalid("reopens", "asker-alone");
            }
            if (body.asksAgain()) {
                reopen(tx, row);
            }
            Message message = new Message(
                    messageId,
                    id,
                    text,
                    body.asksAgain() ? Boolean.TRUE : null,
                    isAsker ? null : Boolean.TRUE,
                    tx.now());
            insert(tx, row, message, caller.account());
            if (isAsker) {
                Row now = rows.find(tx, id).orElseThrow();
                questions.notices().askedMore(tx, now, message.asksAgain());
            } else {
                questions.notices().askedBack(tx, row);
            }
            if (rows.isThere(tx, row.asker())) {
                tx.changed(Message.TYPE, messageId, 1, Audience.member(row.asker()), message);
            }
            return new Saved<>(message, 1, true);
        });
    }

    private Saved<Message> again(Transaction tx, Row row, UUID messageId, Message body, String text, boolean isAsker) {
        Message before = tx.handle()
                .createQuery("select * from question_message where id = :id and question = :question")
                .bind("id", messageId)
                .bind("question", row.id())
                .map(this::message)
                .findFirst()
                // beside another question: of that nothing is told
                .orElseThrow(Problem::notFound);
        if (!before.text().equals(text)
                || before.asksAgain() != body.asksAgain()
                || isAsker == Boolean.TRUE.equals(before.byTeam())) {
            throw Problem.conflict("question.message-sent");
        }
        return new Saved<>(before, 1);
    }

    /** The asker is not content: the clock runs anew, and what was answered with another one stands for itself. */
    private void reopen(Transaction tx, Row row) {
        State state = Questions.after(row, Step.REOPEN);
        if (row.state() == State.REVIEW && rows.newest(tx, row.id(), true) == null) {
            throw Problem.conflict("question.not-now");
        }
        LocalDate today = Questions.today(tx);
        Unit team = units.current(row.team());
        tx.handle()
                .createUpdate("update question set state = :state, merged_into = null, reopened = reopened + 1,"
                        + " since = :today, due = :due, version = version + 1 where id = :id")
                .bind("state", state)
                .bind("today", today)
                .bind("due", questions.due(today, team, QuestionRules.DAYS))
                .bind("id", row.id())
                .execute();
        tx.audited(AuditKind.WRITE, Question.TYPE.name(), row.id(), row.asker(), Step.REOPEN.name());
        questions.told(tx, row.id());
    }

    private void insert(Transaction tx, Row row, Message message, UUID account) {
        UUID id = Objects.requireNonNull(message.id());
        tx.handle()
                .createUpdate("insert into question_message (id, question, member, by_team, account, reopens,"
                        + " text_sealed, sent_at, version) values (:id, :question, :member, :byTeam, :account,"
                        + " :reopens, :sealed, :now, 1)")
                .bind("id", id)
                .bind("question", row.id())
                .bind("member", row.asker())
                .bind("byTeam", Boolean.TRUE.equals(message.byTeam()))
                .bind("account", account)
                .bind("reopens", message.asksAgain())
                .bind("sealed", rows.sealed(QuestionRows.MESSAGE, id, message.text()))
                .bind("now", tx.now())
                .execute();
    }

    private Message message(RowView row) {
        UUID id = row.getColumn("id", UUID.class);
        return new Message(
                id,
                row.getColumn("question", UUID.class),
                rows.opened(QuestionRows.MESSAGE, id, row),
                flag(row, "reopens"),
                flag(row, "by_team"),
                row.getColumn("sent_at", Instant.class));
    }

    private static @Nullable Boolean flag(RowView row, String column) {
        return Boolean.TRUE.equals(row.getColumn(column, Boolean.class)) ? Boolean.TRUE : null;
    }
}
