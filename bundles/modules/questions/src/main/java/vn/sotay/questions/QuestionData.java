package vn.sotay.questions;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.member.PersonalData;
import vn.sotay.api.store.Seals;
import vn.sotay.api.store.Transaction;

/** What is kept of a member: what it asked, what was answered and said. Thread-safe. */
@Component
public final class QuestionData implements PersonalData {

    /** What is told of yes and no, by column. */
    private static final Map<String, String> FLAGS =
            Map.of("publishable", "publishable", "by_team", "byTeam", "useful", "useful");

    private final Seals seals;

    @Activate
    public QuestionData(@Reference Seals seals) {
        this.seals = seals;
    }

    @Override
    public List<Part> of(Transaction tx, UUID member) {
        return List.of(
                part(
                        tx,
                        "questions.questions",
                        "select id, text_sealed, asked_at as written_at, publishable from question where asker = :member"
                                + " and text_sealed is not null order by asked_at desc",
                        QuestionRows.TEXT,
                        member),
                part(
                        tx,
                        "questions.about",
                        "select c.title, q.asked_at as written_at from question_citation c join question q"
                                + " on q.id = c.question where c.asker = :member order by q.asked_at desc, c.position",
                        QuestionRows.TEXT,
                        member),
                part(
                        tx,
                        "questions.answers",
                        "select id, text_sealed, released_at as written_at from question_answer where asker = :member"
                                + " and released_at is not null order by released_at desc",
                        QuestionRows.ANSWER,
                        member),
                part(
                        tx,
                        "questions.messages",
                        "select id, text_sealed, sent_at as written_at, by_team from question_message"
                                + " where member = :member order by sent_at desc",
                        QuestionRows.MESSAGE,
                        member),
                part(
                        tx,
                        "questions.ratings",
                        "select question, rated_at as written_at, useful from question_rating where member = :member"
                                + " order by rated_at desc",
                        QuestionRows.TEXT,
                        member));
    }

    /** @param field what is sealed in {@code text_sealed}, where there is such a column */
    private Part part(Transaction tx, String what, String sql, String field, UUID member) {
        return new Part(
                what,
                tx.handle()
                        .createQuery(sql)
                        .bind("member", member)
                        .mapToMap()
                        .map(row -> record(row, field))
                        .list());
    }

    private Map<String, Object> record(Map<String, Object> row, String field) {
        Map<String, Object> record = new LinkedHashMap<>();
        if (row.get("written_at") instanceof Long millis) {
            record.put("at", Instant.ofEpochMilli(millis));
        }
        if (row.get("text_sealed") instanceof String sealed) {
            record.put("text", seals.open(field, String.valueOf(row.get("id")), sealed));
        }
        if (row.get("title") instanceof String title) {
            record.put("text", title);
        }
        row.forEach((column, value) -> {
            if (FLAGS.containsKey(column) && value != null) {
                record.put(FLAGS.get(column), value);
            }
        });
        return record;
    }
}
