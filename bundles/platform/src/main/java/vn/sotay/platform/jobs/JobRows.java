package vn.sotay.platform.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.job.Job;
import vn.sotay.api.job.JobResult;
import vn.sotay.api.job.JobState;
import vn.sotay.api.store.Transaction;
import vn.sotay.platform.json.Json;
import vn.sotay.platform.keys.FieldKeys;
import vn.sotay.platform.store.Acting;

/** The jobs in the database. */
final class JobRows {

    private static final String COLUMNS =
            "id, kind, unit, account, session_id, state, failed_in, progress, data, result,"
                    + " started_at, changed_at";

    /** Something in it was not sealed by the newest key. */
    private static final String OLD = "(data not like :newest or result is not null and result not like :newest)";

    private static final String DATA = "job.data";
    private static final String RESULT = "job.result";

    private final FieldKeys keys;
    private final ObjectMapper json = Json.own();

    /** @param keys for what a job keeps and tells: its rows may be about members */
    JobRows(FieldKeys keys) {
        this.keys = keys;
    }

    void insert(Transaction tx, UUID id, String kind, UUID unit, UUID account, String data) {
        tx.handle()
                .createUpdate("insert into job (id, kind, unit, account, session_id, state, progress, data, started_at,"
                        + " changed_at) values (:id, :kind, :unit, :account, :session, :state, 0, :data, :now, :now)")
                .bind("id", id)
                .bind("kind", kind)
                .bind("unit", unit)
                .bind("account", account)
                .bind("session", Acting.session())
                .bind("state", JobState.RUNNING)
                .bind("data", keys.seal(DATA, id.toString(), data))
                .bind("now", tx.now())
                .execute();
    }

    Optional<Job> find(Transaction tx, UUID id) {
        return tx.handle()
                .createQuery("select " + COLUMNS + " from job where id = :id")
                .bind("id", id)
                .map((row, context) -> job(row))
                .findOne();
    }

    /** As {@link #find}, and keeps every other writer out until the transaction ends. */
    Optional<Job> lock(Transaction tx, UUID id) {
        // an update locks the row on both databases, which "for update" does on one
        tx.handle()
                .createUpdate("update job set changed_at = :now where id = :id")
                .bind("now", tx.now())
                .bind("id", id)
                .execute();
        return find(tx, id);
    }

    /** Newest first. */
    List<Job> ofAccount(Transaction tx, UUID account, @Nullable Instant before, @Nullable String beforeId, int most) {
        return tx.handle()
                .createQuery("select " + COLUMNS + " from job where account = :account"
                        + " and started_at <= :before and (started_at < :before or id < :beforeId)"
                        + " order by started_at desc, id desc fetch first " + most + " rows only")
                .bind("account", account)
                .bind("before", before == null ? Instant.ofEpochMilli(Long.MAX_VALUE) : before)
                .bind("beforeId", beforeId == null ? "" : beforeId)
                .map((row, context) -> job(row))
                .list();
    }

    /** The job that has waited longest for the worker. */
    Optional<Job> nextToWork(Transaction tx, Set<String> kinds) {
        return tx
                .handle()
                .createQuery("select " + COLUMNS + " from job where state in ('RUNNING', 'APPLYING', 'UNDOING')"
                        + " order by changed_at, id")
                .map((row, context) -> job(row))
                .stream()
                .filter(job -> kinds.contains(job.kind()))
                .findFirst();
    }

    /** Those of a kind that wait for the worker or are at work, the oldest first. */
    List<Job> working(Transaction tx, String kind) {
        return tx.handle()
                .createQuery("select " + COLUMNS + " from job where kind = :kind"
                        + " and state in ('RUNNING', 'APPLYING', 'UNDOING') and (asked is null or asked <> 'CANCELLED')"
                        + " order by started_at, id")
                .bind("kind", kind)
                .map((row, context) -> job(row))
                .list();
    }

    /** When the newest one of a kind was put on the list. */
    Optional<Instant> lastBegun(Transaction tx, String kind) {
        return tx.handle()
                .createQuery("select max(started_at) from job where kind = :kind")
                .bind("kind", kind)
                .mapTo(Instant.class)
                .findFirst();
    }

    /** Jobs that nobody has touched since. */
    List<Job> restingSince(Transaction tx, Instant changedBefore, int most) {
        return tx.handle()
                .createQuery("select " + COLUMNS + " from job where changed_at < :before"
                        + " and state not in ('RUNNING', 'APPLYING', 'UNDOING')"
                        + " order by changed_at fetch first " + most + " rows only")
                .bind("before", changedBefore)
                .map((row, context) -> job(row))
                .list();
    }

    void delete(Transaction tx, UUID id) {
        tx.handle()
                .createUpdate("delete from job where id = :id")
                .bind("id", id)
                .execute();
    }

    /** What a job in the middle of its work was told to become; empty if nobody told it anything. */
    Optional<JobState> asked(Transaction tx, UUID id) {
        return tx.handle()
                .createQuery("select asked from job where id = :id and asked is not null")
                .bind("id", id)
                .mapTo(JobState.class)
                .findOne();
    }

    void ask(Transaction tx, UUID id, JobState state) {
        tx.handle()
                .createUpdate("update job set asked = :asked, changed_at = :now where id = :id")
                .bind("asked", state)
                .bind("now", tx.now())
                .bind("id", id)
                .execute();
    }

    /** @return whether it may go on: false if it was told something else */
    boolean progress(Transaction tx, UUID id, int percent) {
        return tx.handle()
                        .createUpdate("update job set progress = :progress, changed_at = :now"
                                + " where id = :id and asked is null")
                        .bind("progress", percent)
                        .bind("now", tx.now())
                        .bind("id", id)
                        .execute()
                == 1;
    }

    void become(Transaction tx, UUID id, JobState state, @Nullable JobState failedIn) {
        tx.handle()
                .createUpdate(
                        "update job set state = :state, failed_in = :failedIn, asked = null, progress = :progress,"
                                + " changed_at = :now where id = :id")
                .bind("state", state)
                .bind("failedIn", failedIn)
                .bind("progress", state.isWorking() ? 0 : 100)
                .bind("now", tx.now())
                .bind("id", id)
                .execute();
    }

    void result(Transaction tx, UUID id, @Nullable JobResult result) {
        tx.handle()
                .createUpdate("update job set result = :result where id = :id")
                .bind("result", result == null ? null : keys.seal(RESULT, id.toString(), write(result)))
                .bind("id", id)
                .execute();
    }

    void data(Transaction tx, UUID id, String data) {
        tx.handle()
                .createUpdate("update job set data = :data where id = :id")
                .bind("data", keys.seal(DATA, id.toString(), data))
                .bind("id", id)
                .execute();
    }

    private Job job(ResultSet row) throws SQLException {
        String id = row.getString("id");
        String result = row.getString("result");
        String failedIn = row.getString("failed_in");
        String session = row.getString("session_id");
        return new Job(
                UUID.fromString(id),
                row.getString("kind"),
                UUID.fromString(row.getString("unit")),
                UUID.fromString(row.getString("account")),
                session == null ? null : UUID.fromString(session),
                JobState.valueOf(row.getString("state")),
                row.getInt("progress"),
                opened(DATA, id, row.getString("data")),
                result == null ? null : read(opened(RESULT, id, result)),
                failedIn == null ? null : JobState.valueOf(failedIn),
                Instant.ofEpochMilli(row.getLong("started_at")),
                Instant.ofEpochMilli(row.getLong("changed_at")));
    }

    /** A version before this one did not seal it. */
    private String opened(String field, String id, String kept) {
        return FieldKeys.isSealed(kept) ? keys.open(field, id, kept) : kept;
    }

    /** How many jobs have something that the newest key has not sealed. */
    long toSeal(Transaction tx) {
        return tx.handle()
                .createQuery("select count(*) from job where " + OLD)
                .bind("newest", keys.newestMark() + '%')
                .mapTo(Long.class)
                .one();
    }

    /** Seals the next of them anew, and gives their ids. */
    List<String> seal(Transaction tx, String after, int most) {
        return tx
                .handle()
                .createQuery("select " + COLUMNS + " from job where id > :after and " + OLD
                        + " order by id fetch first " + most + " rows only")
                .bind("after", after)
                .bind("newest", keys.newestMark() + '%')
                .map((row, context) -> job(row))
                .stream()
                .map(job -> {
                    // its worker may have gone on meanwhile, and has sealed it then
                    tx.handle().execute("update job set changed_at = changed_at where id = ?", job.id());
                    Job locked = find(tx, job.id()).orElse(null);
                    if (locked != null) {
                        data(tx, job.id(), locked.data());
                        result(tx, job.id(), locked.result());
                    }
                    return job.id().toString();
                })
                .toList();
    }

    private JobResult read(String text) {
        try {
            return json.readValue(text, JobResult.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a result that cannot be read", e);
        }
    }

    private String write(JobResult result) {
        try {
            return json.writeValueAsString(result);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a result that cannot be written", e);
        }
    }
}
