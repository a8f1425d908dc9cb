package vn.sotay.news;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.result.RowView;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Audience;
import vn.sotay.api.file.FileInfo;
import vn.sotay.api.file.Files;
import vn.sotay.api.http.Problem;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;
import vn.sotay.news.News.Picture;
import vn.sotay.news.picture.Coded;
import vn.sotay.news.picture.PictureCoder;
import vn.sotay.news.picture.PictureException;

/**
 * Takes pictures: what was sent is never stored, what is written anew from it is. Thread-safe; one is worked on at a time, so that many
 * at once need no more memory than one.
 */
@Component(service = Pictures.class)
public final class Pictures {

    /** What a phone's camera makes, and no more. */
    static final long MOST_SENT = 15L * 1024 * 1024;

    /** For so long a picture that stands in no news yet can be named in one. */
    private static final Duration KEPT = Duration.ofDays(2);

    private static final String HOLDER = "news-picture";
    private static final long PATIENCE = 20;

    private final Semaphore one = new Semaphore(1, true);
    private final Store store;
    private final Files files;

    @Activate
    public Pictures(@Reference Store store, @Reference Files files) {
        this.store = store;
        this.files = files;
    }

    /**
     * Takes a picture.
     *
     * @throws vn.sotay.api.http.ProblemException 422 if it is no JPEG or PNG, too large or broken; 503 if too many are sent at once
     */
    public StoredPicture take(InputStream sent) throws IOException {
        byte[] bytes = sent.readAllBytes();
        Coded coded = code(bytes);
        return store.write(tx -> keep(tx, coded));
    }

    private Coded code(byte[] bytes) {
        try {
            if (!one.tryAcquire(PATIENCE, TimeUnit.SECONDS)) {
                throw Problem.other(503, "news.pictures-busy");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.other(503, "news.pictures-busy");
        }
        try {
            return PictureCoder.code(bytes);
        } catch (PictureException e) {
            throw Problem.invalid("picture", e.rule());
        } finally {
            one.release();
        }
    }

    private StoredPicture keep(Transaction tx, Coded coded) {
        FileInfo file = files.keep(tx, coded.jpeg());
        int known =
                tx.handle().execute("update news_picture_file set made_at = ? where file = ?", tx.now(), file.sha256());
        if (known == 0) {
            tx.handle()
                    .execute(
                            "insert into news_picture_file (file, width, height, size, made_at) values (?, ?, ?, ?, ?)",
                            file.sha256(),
                            coded.width(),
                            coded.height(),
                            file.size(),
                            tx.now());
        }
        files.hold(tx, HOLDER, holder(file.sha256()), Set.of(file.sha256()), Set.of(Audience.EDITORS));
        return new StoredPicture(file.sha256(), coded.width(), coded.height(), file.size(), file.type());
    }

    private static UUID holder(String file) {
        return UUID.nameUUIDFromBytes(file.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Pictures with their sizes.
     *
     * @param before those that the same news has already
     * @throws vn.sotay.api.http.ProblemException 422 for a file that did not come by this way: it may be anything
     */
    static List<Picture> known(Transaction tx, List<Picture> named, List<Picture> before) {
        Map<String, Picture> there = new HashMap<>();
        before.forEach(one -> there.put(one.file(), one));
        List<Picture> known = new ArrayList<>();
        for (int i = 0; i < named.size(); i++) {
            Picture picture = named.get(i);
            String field = "pictures[" + i + "].file";
            Picture found = there.containsKey(picture.file())
                    ? there.get(picture.file())
                    : find(tx, picture.file()).orElseThrow(() -> Problem.invalid(field, "picture-missing"));
            known.add(new Picture(picture.file(), picture.alt(), found.width(), found.height(), found.size()));
        }
        return known;
    }

    private static Optional<Picture> find(Transaction tx, String file) {
        return tx.handle()
                .createQuery("select * from news_picture_file where file = :file")
                .bind("file", file)
                .map((RowView row) -> new Picture(
                        file,
                        "",
                        row.getColumn("width", Integer.class),
                        row.getColumn("height", Integer.class),
                        row.getColumn("size", Long.class)))
                .findFirst();
    }

    /** Lets those go that nobody has named in time; what stands in news is held by that. */
    void clear() {
        List<String> old = store.read(tx -> tx.handle()
                .createQuery("select file from news_picture_file where made_at < :before order by file"
                        + " fetch first 100 rows only")
                .bind("before", tx.now().minus(KEPT))
                .mapTo(String.class)
                .list());
        if (!old.isEmpty()) {
            store.change(tx -> old.forEach(file -> {
                tx.handle().execute("delete from news_picture_file where file = ?", file);
                files.hold(tx, HOLDER, holder(file), Set.of(), Set.of());
            }));
        }
    }
}
