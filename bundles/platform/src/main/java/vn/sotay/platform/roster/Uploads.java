package vn.sotay.platform.roster;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;
import vn.sotay.platform.keys.FieldKeys;

/** Files of imports, kept sealed in the database in parts until they are read, so that a restart loses none and no disk shows them. */
final class Uploads {

    private static final int PART = 256 * 1024;
    private static final int PARTS_IN_A_SLICE = 4;
    private static final String FIELD = "import.file";

    private final Store store;
    private final FieldKeys keys;

    Uploads(Store store, FieldKeys keys) {
        this.store = store;
        this.keys = keys;
    }

    /** Keeps a file for a job. */
    void keep(UUID job, InputStream content) throws IOException {
        int number = 0;
        while (true) {
            List<byte[]> parts = new ArrayList<>();
            while (parts.size() < PARTS_IN_A_SLICE) {
                byte[] part = content.readNBytes(PART);
                if (part.length == 0) {
                    break;
                }
                parts.add(part);
            }
            if (parts.isEmpty()) {
                return;
            }
            int first = number;
            store.change(tx -> insert(tx, job, first, parts));
            number += parts.size();
        }
    }

    private void insert(Transaction tx, UUID job, int first, List<byte[]> parts) {
        for (int i = 0; i < parts.size(); i++) {
            tx.handle()
                    .createUpdate("insert into import_file (job, part, bytes) values (:job, :part, :bytes)")
                    .bind("job", job)
                    .bind("part", first + i)
                    .bind("bytes", keys.seal(FIELD, id(job, first + i), parts.get(i)))
                    .execute();
        }
    }

    private static String id(UUID job, int part) {
        return job + "/" + part;
    }

    /** The file, which may be read again and again; not inside a unit of work. */
    RosterFile.Content content(UUID job) {
        return () -> new Parts(job);
    }

    private final class Parts extends InputStream {

        private final UUID job;
        private byte[] part = {};
        private int number;
        private int at;

        Parts(UUID job) {
            this.job = job;
        }

        @Override
        public int read() {
            return isAtEnd() ? -1 : part[at++] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (length == 0) {
                return 0;
            }
            if (isAtEnd()) {
                return -1;
            }
            int count = Math.min(length, part.length - at);
            System.arraycopy(part, at, target, offset, count);
            at += count;
            return count;
        }

        private boolean isAtEnd() {
            while (at == part.length) {
                byte[] next = part(job, number).orElse(null);
                if (next == null) {
                    return true;
                }
                part = next;
                at = 0;
                number++;
            }
            return false;
        }
    }

    private Optional<byte[]> part(UUID job, int number) {
        return store.read(tx -> tx.handle()
                .createQuery("select bytes from import_file where job = :job and part = :part")
                .bind("job", job)
                .bind("part", number)
                .map((row, context) -> opened(job, number, row.getBytes(1)))
                .findOne());
    }

    /** A version before this one did not seal it. */
    private byte[] opened(UUID job, int part, byte[] kept) {
        return FieldKeys.isSealed(kept) ? keys.open(FIELD, id(job, part), kept) : kept;
    }

    void delete(Transaction tx, UUID job) {
        tx.handle()
                .createUpdate("delete from import_file where job = :job")
                .bind("job", job)
                .execute();
    }

    /** How many parts there are. */
    long count(Transaction tx) {
        return tx.handle()
                .createQuery("select count(*) from import_file")
                .mapTo(Long.class)
                .one();
    }

    /** A part of a job's file. */
    record Place(UUID job, int part) {}

    /** Seals the next part anew unless the newest key has sealed it, and gives its place; empty at the end. */
    Optional<Place> seal(Transaction tx, @Nullable Place after) {
        String begin = after == null ? "" : " where job >= :job and (job > :job or part > :part)";
        Query query = tx.handle()
                .createQuery("select job, part, bytes from import_file" + begin
                        + " order by job, part fetch first 1 rows only");
        if (after != null) {
            query.bind("job", after.job()).bind("part", after.part());
        }
        return query.map((row, context) -> {
                    Place place = new Place(UUID.fromString(row.getString(1)), row.getInt(2));
                    return Map.entry(place, row.getBytes(3));
                })
                .findFirst()
                .map(each -> {
                    Place place = each.getKey();
                    if (!keys.isNewest(each.getValue())) {
                        byte[] plain = opened(place.job(), place.part(), each.getValue());
                        tx.handle()
                                .createUpdate("update import_file set bytes = :bytes where job = :job and part = :part")
                                .bind("bytes", keys.seal(FIELD, id(place.job(), place.part()), plain))
                                .bind("job", place.job())
                                .bind("part", place.part())
                                .execute();
                    }
                    return place;
                });
    }
}
