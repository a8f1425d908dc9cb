package vn.sotay.platform.roster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.job.Finding;
import vn.sotay.api.job.JobResult;
import vn.sotay.api.store.Transaction;
import vn.sotay.platform.json.Json;
import vn.sotay.platform.keys.FieldKeys;

/** The rows that imports have staged, in the database. */
final class ImportRows {

    /** What has become of a row. */
    enum State {
        /** Will make a member. */
        ADD,
        /** Will change a member. */
        CHANGE,
        /** Says what is known. */
        SAME,
        /** Is no member's row, but was not empty either. */
        LEFT_OUT,
        REFUSED,
        ADDED,
        CHANGED,
        UNDONE,
        /** Could not be undone. */
        KEPT
    }

    /**
     * A staged row.
     *
     * @param member whom it makes or changes; null if it is refused
     * @param version of the member when the row was staged, or after it was applied; null for a member who is not there
     * @param entry null if it is refused
     * @param findings why it is refused, or what should be looked at
     * @param image the member as it was before, once applied; null for a new one
     */
    record Row(
            int line,
            State state,
            @Nullable UUID member,
            @Nullable Long version,
            @Nullable Entry entry,
            List<Finding> findings,
            @Nullable String image) {

        Row {
            findings = List.copyOf(findings);
        }

        Row refused(Finding why) {
            return new Row(line, State.REFUSED, member, version, entry, List.of(why), null);
        }

        Row applied(State now, long newVersion, @Nullable String before) {
            return new Row(line, now, member, newVersion, entry, findings, before);
        }

        Row undone() {
            return new Row(line, State.UNDONE, member, version, entry, findings, null);
        }

        Row kept(Finding why) {
            return new Row(line, State.KEPT, member, version, entry, List.of(why), image);
        }
    }

    private static final TypeReference<List<Finding>> FINDINGS = new TypeReference<>() {};

    /** It was not sealed by the newest key. */
    private static final String OLD = "(image is null or image not like :newest)";

    private static final String FIELD = "import.row";
    private static final String NOTHING = "[]";
    /** Stands where a row has findings, so that rows are counted by it. */
    private static final String SOMETHING = "*";

    /** What of a row is sealed: it is all about a member. */
    private record Sealed(
            @Nullable Entry entry,
            List<Finding> findings,
            @Nullable String image) {}

    private final FieldKeys keys;
    private final ObjectMapper json = Json.own();

    ImportRows(FieldKeys keys) {
        this.keys = keys;
    }

    void insert(Transaction tx, UUID job, List<Row> rows) {
        if (rows.isEmpty()) {
            return;
        }
        PreparedBatch batch = tx.handle()
                .prepareBatch("insert into import_row (job, line, state, member, member_version, findings, image)"
                        + " values (:job, :line, :state, :member, :version, :findings, :image)");
        for (Row row : rows) {
            bind(batch, job, row).add();
        }
        batch.execute();
    }

    void update(Transaction tx, UUID job, List<Row> rows) {
        if (rows.isEmpty()) {
            return;
        }
        PreparedBatch batch = tx.handle()
                .prepareBatch("update import_row set state = :state, member = :member, member_version = :version,"
                        + " entry = null, findings = :findings, image = :image where job = :job and line = :line");
        for (Row row : rows) {
            bind(batch, job, row).add();
        }
        batch.execute();
    }

    private PreparedBatch bind(PreparedBatch batch, UUID job, Row row) {
        return batch.bind("job", job)
                .bind("line", row.line())
                .bind("state", row.state())
                .bind("member", row.member())
                .bind("version", row.version())
                .bind("findings", row.findings().isEmpty() ? NOTHING : SOMETHING)
                .bind("image", sealed(job, row));
    }

    private String sealed(UUID job, Row row) {
        return keys.seal(FIELD, id(job, row.line()), write(new Sealed(row.entry(), row.findings(), row.image())));
    }

    private static String id(UUID job, int line) {
        return job + "/" + line;
    }

    /** How many rows the newest key has not sealed. */
    long toSeal(Transaction tx) {
        return tx.handle()
                .createQuery("select count(*) from import_row where " + OLD)
                .bind("newest", keys.newestMark() + '%')
                .mapTo(Long.class)
                .one();
    }

    /** A row of a job. */
    record Place(UUID job, int line) {}

    /** Seals the next of them anew, and gives their places. */
    List<Place> seal(Transaction tx, @Nullable Place after, int most) {
        String begin = after == null ? "" : "job >= :job and (job > :job or line > :line) and ";
        Query query = tx.handle()
                .createQuery("select * from import_row where " + begin + OLD + " order by job, line fetch first " + most
                        + " rows only")
                .bind("newest", keys.newestMark() + '%');
        if (after != null) {
            query.bind("job", after.job()).bind("line", after.line());
        }
        List<Place> places = new ArrayList<>();
        // whatever is done with a row changes its state, and has sealed it
        PreparedBatch batch = tx.handle()
                .prepareBatch("update import_row set entry = null, findings = ?, image = ? where job = ? and line = ?"
                        + " and state = ?");
        query.map((row, context) -> Map.entry(UUID.fromString(row.getString("job")), row(row)))
                .list()
                .forEach(each -> {
                    UUID job = each.getKey();
                    Row row = each.getValue();
                    places.add(new Place(job, row.line()));
                    batch.add(
                            row.findings().isEmpty() ? NOTHING : SOMETHING,
                            sealed(job, row),
                            job,
                            row.line(),
                            row.state());
                });
        if (batch.size() > 0) {
            batch.execute();
        }
        return places;
    }

    /** The next rows in one of these states, in order of their lines. */
    List<Row> after(Transaction tx, UUID job, Collection<State> states, int line, int most) {
        return tx.handle()
                .createQuery("select * from import_row where job = :job and line > :line and state in (<states>)"
                        + " order by line fetch first " + most + " rows only")
                .bindList("states", states.stream().map(Enum::name).toList())
                .bind("job", job)
                .bind("line", line)
                .map((row, context) -> row(row))
                .list();
    }

    void delete(Transaction tx, UUID job) {
        tx.handle()
                .createUpdate("delete from import_row where job = :job")
                .bind("job", job)
                .execute();
    }

    Map<State, Integer> count(Transaction tx, UUID job) {
        Map<State, Integer> count = new EnumMap<>(State.class);
        tx.handle()
                .createQuery("select state, count(*) from import_row where job = :job group by state")
                .bind("job", job)
                .map((row, context) -> Map.entry(State.valueOf(row.getString(1)), row.getInt(2)))
                .forEach(entry -> count.put(entry.getKey(), entry.getValue()));
        return count;
    }

    /** What has come of a job so far. */
    JobResult result(Transaction tx, UUID job) {
        Map<State, Integer> count = count(tx, job);
        int unchanged = of(count, State.SAME);
        int added = of(count, State.ADD) + of(count, State.ADDED);
        int changed = of(count, State.CHANGE) + of(count, State.CHANGED);
        int undone = of(count, State.UNDONE) + of(count, State.KEPT);
        int warned = tx.handle()
                .createQuery("select count(*) from import_row where job = :job and findings <> '[]'"
                        + " and state not in ('REFUSED', 'KEPT')")
                .bind("job", job)
                .mapTo(Integer.class)
                .one();
        return new JobResult(
                added + changed + unchanged + undone,
                added,
                changed,
                unchanged,
                findings(tx, job, "state = 'REFUSED'"),
                of(count, State.REFUSED),
                findings(tx, job, "state not in ('REFUSED', 'KEPT')"),
                warned,
                findings(tx, job, "state = 'KEPT'"),
                null);
    }

    private List<Finding> findings(Transaction tx, UUID job, String condition) {
        return tx
                .handle()
                .createQuery("select * from import_row where job = :job and findings <> '[]' and " + condition
                        + " order by line fetch first " + JobResult.MOST_FINDINGS + " rows only")
                .bind("job", job)
                .map((row, context) -> row(row))
                .stream()
                .flatMap(row -> row.findings().stream())
                .limit(JobResult.MOST_FINDINGS)
                .toList();
    }

    private static int of(Map<State, Integer> count, State state) {
        return count.getOrDefault(state, 0);
    }

    private Row row(ResultSet row) throws SQLException {
        String member = row.getString("member");
        long version = row.getLong("member_version");
        boolean noVersion = row.wasNull();
        int line = row.getInt("line");
        String image = row.getString("image");
        Sealed content = image != null && FieldKeys.isSealed(image)
                ? read(
                        keys.open(FIELD, id(UUID.fromString(row.getString("job")), line), image),
                        new TypeReference<Sealed>() {})
                : plain(row.getString("entry"), row.getString("findings"), image);
        return new Row(
                line,
                State.valueOf(row.getString("state")),
                member == null ? null : UUID.fromString(member),
                noVersion ? null : (Long) version,
                content.entry(),
                content.findings(),
                content.image());
    }

    /** As a version before this one has written it. */
    private Sealed plain(@Nullable String entry, String findings, @Nullable String image) {
        return new Sealed(
                entry == null ? null : read(entry, new TypeReference<Entry>() {}), read(findings, FINDINGS), image);
    }

    private <T> T read(String text, TypeReference<T> type) {
        try {
            return json.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a staged row that cannot be read", e);
        }
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a staged row that cannot be written", e);
        }
    }
}
