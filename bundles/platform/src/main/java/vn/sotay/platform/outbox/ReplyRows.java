package vn.sotay.platform.outbox;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.store.Transaction;
import vn.sotay.platform.keys.FieldKeys;
import vn.sotay.platform.store.Command;

/** The replies that are kept; what they say is sealed. */
final class ReplyRows {

    /** So many of an outbox are kept. */
    static final int KEPT = 64;

    /** Bytes; of what is larger the body is not kept. */
    static final int LARGEST = 64 * 1024;

    private static final int LONGEST_ETAG = 200;
    private static final int LONGEST_TYPE = 100;
    private static final String FIELD = "command_reply.body";
    private static final String ONE = " where account = ? and device = ? and seq = ?";

    /** Something in it was not sealed by the newest key; null is neither. */
    private static final String OLD = "body_sealed not like :newest";

    /** Which row it is. */
    record Place(String account, String device, long seq) {

        String id() {
            return account + ' ' + device + ' ' + seq;
        }

        static Place of(String id) {
            String[] parts = id.split(" ");
            return new Place(parts[0], parts[1], Long.parseLong(parts[2]));
        }
    }

    private static final RowMapper<Place> PLACE =
            (row, context) -> new Place(row.getString(1), row.getString(2), row.getLong(3));

    private final FieldKeys keys;

    ReplyRows(FieldKeys keys) {
        this.keys = keys;
    }

    Optional<KeptReply> find(Transaction tx, Command command) {
        Place place = place(command);
        return tx.handle()
                .createQuery("select status, etag, media_type, body_sealed from command_reply" + ONE)
                .bind(0, place.account())
                .bind(1, place.device())
                .bind(2, place.seq())
                .map((row, context) -> {
                    String sealed = row.getString(4);
                    return new KeptReply(
                            row.getInt(1),
                            row.getString(2),
                            row.getString(3),
                            sealed == null
                                    ? null
                                    : keys.open(FIELD, place.id(), sealed).getBytes(StandardCharsets.UTF_8));
                })
                .findFirst();
    }

    /** Keeps it in the place of what may be there, and lets the one go that is too many. */
    void keep(Transaction tx, Command command, KeptReply reply) {
        Place place = place(command);
        byte[] body = reply.body();
        boolean hasBody = body != null && body.length > 0 && body.length <= LARGEST;
        String sealed =
                hasBody && body != null ? keys.seal(FIELD, place.id(), new String(body, StandardCharsets.UTF_8)) : null;
        String etag = upTo(LONGEST_ETAG, reply.etag());
        String type = hasBody ? upTo(LONGEST_TYPE, reply.type()) : null;
        // by whole keys alone: for a part of one Derby may read the table, and meet the rows of others
        tx.handle().execute("delete from command_reply" + ONE, place.account(), place.device(), place.seq() - KEPT);
        if (tx.handle()
                        .execute(
                                "update command_reply set status = ?, etag = ?, media_type = ?, body_sealed = ?, kept_at = ?"
                                        + ONE,
                                reply.status(),
                                etag,
                                type,
                                sealed,
                                tx.now(),
                                place.account(),
                                place.device(),
                                place.seq())
                == 0) {
            tx.handle()
                    .execute(
                            "insert into command_reply (status, etag, media_type, body_sealed, kept_at, account, device, seq)"
                                    + " values (?, ?, ?, ?, ?, ?, ?, ?)",
                            reply.status(),
                            etag,
                            type,
                            sealed,
                            tx.now(),
                            place.account(),
                            place.device(),
                            place.seq());
        }
    }

    /**
     * Forgets what was said in replies from before; that there was one, and its status, stays.
     *
     * @param most replies at once
     * @return how many there were
     */
    int forget(Transaction tx, Instant before, int most) {
        List<Place> places = tx.handle()
                .createQuery("select account, device, seq from command_reply where kept_at < :before"
                        + " and body_sealed is not null fetch first " + most + " rows only")
                .bind("before", before)
                .map(PLACE)
                .list();
        for (Place place : places) {
            tx.handle()
                    .execute(
                            "update command_reply set body_sealed = null, media_type = null" + ONE + " and kept_at < ?",
                            place.account(),
                            place.device(),
                            place.seq(),
                            before);
        }
        return places.size();
    }

    private static @Nullable String upTo(int most, @Nullable String text) {
        return text == null || text.length() > most ? null : text;
    }

    private static Place place(Command command) {
        return new Place(command.account().toString(), command.device().toString(), command.sequence());
    }

    // ---- sealed anew

    long toSeal(Transaction tx) {
        return tx.handle()
                .createQuery("select count(*) from command_reply where " + OLD)
                .bind("newest", keys.newestMark() + '%')
                .mapTo(Long.class)
                .one();
    }

    /** The next of them behind a place, null for the first. */
    List<Place> toSeal(Transaction tx, @Nullable Place after, int most) {
        return tx.handle()
                .createQuery("select account, device, seq from command_reply where account >= :account"
                        + " and (account > :account or device > :device or device = :device and seq > :seq) and " + OLD
                        + " order by account, device, seq fetch first " + most + " rows only")
                .bind("account", after == null ? "" : after.account())
                .bind("device", after == null ? "" : after.device())
                .bind("seq", after == null ? 0 : after.seq())
                .bind("newest", keys.newestMark() + '%')
                .map(PLACE)
                .list();
    }

    void reseal(Transaction tx, Place place) {
        // another reply may have taken its place meanwhile: nobody does so until this has ended
        if (tx.handle()
                        .execute(
                                "update command_reply set kept_at = kept_at" + ONE,
                                place.account(),
                                place.device(),
                                place.seq())
                == 0) {
            return;
        }
        tx.handle()
                .createQuery("select body_sealed from command_reply" + ONE + " and body_sealed is not null")
                .bind(0, place.account())
                .bind(1, place.device())
                .bind(2, place.seq())
                .mapTo(String.class)
                .findFirst()
                .ifPresent(before -> tx.handle()
                        .execute(
                                "update command_reply set body_sealed = ?" + ONE,
                                keys.seal(FIELD, place.id(), keys.open(FIELD, place.id(), before)),
                                place.account(),
                                place.device(),
                                place.seq()));
    }
}
