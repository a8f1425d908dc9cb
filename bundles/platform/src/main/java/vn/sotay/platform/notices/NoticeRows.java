package vn.sotay.platform.notices;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.access.Audience;
import vn.sotay.api.member.Born;
import vn.sotay.api.notice.Notice;
import vn.sotay.api.notice.Urgency;
import vn.sotay.api.store.Transaction;
import vn.sotay.platform.json.Json;
import vn.sotay.platform.keys.FieldKeys;
import vn.sotay.platform.members.BornSql;

/** The table of notices; the values of their texts are sealed, since they may tell of somebody. */
final class NoticeRows {

    private static final String FIELD = "notice.data";
    /** Names in one question. */
    private static final int AT_ONCE = 500;

    private static final TypeReference<Map<String, String>> VALUES = new TypeReference<>() {};

    /**
     * A notice.
     *
     * @param unit whose members or leaders it is for, or the cell of the one whom it is for; null for everyone and for editors
     * @param about what it is about, as its module says; null for nothing that is told of again
     */
    record Row(
            Told told,
            Audience audience,
            @Nullable UUID unit,
            @Nullable String about,
            long version,
            boolean spread,
            boolean withdrawn) {}

    private static final String SELECT = "select id, module, audience, unit, template, data_sealed, link, urgency,"
            + " about, sent_at, version, spread, withdrawn_at, born_from, born_to from notice ";

    private final FieldKeys keys;
    private final ObjectMapper json = Json.own();

    private final RowMapper<Row> row = (row, context) -> {
        String id = row.getString("id");
        String unit = row.getString("unit");
        return new Row(
                new Told(
                        UUID.fromString(id),
                        row.getString("module"),
                        row.getString("template"),
                        open(id, row.getString("data_sealed")),
                        row.getString("link"),
                        Urgency.valueOf(row.getString("urgency")),
                        Instant.ofEpochMilli(row.getLong("sent_at")),
                        born(row.getString("born_from"), row.getString("born_to"))),
                Audience.parse(row.getString("audience")),
                unit == null ? null : UUID.fromString(unit),
                row.getString("about"),
                row.getLong("version"),
                row.getBoolean("spread"),
                row.getLong("withdrawn_at") > 0);
    };

    NoticeRows(FieldKeys keys) {
        this.keys = keys;
    }

    private static @Nullable Born born(@Nullable String from, @Nullable String to) {
        return from == null && to == null
                ? null
                : new Born(from == null ? null : LocalDate.parse(from), to == null ? null : LocalDate.parse(to));
    }

    private Map<String, String> open(String id, String sealed) {
        try {
            return json.readValue(keys.open(FIELD, id, sealed), VALUES);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was sealed as JSON is JSON", e);
        }
    }

    private String seal(UUID id, Map<String, String> data) {
        try {
            return keys.seal(FIELD, id.toString(), json.writeValueAsString(data));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts are always JSON", e);
        }
    }

    boolean exists(Handle handle, UUID id) {
        return handle.createQuery("select id from notice where id = :id")
                .bind("id", id)
                .mapTo(String.class)
                .findFirst()
                .isPresent();
    }

    Optional<Row> find(Handle handle, UUID id) {
        return handle.createQuery(SELECT + "where id = :id")
                .bind("id", id)
                .map(row)
                .findFirst();
    }

    /** What the module has told the audience about this before; of members of a unit also what it has told one of them alone. */
    List<Row> about(Handle handle, String module, Audience audience, String about) {
        boolean isOfMembers = audience.kind() == Audience.Kind.MEMBERS;
        Query query = handle.createQuery(SELECT + "where withdrawn_at is null and about = :about and module = :module"
                        + " and (audience = :audience" + (isOfMembers ? " or member is not null and unit = :unit" : "")
                        + ") order by id")
                .bind("about", about)
                .bind("audience", audience.toString())
                .bind("module", module);
        if (isOfMembers) {
            query.bind("unit", audience.id());
        }
        return query.map(row).list();
    }

    /** What was told to more than one about something and holds still, the newest first. */
    List<Row> toMany(Handle handle, String about, int most) {
        return handle.createQuery(SELECT + "where withdrawn_at is null and about = :about and member is null order by"
                        + " sent_at desc, id fetch first :most rows only")
                .bind("about", about)
                .bind("most", most)
                .map(row)
                .list();
    }

    /** What a notice is about. */
    record Subject(UUID notice, Audience audience, String about, long version) {}

    /** What these were told by a module that is about something and holds still. */
    List<Subject> subjects(Handle handle, String module, Collection<Audience> audiences) {
        List<String> names = audiences.stream().map(Audience::toString).sorted().toList();
        List<Subject> found = new ArrayList<>();
        for (int i = 0; i < names.size(); i += AT_ONCE) {
            handle.createQuery(
                            "select id, audience, about, version from notice --DERBY-PROPERTIES index=notice_audience\n"
                                    + " where audience in (<names>) and module = :module and withdrawn_at is null"
                                    + " and about is not null order by id")
                    .bindList("names", names.subList(i, Math.min(names.size(), i + AT_ONCE)))
                    .bind("module", module)
                    .map((one, context) -> new Subject(
                            UUID.fromString(one.getString(1)),
                            Audience.parse(one.getString(2)),
                            one.getString(3),
                            one.getLong(4)))
                    .forEach(found::add);
        }
        return found;
    }

    /** Whoever belongs to two audiences of one telling, such as the members and the officers of a unit, reads it once. */
    private static final String ONCE = " and not exists (select o.id from notice o where o.about = notice.about and"
            + " o.module = notice.module and o.template = notice.template and o.sent_at = notice.sent_at and o.id <"
            + " notice.id and o.withdrawn_at is null and o.audience in (<names>) and ";

    /**
     * The newest for any of these.
     *
     * @param self when the reader may be born; null for who is no member, and is told all
     * @param before only what was sent before this one; null for the newest of all
     */
    List<Told> newest(
            Handle handle, Collection<Audience> audiences, @Nullable Born self, @Nullable Told before, int most) {
        List<String> names = new ArrayList<>(
                audiences.stream().map(Audience::toString).sorted().toList());
        BornSql those = self == null ? BornSql.member(null) : BornSql.rows("notice", self);
        BornSql once = self == null ? those : BornSql.rows("o", self);
        String older = before == null ? "" : " and (sent_at < :at or sent_at = :at and id < :id)";
        Query query = handle.createQuery(SELECT + "where withdrawn_at is null and audience in (<names>)" + older
                        + " and " + those.sql() + ONCE + once.sql() + ") order by sent_at desc, id desc fetch first "
                        + most + " rows only")
                .bindList("names", names)
                .bindMap(those.binds());
        if (before != null) {
            query.bind("at", before.sentAt()).bind("id", before.id());
        }
        return query.map(row).stream().map(Row::told).toList();
    }

    void insert(Transaction tx, Told told, Notice notice, @Nullable UUID member, @Nullable UUID unit) {
        tx.handle()
                .execute(
                        "insert into notice (id, module, audience, member, unit, template, data_sealed, link, urgency,"
                                + " about, sent_at, born_from, born_to, version) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)",
                        told.id(),
                        told.module(),
                        notice.audience().toString(),
                        member,
                        unit,
                        told.template(),
                        seal(told.id(), told.data()),
                        told.link(),
                        told.urgency(),
                        notice.about(),
                        told.sentAt(),
                        told.born() == null ? null : told.born().from(),
                        told.born() == null ? null : told.born().to());
    }

    /**
     * It does not hold any more: nobody reads it, and what has not gone out does not go out any more. Its rows of those who were to be told
     * stay until they are due, since there may be as many as members.
     */
    void withdraw(Transaction tx, UUID id) {
        tx.handle()
                .execute(
                        "update notice set withdrawn_at = ?, spread = true, version = version + 1 where id = ?"
                                + " and withdrawn_at is null",
                        tx.now(),
                        id);
    }

    /** What was sent before this. */
    List<UUID> before(Handle handle, Instant time, int most) {
        return handle.createQuery("select id from notice where sent_at < :time order by sent_at fetch first " + most
                        + " rows only")
                .bind("time", time)
                .mapTo(UUID.class)
                .list();
    }

    /** When no delivery of it is kept any more. */
    void delete(Transaction tx, UUID id) {
        tx.handle().execute("delete from notice where id = ?", id);
    }

    // ---- how far each has looked

    Optional<Instant> seen(Handle handle, UUID account) {
        return handle.createQuery("select seen_until from notice_seen where account = :account")
                .bind("account", account)
                .mapTo(Long.class)
                .findFirst()
                .map(Instant::ofEpochMilli);
    }

    /** Passes only if that is further. */
    boolean see(Transaction tx, UUID account, Instant until) {
        int rows = tx.handle()
                .execute(
                        "update notice_seen set seen_until = ? where account = ? and seen_until < ?",
                        until,
                        account,
                        until);
        if (rows == 0 && seen(tx.handle(), account).isEmpty()) {
            rows = tx.handle().execute("insert into notice_seen (account, seen_until) values (?, ?)", account, until);
        }
        return rows == 1;
    }

    // ---- sealed anew

    long toSeal(Handle handle) {
        return handle.createQuery("select count(*) from notice where data_sealed not like :newest")
                .bind("newest", keys.newestMark() + '%')
                .mapTo(Long.class)
                .one();
    }

    List<String> toSeal(Handle handle, String after, int most) {
        return handle.createQuery("select id from notice where id > :after and data_sealed not like :newest order by id"
                        + " fetch first " + most + " rows only")
                .bind("after", after)
                .bind("newest", keys.newestMark() + '%')
                .mapTo(String.class)
                .list();
    }

    void reseal(Transaction tx, String id) {
        tx.handle()
                .createQuery("select data_sealed from notice where id = :id")
                .bind("id", id)
                .mapTo(String.class)
                .findFirst()
                .ifPresent(before -> tx.handle()
                        .execute(
                                "update notice set data_sealed = ? where id = ? and data_sealed = ?",
                                keys.seal(FIELD, id, keys.open(FIELD, id, before)),
                                id,
                                before));
    }
}
