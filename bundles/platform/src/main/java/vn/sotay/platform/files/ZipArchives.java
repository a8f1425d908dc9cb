package vn.sotay.platform.files;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Caller;
import vn.sotay.api.file.Archives;
import vn.sotay.api.file.FileInfo;
import vn.sotay.api.http.Problem;
import vn.sotay.api.store.Store;

/** Unpacks ZIPs as they come, file by file; what one promises of its sizes is not believed. Thread-safe. */
@Component(configurationPid = "vn.sotay.files")
public final class ZipArchives implements Archives {

    private static final int MOST_FILES = 2_000;
    private static final int LONGEST_PATH = 500;
    private static final Pattern OUTSIDE = Pattern.compile("(?:/|[A-Za-z]:).*|(?:.*/)?\\.\\.(?:/.*)?");
    private static final Set<String> BY_COMPUTERS = Set.of(".ds_store", "thumbs.db", "desktop.ini");

    private final Uploads uploads;
    private final long mostBytesOfFile;
    private final long mostBytes;

    @Activate
    public ZipArchives(BundleContext context, FilesConfig config, @Reference Store store, @Reference StoredFiles files)
            throws IOException {
        this(
                new Uploads(
                        store, files, Path.of(context.getProperty("sotay.data")).resolve("tmp"), "entry-"),
                config.mostBytes(),
                1L << 30);
    }

    /** @param mostBytes of all files together, unpacked */
    ZipArchives(Uploads uploads, long mostBytesOfFile, long mostBytes) {
        this.uploads = uploads;
        this.mostBytesOfFile = mostBytesOfFile;
        this.mostBytes = mostBytes;
    }

    @Override
    public List<Entry> unpack(Caller caller, InputStream content) throws IOException {
        List<Entry> entries = new ArrayList<>();
        // a request that is closed before its end cannot be answered any more: who opened it closes it
        InputStream open = new Bounded(content, Long.MAX_VALUE);
        try (ZipInputStream zip = new ZipInputStream(open, StandardCharsets.UTF_8)) {
            long left = mostBytes;
            boolean isZip = false;
            for (ZipEntry entry = next(zip); entry != null; entry = next(zip)) {
                isZip = true;
                String path = path(entry);
                if (entry.isDirectory() || isByComputers(path)) {
                    continue;
                }
                if (entries.size() == MOST_FILES) {
                    throw Problem.other(422, "archive.too-many").with("most", MOST_FILES);
                }
                FileInfo file = keep(zip, path, left, caller);
                left -= file.size();
                entries.add(new Entry(path, file));
            }
            if (!isZip) {
                throw Problem.other(422, "archive.unreadable");
            }
        }
        return entries;
    }

    private static @Nullable ZipEntry next(ZipInputStream zip) throws IOException {
        try {
            return zip.getNextEntry();
        } catch (ZipException | IllegalArgumentException e) {
            // the latter for names that are not UTF-8
            throw Problem.other(422, "archive.unreadable");
        }
    }

    private static String path(ZipEntry entry) {
        String path = Normalizer.normalize(entry.getName().replace('\\', '/'), Normalizer.Form.NFC);
        if (OUTSIDE.matcher(path).matches() || path.length() > LONGEST_PATH || path.indexOf('\0') >= 0) {
            throw Problem.other(422, "archive.outside")
                    .with("name", path.substring(0, Math.min(path.length(), LONGEST_PATH)));
        }
        return path;
    }

    private static boolean isByComputers(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return path.startsWith("__MACOSX/")
                || BY_COMPUTERS.contains(name.toLowerCase(java.util.Locale.ROOT))
                || name.startsWith("~$");
    }

    private FileInfo keep(ZipInputStream zip, String path, long left, Caller caller) throws IOException {
        Bounded bounded = new Bounded(zip, Math.min(left, mostBytesOfFile));
        try {
            return uploads.take(bounded, caller.account());
        } catch (TooLarge e) {
            throw left < mostBytesOfFile
                    ? Problem.other(422, "archive.too-large").with("most", mostBytes >> 20)
                    : Problem.other(422, "archive.file-too-large")
                            .with("name", path)
                            .with("most", mostBytesOfFile >> 20);
        } catch (ZipException | java.io.EOFException e) {
            throw Problem.other(422, "archive.unreadable");
        }
    }

    private static final class TooLarge extends IOException {

        private static final long serialVersionUID = 1L;
    }

    /** Not more bytes than there may be; closing it leaves open what it reads from. */
    private static final class Bounded extends FilterInputStream {

        private long left;

        Bounded(InputStream in, long most) {
            super(in);
            left = most;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            int count = in.read(bytes, from, length);
            left -= Math.max(count, 0);
            if (left < 0) {
                throw new TooLarge();
            }
            return count;
        }

        @Override
        public void close() {
            // it goes on
        }
    }
}
