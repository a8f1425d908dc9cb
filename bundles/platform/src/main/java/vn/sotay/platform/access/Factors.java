package vn.sotay.platform.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.store.Transaction;
import vn.sotay.platform.keys.FieldKeys;

/** The rows of second factors, and whether a code is one of theirs. Thread-safe. */
@Component(service = Factors.class)
public final class Factors {

    static final String TOTP = "totp";

    private static final String FIELD = "account.totp";
    private static final int SECRET_BYTES = 20;
    private static final int RECOVERY_CODES = 10;
    private static final int RECOVERY_BYTES = 10;

    private final FieldKeys keys;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    private record Row(byte[] secret, long lastStep, boolean confirmed) {}

    @Activate
    public Factors(@Reference FieldKeys keys) {
        this(keys, Clock.systemUTC());
    }

    Factors(FieldKeys keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    private Optional<Row> find(Handle handle, UUID account) {
        return handle.createQuery("select secret, last_step, confirmed_at from account_factor where account = :account"
                        + " and kind = '" + TOTP + "'")
                .bind("account", account)
                .map((row, context) -> {
                    row.getLong(3);
                    boolean confirmed = !row.wasNull();
                    return new Row(open(account.toString(), row.getString(1)), row.getLong(2), confirmed);
                })
                .findFirst();
    }

    private byte[] open(String account, String sealed) {
        return Base64.getDecoder().decode(keys.open(FIELD, account, sealed));
    }

    private String seal(String account, byte[] secret) {
        return keys.seal(FIELD, account, Base64.getEncoder().encodeToString(secret));
    }

    /** Whether the account has an app that counts. */
    boolean has(Transaction tx, UUID account) {
        return find(tx.handle(), account).filter(Row::confirmed).isPresent();
    }

    /** Begins anew with one that is to be confirmed; gives its secret in Base32. */
    String begin(Transaction tx, UUID account) {
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        tx.handle().execute("delete from account_factor where account = ?", account);
        tx.handle()
                .execute(
                        "insert into account_factor (account, kind, secret, made_at, last_step) values (?, ?, ?, ?, 0)",
                        account,
                        TOTP,
                        seal(account.toString(), secret),
                        tx.now());
        return Totp.text(secret);
    }

    /**
     * Lets the one that was begun count, if the code is its.
     *
     * @return codes for who loses the app, told this once; empty if the code is wrong or nothing was begun
     */
    Optional<List<String>> confirm(Transaction tx, UUID account, String typed) {
        Row row = find(tx.handle(), account).filter(found -> !found.confirmed()).orElse(null);
        if (row == null || !take(tx, account, row, typed)) {
            return Optional.empty();
        }
        tx.handle()
                .execute(
                        "update account_factor set confirmed_at = ? where account = ? and kind = ?",
                        tx.now(),
                        account,
                        TOTP);
        return Optional.of(newCodes(tx, account));
    }

    /** Codes for who loses everything else, told this once; those from before are of no use any more. */
    List<String> newCodes(Transaction tx, UUID account) {
        forgetCodes(tx, account);
        List<String> codes = new ArrayList<>();
        for (int i = 0; i < RECOVERY_CODES; i++) {
            byte[] bytes = new byte[RECOVERY_BYTES];
            random.nextBytes(bytes);
            String code = Totp.text(bytes);
            tx.handle().execute("insert into account_recovery (account, hash) values (?, ?)", account, hash(code));
            codes.add(code.replaceAll("(.{4})(?=.)", "$1-"));
        }
        return codes;
    }

    void forgetCodes(Transaction tx, UUID account) {
        tx.handle().execute("delete from account_recovery where account = ?", account);
    }

    /** How many recovery codes are left. */
    int codes(Transaction tx, UUID account) {
        return tx.handle()
                .createQuery("select count(*) from account_recovery where account = :account and used_at is null")
                .bind("account", account)
                .mapTo(Integer.class)
                .one();
    }

    /** Whether this is the app's code of now or a recovery code; neither is taken twice. */
    boolean accepts(Transaction tx, UUID account, String typed) {
        Row row = find(tx.handle(), account).filter(Row::confirmed).orElse(null);
        return row != null && take(tx, account, row, typed)
                || tx.handle()
                                .execute(
                                        "update account_recovery set used_at = ? where account = ? and hash = ?"
                                                + " and used_at is null",
                                        tx.now(),
                                        account,
                                        hash(typed.replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT)))
                        == 1;
    }

    private boolean take(Transaction tx, UUID account, Row row, String typed) {
        Instant now = clock.instant();
        OptionalLong step = Totp.match(row.secret(), typed, now, row.lastStep());
        // of two at once with one code the second finds no row
        return step.isPresent()
                && tx.handle()
                                .execute(
                                        "update account_factor set last_step = ? where account = ? and kind = ?"
                                                + " and last_step < ?",
                                        step.getAsLong(),
                                        account,
                                        TOTP,
                                        step.getAsLong())
                        == 1;
    }

    /** @return whether there was one that counted; recovery codes stay */
    boolean remove(Transaction tx, UUID account) {
        boolean had = has(tx, account);
        tx.handle().execute("delete from account_factor where account = ?", account);
        return had;
    }

    private static String hash(String code) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(code.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }

    /** Accounts whose secrets the newest key has not sealed, from this one on. */
    List<String> toSeal(Transaction tx, String after, int most) {
        return tx.handle()
                .createQuery("select account from account_factor where account > :after and secret not like :newest"
                        + " order by account fetch first " + most + " rows only")
                .bind("after", after)
                .bind("newest", keys.newestMark() + '%')
                .mapTo(String.class)
                .list();
    }

    /** Seals an account's secret by the newest key. */
    void reseal(Transaction tx, String account) {
        tx.handle()
                .createQuery("select secret from account_factor where account = ? and kind = ?")
                .bind(0, account)
                .bind(1, TOTP)
                .mapTo(String.class)
                .findFirst()
                .ifPresent(secret -> tx.handle()
                        .execute(
                                "update account_factor set secret = ? where account = ? and kind = ? and secret = ?",
                                seal(account, open(account, secret)),
                                account,
                                TOTP,
                                secret));
    }
}
