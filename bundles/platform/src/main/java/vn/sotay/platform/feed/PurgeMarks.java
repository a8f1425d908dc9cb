package vn.sotay.platform.feed;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.sotay.api.access.Audience;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;
import vn.sotay.platform.store.ChangeLog;

/** Forgets old tombstones, and remembers up to which number they were forgotten. Thread-safe. */
final class PurgeMarks {

    private static final Logger LOG = LoggerFactory.getLogger(PurgeMarks.class);
    private static final int SLICE = 200;

    private record Tombstone(String type, String id, Audience audience, long seq) {}

    private final Store store;
    private final ChangeLog log;
    private final Map<Audience, Long> marks = new ConcurrentHashMap<>();

    PurgeMarks(Store store, ChangeLog log) {
        this.store = store;
        this.log = log;
        store.read(tx -> tx.handle()
                        .createQuery("select audience, seq from feed_purged")
                        .map((row, context) -> Map.entry(Audience.parse(row.getString(1)), row.getLong(2)))
                        .list())
                .forEach(mark -> marks.put(mark.getKey(), mark.getValue()));
    }

    /** Whether a tombstone may be gone that a reader at this cursor has not seen. Ask after reading. */
    boolean hides(Audience audience, long cursor) {
        return cursor > 0 && cursor < marks.getOrDefault(audience, 0L);
    }

    /** Deletes the tombstones that are older than this, a few in each transaction. */
    void purge(Duration age) {
        int purged = 0;
        int slice;
        do {
            slice = store.write(tx -> purgeSlice(tx, age));
            purged += slice;
        } while (slice == SLICE);
        if (purged > 0) {
            LOG.info("{} tombstones of the change feed were older than {} days", purged, age.toDays());
        }
    }

    private int purgeSlice(Transaction tx, Duration age) {
        List<Tombstone> old = tx.handle()
                .createQuery("select type, id, audience, seq from change_feed"
                        + " where deleted = true and changed_at < :before order by seq fetch first " + SLICE
                        + " rows only")
                .bind("before", tx.now().minus(age))
                .map((row, context) -> new Tombstone(
                        row.getString(1), row.getString(2), Audience.parse(row.getString(3)), row.getLong(4)))
                .list();
        if (old.isEmpty()) {
            return 0;
        }
        // in memory first: who reads after the commit must not take the gap for everything
        old.forEach(tombstone -> marks.merge(tombstone.audience(), tombstone.seq(), Math::max));
        PreparedBatch deletes = tx.handle()
                .prepareBatch("delete from change_feed where type = ? and id = ? and audience = ? and seq = ?");
        old.forEach(tombstone -> deletes.add(
                tombstone.type(), tombstone.id(), tombstone.audience().toString(), tombstone.seq()));
        deletes.execute();
        old.stream().map(Tombstone::audience).distinct().forEach(audience -> keep(tx, audience));
        tx.handle().execute("update feed_state set high = ? where high < ?", log.last(), log.last());
        return old.size();
    }

    private void keep(Transaction tx, Audience audience) {
        String name = audience.toString();
        long mark = marks.getOrDefault(audience, 0L);
        if (tx.handle().execute("update feed_purged set seq = ? where audience = ?", mark, name) == 0) {
            tx.handle().execute("insert into feed_purged (audience, seq) values (?, ?)", name, mark);
        }
    }
}
