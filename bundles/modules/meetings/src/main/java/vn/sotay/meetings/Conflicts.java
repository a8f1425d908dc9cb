package vn.sotay.meetings;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
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
import vn.sotay.api.store.Saved;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;

/** What gave way in the plans of meetings. One transaction a method, as in {@link Meetings}, which writes it. */
@Component(service = Conflicts.class)
public final class Conflicts {

    private final Store store;
    private final Meetings meetings;

    @Activate
    public Conflicts(@Reference Store store, @Reference Meetings meetings) {
        this.store = store;
        this.meetings = meetings;
    }

    /** What leaders have not chosen from yet, for them alone. */
    public Page<Conflict> list(Caller caller, UUID meeting, int limit, @Nullable List<String> after) {
        return store.read(tx -> {
            caller.require(Meetings.RECORD, meetings.cell(meetings.readable(tx, caller, meeting)));
            List<Conflict> conflicts = tx.handle()
                    .createQuery("select * from meeting_conflict where meeting = :meeting and settled = false"
                            + " and field > :after order by field fetch first :rows rows only")
                    .bind("meeting", meeting)
                    .bind("after", after == null ? "" : after.get(0))
                    .bind("rows", limit + 1)
                    .map(row -> conflict(row).value())
                    .list();
            return Page.of(conflicts, limit, one -> List.of(one.field()));
        });
    }

    /** Keeps a value that gave way; the one of the same field that gave way before goes. */
    static void keep(Transaction tx, Audience leaders, Conflict conflict) {
        Optional<Saved<Conflict>> before = find(tx, conflict.meeting(), conflict.field());
        long version = before.map(Saved::version).orElse(0L) + 1;
        tx.handle()
                .createUpdate(
                        before.isPresent()
                                ? "update meeting_conflict set value = :value, planned_by = :by, planned_at = :at,"
                                        + " settled = false, version = :version where meeting = :meeting and field = :field"
                                : "insert into meeting_conflict (meeting, field, value, planned_by, planned_at, settled,"
                                        + " version) values (:meeting, :field, :value, :by, :at, false, :version)")
                .bindMethods(conflict)
                .bind("version", version)
                .execute();
        tx.changed(Conflict.TYPE, id(conflict), version, leaders, conflict);
    }

    /** A leader has chosen. */
    static void settle(Transaction tx, UUID meeting, Collection<String> fields) {
        for (String field : fields) {
            Saved<Conflict> there = find(tx, meeting, field).orElse(null);
            int open = tx.handle()
                    .execute(
                            "update meeting_conflict set settled = true, version = version + 1"
                                    + " where meeting = ? and field = ? and settled = false",
                            meeting,
                            field);
            if (there != null && open > 0) {
                tx.removed(Conflict.TYPE, id(there.value()), there.version() + 1);
            }
        }
    }

    /** The fields of which a value waits. */
    static List<String> open(Transaction tx, UUID meeting) {
        return tx.handle()
                .createQuery("select field from meeting_conflict where meeting = :meeting and settled = false")
                .bind("meeting", meeting)
                .mapTo(String.class)
                .list();
    }

    private static Optional<Saved<Conflict>> find(Transaction tx, UUID meeting, String field) {
        return tx.handle()
                .createQuery("select * from meeting_conflict where meeting = :meeting and field = :field")
                .bind("meeting", meeting)
                .bind("field", field)
                .map(Conflicts::conflict)
                .findFirst();
    }

    private static UUID id(Conflict conflict) {
        return UUID.nameUUIDFromBytes((conflict.meeting() + "/" + conflict.field()).getBytes(StandardCharsets.UTF_8));
    }

    private static Saved<Conflict> conflict(RowView row) {
        return new Saved<>(
                new Conflict(
                        row.getColumn("meeting", UUID.class),
                        row.getColumn("field", String.class),
                        row.getColumn("value", String.class),
                        row.getColumn("planned_by", UUID.class),
                        row.getColumn("planned_at", Instant.class)),
                row.getColumn("version", Long.class));
    }

    /** Clears what waits at a meeting that was taken back. */
    static void forget(Transaction tx, UUID meeting) {
        settle(tx, meeting, open(tx, meeting));
        tx.handle().execute("delete from meeting_conflict where meeting = ?", meeting);
    }
}
