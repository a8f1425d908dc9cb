package vn.sotay.platform.notices;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.store.Transaction;
import vn.sotay.platform.keys.FieldKeys;

/** The table of what members have chosen; by what they are reached is sealed as telephone numbers are. */
final class PreferenceRows {

    private static final String FIELD = "notice.mail";
    private static final String REACHED = "notice.reached";

    /** What {@link #read} reads. */
    static final String COLUMNS =
            "p.mail_sealed, p.reached_sealed, p.channels, p.quiet_from, p.quiet_to, p.daily, p.language";

    private final FieldKeys keys;

    PreferenceRows(FieldKeys keys) {
        this.keys = keys;
    }

    /** Of the member in a row of {@link #COLUMNS}, which are null for who has chosen nothing. */
    Preference read(ResultSet row, String member) throws SQLException {
        String channels = row.getString("channels");
        if (channels == null) {
            return Preference.NONE;
        }
        return new Preference(
                open(FIELD, member, row.getString("mail_sealed")),
                open(REACHED, member, row.getString("reached_sealed")),
                channels(channels),
                time(row.getString("quiet_from")),
                time(row.getString("quiet_to")),
                row.getBoolean("daily"),
                new Locale(row.getString("language")));
    }

    private @Nullable String open(String field, String member, @Nullable String sealed) {
        return sealed == null ? null : keys.open(field, member, sealed);
    }

    private @Nullable String seal(String field, UUID member, @Nullable String plain) {
        return plain == null ? null : keys.seal(field, member.toString(), plain);
    }

    private static List<Channel> channels(String text) {
        return text.isEmpty()
                ? List.of()
                : Arrays.stream(text.split(",")).map(Channel::valueOf).toList();
    }

    private static @Nullable LocalTime time(@Nullable String text) {
        return text == null ? null : LocalTime.parse(text);
    }

    Optional<Preference> find(Handle handle, UUID member) {
        return handle.createQuery("select " + COLUMNS + " from notice_preference p where p.member = :member")
                .bind("member", member)
                .map((row, context) -> read(row, member.toString()))
                .findFirst();
    }

    void save(Transaction tx, UUID member, Preference preference) {
        Object[] values = {
            seal(FIELD, member, preference.mail()),
            seal(REACHED, member, preference.reachedBy()),
            preference.channels().stream().map(Channel::name).collect(Collectors.joining(",")),
            preference.quietFrom() == null ? null : preference.quietFrom().toString(),
            preference.quietTo() == null ? null : preference.quietTo().toString(),
            preference.daily(),
            preference.language().getLanguage(),
            tx.now(),
            member
        };
        int rows = tx.handle()
                .execute(
                        "update notice_preference set mail_sealed = ?, reached_sealed = ?, channels = ?, quiet_from = ?,"
                                + " quiet_to = ?, daily = ?, language = ?, changed_at = ? where member = ?",
                        values);
        if (rows == 0) {
            tx.handle()
                    .execute(
                            "insert into notice_preference (mail_sealed, reached_sealed, channels, quiet_from, quiet_to,"
                                    + " daily, language, changed_at, member) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                            values);
        }
    }

    // ---- sealed anew

    private static final String OLD = " from notice_preference where (mail_sealed is not null and mail_sealed not like"
            + " :newest or reached_sealed is not null and reached_sealed not like :newest)";

    long toSeal(Handle handle) {
        return handle.createQuery("select count(*)" + OLD)
                .bind("newest", keys.newestMark() + '%')
                .mapTo(Long.class)
                .one();
    }

    List<String> toSeal(Handle handle, String after, int most) {
        return handle.createQuery("select member" + OLD + " and member > :after order by member fetch first " + most
                        + " rows only")
                .bind("after", after)
                .bind("newest", keys.newestMark() + '%')
                .mapTo(String.class)
                .list();
    }

    void reseal(Transaction tx, String member) {
        reseal(tx, member, "mail_sealed", FIELD);
        reseal(tx, member, "reached_sealed", REACHED);
    }

    private void reseal(Transaction tx, String member, String column, String field) {
        tx.handle()
                .createQuery("select " + column + " from notice_preference where member = :member and " + column
                        + " is not null")
                .bind("member", member)
                .mapTo(String.class)
                .findFirst()
                .ifPresent(before -> tx.handle()
                        .execute(
                                "update notice_preference set " + column + " = ? where member = ? and " + column
                                        + " = ?",
                                keys.seal(field, member, keys.open(field, member, before)),
                                member,
                                before));
    }
}
