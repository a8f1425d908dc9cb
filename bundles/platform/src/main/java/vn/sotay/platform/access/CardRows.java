package vn.sotay.platform.access;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.store.Transaction;

/** The rows of login cards. */
final class CardRows {

    private static final String READ =
            "select id, member, made_by, made_at, expires_at, used_at, revoked_at from login_card";

    private static final RowMapper<Row> ROW = (row, context) -> new Row(
            UUID.fromString(row.getString(1)),
            UUID.fromString(row.getString(2)),
            UUID.fromString(row.getString(3)),
            Instant.ofEpochMilli(row.getLong(4)),
            Instant.ofEpochMilli(row.getLong(5)),
            instant(row.getLong(6)),
            instant(row.getLong(7)));

    /** @param madeBy the account that issued it */
    record Row(
            UUID id,
            UUID member,
            UUID madeBy,
            Instant made,
            Instant expires,
            @Nullable Instant used,
            @Nullable Instant revoked) {

        CardState state(Instant now) {
            if (used != null) {
                return CardState.USED;
            }
            if (revoked != null) {
                return CardState.REVOKED;
            }
            return expires.isAfter(now) ? CardState.OPEN : CardState.EXPIRED;
        }
    }

    private CardRows() {}

    /** Zero is read for null. */
    private static @Nullable Instant instant(long millis) {
        return millis == 0 ? null : Instant.ofEpochMilli(millis);
    }

    static void insert(Transaction tx, Row card, String codeHash) {
        tx.handle()
                .execute(
                        "insert into login_card (id, member, code_hash, made_by, made_at, expires_at) values (?, ?, ?, ?, ?, ?)",
                        card.id(),
                        card.member(),
                        codeHash,
                        card.madeBy(),
                        card.made(),
                        card.expires());
    }

    static Optional<Row> find(Handle handle, UUID id) {
        return handle.createQuery(READ + " where id = :id")
                .bind("id", id)
                .map(ROW)
                .findFirst();
    }

    static Optional<Row> byCode(Handle handle, String codeHash) {
        return handle.createQuery(READ + " where code_hash = :hash")
                .bind("hash", codeHash)
                .map(ROW)
                .findFirst();
    }

    /** The newest card of each of these members. */
    static List<Row> newest(Handle handle, Collection<UUID> members) {
        return members.isEmpty()
                ? List.of()
                : handle.createQuery(READ + " where member in (<members>) order by made_at desc, id")
                        .bindList(
                                "members", members.stream().map(UUID::toString).toList())
                        .map(ROW)
                        .list();
    }

    /** @return whether it could still be used */
    static boolean use(Transaction tx, UUID id) {
        return tx.handle()
                        .execute(
                                "update login_card set used_at = ? where id = ? and used_at is null and revoked_at is null",
                                tx.now(),
                                id)
                > 0;
    }

    static void revoke(Transaction tx, UUID id) {
        tx.handle()
                .execute(
                        "update login_card set revoked_at = ? where id = ? and used_at is null and revoked_at is null",
                        tx.now(),
                        id);
    }

    /** Takes back what a member has not used yet. */
    static void revokeOpen(Transaction tx, UUID member) {
        tx.handle()
                .execute(
                        "update login_card set revoked_at = ? where member = ? and used_at is null and revoked_at is null",
                        tx.now(),
                        member);
    }
}
