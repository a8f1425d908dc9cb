package vn.sotay.questions;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Caller;
import vn.sotay.api.access.Permission;
import vn.sotay.api.access.Reach;
import vn.sotay.api.http.Page;
import vn.sotay.api.http.Problem;
import vn.sotay.api.rule.Rules;
import vn.sotay.api.rule.WorkingDays;
import vn.sotay.api.store.AuditKind;
import vn.sotay.api.store.Saved;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.unit.Unit;
import vn.sotay.api.unit.Units;
import vn.sotay.questions.Question.State;
import vn.sotay.questions.QuestionRows.Row;
import vn.sotay.questions.QuestionRules.Step;

/** What the team does with a question. One transaction a method, as in {@link Questions}. */
@Component(service = Answers.class)
public final class Answers {

    /** To read the team's questions, and to write answers. */
    static final Permission ANSWER = new Permission("questions.answer");

    /** To release what somebody else wrote, and to publish it. */
    static final Permission RELEASE = new Permission("questions.release");

    /** To say who answers. */
    static final Permission ROUTE = new Permission("questions.route");

    private final Store store;
    private final Units units;
    private final Rules rules;
    private final WorkingDays days;
    private final Questions questions;
    private final Entries entries;
    private final QuestionRows rows;

    @Activate
    public Answers(
            @Reference Store store,
            @Reference Units units,
            @Reference Rules rules,
            @Reference WorkingDays days,
            @Reference Questions questions,
            @Reference Entries entries) {
        this.store = store;
        this.units = units;
        this.rules = rules;
        this.days = days;
        this.questions = questions;
        this.entries = entries;
        this.rows = questions.rows();
    }

    /** Where a question is passed on to: the unit above, or where this topic leads. */
    public record Pass(@Nullable UUID topic, boolean above) {}

    /** The question with which this one is answered. */
    public record Merge(UUID into) {}

    /**
     * The questions of the caller's teams.
     *
     * @param state null: all that wait, those first whose day comes first; of those that have their answer the newest come first
     * @param stale those alone whose answer rests on something that is in force no longer
     */
    public Page<Question> queue(
            Caller caller,
            @Nullable State state,
            @Nullable UUID topic,
            boolean stale,
            int limit,
            @Nullable List<String> after) {
        Reach reach = caller.reach(ANSWER);
        Map<String, Object> binds = new LinkedHashMap<>(reach.binds());
        StringBuilder sql = new StringBuilder("select * from question where ").append(reach.sql("team"));
        // nobody waits for these: their ids say when they were asked
        boolean isDone = stale || state == State.ANSWERED || state == State.MERGED;
        if (stale) {
            sql.append(" and exists (select 1 from question_answer a where a.question = question.id and a.stale = true"
                    + " and a.released_at is not null and not exists (select 1 from question_answer b where"
                    + " b.question = a.question and b.released_at is not null and b.edition > a.edition))");
        } else if (state == null) {
            sql.append(" and state in ('ASKED', 'REVIEW')");
        } else {
            sql.append(" and state = :state");
            binds.put("state", state.name());
        }
        if (topic != null) {
            sql.append(" and topic = :topic");
            binds.put("topic", topic.toString());
        }
        if (after != null) {
            if (after.size() != 2) {
                throw Problem.invalid("after", "cursor");
            }
            if (isDone) {
                sql.append(" and id < :id");
            } else {
                sql.append(" and (coalesce(due, '') > :due or coalesce(due, '') = :due and id > :id)");
                binds.put("due", after.get(0));
            }
            binds.put("id", after.get(1));
        }
        sql.append(isDone ? " order by id desc" : " order by coalesce(due, ''), id")
                .append(" fetch first :rows rows only");
        return store.read(tx -> {
            List<Row> stored = tx.handle()
                    .createQuery(sql.toString())
                    .bindMap(binds)
                    .bind("rows", limit + 1)
                    .map(rows::row)
                    .list();
            List<Question> found = rows.load(tx, stored, Questions.today(tx));
            return Page.of(found, limit, one -> List.of(Objects.toString(one.due(), ""), String.valueOf(one.id())));
        });
    }

    /** Writes the answer, or writes anew what waits to be released. The same again changes nothing. */
    public Saved<Question> put(Caller caller, UUID id, Answer body, OptionalLong ifMatch) {
        Answer answer = new Answer(QuestionRules.tidy(body.text()), body.citations(), null, null, null, null);
        return store.write(tx -> {
            Row row = questions.take(tx, caller, id, ANSWER, OptionalLong.empty());
            // one beside what was asked again waits no more
            Answer draft = row.state() == State.REVIEW ? rows.newest(tx, id, false) : null;
            if (draft != null
                    && draft.text().equals(answer.text())
                    && draft.citations().equals(answer.citations())) {
                return new Saved<>(rows.load(tx, row, Questions.today(tx)), row.version());
            }
            questions.take(tx, caller, id, ANSWER, ifMatch);
            requireAsker(row);
            become(tx, row, Questions.after(row, Step.ANSWER), Step.ANSWER);
            rows.writeDraft(tx, row, answer, caller.account());
            return questions.told(tx, id).team();
        });
    }

    /** Releases what somebody else wrote: the asker has it, and those who asked the same. */
    public Saved<Question> release(Caller caller, UUID id, OptionalLong ifMatch) {
        return store.write(tx -> {
            Row row = questions.take(tx, caller, id, RELEASE, ifMatch);
            Answer draft = rows.newest(tx, id, false);
            if (draft == null) {
                throw Problem.conflict("question.not-now");
            }
            State after = Questions.after(row, Step.RELEASE);
            LocalDate today = Questions.today(tx);
            Unit team = units.current(row.team());
            if (rules.on(today, team, QuestionRules.PERSONS).integer() > 1
                    && caller.account().equals(draft.writtenBy())) {
                throw Problem.conflict("question.four-eyes");
            }
            List<Row> others = rows.mergedInto(tx, id).stream()
                    .map(one -> rows.find(tx, one).orElseThrow())
                    .toList();
            Question question = rows.load(tx, row, today);
            if (!others.isEmpty()) {
                List<Question> all = new ArrayList<>(rows.load(tx, others, today));
                all.add(question);
                requireNoNames(all, draft);
            }
            rows.release(tx, id, caller.account());
            become(tx, row, after, Step.RELEASE);
            answered(tx, row, today);
            // what was published rests on the newer one, unless that one is the asker's alone
            if (namesAsker(question, draft)) {
                entries.remove(tx, id);
            } else {
                entries.renew(tx, id, draft.text());
            }
            Saved<Question> released = questions.told(tx, id).team();
            questions.notices().answered(tx, row);
            others.stream()
                    .filter(one -> !one.isGone())
                    .forEach(one -> questions.notices().answered(tx, one));
            return released;
        });
    }

    /** How long it took counts once: an answer that is mended later was given in time, or was not. */
    private void answered(Transaction tx, Row row, LocalDate today) {
        if (row.due() == null) {
            return;
        }
        tx.handle()
                .createUpdate("update question set due = null, answered_at = :now, answer_days = :days where id = :id")
                .bind("now", tx.now())
                .bind("days", days.between(row.since(), today))
                .bind("id", row.id())
                .execute();
    }

    /** What goes to several askers names none of them. */
    private static void requireNoNames(List<Question> of, Answer answer) {
        if (of.stream().anyMatch(one -> namesAsker(one, answer))) {
            throw Problem.conflict("question.shared-names");
        }
    }

    private static void requireAsker(Row row) {
        if (row.isGone()) {
            throw Problem.conflict("question.not-now");
        }
    }

    /** Passes a question on that somebody else has to answer; the clock does not begin anew. */
    public Saved<Question> pass(Caller caller, UUID id, Pass body, OptionalLong ifMatch) {
        return store.write(tx -> {
            Row row = questions.take(tx, caller, id, ROUTE, ifMatch);
            State after = Questions.after(row, Step.PASS);
            Unit team = body.above() ? above(row) : byTopic(tx, row, body.topic());
            become(tx, row, after, Step.PASS);
            tx.handle()
                    .createUpdate("update question set team = :team, topic = :topic where id = :id")
                    .bind("team", team.id())
                    .bind("topic", body.topic() == null ? row.topic() : body.topic())
                    .bind("id", id)
                    .execute();
            if (!team.id().equals(row.team())) {
                questions.notices().asked(tx, rows.find(tx, id).orElseThrow());
            }
            return questions.told(tx, id).team();
        });
    }

    private Unit above(Row row) {
        Unit above = rows.above(row.team());
        if (above == null) {
            throw Problem.invalid("above", "nobody-above");
        }
        return above;
    }

    private Unit byTopic(Transaction tx, Row row, @Nullable UUID topic) {
        List<Unit> path = rows.path(row.cell());
        if (topic == null) {
            throw Problem.invalid("topic", "required");
        }
        return Topics.find(tx, topic)
                .map(Saved::value)
                .filter(one -> one.active() && Topics.isFor(one, path))
                .map(one -> QuestionRules.team(one, path))
                .orElseThrow(() -> Problem.invalid("topic", "no-such-topic"));
    }

    /** Answers a question with another one, which asks the same: its asker gets what that one's asker gets. */
    public Saved<Question> merge(Caller caller, UUID id, UUID into, OptionalLong ifMatch) {
        if (id.equals(into)) {
            throw Problem.invalid("into", "itself");
        }
        return store.write(tx -> {
            // by id, so that two at once do not wait for one another
            List<UUID> both = new ArrayList<>(List.of(id, into));
            both.stream().sorted().forEach(one -> rows.take(tx, one));
            Row row = questions.take(tx, caller, id, ANSWER, ifMatch);
            Row other = rows.find(tx, into)
                    .filter(one -> questions.isTeam(caller, ANSWER, one) && !one.isGone())
                    .orElseThrow(() -> Problem.invalid("into", "no-such-question"));
            if (into.equals(row.mergedInto())) {
                return new Saved<>(rows.load(tx, row, Questions.today(tx)), row.version());
            }
            State after = Questions.after(row, Step.MERGE);
            if (other.state() == State.MERGED || !rows.mergedInto(tx, id).isEmpty()) {
                throw Problem.invalid("into", "merged-itself");
            }
            LocalDate today = Questions.today(tx);
            Answer given = rows.newest(tx, into, true);
            if (given != null) {
                requireNoNames(List.of(rows.load(tx, row, today), rows.load(tx, other, today)), given);
            }
            become(tx, row, after, Step.MERGE);
            tx.handle().execute("update question set merged_into = ?, due = null where id = ?", into, id);
            QuestionRows.forgetRatings(tx, id);
            if (given != null) {
                questions.notices().answered(tx, row);
            }
            return questions.told(tx, id).team();
        });
    }

    private static void become(Transaction tx, Row row, State state, Step step) {
        tx.handle()
                .createUpdate("update question set state = :state, version = version + 1 where id = :id")
                .bind("state", state)
                .bind("id", row.id())
                .execute();
        tx.audited(AuditKind.WRITE, Question.TYPE.name(), row.id(), row.asker(), step.name());
    }

    // ---- the knowledge base

    /** Publishes an answered question in the words of an editor, if its asker allows that. */
    public Saved<Entry> publish(Caller caller, UUID id, Entry body, OptionalLong ifMatch) {
        return store.write(tx -> {
            Row row = questions.take(tx, caller, id, RELEASE, OptionalLong.empty());
            Question question = rows.load(tx, row, Questions.today(tx));
            if (question.state() != State.ANSWERED || question.answer() == null) {
                throw Problem.conflict("question.not-answered");
            }
            if (!row.publishable()) {
                throw Problem.conflict("question.not-allowed");
            }
            String text = QuestionRules.tidy(body.text());
            if (namesAsker(question, text)) {
                throw Problem.invalid("text", "names-asker");
            }
            if (namesAsker(question, question.answer())) {
                throw Problem.conflict("question.answer-names");
            }
            Saved<Entry> entry = entries.write(tx, row, text, question.answer(), caller.account(), ifMatch);
            tx.audited(AuditKind.WRITE, Entry.TYPE.name(), id, null, "PUBLISH");
            tx.handle().execute("update question set version = version + 1 where id = ?", id);
            questions.told(tx, id);
            return entry;
        });
    }

    private static boolean namesAsker(Question question, String text) {
        Question.Desk desk = Objects.requireNonNull(question.desk());
        return QuestionRules.namesAnyOf(text, desk.name(), desk.cell());
    }

    /** In its words or in what it rests on. */
    private static boolean namesAsker(Question question, Answer answer) {
        return Stream.concat(
                        Stream.of(answer.text()),
                        answer.citations().stream()
                                .flatMap(one -> Stream.of(one.title(), Objects.requireNonNullElse(one.place(), ""))))
                .anyMatch(text -> namesAsker(question, text));
    }

    /** Takes it out of the knowledge base. */
    public void unpublish(Caller caller, UUID id) {
        store.change(tx -> {
            questions.take(tx, caller, id, RELEASE, OptionalLong.empty());
            if (entries.remove(tx, id)) {
                tx.audited(AuditKind.WRITE, Entry.TYPE.name(), id, null, "UNPUBLISH");
                tx.handle().execute("update question set version = version + 1 where id = ?", id);
                questions.told(tx, id);
            }
        });
    }
}
