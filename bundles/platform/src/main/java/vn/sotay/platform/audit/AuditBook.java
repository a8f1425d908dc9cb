package vn.sotay.platform.audit;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Mandate;
import vn.sotay.api.http.Page;
import vn.sotay.api.store.AuditKind;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.unit.Unit;
import vn.sotay.api.unit.Units;

/**
 * Reads the audit trail. It has no index but its numbers, so that writes do not pay for one: who asks for little of much gets pages that
 * are not full, each after a look at so many rows. Thread-safe.
 */
@Component(service = AuditBook.class)
public final class AuditBook {

    private static final ZoneId ZONE = ZoneId.of("Asia/Ho_Chi_Minh");

    /** Rows that are looked at for one page at most. */
    private static final long MOST_SEEN = 200_000;

    private static final long FIRST_LOOK = 1_000;
    private static final long LONGEST_LOOK = 20_000;

    static final String COLUMNS =
            "seq, done_at, account, kind, type, thing, for_member, before_digest, after_digest, detail, session_id, unit";

    /** Else Derby reads the whole table, as it did best when there was little. */
    static final String BY_KEY = "--DERBY-PROPERTIES constraint=audit_key\n";

    /** A row without names. */
    record Row(
            long seq,
            Instant at,
            @Nullable UUID account,
            AuditKind kind,
            String type,
            @Nullable String thing,
            @Nullable UUID member,
            @Nullable String before,
            @Nullable String after,
            @Nullable String detail,
            @Nullable UUID session,
            @Nullable UUID unit) {}

    static final RowMapper<Row> ROW = (row, context) -> new Row(
            row.getLong(1),
            Instant.ofEpochMilli(row.getLong(2)),
            uuid(row.getString(3)),
            AuditKind.valueOf(row.getString(4)),
            row.getString(5),
            row.getString(6),
            uuid(row.getString(7)),
            row.getString(8),
            row.getString(9),
            row.getString(10),
            uuid(row.getString(11)),
            uuid(row.getString(12)));

    /** Numbers between which the rows that are asked for lie. */
    private record Bounds(long from, long to) {}

    private final Store store;
    private final Units units;

    @Activate
    public AuditBook(@Reference Store store, @Reference Units units) {
        this.store = store;
        this.units = units;
    }

    private static @Nullable UUID uuid(@Nullable String text) {
        return text == null ? null : UUID.fromString(text);
    }

    /**
     * Rows, newest first.
     *
     * @param before only those with a lower number
     * @return not always full, even if others follow
     */
    Page<AuditLine> page(AuditFilter filter, long before, int limit) {
        if (filter.sessions() != null && filter.sessions().isEmpty()) {
            return new Page<>(List.of(), null);
        }
        Bounds bounds = store.read(tx -> bounds(tx.handle(), filter));
        List<Row> rows = new ArrayList<>();
        long top = Math.min(before, bounds.to() + 1);
        long seen = 0;
        long look = FIRST_LOOK;
        while (rows.size() <= limit && top > bounds.from() && seen < MOST_SEEN) {
            long end = top;
            long begin = Math.max(bounds.from(), top - look);
            int more = limit + 1 - rows.size();
            rows.addAll(store.read(tx -> rows(tx, filter, begin, end, more)));
            seen += end - begin;
            top = begin;
            look = Math.min(look * 4, LONGEST_LOOK);
        }
        boolean isFull = rows.size() > limit;
        List<Row> shown = isFull ? rows.subList(0, limit) : rows;
        String next = null;
        if (isFull) {
            next = cursor(shown.get(limit - 1).seq());
        } else if (top > bounds.from()) {
            next = cursor(top);
        }
        return new Page<>(named(shown), next);
    }

    private static String cursor(long seq) {
        return Page.cursor(List.of(Long.toString(seq)));
    }

    /** By the seals, which know the time of their rows. */
    private static Bounds bounds(Handle handle, AuditFilter filter) {
        long last = number(handle, "select max(seq) from audit", null);
        long from = 1;
        if (filter.from() != null) {
            // nothing is sealed before it was done
            long first = number(handle, "select min(first_seq) from audit_seal where sealed_at >= :at", filter.from());
            from = first > 0 ? first : number(handle, "select max(last_seq) from audit_seal", null) + 1;
        }
        long to = last;
        if (filter.to() != null
                && number(handle, "select max(first_at) from audit_seal", null)
                        >= filter.to().toEpochMilli()) {
            to = number(handle, "select max(last_seq) from audit_seal where first_at < :at", filter.to());
        }
        return new Bounds(from, to);
    }

    private static long number(Handle handle, String sql, @Nullable Instant at) {
        Query query = handle.createQuery(sql);
        if (at != null) {
            query.bind("at", at);
        }
        return query.mapTo(Long.class).findFirst().orElse(0L);
    }

    private static List<Row> rows(Transaction tx, AuditFilter filter, long from, long before, int most) {
        StringBuilder sql = new StringBuilder(
                "select " + COLUMNS + " from audit " + BY_KEY + "where seq >= :begin and seq < :before");
        Map<String, Object> binds = new HashMap<>();
        filter.and(sql, binds);
        List<String> sessions = filter.sessions() == null
                ? List.of()
                : filter.sessions().stream().map(UUID::toString).sorted().toList();
        if (!sessions.isEmpty()) {
            sql.append(" and session_id in (<sessions>)");
        }
        sql.append(" order by seq desc fetch first ").append(most).append(" rows only");
        Query query = tx.handle()
                .createQuery(sql.toString())
                .bind("begin", from)
                .bind("before", before)
                .bindMap(binds);
        if (!sessions.isEmpty()) {
            query.bindList("sessions", sessions);
        }
        return query.map(ROW).list();
    }

    private List<AuditLine> named(List<Row> rows) {
        return store.read(tx -> {
            Map<UUID, AuditLine.By> accounts = accounts(tx.handle(), rows);
            Map<UUID, AuditLine.On> sessions = sessions(
                    tx.handle(),
                    rows.stream().map(Row::session).filter(Objects::nonNull).toList());
            Map<UUID, String> members = members(
                    tx.handle(),
                    rows.stream().map(Row::member).filter(Objects::nonNull).toList());
            return rows.stream()
                    .map(row -> new AuditLine(
                            row.seq(),
                            row.at(),
                            row.kind(),
                            row.account() == null
                                    ? null
                                    : accounts.getOrDefault(row.account(), new AuditLine.By(row.account(), null, null)),
                            row.session() == null
                                    ? null
                                    : sessions.getOrDefault(row.session(), new AuditLine.On(row.session(), null, "")),
                            row.type(),
                            row.thing(),
                            row.member() == null ? null : new AuditLine.Whom(row.member(), members.get(row.member())),
                            row.before(),
                            row.after(),
                            row.detail()))
                    .toList();
        });
    }

    static Map<UUID, AuditLine.By> accounts(Handle handle, List<Row> rows) {
        Set<String> ids = new HashSet<>();
        rows.forEach(row -> {
            if (row.account() != null) {
                ids.add(row.account().toString());
            }
        });
        Map<UUID, AuditLine.By> accounts = new HashMap<>();
        if (!ids.isEmpty()) {
            handle.createQuery("select a.id, a.member, m.name, a.login from account a"
                            + " left join member m on m.id = a.member where a.id in (<ids>)")
                    .bindList("ids", List.copyOf(ids))
                    .map((row, context) -> {
                        String name = row.getString(3);
                        return new AuditLine.By(
                                UUID.fromString(row.getString(1)),
                                uuid(row.getString(2)),
                                name == null ? row.getString(4) : name);
                    })
                    .forEach(by -> accounts.put(by.account(), by));
        }
        return accounts;
    }

    private static Map<UUID, AuditLine.On> sessions(Handle handle, Collection<UUID> sessions) {
        Map<UUID, AuditLine.On> on = new HashMap<>();
        List<String> ids = sessions.stream().distinct().map(UUID::toString).toList();
        if (!ids.isEmpty()) {
            handle.createQuery("select id, device, name from audit_session where id in (<ids>)")
                    .bindList("ids", ids)
                    .map((row, context) -> new AuditLine.On(
                            UUID.fromString(row.getString(1)), uuid(row.getString(2)), row.getString(3)))
                    .forEach(one -> on.put(one.session(), one));
        }
        return on;
    }

    /**
     * The sessions that are asked for.
     *
     * @param session one; null if it does not matter
     * @param device those that were on this phone or computer; null if it does not matter
     * @return null for all
     */
    @Nullable Set<UUID> sessions(@Nullable UUID session, @Nullable UUID device) {
        if (device == null) {
            return session == null ? null : Set.of(session);
        }
        return store
                .<List<UUID>, RuntimeException>read(tx -> tx.handle()
                        .createQuery("select id from audit_session where device = :device")
                        .bind("device", device)
                        .mapTo(UUID.class)
                        .list())
                .stream()
                .filter(id -> session == null || session.equals(id))
                .collect(Collectors.toSet());
    }

    static Map<UUID, String> members(Handle handle, Collection<UUID> members) {
        Map<UUID, String> names = new HashMap<>();
        List<String> ids = members.stream().distinct().map(UUID::toString).toList();
        if (!ids.isEmpty()) {
            handle.createQuery("select id, name from member where id in (<ids>)")
                    .bindList("ids", ids)
                    .map((row, context) -> Map.entry(UUID.fromString(row.getString(1)), row.getString(2)))
                    .forEach(name -> names.put(name.getKey(), name.getValue()));
        }
        return names;
    }

    /**
     * Who has read a member's record, newest first; one row more than asked for, if there is one.
     *
     * @param before only rows with a lower number
     */
    Page<RecordRead> reads(UUID member, long before, int limit) {
        return store.read(tx -> {
            List<Row> rows = tx.handle()
                    .createQuery(
                            "select a.seq, a.done_at, a.account, a.kind, a.type, a.thing, a.for_member, a.before_digest,"
                                    + " a.after_digest, a.detail, a.session_id, a.unit from audit_read r --DERBY-PROPERTIES constraint=audit_read_key\n"
                                    + "join audit a " + BY_KEY + "on a.seq = r.seq"
                                    + " where r.member = :member and r.seq < :before order by r.seq desc fetch first "
                                    + (limit + 1) + " rows only")
                    .bind("member", member)
                    .bind("before", before)
                    .map(ROW)
                    .list();
            List<Row> shown = rows.size() > limit ? rows.subList(0, limit) : rows;
            Map<UUID, AuditLine.By> accounts = accounts(tx.handle(), shown);
            Map<UUID, List<Mandate>> mandates = mandates(tx.handle(), accounts.keySet());
            List<RecordRead> reads = shown.stream()
                    .map(row -> {
                        AuditLine.By by = row.account() == null ? null : accounts.get(row.account());
                        List<Mandate> held =
                                row.account() == null ? List.of() : mandates.getOrDefault(row.account(), List.of());
                        return new RecordRead(
                                row.at(), row.kind(), row.type(), by == null ? null : by.name(), posts(held, row.at()));
                    })
                    .toList();
            return new Page<>(
                    reads, rows.size() > limit ? cursor(shown.get(limit - 1).seq()) : null);
        });
    }

    private List<RecordRead.Post> posts(List<Mandate> mandates, Instant at) {
        LocalDate day = LocalDate.ofInstant(at, ZONE);
        return mandates.stream()
                .filter(mandate -> mandate.isHeldOn(day))
                .map(mandate -> new RecordRead.Post(
                        mandate.role(),
                        units.find(mandate.unit()).map(Unit::name).orElse(null)))
                .toList();
    }

    private static Map<UUID, List<Mandate>> mandates(Handle handle, Collection<UUID> accounts) {
        Map<UUID, List<Mandate>> mandates = new HashMap<>();
        if (!accounts.isEmpty()) {
            handle.createQuery("select account, role, unit, from_day, to_day from mandate where account in (<ids>)")
                    .bindList("ids", accounts.stream().map(UUID::toString).toList())
                    .map((row, context) -> {
                        String to = row.getString(5);
                        return Map.entry(
                                UUID.fromString(row.getString(1)),
                                new Mandate(
                                        row.getString(2),
                                        UUID.fromString(row.getString(3)),
                                        LocalDate.parse(row.getString(4)),
                                        to == null ? null : LocalDate.parse(to)));
                    })
                    .forEach(held -> mandates.computeIfAbsent(held.getKey(), account -> new ArrayList<>())
                            .add(held.getValue()));
        }
        return mandates;
    }
}
