package vn.sotay.news;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Caller;
import vn.sotay.api.http.Problem;
import vn.sotay.api.member.Member;
import vn.sotay.api.member.MemberStatus;
import vn.sotay.api.member.Members;
import vn.sotay.api.store.AuditKind;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;

/**
 * Addresses by which programmes read the news that are for all members: one a member, with 256 bits that nobody guesses, of which the
 * hash alone is kept. It opens nothing else, and lasts until the member takes it back, makes another one or is a member no longer.
 * Thread-safe.
 */
@Component(service = Subscriptions.class)
public final class Subscriptions {

    private static final String TYPE = "news-subscription";
    private static final int BYTES = 32;

    private final SecureRandom random = new SecureRandom();
    private final Store store;
    private final Members members;

    @Activate
    public Subscriptions(@Reference Store store, @Reference Members members) {
        this.store = store;
        this.members = members;
    }

    /** When the caller's was made. */
    Subscription find(Caller caller) {
        UUID member = member(caller);
        return store.read(tx -> tx.handle()
                .createQuery("select made_at from news_subscription where member = :member")
                .bind("member", member)
                .mapTo(Instant.class)
                .findFirst()
                .map(since -> new Subscription(since, null))
                .orElse(new Subscription(null, null)));
    }

    /**
     * Makes one, in place of that from before.
     *
     * @return the token
     */
    String make(Caller caller) {
        UUID member = member(caller);
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        store.change(tx -> {
            tx.handle().execute("delete from news_subscription where member = ?", member);
            tx.handle()
                    .execute(
                            "insert into news_subscription (member, token_hash, made_at) values (?, ?, ?)",
                            member,
                            hash(token),
                            tx.now());
            tx.audited(AuditKind.WRITE, TYPE, member, member, "made");
        });
        return token;
    }

    /** Takes it back; the programme gets nothing from now on. */
    void revoke(Caller caller) {
        UUID member = member(caller);
        store.change(tx -> {
            if (tx.handle().execute("delete from news_subscription where member = ?", member) > 0) {
                tx.audited(AuditKind.WRITE, TYPE, member, member, "revoked");
            }
        });
    }

    /** Passes if the token is one that somebody has who is a member today. */
    void require(String token) {
        if (!store.<Boolean, RuntimeException>read(tx -> isGood(tx, token))) {
            throw Problem.notFound();
        }
    }

    private boolean isGood(Transaction tx, String token) {
        return tx.handle()
                .createQuery("select member from news_subscription where token_hash = :hash")
                .bind("hash", hash(token))
                .mapTo(UUID.class)
                .findFirst()
                .flatMap(member -> members.find(tx, member))
                .map(Member::status)
                .filter(MemberStatus::isActive)
                .isPresent();
    }

    private static UUID member(Caller caller) {
        return caller.member().filter(one -> caller.cell().isPresent()).orElseThrow(Problem::forbidden);
    }

    private static String hash(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("each Java has SHA-256", e);
        }
    }
}
