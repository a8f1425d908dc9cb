package vn.sotay.platform.privacy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.store.Transaction;
import vn.sotay.platform.json.Json;
import vn.sotay.platform.keys.FieldKeys;

/** The table of corrections; what was written by people is sealed. */
final class CorrectionRows {

    private static final String FIELD = "correction.content";

    /** How many a list has at most: who has more before him needs no longer list. */
    static final int MOST = 200;

    /** What was written by people. */
    record Content(String wanted, String reason, @Nullable String answer) {}

    /**
     * A request.
     *
     * @param account by which it was sent
     * @param recordedBy the leader who wrote it down for the member; null if the member did
     */
    record Row(
            UUID id,
            UUID member,
            UUID account,
            @Nullable UUID recordedBy,
            String field,
            Content content,
            CorrectionState state,
            boolean passedUp,
            Instant askedAt,
            LocalDate acknowledgeBy,
            LocalDate answerBy,
            @Nullable Instant acknowledgedAt,
            @Nullable Instant decidedAt,
            @Nullable UUID decidedBy) {}

    private static final String SELECT = "select c.id, c.member, c.account, c.field, c.content, c.state, c.passed_up,"
            + " c.asked_at, c.acknowledge_by, c.answer_by, c.acknowledged_at, c.decided_at, c.decided_by, c.recorded_by"
            + " from correction c ";

    private final FieldKeys keys;
    private final ObjectMapper json = Json.own();

    private final RowMapper<Row> row = (row, context) -> {
        String id = row.getString(1);
        long acknowledged = row.getLong(11);
        long decided = row.getLong(12);
        String by = row.getString(13);
        String recordedBy = row.getString(14);
        return new Row(
                UUID.fromString(id),
                UUID.fromString(row.getString(2)),
                UUID.fromString(row.getString(3)),
                recordedBy == null ? null : UUID.fromString(recordedBy),
                row.getString(4),
                open(id, row.getString(5)),
                CorrectionState.valueOf(row.getString(6)),
                row.getBoolean(7),
                Instant.ofEpochMilli(row.getLong(8)),
                LocalDate.parse(row.getString(9)),
                LocalDate.parse(row.getString(10)),
                acknowledged == 0 ? null : Instant.ofEpochMilli(acknowledged),
                decided == 0 ? null : Instant.ofEpochMilli(decided),
                by == null ? null : UUID.fromString(by));
    };

    CorrectionRows(FieldKeys keys) {
        this.keys = keys;
    }

    private Content open(String id, String sealed) {
        try {
            return json.readValue(keys.open(FIELD, id, sealed), Content.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was sealed as JSON is JSON", e);
        }
    }

    private String seal(UUID id, Content content) {
        try {
            return keys.seal(FIELD, id.toString(), json.writeValueAsString(content));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts are always JSON", e);
        }
    }

    Optional<Row> find(Handle handle, UUID id) {
        return handle.createQuery(SELECT + "where c.id = :id")
                .bind("id", id)
                .map(row)
                .findFirst();
    }

    /** The newest of a member first. */
    List<Row> of(Handle handle, UUID member) {
        return handle.createQuery(SELECT + "where c.member = :member order by c.asked_at desc, c.id fetch first " + MOST
                        + " rows only")
                .bind("member", member)
                .map(row)
                .list();
    }

    /** What a leader wrote down for a member, the newest first. */
    List<Row> recorded(Handle handle, UUID member, UUID leader) {
        return handle.createQuery(SELECT + "where c.member = :member and c.recorded_by = :leader"
                        + " order by c.asked_at desc, c.id fetch first " + MOST + " rows only")
                .bind("member", member)
                .bind("leader", leader)
                .map(row)
                .list();
    }

    /** How many of a member nobody has decided yet. */
    long open(Handle handle, UUID member) {
        return handle.createQuery(
                        "select count(*) from correction where member = :member and state in ('ASKED', 'ACKNOWLEDGED')")
                .bind("member", member)
                .mapTo(Long.class)
                .one();
    }

    /** A query with this condition, in which {@code c} is the correction and {@code m} its member. */
    Query query(Handle handle, String condition) {
        return handle.createQuery(
                SELECT + "join member m on m.id = c.member where " + condition + " fetch first " + MOST + " rows only");
    }

    RowMapper<Row> mapper() {
        return row;
    }

    void insert(Transaction tx, Row row) {
        tx.handle()
                .execute(
                        "insert into correction (id, member, account, recorded_by, field, content, state, passed_up,"
                                + " asked_at, acknowledge_by, answer_by) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                        row.id(),
                        row.member(),
                        row.account(),
                        row.recordedBy(),
                        row.field(),
                        seal(row.id(), row.content()),
                        row.state(),
                        row.passedUp(),
                        row.askedAt(),
                        row.acknowledgeBy(),
                        row.answerBy());
    }

    boolean acknowledge(Transaction tx, UUID id, UUID by) {
        return tx.handle()
                        .execute(
                                "update correction set state = 'ACKNOWLEDGED', acknowledged_at = ?, acknowledged_by = ?"
                                        + " where id = ? and state = 'ASKED'",
                                tx.now(),
                                by,
                                id)
                == 1;
    }

    /** Passes only while it is open, and ends that. */
    boolean decide(Transaction tx, Row row, CorrectionState state, UUID by, @Nullable String answer) {
        Content content = new Content(row.content().wanted(), row.content().reason(), answer);
        return tx.handle()
                        .execute(
                                "update correction set state = ?, content = ?, decided_at = ?, decided_by = ?"
                                        + " where id = ? and state in ('ASKED', 'ACKNOWLEDGED')",
                                state,
                                seal(row.id(), content),
                                tx.now(),
                                by,
                                row.id())
                == 1;
    }

    void passUp(Transaction tx, UUID id) {
        tx.handle().execute("update correction set passed_up = true where id = ?", id);
    }

    // ---- sealed anew

    long toSeal(Handle handle) {
        return handle.createQuery("select count(*) from correction where content not like :newest")
                .bind("newest", keys.newestMark() + '%')
                .mapTo(Long.class)
                .one();
    }

    List<String> toSeal(Handle handle, String after, int most) {
        return handle.createQuery("select id from correction where id > :after and content not like :newest order by id"
                        + " fetch first " + most + " rows only")
                .bind("after", after)
                .bind("newest", keys.newestMark() + '%')
                .mapTo(String.class)
                .list();
    }

    void reseal(Transaction tx, String id) {
        tx.handle()
                .createQuery("select content from correction where id = :id")
                .bind("id", id)
                .mapTo(String.class)
                .findFirst()
                .ifPresent(before -> tx.handle()
                        .execute(
                                "update correction set content = ? where id = ? and content = ?",
                                keys.seal(FIELD, id, keys.open(FIELD, id, before)),
                                id,
                                before));
    }
}
