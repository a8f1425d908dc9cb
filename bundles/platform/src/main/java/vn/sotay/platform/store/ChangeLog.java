package vn.sotay.platform.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.access.Audience;

/**
 * Writes the change feed, and knows its numbers. One row for each thing and audience: readers get the newest state, not history.
 * Thread-safe; lives as long as the database is open.
 */
public final class ChangeLog {

    /** Things looked up at once: SQL has its limits. */
    private static final int SLICE = 200;

    /** A thing that changed, as a transaction collected it. */
    record Pending(String type, UUID id, long version, Map<Audience, String> payloads) {}

    private static final Comparator<FeedRows.Write> IN_ORDER = Comparator.comparing(
                    (FeedRows.Write write) -> write.thing().type())
            .thenComparing(write -> write.thing().id())
            .thenComparing(write -> write.audience().toString());

    private final Payloads payloads;
    private final ChangeNumbers numbers;
    private final ChangeNumbers audits;
    private final AuditUnsealed unsealed;
    private final KeptStatement auditInsert = new KeptStatement(AuditRows.INSERT);
    private final String generation;
    private final Map<Audience, Long> heads = new ConcurrentHashMap<>();
    private final List<Runnable> waiters = new CopyOnWriteArrayList<>();
    private final Map<UUID, Long> rearrangedAt = new ConcurrentHashMap<>();
    private volatile long arrangement;

    private ChangeLog(Payloads payloads, String generation, long last, long lastAudit) {
        this.payloads = payloads;
        this.generation = generation;
        this.numbers = new ChangeNumbers(last);
        this.audits = new ChangeNumbers(lastAudit);
        this.unsealed = new AuditUnsealed(lastAudit);
    }

    static ChangeLog open(Handle handle, Payloads payloads) {
        var state = handle.createQuery("select generation, high from feed_state")
                .map((row, context) -> Map.entry(row.getString(1), row.getLong(2)))
                .findFirst()
                .orElseGet(() -> {
                    String made = UUID.randomUUID().toString();
                    handle.execute("insert into feed_state (generation, high) values (?, 0)", made);
                    return Map.entry(made, 0L);
                });
        long last = highest(handle, "seq", "change_feed");
        // rows that somebody has taken away at the end stay missing: their numbers are in a seal
        long lastAudit = Math.max(highest(handle, "seq", "audit"), highest(handle, "last_seq", "audit_seal"));
        return new ChangeLog(payloads, state.getKey(), Math.max(last, state.getValue()), lastAudit);
    }

    private static long highest(Handle handle, String column, String table) {
        return handle.createQuery("select max(" + column + ") from " + table)
                .mapTo(Long.class)
                .findFirst()
                .orElse(0L);
    }

    /** After a backup was put back: what clients know may never have been, so that they have to start afresh. */
    static void renew(Handle handle) {
        handle.execute("update feed_state set generation = ?", UUID.randomUUID().toString());
    }

    /** A payload as those read it to whom it is addressed. */
    public String open(String type, UUID id, String kept) {
        return payloads.open(type, id, kept);
    }

    /** Tells tokens of this database from those of one before it. */
    public String generation() {
        return generation;
    }

    /** All changes up to this number can be read. Ask before you read. */
    public long watermark() {
        return numbers.watermark();
    }

    /** The highest number that was given out since the start, or that the database knew of then. */
    public long last() {
        return numbers.last();
    }

    /** The highest number of a transaction that is about to commit; the watermark if none is. */
    public long underWay() {
        return numbers.underWay();
    }

    /** The highest number of a committed change of this audience; empty if none was asked for or written since the start. */
    public @Nullable Long head(Audience audience) {
        return heads.get(audience);
    }

    /**
     * The audiences for whom something has committed after this number, which is not one from before the start. Ask for the watermark
     * first: all that committed up to it is known here.
     */
    public Set<Audience> movedSince(long seq) {
        Set<Audience> moved = new HashSet<>();
        heads.forEach((audience, head) -> {
            if (head > seq) {
                moved.add(audience);
            }
        });
        return moved;
    }

    /** Keeps what a reader found in the database, so that the next one need not look. */
    public void keepHead(Audience audience, long seq) {
        heads.merge(audience, seq, Math::max);
    }

    /** Calls this after each advance of the watermark, in the writer's thread. */
    public void onAdvance(Runnable waiter) {
        waiters.add(waiter);
    }

    /** No longer calls this. */
    public void remove(Runnable waiter) {
        waiters.remove(waiter);
    }

    /** All rows of the audit trail up to this number can be read, or will never be there. */
    long auditWatermark() {
        return audits.watermark();
    }

    /** The rows of the audit trail that are not sealed, as this process has written them. */
    AuditUnsealed unsealed() {
        return unsealed;
    }

    /**
     * What a transaction wrote to the feed and to the audit trail.
     *
     * @param ticket its numbers of the feed; null if it told nothing
     * @param audit its numbers of the trail; null if it wrote nothing there
     * @param written the rows that have these numbers; null if there are none
     */
    record Flushed(
            ChangeNumbers.@Nullable Ticket ticket,
            Map<Audience, Long> heads,
            Set<String> types,
            ChangeNumbers.@Nullable Ticket audit,
            AuditUnsealed.@Nullable Written written) {

        Flushed with(AuditUnsealed.Written rows) {
            return new Flushed(ticket, heads, types, audit, rows);
        }
    }

    /**
     * Writes what a transaction collected, at its very end, so that its numbers are open for a short time only; in the order of type,
     * id and audience, so that two transactions never wait for each other's rows.
     */
    @Nullable Flushed flush(Handle handle, StoreTransaction tx) {
        requireKnown(tx);
        Readdressing readdressing = new Readdressing(handle, tx.pending().keySet());
        readdressing.plan(tx.successions());
        List<AuditEntry> entries = new ArrayList<>();
        List<FeedRows.Write> writes = writes(handle, tx.pending().values(), entries);
        entries.addAll(tx.audits());
        int count = writes.size() + readdressing.size();
        if (count == 0 && entries.isEmpty()) {
            tx.writeRows();
            return null;
        }
        Map<Audience, Long> written = new HashMap<>();
        Set<String> types = new HashSet<>();
        Flushed flushed = new Flushed(
                count == 0 ? null : numbers.take(count),
                written,
                types,
                entries.isEmpty() ? null : audits.take(entries.size()),
                null);
        try {
            long at = tx.now().toEpochMilli();
            if (flushed.ticket() != null) {
                write(handle, writes, flushed.ticket().first(), at, written, types);
                if (readdressing.size() > 0) {
                    readdressing.write(flushed.ticket().first() + writes.size(), written, types);
                }
            }
            if (flushed.audit() != null) {
                List<AuditEntry> placed = AuditPlaces.placed(handle, entries);
                AuditRows.write(handle, auditInsert, placed, flushed.audit().first(), at);
                flushed = flushed.with(new AuditUnsealed.Written(flushed.audit().first(), at, placed));
            }
            tx.writeRows();
            return flushed;
        } catch (RuntimeException e) {
            // its rows will never be seen: the caller rolls back, and holds no ticket to end
            end(flushed, false);
            throw e;
        }
    }

    private void requireKnown(StoreTransaction tx) {
        if (tx.arrangement() == arrangement) {
            return;
        }
        boolean isOld = tx.pending().values().stream()
                .flatMap(thing -> thing.payloads().keySet().stream())
                .map(Audience::id)
                .anyMatch(id -> id != null && rearrangedAt.getOrDefault(id, 0L) > tx.arrangement());
        if (isOld) {
            throw new UnitsChanged();
        }
    }

    /** Grows with each change of units. */
    long arrangement() {
        return arrangement;
    }

    /** To be called when units have changed, and are known in memory as they are now. */
    void rearranged(Collection<Succession> all) {
        if (!all.isEmpty()) {
            long next = arrangement + 1;
            all.forEach(one -> rearrangedAt.put(one.unit(), next));
            arrangement = next;
        }
    }

    private List<FeedRows.Write> writes(Handle handle, Collection<Pending> pending, List<AuditEntry> entries) {
        List<FeedRows.Write> writes = new ArrayList<>();
        List<Pending> things = pending.stream()
                .sorted((a, b) -> a.type().equals(b.type())
                        ? a.id().compareTo(b.id())
                        : a.type().compareTo(b.type()))
                .toList();
        Map<String, List<Pending>> byType = new HashMap<>();
        things.forEach(thing ->
                byType.computeIfAbsent(thing.type(), type -> new ArrayList<>()).add(thing));
        byType.keySet().stream().sorted().forEach(type -> {
            List<Pending> ofType = byType.getOrDefault(type, List.of());
            for (int from = 0; from < ofType.size(); from += SLICE) {
                compare(handle, type, ofType.subList(from, Math.min(from + SLICE, ofType.size())), writes, entries);
            }
        });
        writes.sort(IN_ORDER);
        return writes;
    }

    private void compare(
            Handle handle, String type, List<Pending> things, List<FeedRows.Write> writes, List<AuditEntry> entries) {
        Map<UUID, List<FeedRows.Row>> there =
                FeedRows.read(handle, type, things.stream().map(Pending::id).toList());
        for (Pending thing : things) {
            int before = writes.size();
            Map<Audience, FeedRows.Row> rows = new HashMap<>();
            List<FeedRows.Row> ofThing = there.getOrDefault(thing.id(), List.of());
            ofThing.forEach(row -> rows.put(row.audience(), row));
            thing.payloads().forEach((audience, data) -> {
                FeedRows.Row row = rows.get(audience);
                if (row == null || row.deleted() || !payloads.isSame(type, thing.id(), data, row.data())) {
                    writes.add(new FeedRows.Write(thing, audience, data, row == null));
                }
            });
            rows.forEach((audience, row) -> {
                if (!row.deleted() && !thing.payloads().containsKey(audience)) {
                    writes.add(new FeedRows.Write(thing, audience, null, false));
                }
            });
            if (writes.size() > before) {
                entries.add(AuditRows.of(thing, ofThing, writes.subList(before, writes.size())));
            }
        }
    }

    private static void write(
            Handle handle,
            List<FeedRows.Write> writes,
            long first,
            long at,
            Map<Audience, Long> heads,
            Set<String> types) {
        FeedRows.write(handle, writes, first, at);
        long seq = first;
        for (FeedRows.Write write : writes) {
            heads.put(write.audience(), seq++);
            types.add(write.thing().type());
        }
    }

    /** To be called when the commit has returned. */
    void committed(Flushed flushed) {
        // before the watermark moves: who sees the new one must see the new heads
        flushed.heads().forEach(this::keepHead);
        if (flushed.written() != null) {
            unsealed.keep(flushed.written(), audits.last());
        }
        end(flushed, true);
    }

    /** To be called when it is certain that the commit has not come to pass. */
    void rolledBack(Flushed flushed) {
        end(flushed, false);
    }

    /** Whether the rows of a transaction are in the database, one of whose commit nobody knows how it ended. */
    static boolean isThere(Handle handle, Flushed flushed) {
        if (flushed.audit() != null) {
            return handle.createQuery("select seq from " + AuditRows.BY_KEY + " where seq = :seq")
                    .bind("seq", flushed.audit().last())
                    .mapTo(Long.class)
                    .findFirst()
                    .isPresent();
        }
        Map.Entry<Audience, Long> one = flushed.heads().entrySet().iterator().next();
        return handle.createQuery("select seq from change_feed where audience = :audience and seq = :seq")
                .bind("audience", one.getKey().toString())
                .bind("seq", one.getValue())
                .mapTo(Long.class)
                .findFirst()
                .isPresent();
    }

    private void end(Flushed flushed, boolean committed) {
        if (flushed.audit() != null) {
            audits.end(flushed.audit(), committed);
        }
        if (flushed.ticket() != null) {
            numbers.end(flushed.ticket(), committed);
            waiters.forEach(Runnable::run);
        }
    }
}
