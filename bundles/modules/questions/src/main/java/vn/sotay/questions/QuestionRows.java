package vn.sotay.questions;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.result.RowView;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.http.Problem;
import vn.sotay.api.member.Member;
import vn.sotay.api.member.Members;
import vn.sotay.api.store.Seals;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.unit.Unit;
import vn.sotay.api.unit.Units;
import vn.sotay.questions.Question.State;

/** How a question stands in its tables. Thread-safe. */
final class QuestionRows {

    static final String TEXT = "question-text";
    static final String ANSWER = "question-answer";
    static final String MESSAGE = "question-message";

    /** Of citations: those of the question itself. */
    static final int ABOUT = 0;

    private final Seals seals;
    private final Units units;
    private final Members members;

    QuestionRows(Seals seals, Units units, Members members) {
        this.seals = seals;
        this.units = units;
        this.members = members;
    }

    /** A row of {@code question}. */
    record Row(
            UUID id,
            UUID asker,
            UUID cell,
            @Nullable UUID topic,
            String text,
            boolean publishable,
            UUID team,
            State state,
            Instant askedAt,
            LocalDate since,
            @Nullable LocalDate due,
            int escalated,
            int reopened,
            @Nullable UUID mergedInto,
            long version) {

        /** The question whose answer counts. */
        UUID answered() {
            return mergedInto == null ? id : mergedInto;
        }

        /** Whether its asker was deleted: then nobody waits for an answer, and nothing is written that would be the asker's. */
        boolean isGone() {
            return text.isEmpty();
        }
    }

    /** Locks the question for this transaction and returns it. */
    Optional<Row> take(Transaction tx, UUID id) {
        tx.handle().execute("update question set version = version where id = ?", id);
        return find(tx, id);
    }

    Optional<Row> find(Transaction tx, UUID id) {
        return tx.handle()
                .createQuery("select * from question where id = :id")
                .bind("id", id)
                .map(this::row)
                .findFirst();
    }

    Row row(RowView row) {
        UUID id = row.getColumn("id", UUID.class);
        return new Row(
                id,
                row.getColumn("asker", UUID.class),
                row.getColumn("cell", UUID.class),
                row.getColumn("topic", UUID.class),
                opened(TEXT, id, row),
                row.getColumn("publishable", Boolean.class),
                row.getColumn("team", UUID.class),
                row.getColumn("state", State.class),
                row.getColumn("asked_at", Instant.class),
                row.getColumn("since", LocalDate.class),
                row.getColumn("due", LocalDate.class),
                row.getColumn("escalated", Integer.class),
                row.getColumn("reopened", Integer.class),
                row.getColumn("merged_into", UUID.class),
                row.getColumn("version", Long.class));
    }

    /** @return empty once the person was deleted */
    String opened(String field, UUID id, RowView row) {
        String sealed = row.getColumn("text_sealed", String.class);
        return sealed == null ? "" : seals.open(field, id.toString(), sealed);
    }

    String sealed(String field, UUID id, String text) {
        return seals.seal(field, id.toString(), text);
    }

    void insert(Transaction tx, Row row) {
        tx.handle()
                .createUpdate("insert into question (id, asker, cell, topic, text_sealed, publishable, team, state,"
                        + " asked_at, since, due, escalated, reopened, version) values (:id, :asker, :cell, :topic,"
                        + " :sealed, :publishable, :team, :state, :askedAt, :since, :due, 0, 0, 1)")
                .bind("id", row.id())
                .bind("asker", row.asker())
                .bind("cell", row.cell())
                .bind("topic", row.topic())
                .bind("sealed", sealed(TEXT, row.id(), row.text()))
                .bind("publishable", row.publishable())
                .bind("team", row.team())
                .bind("state", row.state())
                .bind("askedAt", row.askedAt())
                .bind("since", row.since())
                .bind("due", row.due())
                .execute();
    }

    /** The question as the team has it. */
    Question load(Transaction tx, Row row, LocalDate today) {
        return load(tx, List.of(row), today).get(0);
    }

    /** Questions as their teams have them, in the same order: as many statements as for one, and one for each asker. */
    List<Question> load(Transaction tx, List<Row> of, LocalDate today) {
        if (of.isEmpty()) {
            return List.of();
        }
        Set<UUID> ids = new LinkedHashSet<>();
        of.forEach(row -> ids.addAll(List.of(row.id(), row.answered())));
        Beside beside = new Beside(citations(tx, ids), answers(tx, ids), published(tx, ids), ratings(tx, ids));
        Map<UUID, String> names = new HashMap<>();
        of.forEach(row -> names.computeIfAbsent(
                row.asker(), id -> members.find(tx, id).map(Member::name).orElse("")));
        return of.stream().map(row -> question(row, beside, names, today)).toList();
    }

    /** What stands beside some questions, by question, and by edition. */
    private record Beside(
            Map<UUID, Map<Integer, List<Citation>>> citations,
            Map<UUID, List<Given>> answers,
            Set<UUID> published,
            Map<UUID, Map<UUID, Boolean>> ratings) {

        List<Citation> cited(UUID question, int edition) {
            return citations.getOrDefault(question, Map.of()).getOrDefault(edition, List.of());
        }
    }

    /** A row of {@code question_answer}, not opened. */
    private record Given(
            UUID id,
            UUID question,
            int edition,
            String sealed,
            UUID writtenBy,
            Instant writtenAt,
            @Nullable Instant releasedAt,
            boolean stale) {}

    private @Nullable Answer newest(UUID question, Beside beside, boolean released) {
        return beside.answers().getOrDefault(question, List.of()).stream()
                .filter(one -> released == (one.releasedAt() != null))
                .reduce((before, next) -> next)
                .map(one -> new Answer(
                        seals.open(ANSWER, one.id().toString(), one.sealed()),
                        beside.cited(question, one.edition()),
                        one.writtenBy(),
                        one.writtenAt(),
                        one.releasedAt(),
                        one.stale() ? Boolean.TRUE : null))
                .orElse(null);
    }

    private Question question(Row row, Beside beside, Map<UUID, String> names, LocalDate today) {
        List<Citation> about = beside.cited(row.id(), ABOUT);
        return new Question(
                row.id(),
                row.topic(),
                row.text(),
                about.isEmpty() ? null : about.get(0),
                row.publishable() ? Boolean.TRUE : null,
                row.state(),
                row.askedAt(),
                row.due(),
                row.team(),
                unitName(row.team()),
                newest(row.answered(), beside, true),
                beside.published().contains(row.id()) ? Boolean.TRUE : null,
                beside.ratings().getOrDefault(row.id(), Map.of()).get(row.asker()),
                new Question.Desk(
                        names.getOrDefault(row.asker(), ""),
                        unitName(row.cell()),
                        newest(row.id(), beside, false),
                        QuestionRules.isOverdue(row.due(), today),
                        row.escalated(),
                        row.reopened(),
                        row.mergedInto()));
    }

    String unitName(UUID unit) {
        return units.current(unit).name();
    }

    /**
     * The newest answer that was released, or the one that waits for that.
     *
     * @return null if there is none
     */
    @Nullable Answer newest(Transaction tx, UUID question, boolean released) {
        Set<UUID> id = Set.of(question);
        return newest(question, new Beside(citations(tx, id), answers(tx, id), Set.of(), Map.of()), released);
    }

    private static Query of(Transaction tx, String sql, Set<UUID> questions) {
        return tx.handle()
                .createQuery(sql)
                .bindList("ids", questions.stream().map(UUID::toString).toList());
    }

    /** By question, the oldest first. */
    private static Map<UUID, List<Given>> answers(Transaction tx, Set<UUID> questions) {
        return of(tx, "select * from question_answer where question in (<ids>) order by question, edition", questions)
                .map((RowView row) -> new Given(
                        row.getColumn("id", UUID.class),
                        row.getColumn("question", UUID.class),
                        row.getColumn("edition", Integer.class),
                        row.getColumn("text_sealed", String.class),
                        row.getColumn("written_by", UUID.class),
                        row.getColumn("written_at", Instant.class),
                        row.getColumn("released_at", Instant.class),
                        Boolean.TRUE.equals(row.getColumn("stale", Boolean.class))))
                .stream()
                .collect(Collectors.groupingBy(Given::question));
    }

    private static Map<UUID, Map<Integer, List<Citation>>> citations(Transaction tx, Set<UUID> questions) {
        Map<UUID, Map<Integer, List<Citation>>> all = new HashMap<>();
        of(
                        tx,
                        "select * from question_citation where question in (<ids>) order by question, edition, position",
                        questions)
                .map((RowView row) -> all.computeIfAbsent(
                                row.getColumn("question", UUID.class), none -> new HashMap<>())
                        .computeIfAbsent(row.getColumn("edition", Integer.class), none -> new ArrayList<>())
                        .add(citation(row)))
                .list();
        return all;
    }

    private static Citation citation(RowView row) {
        return new Citation(
                row.getColumn("document", UUID.class),
                row.getColumn("number", String.class),
                row.getColumn("title", String.class),
                row.getColumn("place", String.class));
    }

    private static Set<UUID> published(Transaction tx, Set<UUID> questions) {
        return of(tx, "select question from question_entry where question in (<ids>)", questions)
                .mapTo(UUID.class)
                .set();
    }

    /** By question and member. */
    private static Map<UUID, Map<UUID, Boolean>> ratings(Transaction tx, Set<UUID> questions) {
        Map<UUID, Map<UUID, Boolean>> all = new HashMap<>();
        of(tx, "select question, member, useful from question_rating where question in (<ids>)", questions)
                .map((RowView row) -> all.computeIfAbsent(
                                row.getColumn("question", UUID.class), none -> new HashMap<>())
                        .put(row.getColumn("member", UUID.class), row.getColumn("useful", Boolean.class)))
                .list();
        return all;
    }

    /** Writes the answer that is to be released: in the place of one that waits, else as the next. */
    void writeDraft(Transaction tx, Row question, Answer answer, UUID account) {
        tx.handle()
                .createQuery(
                        "select id, edition from question_answer where question = :question and released_at is null")
                .bind("question", question.id())
                .map((row, none) -> new Object[] {row.getString(1), row.getInt(2)})
                .findFirst()
                .ifPresent(one -> {
                    tx.handle().execute("delete from question_answer where id = ?", one[0]);
                    tx.handle()
                            .execute(
                                    "delete from question_citation where question = ? and edition = ?",
                                    question.id(),
                                    one[1]);
                });
        int edition = 1
                + tx.handle()
                        .createQuery("select coalesce(max(edition), 0) from question_answer where question = :question")
                        .bind("question", question.id())
                        .mapTo(Integer.class)
                        .one();
        UUID id = UUID.randomUUID();
        tx.handle()
                .createUpdate("insert into question_answer (id, question, edition, asker, text_sealed, written_by,"
                        + " written_at, stale) values (:id, :question, :edition, :asker, :sealed, :by, :now, false)")
                .bind("id", id)
                .bind("question", question.id())
                .bind("edition", edition)
                .bind("asker", question.asker())
                .bind("sealed", sealed(ANSWER, id, answer.text()))
                .bind("by", account)
                .bind("now", tx.now())
                .execute();
        writeCitations(tx, question.id(), edition, null, answer.citations());
    }

    void release(Transaction tx, UUID question, UUID account) {
        // a mark is of what counts
        tx.handle().execute("update question_answer set stale = false where question = ?", question);
        tx.handle()
                .execute(
                        "update question_answer set released_at = ?, released_by = ? where question = ? and released_at"
                                + " is null",
                        tx.now(),
                        account,
                        question);
        // what was said of the answer before is not said of this one
        tx.handle()
                .execute(
                        "delete from question_rating where question = ? or question in (select id from question"
                                + " where merged_into = ?)",
                        question,
                        question);
    }

    static void forgetRatings(Transaction tx, UUID question) {
        tx.handle().execute("delete from question_rating where question = ?", question);
    }

    static List<Citation> citations(Transaction tx, UUID question, int edition) {
        return tx.handle()
                .createQuery("select * from question_citation where question = :question and edition = :edition"
                        + " order by position")
                .bind("question", question)
                .bind("edition", edition)
                .map(QuestionRows::citation)
                .list();
    }

    /** @param asker whose words they are; null: the team's */
    static void writeCitations(
            Transaction tx, UUID question, int edition, @Nullable UUID asker, List<Citation> citations) {
        for (int i = 0; i < citations.size(); i++) {
            Citation one = citations.get(i);
            tx.handle()
                    .createUpdate("insert into question_citation (question, edition, position, asker, document, number,"
                            + " title, place) values (:question, :edition, :position, :asker, :document, :number,"
                            + " :title, :place)")
                    .bind("question", question)
                    .bind("asker", asker)
                    .bind("edition", edition)
                    .bind("position", i)
                    .bind("document", one.document())
                    .bind("number", one.number())
                    .bind("title", one.title())
                    .bind("place", one.place())
                    .execute();
        }
    }

    static @Nullable Boolean rating(Transaction tx, UUID question, UUID member) {
        return tx.handle()
                .createQuery("select useful from question_rating where question = :question and member = :member")
                .bind("question", question)
                .bind("member", member)
                .mapTo(Boolean.class)
                .findFirst()
                .orElse(null);
    }

    /** Whether the asker was not deleted since. */
    boolean isThere(Transaction tx, UUID asker) {
        return members.find(tx, asker).isPresent();
    }

    /** The questions with which this one is answered. */
    List<UUID> mergedInto(Transaction tx, UUID id) {
        return tx.handle()
                .createQuery("select id from question where merged_into = :id order by id")
                .bind("id", id)
                .mapTo(UUID.class)
                .list();
    }

    /** The units from the province down to this one. */
    List<Unit> path(UUID unit) {
        List<Unit> path = new ArrayList<>(units.path(units.current(unit).id()));
        if (path.isEmpty()) {
            throw Problem.notFound();
        }
        return path;
    }

    /** The unit directly above; null for the province. */
    @Nullable Unit above(UUID unit) {
        return Optional.ofNullable(units.current(unit).parent())
                .map(units::current)
                .filter(Objects::nonNull)
                .orElse(null);
    }
}
