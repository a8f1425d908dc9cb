package vn.sotay.questions;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Audience;
import vn.sotay.api.access.Caller;
import vn.sotay.api.access.Permission;
import vn.sotay.api.http.Page;
import vn.sotay.api.http.Problem;
import vn.sotay.api.member.Members;
import vn.sotay.api.rule.Rules;
import vn.sotay.api.rule.WorkingDays;
import vn.sotay.api.store.AuditKind;
import vn.sotay.api.store.Saved;
import vn.sotay.api.store.Seals;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.unit.Unit;
import vn.sotay.api.unit.Units;
import vn.sotay.questions.Question.State;
import vn.sotay.questions.QuestionRows.Row;
import vn.sotay.questions.QuestionRules.Step;

/**
 * What members ask, and what becomes of it. Each public method is one transaction that asks whether the caller may, does it by SQL, and
 * tells the change feed. The rules are pure functions in {@link QuestionRules}, to be read next; what the team does is in {@link Answers}.
 *
 * <p>A question is its asker's and the answering team's. To anybody else it is as if there were none.
 */
@Component(service = Questions.class)
public final class Questions {

    /** The knowledge base of one's own units, and one's own questions. */
    static final Permission READ = new Permission("questions.read");

    /** For oneself alone. */
    static final Permission ASK = new Permission("questions.ask");

    private final Store store;
    private final Units units;
    private final Rules rules;
    private final WorkingDays days;
    private final QuestionRows rows;
    private final Entries entries;
    private final QuestionNotices notices;

    @Activate
    public Questions(
            @Reference Store store,
            @Reference Units units,
            @Reference Members members,
            @Reference Rules rules,
            @Reference WorkingDays days,
            @Reference Seals seals,
            @Reference Entries entries,
            @Reference QuestionNotices notices) {
        this.store = store;
        this.units = units;
        this.rules = rules;
        this.days = days;
        this.rows = new QuestionRows(seals, units, members);
        this.entries = entries;
        this.notices = notices;
    }

    QuestionNotices notices() {
        return notices;
    }

    QuestionRows rows() {
        return rows;
    }

    // ---- the asker

    /** The caller's own questions, the newest first. */
    public Page<Question> own(Caller caller, int limit, @Nullable List<String> after) {
        UUID member = caller.member().orElseThrow(Problem::forbidden);
        return store.read(tx -> {
            List<Row> stored = tx.handle()
                    .createQuery("select * from question where asker = :asker and asked_at <= :from"
                            + " and (asked_at < :from or id < :id) order by asked_at desc, id desc"
                            + " fetch first :rows rows only")
                    .bind("asker", member)
                    .bind("from", after == null ? Long.MAX_VALUE : millis(after))
                    .bind("id", after == null ? "" : after.get(1))
                    .bind("rows", limit + 1)
                    .map(rows::row)
                    .list();
            List<Question> found = rows.load(tx, stored, today(tx)).stream()
                    .map(Question::forAsker)
                    .toList();
            return Page.of(
                    found,
                    limit,
                    one -> List.of(
                            Long.toString(Objects.requireNonNull(one.askedAt()).toEpochMilli()),
                            String.valueOf(one.id())));
        });
    }

    static long millis(List<String> after) {
        try {
            if (after.size() == 2) {
                return Long.parseLong(after.get(0));
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw Problem.invalid("after", "cursor");
    }

    /** A question, as the caller may see it. */
    public Saved<Question> get(Caller caller, UUID id) {
        return store.read(tx -> {
            Row row = rows.find(tx, id).orElseThrow(Problem::notFound);
            return seen(tx, caller, row);
        });
    }

    private Saved<Question> seen(Transaction tx, Caller caller, Row row) {
        Question question = rows.load(tx, row, today(tx));
        if (isTeam(caller, Answers.ANSWER, row)) {
            return new Saved<>(question, row.version());
        }
        if (!isAsker(caller, row)) {
            throw Problem.notFound();
        }
        return new Saved<>(question.forAsker(), row.version());
    }

    boolean isTeam(Caller caller, Permission permission, Row row) {
        return caller.may(permission, units.current(row.team()));
    }

    static boolean isAsker(Caller caller, Row row) {
        return caller.member().filter(row.asker()::equals).isPresent() && caller.mayForSelf(ASK, row.asker());
    }

    /**
     * Asks, or says anew whether the question may be published. What was asked is not written anew: it may be answered already; the dialogue
     * is for what comes to mind later.
     */
    public Saved<Question> put(Caller caller, UUID id, Question body) {
        UUID member = caller.member().orElseThrow(Problem::forbidden);
        if (!caller.mayForSelf(ASK, member)) {
            throw Problem.forbidden();
        }
        Unit cell = caller.cell().orElseThrow(Problem::forbidden);
        return store.write(tx -> {
            Optional<Row> there = rows.take(tx, id);
            if (there.isPresent()) {
                return again(tx, caller, there.get(), body);
            }
            List<Unit> path = rows.path(cell.id());
            Topic topic = body.topic() == null
                    ? null
                    : Topics.find(tx, body.topic())
                            .filter(one -> one.value().active() && Topics.isFor(one.value(), path))
                            .orElseThrow(() -> Problem.invalid("topic", "no-such-topic"))
                            .value();
            Unit team = QuestionRules.team(topic, path);
            LocalDate today = today(tx);
            Row row = new Row(
                    id,
                    member,
                    cell.id(),
                    body.topic(),
                    QuestionRules.tidy(body.text()),
                    body.mayBePublished(),
                    team.id(),
                    State.ASKED,
                    tx.now(),
                    today,
                    due(today, team, QuestionRules.DAYS),
                    0,
                    0,
                    null,
                    1);
            rows.insert(tx, row);
            if (body.about() != null) {
                QuestionRows.writeCitations(tx, id, QuestionRows.ABOUT, member, List.of(body.about()));
            }
            tx.audited(AuditKind.WRITE, Question.TYPE.name(), id, member, null);
            notices.asked(tx, row);
            return new Saved<>(tell(tx, row).forAsker(), 1, true);
        });
    }

    private Saved<Question> again(Transaction tx, Caller caller, Row row, Question body) {
        if (!isAsker(caller, row)) {
            throw Problem.notFound();
        }
        Question sent = new Question(
                null,
                body.topic(),
                QuestionRules.tidy(body.text()),
                body.about(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
        if (!rows.load(tx, row, today(tx)).words().equals(sent)) {
            throw Problem.conflict("question.sent");
        }
        if (row.publishable() != body.mayBePublished()) {
            tx.handle()
                    .execute(
                            "update question set publishable = ?, version = version + 1 where id = ?",
                            body.mayBePublished(),
                            row.id());
            if (!body.mayBePublished()) {
                entries.remove(tx, row.id());
            }
            tx.audited(AuditKind.WRITE, Question.TYPE.name(), row.id(), row.asker(), "PUBLISHABLE");
            return told(tx, row.id()).asker();
        }
        return new Saved<>(rows.load(tx, row, today(tx)).forAsker(), row.version());
    }

    // ---- what all of these share

    /** A question as it stands after a write, for the two sides. */
    record Told(Question question, long version) {

        Saved<Question> asker() {
            return new Saved<>(question.forAsker(), version);
        }

        Saved<Question> team() {
            return new Saved<>(question, version);
        }
    }

    /** Reads the question anew and tells it to its asker, and what is answered with it to theirs. */
    Told told(Transaction tx, UUID id) {
        Row row = rows.find(tx, id).orElseThrow(Problem::notFound);
        Question question = tell(tx, row);
        for (UUID merged : rows.mergedInto(tx, id)) {
            tx.handle().execute("update question set version = version + 1 where id = ?", merged);
            tell(tx, rows.find(tx, merged).orElseThrow());
        }
        return new Told(question, row.version());
    }

    private Question tell(Transaction tx, Row row) {
        Question question = rows.load(tx, row, today(tx));
        if (rows.isThere(tx, row.asker())) {
            tx.changed(Question.TYPE, row.id(), row.version(), Audience.member(row.asker()), question.forAsker());
        }
        return question;
    }

    /** A question as its team has it, nobody being asked whether it is theirs. */
    Saved<Question> get(Transaction tx, UUID id) {
        Row row = rows.find(tx, id).orElseThrow(Problem::notFound);
        return new Saved<>(rows.load(tx, row, today(tx)), row.version());
    }

    /** Locks a question that is the caller's to do something with as one of the team. */
    Row take(Transaction tx, Caller caller, UUID id, Permission permission, OptionalLong ifMatch) {
        Row row =
                rows.take(tx, id).filter(one -> isTeam(caller, permission, one)).orElseThrow(Problem::notFound);
        if (ifMatch.isPresent() && ifMatch.getAsLong() != row.version()) {
            throw Problem.changedMeanwhile(new Saved<>(rows.load(tx, row, today(tx)), row.version()));
        }
        return row;
    }

    /** The state to which the step leads. */
    static State after(Row row, Step step) {
        State after = QuestionRules.after(row.state(), step);
        if (after == null) {
            throw Problem.conflict("question.not-now");
        }
        return after;
    }

    /** The last day on which an answer of this team is in time, that is asked for today. */
    LocalDate due(LocalDate today, Unit team, String key) {
        return days.after(today, rules.on(today, team, key).integer());
    }

    Unit unit(UUID id) {
        return units.current(id);
    }

    static LocalDate today(Transaction tx) {
        return LocalDate.ofInstant(tx.now(), QuestionRules.ZONE);
    }
}
