package vn.sotay.platform.files;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Update;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Audience;
import vn.sotay.api.access.Caller;
import vn.sotay.api.file.FileInfo;
import vn.sotay.api.file.Files;
import vn.sotay.api.http.FieldError;
import vn.sotay.api.http.Problem;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;
import vn.sotay.platform.store.Succession;

/** The files in the database. Thread-safe: it keeps nothing itself. */
@Component(service = {Files.class, StoredFiles.class})
public final class StoredFiles implements Files {

    static final int CHUNK = 64 * 1024;

    /** That the thing of a row {@code o} holds files for a unit as well. */
    private static final String OF_UNIT = "select 1 from file_holder u where u.holder = o.holder"
            + " and u.holder_id = o.holder_id and u.audience in (:members, :leaders, :own)";

    private static final int KEEP_LIMIT = 2 * 1024 * 1024;
    private static final int CHUNKS_OF_A_BATCH = 16;
    private static final Duration UPLOADER_LOOKS = Duration.ofDays(1);

    /** Opens a content from its beginning: a transaction that runs again reads it again. */
    @FunctionalInterface
    interface Content {
        InputStream open() throws IOException;
    }

    private final Store store;

    @Activate
    public StoredFiles(@Reference Store store) {
        this.store = store;
    }

    private static Optional<FileInfo> find(Transaction tx, String sha256) {
        return tx.handle()
                .createQuery("select sha256, size, type from file where sha256 = ?")
                .bind(0, sha256)
                .map((row, context) -> new FileInfo(row.getString(1), row.getLong(2), row.getString(3)))
                .findOne();
    }

    @Override
    public Optional<FileInfo> find(Transaction tx, String sha256, Caller caller) {
        return find(tx, sha256)
                .filter(file -> isHeldFor(tx, sha256, caller.audiences()) || hasSent(tx, sha256, caller.account()));
    }

    private static boolean isHeldFor(Transaction tx, String sha256, Set<Audience> audiences) {
        return !audiences.isEmpty()
                && tx.handle()
                        .createQuery(
                                "select holder from file_holder where sha256 = :sha256 and audience in (<audiences>)"
                                        + " fetch first 1 rows only")
                        .bind("sha256", sha256)
                        .bindList(
                                "audiences",
                                audiences.stream().map(Audience::toString).toList())
                        .mapTo(String.class)
                        .findFirst()
                        .isPresent();
    }

    private static boolean hasSent(Transaction tx, String sha256, UUID account) {
        return tx.handle()
                .createQuery("select uploaded_at from file_upload"
                        + " where sha256 = :sha256 and account = :account and uploaded_at > :since")
                .bind("sha256", sha256)
                .bind("account", account)
                .bind("since", tx.now().minus(UPLOADER_LOOKS))
                .mapTo(Instant.class)
                .findOne()
                .isPresent();
    }

    @Override
    public FileInfo keep(Transaction tx, byte[] content) {
        if (content.length > KEEP_LIMIT) {
            throw new IllegalArgumentException("a module keeps files of at most 2 MB");
        }
        byte[] head = Arrays.copyOf(content, Math.min(content.length, FileTypes.LOOK));
        byte[] tail = Arrays.copyOfRange(content, content.length - head.length, content.length);
        FileInfo file = new FileInfo(
                HexFormat.of().formatHex(sha256().digest(content)), content.length, FileTypes.of(head, tail));
        try {
            keep(tx, file, () -> new ByteArrayInputStream(content));
        } catch (IOException e) {
            throw new AssertionError("memory can be read", e);
        }
        return file;
    }

    @Override
    public InputStream open(FileInfo file) {
        return new StoredBytes(file.size(), part -> store.read(tx -> chunk(tx, file.sha256(), part)));
    }

    /**
     * Keeps a content whose hash was checked, unless it is there already.
     */
    void keep(Transaction tx, FileInfo file, Content content) throws IOException {
        if (isSeen(tx, file.sha256())) {
            return;
        }
        // the row first: who sends the same at the same time waits here, and then finds it
        tx.handle()
                .createUpdate("insert into file (sha256, size, type, seen_at) values (:sha256, :size, :type, :now)")
                .bind("sha256", file.sha256())
                .bind("size", file.size())
                .bind("type", file.type())
                .bind("now", tx.now())
                .execute();
        try (InputStream in = content.open()) {
            int part = 0;
            byte[] chunk = in.readNBytes(CHUNK);
            while (chunk.length > 0) {
                PreparedBatch batch =
                        tx.handle().prepareBatch("insert into file_chunk (sha256, part, bytes) values (?, ?, ?)");
                for (int i = 0; i < CHUNKS_OF_A_BATCH && chunk.length > 0; i++) {
                    batch.add(file.sha256(), part++, chunk);
                    chunk = in.readNBytes(CHUNK);
                }
                batch.execute();
            }
        }
    }

    /**
     * Remembers who has sent a file.
     *
     * @return whether this account had not sent it before
     */
    boolean sent(Transaction tx, String sha256, UUID account) {
        int known = tx.handle()
                .execute(
                        "update file_upload set uploaded_at = ? where sha256 = ? and account = ?",
                        tx.now(),
                        sha256,
                        account);
        if (known == 0) {
            tx.handle()
                    .execute(
                            "insert into file_upload (sha256, account, uploaded_at) values (?, ?, ?)",
                            sha256,
                            account,
                            tx.now());
        }
        return known == 0;
    }

    /** Puts off the clearing of a file, and locks it against one that is under way; false if there is no such file. */
    private static boolean isSeen(Transaction tx, String sha256) {
        return tx.handle().execute("update file set seen_at = ? where sha256 = ?", tx.now(), sha256) == 1;
    }

    @Override
    public void hold(Transaction tx, String holder, UUID id, Set<String> sha256s, Set<Audience> audiences) {
        List<String> held = tx.handle()
                .createQuery("select distinct sha256 from file_holder where holder = :holder and holder_id = :id")
                .bind("holder", holder)
                .bind("id", id)
                .mapTo(String.class)
                .list();
        // in one order for everybody, so that two do not wait for each other
        Set<String> touched = new TreeSet<>(held);
        touched.addAll(sha256s);
        for (String sha256 : touched) {
            if (!isSeen(tx, sha256) && sha256s.contains(sha256)) {
                throw Problem.invalid(List.of(new FieldError("files", "file-missing", Map.of("sha256", sha256))));
            }
        }
        tx.handle().execute("delete from file_holder where holder = ? and holder_id = ?", holder, id);
        if (sha256s.isEmpty() || audiences.isEmpty()) {
            return;
        }
        PreparedBatch batch = tx.handle()
                .prepareBatch("insert into file_holder (sha256, holder, holder_id, audience) values (?, ?, ?, ?)");
        for (String sha256 : sha256s) {
            for (Audience audience : audiences) {
                batch.add(sha256, holder, id, audience.toString());
            }
        }
        batch.execute();
    }

    /**
     * Lets files that were held for units be held for those who have taken these over, as the feed's rows are.
     *
     * @param all what becomes of the units' audiences
     */
    public void readdress(Transaction tx, List<Succession> all) {
        for (Succession one : all) {
            hand(tx, one);
        }
        for (Succession one : all) {
            if (one.isClosing()) {
                rename(tx, Audience.members(one.unit()), Audience.members(one.successor()));
                rename(tx, Audience.leaders(one.unit()), Audience.leaders(one.successor()));
                rename(tx, Audience.officers(one.unit()), Audience.officers(one.successor()));
                rename(tx, Audience.allLeaders(one.unit()), Audience.allLeaders(one.successor()));
                rename(tx, Audience.allOfficers(one.unit()), Audience.allOfficers(one.successor()));
            }
        }
    }

    private static void rename(Transaction tx, Audience old, Audience target) {
        tx.handle()
                .createUpdate("delete from file_holder where audience = :old and exists (select 1 from file_holder o"
                        + " where o.sha256 = file_holder.sha256 and o.holder = file_holder.holder"
                        + " and o.holder_id = file_holder.holder_id and o.audience = :target)")
                .bind("old", old.toString())
                .bind("target", target.toString())
                .execute();
        tx.handle()
                .createUpdate("update file_holder set audience = :target where audience = :old")
                .bind("old", old.toString())
                .bind("target", target.toString())
                .execute();
    }

    /** What a unit's things hold for the officers above it, they hold for those who are above it now. */
    private static void hand(Transaction tx, Succession one) {
        for (UUID joined : one.joined()) {
            for (UUID source : one.sources()) {
                ofUnit(
                                tx,
                                one,
                                "insert into file_holder (sha256, holder, holder_id, audience)"
                                        + " select distinct o.sha256, o.holder, o.holder_id, cast(:joined as varchar(50))"
                                        + " from file_holder o where o.audience = :officers and exists (" + OF_UNIT
                                        + ") and not exists (select 1 from file_holder j where j.sha256 = o.sha256"
                                        + " and j.holder = o.holder and j.holder_id = o.holder_id"
                                        + " and j.audience = :joined)",
                                source)
                        .bind("joined", Audience.officers(joined).toString())
                        .execute();
            }
        }
        for (UUID left : one.left()) {
            ofUnit(
                            tx,
                            one,
                            "delete from file_holder where audience = :officers and exists ("
                                    + OF_UNIT.replace("o.", "file_holder.") + ')',
                            left)
                    .execute();
        }
    }

    private static Update ofUnit(Transaction tx, Succession one, String sql, UUID officers) {
        return tx.handle()
                .createUpdate(sql)
                .bind("officers", Audience.officers(officers).toString())
                .bind("members", Audience.members(one.unit()).toString())
                .bind("leaders", Audience.leaders(one.unit()).toString())
                .bind("own", Audience.officers(one.unit()).toString());
    }

    /** A chunk's bytes; empty if the file was cleared away meanwhile. */
    Optional<byte[]> chunk(Transaction tx, String sha256, int part) {
        return tx.handle()
                .createQuery("select bytes from file_chunk where sha256 = ? and part = ?")
                .bind(0, sha256)
                .bind(1, part)
                .map((row, context) -> row.getBytes(1))
                .findOne();
    }

    /** Files that nothing holds and nobody has touched since. */
    List<String> unheld(Transaction tx, Instant before, int most) {
        return tx.handle()
                .createQuery("select sha256 from file where seen_at < :before and not exists"
                        + " (select 1 from file_holder where file_holder.sha256 = file.sha256)"
                        + " order by seen_at fetch first " + most + " rows only")
                .bind("before", before)
                .mapTo(String.class)
                .list();
    }

    /** Clears a file away if it is still unheld. */
    void clear(Transaction tx, String sha256, Instant before) {
        int cleared = tx.handle()
                .execute(
                        "delete from file where sha256 = ? and seen_at < ? and not exists"
                                + " (select 1 from file_holder where file_holder.sha256 = file.sha256)",
                        sha256,
                        before);
        if (cleared == 1) {
            tx.handle().execute("delete from file_chunk where sha256 = ?", sha256);
            tx.handle().execute("delete from file_upload where sha256 = ?", sha256);
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
