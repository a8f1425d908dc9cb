package vn.sotay.platform.access;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.access.Mandate;
import vn.sotay.api.member.MemberStatus;
import vn.sotay.api.store.AuditKind;
import vn.sotay.api.store.Transaction;

/** The rows of accounts, mandates and sessions. */
final class AccountRows {

    /** The member behind an account. */
    record Person(UUID id, String name, UUID cell, LocalDate since, boolean active) {}

    /** All that a caller is made from. */
    record Identity(UUID account, String login, @Nullable Person person, List<Mandate> mandates) {}

    /** How somebody is known who signs in. */
    record Credentials(UUID account, String password) {}

    /** A session that has not ended, unless the clock says so. */
    record Session(UUID account, Instant expires) {}

    private AccountRows() {}

    static boolean isEmpty(Handle handle) {
        return handle.createQuery("select id from account fetch first 1 rows only")
                .mapTo(String.class)
                .findFirst()
                .isEmpty();
    }

    static void insert(Transaction tx, UUID id, String login, @Nullable UUID member, String password) {
        tx.handle()
                .execute(
                        "insert into account (id, login, member, password, made_at, password_at)"
                                + " values (?, ?, ?, ?, ?, ?)",
                        id,
                        login,
                        member,
                        password,
                        tx.now(),
                        tx.now());
    }

    static void insert(Transaction tx, UUID account, Mandate mandate) {
        UUID id = UUID.randomUUID();
        tx.audited(
                AuditKind.MANDATE,
                "mandate",
                id,
                null,
                "given " + mandate.role() + " to " + account + " at " + mandate.unit());
        tx.handle()
                .execute(
                        "insert into mandate (id, account, role, unit, from_day, to_day) values (?, ?, ?, ?, ?, ?)",
                        id,
                        account,
                        mandate.role(),
                        mandate.unit(),
                        mandate.from(),
                        mandate.to());
    }

    static Optional<Credentials> credentials(Handle handle, String login) {
        return handle.createQuery("select id, password from account where login = :login")
                .bind("login", login)
                .map((row, context) -> new Credentials(UUID.fromString(row.getString(1)), row.getString(2)))
                .findFirst();
    }

    static void password(Transaction tx, UUID account, String password) {
        tx.handle()
                .execute("update account set password = ?, password_at = ? where id = ?", password, tx.now(), account);
    }

    static Optional<Identity> identity(Handle handle, UUID account) {
        List<Mandate> mandates = handle.createQuery(
                        "select role, unit, from_day, to_day from mandate where account = :account order by from_day, id")
                .bind("account", account)
                .map((row, context) -> {
                    String to = row.getString(4);
                    return new Mandate(
                            row.getString(1),
                            UUID.fromString(row.getString(2)),
                            LocalDate.parse(row.getString(3)),
                            to == null ? null : LocalDate.parse(to));
                })
                .list();
        return handle.createQuery("select a.login, m.id, m.name, m.cell, m.status, c.from_day from account a"
                        + " left join member m on m.id = a.member"
                        + " left join member_cell c on c.member = m.id and c.to_day is null where a.id = :account")
                .bind("account", account)
                .map((row, context) -> {
                    String member = row.getString(2);
                    Person person = member == null
                            ? null
                            : new Person(
                                    UUID.fromString(member),
                                    row.getString(3),
                                    UUID.fromString(row.getString(4)),
                                    LocalDate.parse(row.getString(6)),
                                    MemberStatus.valueOf(row.getString(5)).isActive());
                    return new Identity(account, row.getString(1), person, mandates);
                })
                .findFirst();
    }

    static void insert(Transaction tx, String hash, Session session) {
        tx.handle()
                .execute(
                        "insert into session_token (hash, account, begun_at, expires_at) values (?, ?, ?, ?)",
                        hash,
                        session.account(),
                        tx.now(),
                        session.expires());
    }

    static Optional<Session> session(Handle handle, String hash) {
        return handle.createQuery("select account, expires_at from session_token where hash = :hash")
                .bind("hash", hash)
                .map((row, context) ->
                        new Session(UUID.fromString(row.getString(1)), Instant.ofEpochMilli(row.getLong(2))))
                .findFirst();
    }
}
