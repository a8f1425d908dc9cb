package vn.sotay.questions;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.result.RowView;
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
        Answer answer = newest(tx, row.answered(), true);
        Answer draft = newest(tx, row.id(), false);
        List<Citation> about = citations(tx, row.id(), ABOUT);
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
                answer,
                isPublished(tx, row.id()) ? Boolean.TRUE : null,
                rating(tx, row.id(), row.asker()),
                new Question.Desk(
                        members.find(tx, row.asker()).map(Member::name).orElse(""),
                        unitName(row.cell()),
                        draft,
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
        return tx.handle()
                .createQuery("select * from question_answer where question = :question and released_at is "
                        + (released ? "not null" : "null") + " order by edition desc fetch first 1 rows only")
                .bind("question", question)
                .map(row -> new Answer(
                        opened(ANSWER, row.getColumn("id", UUID.class), row),
                        citations(tx, question, row.getColumn("edition", Integer.class)),
                        row.getColumn("written_by", UUID.class),
                        row.getColumn("written_at", Instant.class),
                        row.getColumn("released_at", Instant.class),
                        Boolean.TRUE.equals(row.getColumn("stale", Boolean.class)) ? Boolean.TRUE : null))
                .findFirst()
                .orElse(null);
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
        writeCitations(tx, question.id(), edition, answer.citations());
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
    }

    static List<Citation> citations(Transaction tx, UUID question, int edition) {
        return tx.handle()
                .createQuery("select * from question_citation where question = :question and edition = :edition"
                        + " order by position")
                .bind("question", question)
                .bind("edition", edition)
                .map((RowView row) -> new Citation(
                        row.getColumn("document", UUID.class),
                        row.getColumn("number", String.class),
                        row.getColumn("title", String.class),
                        row.getColumn("place", String.class)))
                .list();
    }

    void writeCitations(Transaction tx, UUID question, int edition, List<Citation> citations) {
        for (int i = 0; i < citations.size(); i++) {
            Citation one = citations.get(i);
            tx.handle()
                    .createUpdate("insert into question_citation (question, edition, position, document, number, title,"
                            + " place) values (:question, :edition, :position, :document, :number, :title, :place)")
                    .bind("question", question)
                    .bind("edition", edition)
                    .bind("position", i)
                    .bind("document", one.document())
                    .bind("number", one.number())
                    .bind("title", one.title())
                    .bind("place", one.place())
                    .execute();
        }
    }

    static boolean isPublished(Transaction tx, UUID question) {
        return tx.handle()
                .createQuery("select version from question_entry where question = :id")
                .bind("id", question)
                .mapTo(Long.class)
                .findFirst()
                .isPresent();
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
