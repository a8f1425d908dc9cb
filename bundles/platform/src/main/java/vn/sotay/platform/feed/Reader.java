package vn.sotay.platform.feed;

import com.fasterxml.jackson.databind.util.RawValue;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterator;
import vn.sotay.api.access.Audience;
import vn.sotay.api.http.Problem;
import vn.sotay.api.store.Store;
import vn.sotay.platform.store.ChangeLog;

/** Reads the feed from where a client stands, one page at a time. Thread-safe. */
final class Reader {

    private static final int FETCH = 50;

    /**
     * What was read.
     *
     * @param cursors where the client stands when it has applied the changes
     * @param complete whether it then knows all
     */
    record Read(Map<Audience, Long> cursors, List<Change> changes, boolean complete) {}

    private record Row(Change change, long seq, int size) {}

    private final Store store;
    private final ChangeLog log;
    private final PurgeMarks marks;
    private final int mostRows;
    private final int mostCharacters;

    /**
     * @param mostRows of a page
     * @param mostCharacters of a page's payloads together; the one that passes the limit is still sent
     */
    Reader(Store store, ChangeLog log, PurgeMarks marks, int mostRows, int mostCharacters) {
        this.store = store;
        this.log = log;
        this.marks = marks;
        this.mostRows = mostRows;
        this.mostCharacters = mostCharacters;
    }

    /** Whether it is known, without the database, that there is nothing to read from here. */
    boolean isNothingNew(Map<Audience, Long> cursors) {
        for (Map.Entry<Audience, Long> cursor : cursors.entrySet()) {
            Long head = log.head(cursor.getKey());
            if (head == null || head > cursor.getValue()) {
                return false;
            }
        }
        return true;
    }

    /** Whether a read from here may find something, or at least come further. */
    boolean mayRead(Map<Audience, Long> cursors) {
        long watermark = log.watermark();
        return cursors.entrySet().stream().anyMatch(cursor -> {
            Long head = log.head(cursor.getKey());
            return head == null || head > cursor.getValue() && watermark > cursor.getValue();
        });
    }

    /**
     * Reads a page.
     *
     * @param most rows, if that is less than of any page
     * @throws vn.sotay.api.http.ProblemException 410 if what was taken away since then is no longer known
     */
    Read read(Map<Audience, Long> from, int most) {
        int limit = Math.min(most, mostRows);
        // first of all: what commits after this is left for the next time, whatever of it is seen by then
        long watermark = log.watermark();
        Map<Audience, Long> cursors = new LinkedHashMap<>();
        List<Row> rows = new ArrayList<>();
        boolean complete = isNothingNew(from)
                // in a transaction, since PostgreSQL would send a whole page's rows at once otherwise
                || store.read(tx -> tx.handle().inTransaction(handle -> {
                    rows.clear();
                    from.keySet().stream()
                            .sorted(Comparator.comparing(Audience::toString))
                            .forEach(audience -> cursors.put(audience, from.getOrDefault(audience, 0L)));
                    return cursors.entrySet().stream().allMatch(cursor -> read(handle, cursor, watermark, limit, rows));
                }));
        requireKnown(from);
        return new Read(
                cursors.isEmpty() ? from : cursors,
                rows.stream().map(Row::change).toList(),
                complete);
    }

    /**
     * Passes if all that was taken away since then is still known.
     *
     * @throws vn.sotay.api.http.ProblemException 410 otherwise, and for numbers that were never given out
     */
    void requireKnown(Map<Audience, Long> cursors) {
        long last = log.last();
        cursors.forEach((audience, cursor) -> {
            if (marks.hides(audience, cursor) || cursor > last) {
                throw Problem.other(410, "feed.start-afresh");
            }
        });
    }

    /**
     * Reads one audience, and sets its cursor.
     *
     * @return false if the page is full
     */
    private boolean read(Handle handle, Map.Entry<Audience, Long> cursor, long watermark, int limit, List<Row> rows) {
        Audience audience = cursor.getKey();
        long start = cursor.getValue();
        Long head = log.head(audience);
        if (head != null && head <= start) {
            cursor.setValue(Math.max(start, watermark));
            return true;
        }
        if (start >= watermark) {
            log.keepHead(audience, start);
            return true;
        }
        long last = start;
        long passed = start;
        int size = rows.stream().mapToInt(Row::size).sum();
        // what is changed again while this reads has its row beyond the watermark by then, and must not be missing
        // in what is said to be all: it comes as it is, and once more the next time
        try (ResultIterator<Row> found = handle.createQuery(
                        "select audience, type, id, version, changed_at, deleted, data, seq from change_feed"
                                + " where audience = :audience and seq > :start"
                                + " order by seq fetch first " + (2 * mostRows + 1) + " rows only")
                .bind("audience", audience.toString())
                .bind("start", start)
                .setFetchSize(FETCH)
                .map((row, context) -> row(row))
                .iterator()) {
            for (int taken = 0; found.hasNext(); taken++) {
                Row row = found.next();
                boolean isBeyond = row.seq() > watermark;
                boolean isFull = taken >= limit || rows.size() >= limit || size >= mostCharacters;
                if (isFull && !isBeyond || taken == 2 * mostRows) {
                    // not where it began, if that is nowhere: who has got nothing is not told what was taken away since
                    cursor.setValue(isBeyond ? watermark : passed);
                    return false;
                }
                last = row.seq();
                passed = isBeyond ? passed : last;
                // what was taken away before a client came is nothing to it
                if (start > 0 || row.change().deleted() == null) {
                    rows.add(row);
                    size += row.size();
                }
            }
        }
        log.keepHead(audience, last);
        cursor.setValue(watermark);
        return true;
    }

    private Row row(ResultSet row) throws SQLException {
        boolean deleted = row.getBoolean("deleted");
        String type = row.getString("type");
        UUID id = UUID.fromString(row.getString("id"));
        String kept = deleted ? null : row.getString("data");
        String data = kept == null ? null : log.open(type, id, kept);
        Change change = new Change(
                row.getString("audience"),
                type,
                id,
                row.getLong("version"),
                Instant.ofEpochMilli(row.getLong("changed_at")),
                deleted ? true : null,
                data == null ? null : new RawValue(data));
        return new Row(change, row.getLong("seq"), data == null ? 0 : data.length());
    }
}
