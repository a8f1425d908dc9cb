package vn.sotay.platform.notices;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import vn.sotay.api.http.Text;
import vn.sotay.api.store.Transaction;
import vn.sotay.platform.access.Sessions.Place;
import vn.sotay.platform.json.Json;
import vn.sotay.platform.keys.FieldKeys;

/** The table of browsers that are to be told; where they are reached is sealed. */
final class PushRows {

    private static final String FIELD = "push.subscription";

    /**
     * What a browser tells of itself.
     *
     * @param endpoint address at its push service
     * @param p256dh its public key, Base64url
     * @param auth secret that only it and we know, Base64url
     */
    record Browser(
            @Text(max = 1500) String endpoint,
            @Text(max = 100) String p256dh,
            @Text(max = 40) String auth) {

        @Override
        public String toString() {
            return "Browser[]";
        }
    }

    /** A browser of a member. */
    record Subscription(UUID id, Browser browser, Instant madeAt) {}

    private final FieldKeys keys;
    private final JsonMapper json = Json.own();

    PushRows(FieldKeys keys) {
        this.keys = keys;
    }

    /** The newest first. */
    List<Subscription> of(Handle handle, UUID member) {
        return handle.createQuery(
                        "select id, subscription_sealed, made_at from push_subscription where member = :member"
                                + " order by made_at desc, id")
                .bind("member", member)
                .map((row, context) -> new Subscription(
                        UUID.fromString(row.getString(1)),
                        open(row.getString(1), row.getString(2)),
                        Instant.ofEpochMilli(row.getLong(3))))
                .list();
    }

    private Browser open(String id, String sealed) {
        try {
            return json.readValue(keys.open(FIELD, id, sealed), Browser.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was sealed as JSON is JSON", e);
        }
    }

    boolean isThere(Handle handle, Place place) {
        return handle.createQuery("select id from push_subscription where device = :device or session_hash = :session")
                .bind("device", place.device())
                .bind("session", place.session())
                .mapTo(String.class)
                .findFirst()
                .isPresent();
    }

    /** In place of what was there, and of what another person had there. */
    void save(Transaction tx, UUID member, Place place, Browser browser, int most) {
        String hash = hash(browser.endpoint());
        remove(tx, place);
        tx.handle().execute("delete from push_subscription where endpoint_hash = ?", hash);
        List<Subscription> others = of(tx.handle(), member);
        others.stream().skip(Math.max(0, most - 1)).forEach(one -> remove(tx, one.id()));
        UUID id = UUID.randomUUID();
        tx.handle()
                .execute(
                        "insert into push_subscription (id, member, device, session_hash, endpoint_hash,"
                                + " subscription_sealed, made_at) values (?, ?, ?, ?, ?, ?, ?)",
                        id,
                        member,
                        place.device(),
                        place.session(),
                        hash,
                        seal(id, browser),
                        tx.now());
    }

    private String seal(UUID id, Browser browser) {
        try {
            return keys.seal(FIELD, id.toString(), json.writeValueAsString(browser));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts are always JSON", e);
        }
    }

    private static String hash(String endpoint) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(endpoint.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK knows SHA-256", e);
        }
    }

    void remove(Transaction tx, Place place) {
        tx.handle()
                .execute(
                        "delete from push_subscription where device = ? or session_hash = ?",
                        place.device(),
                        place.session());
    }

    void remove(Transaction tx, UUID id) {
        tx.handle().execute("delete from push_subscription where id = ?", id);
    }

    // ---- sealed anew

    private static final String OLD = " from push_subscription where subscription_sealed not like :newest";

    long toSeal(Handle handle) {
        return handle.createQuery("select count(*)" + OLD)
                .bind("newest", keys.newestMark() + '%')
                .mapTo(Long.class)
                .one();
    }

    List<String> toSeal(Handle handle, String after, int most) {
        return handle.createQuery("select id" + OLD + " and id > :after order by id fetch first " + most + " rows only")
                .bind("after", after)
                .bind("newest", keys.newestMark() + '%')
                .mapTo(String.class)
                .list();
    }

    void reseal(Transaction tx, String id) {
        tx.handle()
                .createQuery("select subscription_sealed from push_subscription where id = :id")
                .bind("id", id)
                .mapTo(String.class)
                .findFirst()
                .ifPresent(before -> tx.handle()
                        .execute(
                                "update push_subscription set subscription_sealed = ? where id = ? and"
                                        + " subscription_sealed = ?",
                                keys.seal(FIELD, id, keys.open(FIELD, id, before)),
                                id,
                                before));
    }
}
