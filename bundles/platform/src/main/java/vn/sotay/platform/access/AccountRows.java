package vn.sotay.platform.access;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.access.Mandate;
import vn.sotay.api.member.MemberStatus;
import vn.sotay.api.store.AuditKind;
import vn.sotay.api.store.Transaction;
import vn.sotay.platform.store.AuditEntry;

/** The rows of accounts, mandates and sessions. */
final class AccountRows {

    /** The member behind an account. */
    record Person(UUID id, String name, UUID cell, LocalDate since, boolean active) {}

    /** All that a caller is made from; {@code factor} tells whether it signs in with a second one. */
    record Identity(UUID account, String login, @Nullable Person person, List<Mandate> mandates, boolean factor) {}

    /**
     * How somebody is known who signs in.
     *
     * @param member null for an account of the system
     */
    record Credentials(
            UUID account, String password, @Nullable UUID member) {}

    /** A session that has not ended, unless the clock says so. */
    record Session(UUID account, Instant expires) {}

    /**
     * A session as its owner's list shows it.
     *
     * @param name of the device, empty if it is not known
     * @param used to the hour; null if it was never used again
     */
    record Listed(
            String hash,
            String name,
            Instant begun,
            @Nullable Instant used,
            @Nullable UUID device) {}

    /** Lets a session be on a device that stays with its owner. */
    static void bind(Transaction tx, String hash, UUID device) {
        tx.handle().execute("update session_token set device = ? where hash = ?", device, hash);
        tx.handle().execute("update audit_session set device = ? where id = ?", device, sessionId(hash));
    }

    /** A phone or computer that stays with one person. */
    record Device(UUID id, UUID account) {}

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

    static void insert(Transaction tx, UUID id, UUID account, Mandate mandate) {
        AuditEntry.add(
                tx,
                AuditEntry.ofActing(
                                AuditKind.MANDATE,
                                "mandate",
                                id,
                                null,
                                "given " + mandate.role() + " to " + account + " at " + mandate.unit()
                                        + (mandate.to() == null ? "" : " until " + mandate.to()))
                        .at(mandate.unit()));
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

    private static final RowMapper<Credentials> CREDENTIALS = (row, context) -> {
        String member = row.getString(3);
        return new Credentials(
                UUID.fromString(row.getString(1)), row.getString(2), member == null ? null : UUID.fromString(member));
    };

    static Optional<Credentials> credentials(Handle handle, String login) {
        return handle.createQuery("select id, password, member from account where login = :login")
                .bind("login", login)
                .map(CREDENTIALS)
                .findFirst();
    }

    static Optional<Credentials> credentials(Handle handle, UUID account) {
        return handle.createQuery("select id, password, member from account where id = :id")
                .bind("id", account)
                .map(CREDENTIALS)
                .findFirst();
    }

    /** Those of the active member who has this card; an account's first sign-in is by a login card. */
    static Optional<Credentials> ofPartyCard(Handle handle, String card) {
        return handle.createQuery("select a.id, a.password, a.member from member m join account a on a.member = m.id"
                        + " where m.active_card = :card order by a.made_at")
                .bind("card", card)
                .map(CREDENTIALS)
                .findFirst();
    }

    /** The account by which a member signs in. */
    static Optional<Credentials> ofMember(Handle handle, UUID member) {
        return handle.createQuery("select id, password, member from account where member = :member order by made_at")
                .bind("member", member)
                .map(CREDENTIALS)
                .findFirst();
    }

    /** Those of the members who have an account. */
    static Set<UUID> withAccounts(Handle handle, Collection<UUID> members) {
        return members.isEmpty()
                ? Set.of()
                : Set.copyOf(handle.createQuery("select distinct member from account where member in (<members>)")
                        .bindList(
                                "members", members.stream().map(UUID::toString).toList())
                        .mapTo(UUID.class)
                        .list());
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
        return handle.createQuery("select a.login, m.id, m.name, m.cell, m.status, c.from_day, f.confirmed_at,"
                        + " (select count(*) from account_passkey p where p.account = a.id) from account a"
                        + " left join member m on m.id = a.member"
                        + " left join member_cell c on c.member = m.id and c.to_day is null"
                        + " left join account_factor f on f.account = a.id where a.id = :account")
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
                    row.getLong(7);
                    boolean factor = !row.wasNull() || row.getLong(8) > 0;
                    return new Identity(account, row.getString(1), person, mandates, factor);
                })
                .findFirst();
    }

    /** @param name of the device, empty if it is not known */
    static void insert(Transaction tx, String hash, Session session, String name, @Nullable UUID device) {
        tx.handle()
                .execute(
                        "insert into session_token (hash, account, begun_at, expires_at, name, device)"
                                + " values (?, ?, ?, ?, ?, ?)",
                        hash,
                        session.account(),
                        tx.now(),
                        session.expires(),
                        name,
                        device);
        insertKnown(tx, sessionId(hash), session.account(), name, device, tx.now(), tx.now());
    }

    /** For the audit trail, which knows a session when it has ended. */
    private static void insertKnown(
            Transaction tx, UUID id, UUID account, String name, @Nullable UUID device, Instant begun, Instant used) {
        tx.handle()
                .execute(
                        "insert into audit_session (id, account, name, device, begun_at, used_at)"
                                + " values (?, ?, ?, ?, ?, ?)",
                        id,
                        account,
                        name,
                        device,
                        begun,
                        used);
    }

    /** A name for what must not be named by what it is found by. */
    static UUID sessionId(String hash) {
        return UUID.nameUUIDFromBytes(("session " + hash).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Prolongs a session that is used.
     *
     * @return 0 if it has ended
     */
    static int used(Transaction tx, String hash, Instant expires, Instant now) {
        int rows = tx.handle()
                .execute("update session_token set expires_at = ?, used_at = ? where hash = ?", expires, now, hash);
        if (rows > 0
                && tx.handle().execute("update audit_session set used_at = ? where id = ?", now, sessionId(hash))
                        == 0) {
            // it began before the trail knew sessions
            record Old(UUID account, Listed session) {}
            tx.handle()
                    .createQuery(
                            "select hash, name, begun_at, used_at, device, account from session_token where hash = :hash")
                    .bind("hash", hash)
                    .map((row, context) -> new Old(UUID.fromString(row.getString(6)), LISTED.map(row, context)))
                    .findFirst()
                    .ifPresent(old -> insertKnown(
                            tx,
                            sessionId(hash),
                            old.account(),
                            old.session().name(),
                            old.session().device(),
                            old.session().begun(),
                            now));
        }
        return rows;
    }

    private static final RowMapper<Listed> LISTED = (row, context) -> {
        String name = row.getString(2);
        long used = row.getLong(4);
        String device = row.getString(5);
        return new Listed(
                row.getString(1),
                name == null ? "" : name,
                Instant.ofEpochMilli(row.getLong(3)),
                used == 0 ? null : Instant.ofEpochMilli(used),
                device == null ? null : UUID.fromString(device));
    };

    /** The sessions of an account that have not ended, the newest first. */
    static List<Listed> sessions(Transaction tx, UUID account) {
        return tx.handle()
                .createQuery("select hash, name, begun_at, used_at, device from session_token"
                        + " where account = :account and expires_at > :now order by begun_at desc, hash")
                .bind("account", account)
                .bind("now", tx.now())
                .map(LISTED)
                .list();
    }

    /** The device of a session, if it still stays with its owner. */
    static Optional<UUID> deviceOf(Handle handle, String hash) {
        return handle.createQuery(
                        "select d.id from session_token t join device d on d.id = t.device where t.hash = :hash")
                .bind("hash", hash)
                .mapTo(UUID.class)
                .findFirst();
    }

    /** Ends all sessions of an account but one. */
    static void endSessions(Transaction tx, UUID account, @Nullable String butHash) {
        tx.handle()
                .execute(
                        "delete from session_token where account = ? and hash <> ?",
                        account,
                        butHash == null ? "" : butHash);
    }

    static void insert(Transaction tx, Device device, String hash) {
        tx.handle()
                .execute(
                        "insert into device (id, account, hash, bound_at) values (?, ?, ?, ?)",
                        device.id(),
                        device.account(),
                        hash,
                        tx.now());
    }

    static Optional<Device> device(Handle handle, String hash) {
        return handle.createQuery("select id, account from device where hash = :hash")
                .bind("hash", hash)
                .map((row, context) -> new Device(UUID.fromString(row.getString(1)), UUID.fromString(row.getString(2))))
                .findFirst();
    }

    static Optional<Session> session(Handle handle, String hash) {
        return handle.createQuery("select account, expires_at from session_token where hash = :hash")
                .bind("hash", hash)
                .map((row, context) ->
                        new Session(UUID.fromString(row.getString(1)), Instant.ofEpochMilli(row.getLong(2))))
                .findFirst();
    }
}
