package vn.sotay.platform.notices;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.access.Audience;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.unit.Unit;
import vn.sotay.api.unit.Units;

/** Who gets a notice by what, and how far that is. */
final class DeliveryRows {

    /**
     * Somebody of an audience.
     *
     * @param hasPhone whether the record has a number
     * @param usedAt when the member was last seen in the handbook; null for never
     */
    record Recipient(
            UUID member,
            UUID cell,
            boolean hasPhone,
            Preference preference,
            @Nullable Instant usedAt) {}

    /** What goes to one member in one message. */
    record Batch(UUID id, UUID member, Channel channel, List<Line> lines) {}

    /** One notice of it. */
    record Line(UUID notice, int attempts) {}

    /** A notice that is not spread yet. */
    record Spreading(
            UUID notice, Audience audience, @Nullable String after) {}

    private static final String ACTIVE = "m.status not in ('LEFT', 'DECEASED')";

    private final PreferenceRows preferences;
    private final Units units;

    DeliveryRows(PreferenceRows preferences, Units units) {
        this.preferences = preferences;
        this.units = units;
    }

    // ---- who is told

    Optional<Spreading> toSpread(Handle handle) {
        return handle.createQuery("select id, audience, spread_to from notice where spread = false and withdrawn_at is"
                        + " null order by sent_at fetch first 1 rows only")
                .map((row, context) -> new Spreading(
                        UUID.fromString(row.getString(1)), Audience.parse(row.getString(2)), row.getString(3)))
                .findFirst();
    }

    /**
     * A condition on the member {@code m}, with what it names.
     *
     * @param sql never empty
     */
    private record Who(String sql, Map<String, Object> binds) {

        Query bind(Query query) {
            binds.forEach(query::bind);
            return query;
        }
    }

    private Who who(Audience audience) {
        UUID id = audience.id();
        return switch (audience.kind()) {
            case EVERYONE -> new Who("1 = 1", Map.of());
            case EDITORS -> new Who(holding("'EDITOR'") + ')', Map.of());
            case MEMBER -> new Who("m.id = :whose", Map.of("whose", Objects.requireNonNull(id)));
            case MEMBERS -> within(units.current(Objects.requireNonNull(id)), "who");
            case ALL_LEADERS -> below("'SECRETARY', 'DEPUTY', 'HELPER'", units.current(Objects.requireNonNull(id)));
            case ALL_OFFICERS -> below("'OFFICER'", units.current(Objects.requireNonNull(id)));
            case LEADERS ->
                new Who(
                        holding("'SECRETARY', 'DEPUTY', 'HELPER'") + " and d.unit = :at)",
                        Map.of("at", units.current(Objects.requireNonNull(id)).id()));
            case OFFICERS ->
                new Who(
                        holding("'OFFICER'") + " and d.unit = :at)",
                        Map.of("at", units.current(Objects.requireNonNull(id)).id()));
        };
    }

    private Who within(Unit unit, String name) {
        if (units.isCell(unit)) {
            return new Who("m.cell = :" + name, Map.of(name, unit.id()));
        }
        String path = unit.path();
        return new Who(
                "m.cell in (select id from unit where path >= :" + name + " and path < :" + name + "End)",
                Map.of(name, path, name + "End", path.substring(0, path.length() - 1) + '0'));
    }

    private static Who below(String roles, Unit unit) {
        String path = unit.path();
        return new Who(
                holding(roles) + " and d.unit in (select id from unit where path >= :who and path < :whoEnd))",
                Map.of("who", path, "whoEnd", path.substring(0, path.length() - 1) + '0'));
    }

    private static String holding(String roles) {
        return "m.id in (select a.member from mandate d join account a on a.id = d.account where d.role in (" + roles
                + ") and d.to_day is null";
    }

    /** The next members of an audience, in the order of their ids. */
    List<Recipient> recipients(Handle handle, Audience audience, @Nullable String after, int most) {
        Who who = who(audience);
        return who.bind(handle.createQuery("select m.id, m.cell, m.phone, m.phone_sealed, " + PreferenceRows.COLUMNS
                        + ", (select max(s.used_at) from audit_session s join account a on a.id = s.account where"
                        + " a.member = m.id) seen_at from member m left join notice_preference p on p.member = m.id"
                        + " where " + ACTIVE + " and " + who.sql() + " and m.id > :after order by m.id fetch first "
                        + most + " rows only"))
                .bind("after", after == null ? "" : after)
                .map((row, context) -> {
                    String member = row.getString("id");
                    long used = row.getLong("seen_at");
                    return new Recipient(
                            UUID.fromString(member),
                            UUID.fromString(row.getString("cell")),
                            row.getString("phone") != null || row.getString("phone_sealed") != null,
                            preferences.read(row, member),
                            used == 0 ? null : Instant.ofEpochMilli(used));
                })
                .list();
    }

    // ---- how far it is

    /**
     * How many of a unit a notice has reached, by what.
     *
     * @param people of the unit whom it is for
     * @param seen of them, who had it on the screen
     * @param mail to whom it went by mail
     * @param sms to whom it went by text message
     * @param waiting to whom it is still to go out
     * @param toCall who is to be told by word of mouth, and has not been
     * @param told who was
     * @param spread whether it is worked out who gets it by what
     */
    record Reached(int people, int seen, int mail, int sms, int waiting, int toCall, int told, boolean spread) {}

    private static final String SEEN = "exists (select s.account from notice_seen s join account a on a.id = s.account"
            + " where a.member = m.id and s.seen_until >= :sent)";

    Reached reached(Handle handle, UUID notice, Audience audience, Instant sent, boolean spread, Unit unit) {
        Who who = who(audience);
        Who here = within(unit, "here");
        String people = "select count(*) from member m where " + ACTIVE + " and " + who.sql() + " and " + here.sql();
        int all = here.bind(who.bind(handle.createQuery(people)))
                .mapTo(Integer.class)
                .one();
        int seen = here.bind(who.bind(handle.createQuery(people + " and " + SEEN)))
                .bind("sent", sent)
                .mapTo(Integer.class)
                .one();
        Map<String, Integer> counts = new HashMap<>();
        here.bind(handle.createQuery(
                        "select d.channel, d.state, count(*) from notice_delivery d join member m on m.id ="
                                + " d.member where d.notice = :notice and " + here.sql()
                                + " and (d.channel <> 'CALL' or d.state <> 'WAITING' or not " + SEEN
                                + ") group by d.channel, d.state"))
                .bind("notice", notice)
                .bind("sent", sent)
                .map((row, context) -> Map.entry(row.getString(1) + ' ' + row.getString(2), row.getInt(3)))
                .list()
                .forEach(one -> counts.put(one.getKey(), one.getValue()));
        int waiting = counts.entrySet().stream()
                .filter(one -> !one.getKey().startsWith("CALL")
                        && (one.getKey().endsWith("WAITING") || one.getKey().endsWith("SENDING")))
                .mapToInt(Map.Entry::getValue)
                .sum();
        return new Reached(
                all,
                seen,
                counts.getOrDefault("MAIL SENT", 0),
                counts.getOrDefault("SMS SENT", 0),
                waiting,
                counts.getOrDefault("CALL WAITING", 0),
                counts.getOrDefault("CALL TOLD", 0),
                spread);
    }

    /** Somebody who is to be told by word of mouth. */
    record ToCall(UUID notice, UUID member) {}

    /** Who of a cell is to be told what, the newest first. */
    List<ToCall> toCall(Handle handle, UUID cell, Instant since, int most) {
        return handle.createQuery(
                        "select d.notice, d.member from notice_delivery d join member m on m.id = d.member join"
                                + " notice n on n.id = d.notice where m.cell = :cell and " + ACTIVE
                                + " and d.channel = 'CALL'"
                                + " and d.state = 'WAITING' and n.withdrawn_at is null and n.sent_at >= :since and not "
                                + SEEN.replace(":sent", "n.sent_at")
                                + " order by n.sent_at desc, n.id, m.sort_name fetch first "
                                + most + " rows only")
                .bind("cell", cell)
                .bind("since", since)
                .map((row, context) -> new ToCall(UUID.fromString(row.getString(1)), UUID.fromString(row.getString(2))))
                .list();
    }

    /** Passes if the member is on the list, or was. */
    boolean told(Transaction tx, UUID notice, UUID member, @Nullable UUID by, @Nullable LocalDate on) {
        return tx.handle()
                        .execute(
                                "update notice_delivery set state = ?, told_by = ?, told_on = ?, changed_at = ? where"
                                        + " notice = ? and member = ? and channel = 'CALL'",
                                on == null ? DeliveryState.WAITING : DeliveryState.TOLD,
                                by,
                                on,
                                tx.now(),
                                notice,
                                member)
                == 1;
    }

    /** What a member was sent, by what. */
    record Sent(UUID notice, Channel channel, DeliveryState state, Instant at) {}

    /** The newest first. */
    List<Sent> log(Handle handle, UUID member, int most) {
        return handle.createQuery(
                        "select notice, channel, state, changed_at from notice_delivery where member = :member"
                                + " and state in ('SENT', 'TOLD') order by changed_at desc, notice fetch first " + most
                                + " rows only")
                .bind("member", member)
                .map((row, context) -> new Sent(
                        UUID.fromString(row.getString(1)),
                        Channel.valueOf(row.getString(2)),
                        DeliveryState.valueOf(row.getString(3)),
                        Instant.ofEpochMilli(row.getLong(4))))
                .list();
    }

    // ---- who is told

    /** A way for one. */
    record Way(UUID member, Channel channel, Instant at) {}

    void spread(Transaction tx, UUID notice, List<Way> ways, @Nullable String reached) {
        PreparedBatch inserts = tx.handle()
                .prepareBatch("insert into notice_delivery (notice, member, channel, state, attempts, next_at,"
                        + " changed_at) values (?, ?, ?, 'WAITING', 0, ?, ?)");
        ways.forEach(way -> inserts.add(notice, way.member(), way.channel(), way.at(), tx.now()));
        if (!ways.isEmpty()) {
            inserts.execute();
        }
        tx.handle()
                .execute("update notice set spread_to = ?, spread = ? where id = ?", reached, reached == null, notice);
    }

    // ---- what goes out

    /** Decides about what is due for one member: when it goes out, if not now. */
    interface Limit {
        /** @return null for now */
        @Nullable Instant later(UUID member);
    }

    private record Due(UUID notice, boolean isUrgent, boolean isSeen, boolean isWithdrawn) {}

    /** What was going out when Sotay was killed, or is due, of some members. */
    List<Batch> take(Transaction tx, Channel channel, int most, Limit limit) {
        List<Batch> batches = begun(tx.handle(), channel, most);
        if (!batches.isEmpty()) {
            return batches;
        }
        tx
                .handle()
                .createQuery("select member, batch from notice_delivery where state = 'WAITING' and channel = :channel"
                        + " and next_at <= :now order by next_at fetch first " + most + " rows only")
                .bind("channel", channel)
                .bind("now", tx.now())
                .map((row, context) ->
                        Map.entry(UUID.fromString(row.getString(1)), Optional.ofNullable(row.getString(2))))
                .stream()
                .distinct()
                .toList()
                .forEach(one -> {
                    if (one.getValue().isPresent()) {
                        tx.handle()
                                .execute(
                                        "update notice_delivery set state = 'SENDING', changed_at = ? where batch = ?"
                                                + " and state = 'WAITING'",
                                        tx.now(),
                                        one.getValue().get());
                    } else {
                        gather(tx, one.getKey(), channel, limit);
                    }
                });
        return begun(tx.handle(), channel, most);
    }

    /** Puts all that is due for a member into one message. */
    private static void gather(Transaction tx, UUID member, Channel channel, Limit limit) {
        List<Due> due = tx.handle()
                .createQuery("select d.notice, n.urgency, n.sent_at, n.withdrawn_at, (select max(s.seen_until) from"
                        + " notice_seen s join account a on a.id = s.account where a.member = d.member) seen_until from"
                        + " notice_delivery d join notice n on n.id = d.notice where d.member = :member and d.channel ="
                        + " :channel and d.state = 'WAITING' and d.batch is null and d.next_at <= :now")
                .bind("member", member)
                .bind("channel", channel)
                .bind("now", tx.now())
                .map((row, context) -> new Due(
                        UUID.fromString(row.getString(1)),
                        row.getString(2).equals("URGENT"),
                        row.getLong(5) >= row.getLong(3),
                        row.getLong(4) > 0))
                .list();
        Instant later = due.stream().anyMatch(Due::isUrgent) ? null : limit.later(member);
        UUID batch = UUID.randomUUID();
        for (Due one : due) {
            boolean goes = !one.isSeen() && !one.isWithdrawn();
            tx.handle()
                    .execute(
                            "update notice_delivery set state = ?, batch = ?, next_at = ?, changed_at = ? where notice ="
                                    + " ? and member = ?",
                            !goes
                                    ? DeliveryState.DROPPED
                                    : later == null ? DeliveryState.SENDING : DeliveryState.WAITING,
                            goes && later == null ? batch : null,
                            later == null ? tx.now() : later,
                            tx.now(),
                            one.notice(),
                            member);
        }
    }

    private static List<Batch> begun(Handle handle, Channel channel, int most) {
        Map<UUID, Batch> batches = new HashMap<>();
        handle.createQuery("select batch, member, notice, attempts from notice_delivery where state = 'SENDING' and"
                        + " channel = :channel order by batch, notice")
                .bind("channel", channel)
                .map((row, context) -> {
                    UUID id = UUID.fromString(row.getString(1));
                    batches.computeIfAbsent(id, none -> new Batch(id, uuid(row, 2), channel, new ArrayList<>()))
                            .lines()
                            .add(new Line(uuid(row, 3), row.getInt(4)));
                    return id;
                })
                .list();
        return batches.values().stream().limit(most).toList();
    }

    private static UUID uuid(java.sql.ResultSet row, int column) {
        try {
            return UUID.fromString(row.getString(column));
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    void sent(Transaction tx, Batch batch) {
        tx.handle()
                .execute(
                        "update notice_delivery set state = 'SENT', changed_at = ? where batch = ?"
                                + " and state = 'SENDING'",
                        tx.now(),
                        batch.id());
    }

    void dropped(Transaction tx, Batch batch) {
        tx.handle()
                .execute(
                        "update notice_delivery set state = 'DROPPED', changed_at = ? where batch = ? and state ="
                                + " 'SENDING'",
                        tx.now(),
                        batch.id());
    }

    /** The batch keeps its key, and with it its lines, so that what has arrived all the same does not come twice. */
    void again(Transaction tx, Batch batch, int attempts, Instant at) {
        tx.handle()
                .execute(
                        "update notice_delivery set state = 'WAITING', attempts = ?, next_at = ?, changed_at = ? where"
                                + " batch = ? and state = 'SENDING'",
                        attempts,
                        at,
                        tx.now(),
                        batch.id());
    }

    void other(Transaction tx, Batch batch, Channel channel, Instant at) {
        tx.handle()
                .execute(
                        "update notice_delivery set state = 'WAITING', channel = ?, attempts = 0, batch = null,"
                                + " next_at = ?, changed_at = ? where batch = ? and state = 'SENDING'",
                        channel,
                        at,
                        tx.now(),
                        batch.id());
    }

    /** When the next is due; empty if nothing waits. */
    Optional<Instant> next(Handle handle, Channel channel) {
        return handle.createQuery(
                        "select min(next_at) from notice_delivery where state = 'WAITING' and channel = :channel")
                .bind("channel", channel)
                .mapTo(Long.class)
                .findFirst()
                .map(Instant::ofEpochMilli);
    }

    /** How many messages that were not urgent a member has got since then. */
    int sentSince(Handle handle, UUID member, Instant since) {
        return handle.createQuery("select count(distinct d.batch) from notice_delivery d join notice n on n.id ="
                        + " d.notice where d.member = :member and d.state = 'SENT' and d.changed_at >= :since and"
                        + " n.urgency <> 'URGENT'")
                .bind("member", member)
                .bind("since", since)
                .mapTo(Integer.class)
                .one();
    }

    /** What has not gone out of a notice does not go out. */
    int drop(Transaction tx, UUID notice) {
        return tx.handle()
                .execute(
                        "update notice_delivery set state = 'DROPPED', changed_at = ? where notice = ? and state ="
                                + " 'WAITING'",
                        tx.now(),
                        notice);
    }
}
