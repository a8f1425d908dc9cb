package vn.sotay.platform.roster;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;

/** Files of imports, kept in the database in parts until they are read, so that a restart loses none. */
final class Uploads {

    private static final int PART = 256 * 1024;
    private static final int PARTS_IN_A_SLICE = 4;

    private final Store store;
    private final Path folder;

    /** @param folder for copies on the disk while a file is read */
    Uploads(Store store, Path folder) {
        this.store = store;
        this.folder = folder;
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

    private static void insert(Transaction tx, UUID job, int first, List<byte[]> parts) {
        for (int i = 0; i < parts.size(); i++) {
            tx.handle()
                    .createUpdate("insert into import_file (job, part, bytes) values (:job, :part, :bytes)")
                    .bind("job", job)
                    .bind("part", first + i)
                    .bind("bytes", parts.get(i))
                    .execute();
        }
    }

    /** A copy on the disk, to be deleted by the caller. */
    Path copy(UUID job) throws IOException {
        Files.createDirectories(folder);
        Path copy = Files.createTempFile(folder, "roster-", "");
        try (OutputStream out = Files.newOutputStream(copy)) {
            for (int number = 0; ; number++) {
                Optional<byte[]> part = part(job, number);
                if (part.isEmpty()) {
                    return copy;
                }
                out.write(part.get());
            }
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(copy);
            throw e;
        }
    }

    private Optional<byte[]> part(UUID job, int number) {
        return store.read(tx -> tx.handle()
                .createQuery("select bytes from import_file where job = :job and part = :part")
                .bind("job", job)
                .bind("part", number)
                .map((row, context) -> row.getBytes(1))
                .findOne());
    }

    void delete(Transaction tx, UUID job) {
        tx.handle()
                .createUpdate("delete from import_file where job = :job")
                .bind("job", job)
                .execute();
    }
}
