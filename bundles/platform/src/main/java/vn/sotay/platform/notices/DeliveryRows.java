package vn.sotay.platform.notices;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.access.Audience;
import vn.sotay.api.member.Born;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.unit.Unit;
import vn.sotay.api.unit.Units;
import vn.sotay.platform.members.BornSql;

/** Who gets a notice by what, and how far that is. */
final class DeliveryRows {

    /**
     * Somebody of an audience.
     *
     * @param hasPhone whether the record has a number
     * @param hasBrowser whether it has a browser that wants to be told
     * @param usedAt when the member was last seen in the handbook; null for never
     */
    record Recipient(
            UUID member,
            UUID cell,
            boolean hasPhone,
            boolean hasBrowser,
            Preference preference,
            @Nullable Instant usedAt) {}

    /** What goes to one member in one message. */
    record Batch(UUID id, UUID member, Channel channel, List<Line> lines) {}

    /** One notice of it. */
    record Line(UUID notice, int attempts) {}

    /** A notice that is not spread yet. */
    record Spreading(
            UUID notice, Audience audience, @Nullable String after) {}

    /** How much of what was withdrawn or stopped goes in one transaction; from 5,000 rows on Derby locks the whole table. */
    private static final int SWEPT_AT_ONCE = 4_000;

    private static final String ACTIVE = "m.status not in ('LEFT', 'DECEASED')";

    private final PreferenceRows preferences;
    private final Units units;

    DeliveryRows(PreferenceRows preferences, Units units) {
        this.preferences = preferences;
        this.units = units;
    }

    // ---- who is told

    /** The oldest; what is urgent before all else. */
    Optional<Spreading> toSpread(Handle handle) {
        return handle.createQuery(
                        "select id, audience, spread_to from notice where spread = false and withdrawn_at is"
                                + " null order by case when urgency = 'URGENT' then 0 else 1 end, sent_at fetch first 1 rows only")
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

    /** @param today who leads, works or edits is who does on that day */
    private Who who(Audience audience, LocalDate today) {
        UUID id = audience.id();
        return switch (audience.kind()) {
            case EVERYONE -> new Who("1 = 1", Map.of());
            case EDITORS -> new Who(holding("'EDITOR'") + ')', Map.of("today", today.toString()));
            case MEMBER -> new Who("m.id = :whose", Map.of("whose", Objects.requireNonNull(id)));
            case MEMBERS -> within(units.current(Objects.requireNonNull(id)), "who");
            case ALL_LEADERS ->
                below("'SECRETARY', 'DEPUTY', 'HELPER'", units.current(Objects.requireNonNull(id)), today);
            case ALL_OFFICERS -> below("'OFFICER'", units.current(Objects.requireNonNull(id)), today);
            case LEADERS -> at("'SECRETARY', 'DEPUTY', 'HELPER'", units.current(Objects.requireNonNull(id)), today);
            case OFFICERS -> at("'OFFICER'", units.current(Objects.requireNonNull(id)), today);
        };
    }

    private Who who(Audience audience, @Nullable Born born, LocalDate today) {
        Who all = who(audience, today);
        BornSql those = BornSql.member(born);
        Map<String, Object> binds = new HashMap<>(all.binds());
        binds.putAll(those.binds());
        return new Who(all.sql() + " and " + those.sql(), binds);
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

    private static Who at(String roles, Unit unit, LocalDate today) {
        return new Who(holding(roles) + " and d.unit = :at)", Map.of("at", unit.id(), "today", today.toString()));
    }

    private static Who below(String roles, Unit unit, LocalDate today) {
        String path = unit.path();
        return new Who(
                holding(roles) + " and d.unit in (select id from unit where path >= :who and path < :whoEnd))",
                Map.of("who", path, "whoEnd", path.substring(0, path.length() - 1) + '0', "today", today.toString()));
    }

    private static String holding(String roles) {
        return "m.id in (select a.member from mandate d join account a on a.id = d.account where d.role in (" + roles
                + ") and d.from_day <= :today and (d.to_day is null or d.to_day >= :today)";
    }

    /**
     * The next members of an audience as it is on a day, in the order of their ids.
     *
     * @param born those alone who may be born then; null for all
     */
    List<Recipient> recipients(
            Handle handle, Audience audience, @Nullable Born born, LocalDate today, @Nullable String after, int most) {
        Who who = who(audience, born, today);
        return who.bind(handle.createQuery("select m.id, m.cell, m.phone, m.phone_sealed, " + PreferenceRows.COLUMNS
                        + ", (select max(s.used_at) from audit_session s join account a on a.id = s.account where"
                        + " a.member = m.id) seen_at, (select count(*) from push_subscription u where u.member = m.id) browsers from member m left join notice_preference p on p.member = m.id"
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
                            row.getInt("browsers") > 0,
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
     * @param push of the people, to whom it went on a phone or computer
     * @param mail to whom it went by mail
     * @param sms to whom it went by text message
     * @param waiting to whom it is still to go out
     * @param toCall who is to be told by word of mouth, and has not been
     * @param told who was
     * @param spread whether it is worked out who gets it by what
     */
    record Reached(
            int people, int seen, int push, int mail, int sms, int waiting, int toCall, int told, boolean spread) {}

    private static final String SEEN = "exists (select s.account from notice_seen s join account a on a.id = s.account"
            + " where a.member = m.id and s.seen_until >= :sent)";

    Reached reached(
            Handle handle,
            UUID notice,
            Audience audience,
            @Nullable Born born,
            LocalDate today,
            Instant sent,
            boolean spread,
            Unit unit) {
        Who who = who(audience, born, today);
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
                        "select d.channel, d.state, count(*) from notice_delivery d join notice n on n.id ="
                                + " d.notice join member m on m.id = d.member where d.notice = :notice and "
                                + here.sql()
                                // of what was withdrawn or stopped nothing waits, whatever its rows still say
                                + " and (n.withdrawn_at is null or d.state <> 'WAITING')"
                                + " and (n.stopped_at is null or d.state <> 'WAITING' or d.channel = 'CALL')"
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
                counts.getOrDefault("PUSH SENT", 0),
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
                                + " order by n.sent_at desc, n.id, m.sort_name, m.id fetch first "
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

    /**
     * Takes a notice to be spread further, until the transaction ends.
     *
     * @return false if it was withdrawn or stopped meanwhile: nobody is told any more
     */
    boolean begin(Transaction tx, UUID notice) {
        return tx.handle().execute("update notice set spread_to = spread_to where id = ? and spread = false", notice)
                == 1;
    }

    /** Those of some members to whom the same is told already, as members of another audience of one and the same telling. */
    Set<UUID> toldAlready(Handle handle, UUID notice, List<Recipient> some) {
        return some.isEmpty()
                ? Set.of()
                : handle.createQuery("select d.member from notice n join notice o on o.about = n.about and o.module ="
                                + " n.module and o.template = n.template and o.sent_at = n.sent_at and o.id <> n.id join"
                                + " notice_delivery d on d.notice = o.id where n.id = :notice and o.withdrawn_at is null"
                                + " and d.member in (<members>)")
                        .bind("notice", notice)
                        .bindList(
                                "members",
                                some.stream()
                                        .map(one -> one.member().toString())
                                        .toList())
                        .mapTo(UUID.class)
                        .set();
    }

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

    /** Decides about what is due for one member and is not urgent: when it goes out, if not now. */
    interface Limit {
        /** @return null for now */
        @Nullable Instant later(UUID member);
    }

    private record Waiting(
            UUID notice, UUID member, @Nullable UUID batch, boolean isWithdrawn) {

        Gathering gathering() {
            return new Gathering(member, batch);
        }
    }

    /** @param batch the message that was tried before; null for what is to become one */
    private record Gathering(UUID member, @Nullable UUID batch) {}

    private record Due(UUID notice, boolean isUrgent, boolean isSeen, boolean isWithdrawn) {

        boolean goes() {
            return !isSeen && !isWithdrawn;
        }
    }

    /** What was going out when Sotay was killed, or is due, of some members. */
    List<Batch> take(Transaction tx, Channel channel, int most, Limit limit) {
        List<Batch> batches = begun(tx.handle(), channel, most);
        if (!batches.isEmpty()) {
            return batches;
        }
        List<Waiting> due = due(tx, channel, most);
        List<UUID> withdrawn = due.stream()
                .filter(Waiting::isWithdrawn)
                .map(Waiting::notice)
                .distinct()
                .toList();
        if (!withdrawn.isEmpty()) {
            // a province's worth of it may stand before what is still to go out
            withdrawn.forEach(notice -> drop(tx, notice, channel));
            due = due(tx, channel, most);
        }
        due.stream()
                .filter(one -> !one.isWithdrawn())
                .map(Waiting::gathering)
                .distinct()
                .limit(most)
                .forEach(one -> gather(tx, one, channel, limit));
        return begun(tx.handle(), channel, most);
    }

    private static List<Waiting> due(Transaction tx, Channel channel, int most) {
        return tx.handle()
                .createQuery(
                        "select d.notice, d.member, d.batch, coalesce(n.withdrawn_at, n.stopped_at) from notice_delivery d join notice n on"
                                + " n.id = d.notice where d.state = 'WAITING' and d.channel = :channel and d.next_at <= :now"
                                + " order by d.next_at fetch first " + most + " rows only")
                .bind("channel", channel)
                .bind("now", tx.now())
                .map((row, context) -> new Waiting(
                        uuid(row, 1), uuid(row, 2), row.getString(3) == null ? null : uuid(row, 3), row.getLong(4) > 0))
                .list();
    }

    private static void drop(Transaction tx, UUID notice, Channel channel) {
        String which = " where notice = :notice and channel = :channel and state = 'WAITING'";
        Optional<String> last = tx.handle()
                .createQuery("select member from notice_delivery" + which + " order by member offset "
                        + (SWEPT_AT_ONCE - 1) + " rows fetch first 1 row only")
                .bind("notice", notice)
                .bind("channel", channel)
                .mapTo(String.class)
                .findOne();
        Update drop = tx.handle()
                .createUpdate("update notice_delivery set state = 'DROPPED', batch = null, changed_at = :now" + which
                        + (last.isPresent() ? " and member <= :last" : ""))
                .bind("notice", notice)
                .bind("channel", channel)
                .bind("now", tx.now());
        last.ifPresent(member -> drop.bind("last", member));
        drop.execute();
    }

    /**
     * Puts all that is due for a member into one message, or looks once more at one that was tried before, which keeps its key. What was
     * seen or withdrawn meanwhile is left out; it makes nothing urgent either.
     */
    private static void gather(Transaction tx, Gathering of, Channel channel, Limit limit) {
        List<Due> due = due(tx, of, channel);
        boolean isUrgent = due.stream().anyMatch(one -> one.goes() && one.isUrgent());
        boolean isAny = due.stream().anyMatch(Due::goes);
        Instant later = isUrgent || !isAny ? null : limit.later(of.member());
        UUID batch = of.batch() != null ? of.batch() : later == null ? UUID.randomUUID() : null;
        for (Due one : due) {
            tx.handle()
                    .execute(
                            "update notice_delivery set state = ?, batch = ?, next_at = ?, changed_at = ? where notice ="
                                    + " ? and member = ?",
                            !one.goes()
                                    ? DeliveryState.DROPPED
                                    : later == null ? DeliveryState.SENDING : DeliveryState.WAITING,
                            one.goes() ? batch : null,
                            later == null ? tx.now() : later,
                            tx.now(),
                            one.notice(),
                            of.member());
        }
    }

    private static List<Due> due(Transaction tx, Gathering of, Channel channel) {
        Query query = tx.handle()
                .createQuery(
                        "select d.notice, n.urgency, n.sent_at, coalesce(n.withdrawn_at, n.stopped_at), (select max(s.seen_until) from"
                                + " notice_seen s join account a on a.id = s.account where a.member = d.member) seen_until from"
                                + " notice_delivery d join notice n on n.id = d.notice where d.member = :member and d.channel ="
                                + " :channel and d.state = 'WAITING' and d.next_at <= :now and "
                                + (of.batch() == null ? "d.batch is null" : "d.batch = :batch"));
        if (of.batch() != null) {
            query.bind("batch", of.batch());
        }
        return query.bind("member", of.member())
                .bind("channel", channel)
                .bind("now", tx.now())
                .map((row, context) -> new Due(
                        uuid(row, 1),
                        row.getString(2).equals("URGENT"),
                        row.getLong(5) >= row.getLong(3),
                        row.getLong(4) > 0))
                .list();
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

    /**
     * Some of what is kept of a notice's deliveries goes.
     *
     * @return how many; fewer than asked for if these were the last
     */
    int forget(Transaction tx, UUID notice, int most) {
        List<String> members = tx.handle()
                .createQuery("select member from notice_delivery where notice = :notice order by member fetch first "
                        + most + " rows only")
                .bind("notice", notice)
                .mapTo(String.class)
                .list();
        return members.isEmpty()
                ? 0
                : tx.handle()
                        .execute(
                                "delete from notice_delivery where notice = ? and member <= ?",
                                notice,
                                members.get(members.size() - 1));
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

    /**
     * What has not gone out of a notice does not go out, to nobody more; who is to be told by word of mouth stays so. One row is written; what
     * waits is dropped in slices when it is due, as of what was withdrawn.
     *
     * @return how many wait
     */
    int stop(Transaction tx, UUID notice) {
        // which waits for the slice that is being worked out, so that none comes after it
        int rows = tx.handle()
                .execute(
                        "update notice set spread = true, stopped_at = ? where id = ? and stopped_at is null",
                        tx.now(),
                        notice);
        return rows == 0
                ? 0
                : tx.handle()
                        .createQuery("select count(*) from notice_delivery where notice = :notice and state = 'WAITING'"
                                + " and channel <> 'CALL'")
                        .bind("notice", notice)
                        .mapTo(Integer.class)
                        .one();
    }
}
